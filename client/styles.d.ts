declare module "*.css";

/** Built by esbuild's file loader: the file's name beside the script. */
declare module "*.wasm" {
  const name: string;
  export default name;
}
