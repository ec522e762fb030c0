/** Typed codes and the keys inside QR codes. */

/** 31 symbols that cannot be mistaken for each other: no 0 O 1 I L. */
export const ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
export const TYPED_LENGTH = 8;

/** What was typed, without dashes and spaces, in capitals, full-width letters made narrow. */
export function normalise(typed: string): string {
  return typed.normalize("NFKC").toUpperCase().replace(/[^0-9A-Z]/g, "");
}

/** The check symbol of seven symbols: Σ i·xᵢ mod 31, i from 1. It catches every single error and transposition. */
export function checkSymbol(seven: string): string {
  let sum = 0;
  for (let i = 0; i < seven.length; i++) sum += (i + 1) * ALPHABET.indexOf(seven.charAt(i));
  return ALPHABET.charAt(((sum % 31) + 31) % 31);
}

export type CodeFault = "empty" | "symbol" | "short" | "long" | "check";

/** What is wrong with a typed code, or null. `symbol` says that a symbol is one we never print. */
export function codeFault(typed: string): CodeFault | null {
  const code = normalise(typed);
  if (code === "") return "empty";
  if ([...code].some((symbol) => !ALPHABET.includes(symbol))) return "symbol";
  if (code.length < TYPED_LENGTH) return "short";
  if (code.length > TYPED_LENGTH) return "long";
  return checkSymbol(code.slice(0, -1)) === code.slice(-1) ? null : "check";
}

/** XXXX-XXXX, as printed, while it is typed. */
export function grouped(typed: string): string {
  const code = normalise(typed).slice(0, TYPED_LENGTH);
  return code.length > 4 ? `${code.slice(0, 4)}-${code.slice(4)}` : code;
}

export interface Key { kind: "C" | "T" | "M"; key: string }

/** The key in an address such as https://…/C/ABC, or a bare path; null for any other text. Both cases are accepted. */
export function keyIn(text: string): Key | null {
  const found = /(?:^|\/)([CTM])\/([0-9A-Za-z_-]{8,})\/?(?:[?#].*)?$/i.exec(text.trim());
  if (!found) return null;
  return { kind: found[1]!.toUpperCase() as Key["kind"], key: found[2]! };
}
