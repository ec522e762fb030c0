/** From latitude and longitude to pixels of the organizer's picture: the affine map that fits the corners best. */

export interface Affine { a: number; b: number; c: number; d: number; e: number; f: number; lat0: number; lon0: number }

/**
 * Least squares over the given pairs, at least three not in one line; null otherwise. `from` is [lat, lon], `to` is
 * [x, y] in pixels, y downwards. Differences to the first point are used, so that nothing is lost to rounding.
 */
export function fit(from: [number, number][], to: [number, number][]): Affine | null {
  const n = Math.min(from.length, to.length);
  if (n < 3) return null;
  const [lat0, lon0] = from[0]!;
  let suu = 0, suv = 0, svv = 0, su = 0, sv = 0;
  const right = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const u = (from[i]![1] - lon0) * 1e3;
    const v = (from[i]![0] - lat0) * 1e3;
    const [x, y] = to[i]!;
    suu += u * u; suv += u * v; svv += v * v; su += u; sv += v;
    right[0]! += u * x; right[1]! += v * x; right[2]! += x;
    right[3]! += u * y; right[4]! += v * y; right[5]! += y;
  }
  const m = [[suu, suv, su], [suv, svv, sv], [su, sv, n]];
  const x = solve(m, right.slice(0, 3));
  const y = solve(m, right.slice(3));
  if (!x || !y) return null;
  return { a: x[0]!, b: x[1]!, c: x[2]!, d: y[0]!, e: y[1]!, f: y[2]!, lat0, lon0 };
}

/** Three equations in three unknowns by Cramer's rule; null when they do not decide. */
function solve(m: number[][], right: number[]): number[] | null {
  const det = (k: number[][]) =>
    k[0]![0]! * (k[1]![1]! * k[2]![2]! - k[1]![2]! * k[2]![1]!) -
    k[0]![1]! * (k[1]![0]! * k[2]![2]! - k[1]![2]! * k[2]![0]!) +
    k[0]![2]! * (k[1]![0]! * k[2]![1]! - k[1]![1]! * k[2]![0]!);
  const whole = det(m);
  const scale = Math.max(...m.flat().map(Math.abs), 1e-300);
  if (Math.abs(whole) < 1e-12 * scale ** 2) return null;
  return [0, 1, 2].map((column) => det(m.map((row, i) => row.map((value, j) => (j === column ? right[i]! : value)))) / whole);
}

/** Pixels [x, y] of a place. */
export function pixel(affine: Affine, lat: number, lon: number): [number, number] {
  const u = (lon - affine.lon0) * 1e3;
  const v = (lat - affine.lat0) * 1e3;
  return [affine.a * u + affine.b * v + affine.c, affine.d * u + affine.e * v + affine.f];
}

const METRES_A_DEGREE = (6_371_000 * Math.PI) / 180;

/** How many pixels a metre is, about the fitted point (the mean over both directions). */
export function pixelsPerMetre(affine: Affine): number {
  const perEast = 1e3 / (METRES_A_DEGREE * Math.cos((affine.lat0 * Math.PI) / 180));
  const perNorth = 1e3 / METRES_A_DEGREE;
  const area = Math.abs(affine.a * affine.e - affine.b * affine.d) * perEast * perNorth;
  return Math.sqrt(area);
}

/** Which way north points on the picture: degrees clockwise from up. */
export function northOf(affine: Affine): number {
  return (Math.atan2(affine.b, -affine.e) * 180) / Math.PI;
}

/** A round length for a scale bar that is at most `most` screen pixels: metres and pixels. */
export function scaleBar(screenPixelsPerMetre: number, most: number): { metres: number; pixels: number } {
  const longest = most / screenPixelsPerMetre;
  const power = 10 ** Math.floor(Math.log10(longest));
  const metres = [5, 2, 1].map((step) => step * power).find((length) => length <= longest) ?? power;
  return { metres, pixels: metres * screenPixelsPerMetre };
}

/** Place [lat, lon] of a pixel, to the centimetre: the way back. */
export function place(affine: Affine, x: number, y: number): [number, number] {
  const { a, b, c, d, e, f, lat0, lon0 } = affine;
  const whole = a * e - b * d;
  const u = ((x - c) * e - (y - f) * b) / whole;
  const v = ((y - f) * a - (x - c) * d) / whole;
  return [Number((lat0 + v / 1e3).toFixed(7)), Number((lon0 + u / 1e3).toFixed(7))];
}
