/**
 * Receipts: each record of a phone names the one before it by its digest, and says what both of the phone's clocks
 * showed. The jury sees a gap, a changed record or a clock that was set back; none of it ever refuses a record.
 */

import { bytesOf, hex } from "./bytes.ts";
import type { Head } from "./shelf.ts";
import type { OutRecord } from "./types.ts";

export interface Receipt {
  device: string;
  seq: number;
  prev: string;
  /** The phone's wall clock, ms; its steady clock, ms since `origin`. */
  wall: number;
  mono: number;
  origin: number;
  mac?: string;
}

export interface Clocks { wall: number; mono: number; origin: number }

/** The line that is digested: what matters of a record, in one fixed order. */
export function canonicalLine(record: OutRecord, receipt: Receipt): string {
  const { seq, prev, wall, mono, origin } = receipt;
  return JSON.stringify([record.id, record.kind, record.at, record["anchor"] ?? null, seq, prev, wall, mono, origin]);
}

export function readClocks(): Clocks {
  return { wall: Date.now(), mono: Math.round(performance.now()), origin: Math.round(performance.timeOrigin) };
}

/** A storage's own name: 12 hex digits. A wiped storage gets another and begins its chain again. */
export function newDevice(): string {
  return hex(crypto.getRandomValues(new Uint8Array(6)));
}

/** By what the next record names this one. */
export async function digestOf(line: string): Promise<string> {
  return hex(await crypto.subtle.digest("SHA-256", bytesOf(line)));
}

/** The proof that the phone had a sign's key in hand: HMAC-SHA256. */
export async function macOf(line: string, sign: Uint8Array<ArrayBuffer>): Promise<string> {
  const key = await crypto.subtle.importKey("raw", sign, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return hex(await crypto.subtle.sign("HMAC", key, bytesOf(line)));
}

/**
 * The record with its receipt, and where the chain stands after it. `sign` is the sign's proving key (32 bytes), for a
 * punch by QR. On plain HTTP there is no digest to be had: the record goes as it is, which is as good.
 */
export async function stamped(
  record: OutRecord,
  before: Head | null,
  clocks: Clocks,
  sign: Uint8Array<ArrayBuffer> | null,
): Promise<{ record: OutRecord; head: Head | null }> {
  if (!globalThis.crypto?.subtle) return { record, head: before };
  const { device, seq, prev } = before ?? { device: newDevice(), seq: 0, prev: "" };
  const receipt: Receipt = { device, seq: seq + 1, prev, ...clocks };
  const line = canonicalLine(record, receipt);
  if (sign) receipt.mac = await macOf(line, sign);
  return { record: { ...record, receipt }, head: { device, seq: seq + 1, prev: await digestOf(line) } };
}
