/**
 * Records that travel on another phone: a team without signal shows them as QR codes, the marshal at the finish scans
 * them. "WP1:2/3:…" is the second of three; together they hold, in Base45, the deflated JSON of token and records.
 */

import { bytesOf, fromBase45, toBase45 } from "./bytes.ts";
import type { OutRecord } from "./types.ts";

export interface Carried { token: string; records: OutRecord[] }

/** Symbols in one code: about 70 modules wide, which a phone reads off another phone's screen. */
const IN_ONE = 600;
/** Nobody shows more codes than this, and nobody collects more. */
const MOST_PARTS = 99;
const MOST_RECORDS = 200;

/** The texts of the codes; none where this browser cannot compress. */
export async function partsOf(carried: Carried): Promise<string[]> {
  const packed = await through(bytesOf(JSON.stringify(carried)), "CompressionStream");
  if (!packed) return [];
  const text = toBase45(packed);
  const of = Math.ceil(text.length / IN_ONE);
  if (of > MOST_PARTS) return partsOf({ ...carried, records: carried.records.slice(0, Math.floor(carried.records.length / 2)) });
  return Array.from({ length: of }, (_, i) => `WP1:${i + 1}/${of}:${text.slice(i * IN_ONE, (i + 1) * IN_ONE)}`);
}

export interface Part { n: number; of: number; text: string }

/** One scanned code, or null for any other text. */
export function partIn(text: string): Part | null {
  const found = /^WP1:(\d{1,2})\/(\d{1,2}):(.+)$/.exec(text);
  if (!found) return null;
  const part = { n: Number(found[1]), of: Number(found[2]), text: found[3]! };
  return part.n >= 1 && part.n <= part.of ? part : null;
}

/** What all parts together hold, once none is missing; null where they do not fit together. */
export async function carriedIn(parts: Part[]): Promise<Carried | null> {
  const text = [...parts].sort((a, b) => a.n - b.n).map((part) => part.text).join("");
  const packed = fromBase45(text);
  const plain = packed && (await through(packed, "DecompressionStream").catch(() => null));
  if (!plain) return null;
  try {
    const found = JSON.parse(new TextDecoder().decode(plain)) as Carried;
    const good = typeof found.token === "string" && Array.isArray(found.records) && found.records.length <= MOST_RECORDS;
    return good && found.records.every((record) => typeof record?.id === "string" && typeof record.at === "number") ? found : null;
  } catch {
    return null;
  }
}

async function through(bytes: Uint8Array<ArrayBuffer>, name: "CompressionStream" | "DecompressionStream"): Promise<Uint8Array<ArrayBuffer> | null> {
  const Stream = globalThis[name];
  if (typeof Stream !== "function") return null;
  const piped = new Response(bytes).body!.pipeThrough(new Stream("deflate-raw"));
  return new Uint8Array(await new Response(piped).arrayBuffer());
}
