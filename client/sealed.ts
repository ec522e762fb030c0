/**
 * Sealed checkpoints: each team's own tasks lie on the phone, shut, and only a sign's QR or its typed code opens one.
 * No answer is in them. Without WebCrypto (plain HTTP) nothing can be opened here, and the server has to say it.
 */

import { bytesOf, fromBase64, hex } from "./bytes.ts";
import type { Sealed, SealedBox } from "./types.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** As it is sent: without the boxes where the phone has named theirs, for with pictures they are a megabyte and more. */
export type Sent = Omit<Sealed, "boxes"> & Partial<Pick<Sealed, "boxes">>;

/** What was sent, with the boxes that this phone held when it asked where they are the same. */
export function withBoxes(sent: Sent | null | undefined, held: Sealed | null | undefined): Sealed | null {
  if (!sent) return null;
  const boxes = sent.boxes ?? (held?.digest === sent.digest ? held?.boxes : undefined);
  return boxes ? { ...sent, boxes } : null;
}

/** What a secret comes to: the name of its sign (or code), the key of its wrapping, the same that proves its punch. */
export interface Derived { id: string; key: Bytes }

/** Who plays where: a box of one team opens for no other. */
export interface Whose { slug: string; entry: string }

export function canOpen(): boolean {
  return Boolean(globalThis.crypto?.subtle);
}

/** HKDF of a QR's key. */
export async function ofSign(sealed: Sealed, key: string): Promise<Derived> {
  const secret = await crypto.subtle.importKey("raw", bytesOf(key.toUpperCase()), "HKDF", false, ["deriveBits"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: fromBase64(sealed.salt), info: bytesOf("waypost sign") };
  return split(await crypto.subtle.deriveBits(how, secret, 48 * 8));
}

/** PBKDF2 of a typed code: slow on purpose, for a short code could be guessed. */
export async function ofCode(sealed: Sealed, code: string): Promise<Derived> {
  const secret = await crypto.subtle.importKey("raw", bytesOf(code), "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: fromBase64(sealed.salt), iterations: sealed.iterations };
  return split(await crypto.subtle.deriveBits(how, secret, 48 * 8));
}

function split(bits: ArrayBuffer): Derived {
  return { id: hex(bits.slice(0, 16)), key: new Uint8Array(bits.slice(16)) };
}

/** Opens iv(12) ‖ ciphertext+tag. Throws where it does not fit: another key, or changed on the way. */
async function unseal(shut: string, key: Bytes, whose: string): Promise<unknown> {
  const bytes = fromBase64(shut);
  const aes = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
  const how = { name: "AES-GCM", iv: bytes.slice(0, 12), additionalData: bytesOf(whose) };
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how, aes, bytes.slice(12))));
}

/** The checkpoint that a scanned key or a typed code opens; null where this bundle knows none such, or it does not fit. */
export async function openBox(sealed: Sealed, whose: Whose, proof: { key: string } | { typed_code: string }): Promise<SealedBox | null> {
  if (!canOpen()) return null;
  try {
    const qr = "key" in proof;
    const { id, key } = qr ? await ofSign(sealed, proof.key) : await ofCode(sealed, proof.typed_code);
    const wrapped = (qr ? sealed.signs : sealed.codes)[id];
    if (!wrapped) return null;
    const inner = (await unseal(wrapped, key, `waypost|${whose.slug}|${id}`)) as { box: string; key: string };
    const shut = sealed.boxes[inner.box];
    if (!shut) return null;
    return (await unseal(shut, fromBase64(inner.key), `waypost|${whose.slug}|${whose.entry}|${inner.box}`)) as SealedBox;
  } catch {
    return null;
  }
}

export interface Spot { lat: number; lon: number }

/** Where the checkpoints lie, by code, once their key is known. */
export async function openPlaces(sealed: Sealed, whose: Whose, key: string): Promise<Record<string, Spot> | null> {
  if (!canOpen() || !sealed.places) return null;
  try {
    return (await unseal(sealed.places, fromBase64(key), `waypost|${whose.slug}|${whose.entry}|places`)) as Record<string, Spot>;
  } catch {
    return null;
  }
}
