/** Bytes as text, and back. */

export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;
}

export function hex(bytes: ArrayBuffer | Uint8Array): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Base64url without padding, as the server writes it. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

const BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/** Base45 (RFC 9285): two bytes in three symbols that a QR code packs tightest. */
export function toBase45(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 2) {
    const two = i + 1 < bytes.length;
    let n = two ? bytes[i]! * 256 + bytes[i + 1]! : bytes[i]!;
    for (let place = 0; place < (two ? 3 : 2); place++) {
      text += BASE45.charAt(n % 45);
      n = Math.floor(n / 45);
    }
  }
  return text;
}

/** The bytes of a Base45 text; null where it is none. */
export function fromBase45(text: string): Uint8Array<ArrayBuffer> | null {
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i += 3) {
    const digits = [...text.slice(i, i + 3)].map((symbol) => BASE45.indexOf(symbol));
    if (digits.length < 2 || digits.includes(-1)) return null;
    const n = digits[0]! + digits[1]! * 45 + (digits[2] ?? 0) * 2025;
    if (n > (digits.length === 3 ? 0xffff : 0xff)) return null;
    if (digits.length === 3) bytes.push(n >> 8);
    bytes.push(n & 0xff);
  }
  return Uint8Array.from(bytes) as Uint8Array<ArrayBuffer>;
}
