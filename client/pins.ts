/** The pin pattern of a checkpoint: seven of sixteen places, as the pins of a punch at its post would prick them. */

export const PIN_SIDE = 4;
const PLACES = PIN_SIDE * PIN_SIDE;
const PINS = 7;

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}

/** Seven different places 0…15 (row by row), ascending; the same code always has the same. */
export function pins(code: string): number[] {
  const places = Array.from({ length: PLACES }, (_, i) => i);
  let state = fnv1a(code) || 1;
  for (let i = 0; i < PINS; i++) {
    // xorshift32: small, and good enough to tell neighbours apart
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    const j = i + (state % (PLACES - i));
    [places[i], places[j]] = [places[j]!, places[i]!];
  }
  return places.slice(0, PINS).sort((a, b) => a - b);
}
