/** Reads QR codes out of pictures, by zxing compiled to WebAssembly: a chunk of its own that comes after the first page. */

import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import wasm from "zxing-wasm/reader/zxing_reader.wasm";

// Told nothing, the library would fetch its wasm from another host.
prepareZXingModule({ overrides: { locateFile: () => new URL(wasm, import.meta.url).href } });

/** Compiles the reader, so that the first picture does not wait for it. Throws where this browser cannot. */
export async function warmUp(): Promise<void> {
  await prepareZXingModule({ fireImmediately: true });
}

/** The texts of all QR codes in a picture, without those that cannot be read. */
export async function readCodes(picture: ImageData): Promise<string[]> {
  const found = await readBarcodes(picture, { formats: ["QRCode"], tryHarder: true, maxNumberOfSymbols: 4 });
  return found.filter((each) => each.isValid).map((each) => each.text);
}
