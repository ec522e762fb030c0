/** A sentence with *bold* figures in it, as in the dictionary. */
export function Rich({ children }: { children: string }) {
  return <>{children.split("*").map((piece, i) => (i % 2 ? <b key={i}>{piece}</b> : piece))}</>;
}
