// Several fixes of one spot → the best guess of where it is. A fix counts the more the surer it is.

export interface Fix { lat: number; lon: number; accuracy: number; at: number }
export interface Guess { lat: number; lon: number; accuracy: number; count: number }

/** Older fixes are from the way there. */
const KEPT_MS = 20_000;
const MOST = 12;
/** Surer than this no phone is, whatever it says: it would outweigh all others. Metres. */
const SUREST = 3;
/** A mark of a checkpoint within this many metres can be found by looking around. */
export const GOOD_M = 25;

export function kept(fixes: Fix[], now: number): Fix[] {
  return fixes.filter((fix) => now - fix.at <= KEPT_MS).slice(-MOST);
}

/**
 * The mean of the fixes, each by the inverse square of its accuracy; null without any. What all share, as a building
 * that throws the signals back, no mean takes away: the accuracy is that of the best fix, not better.
 */
export function guess(fixes: Fix[]): Guess | null {
  if (!fixes.length) return null;
  let weight = 0, lat = 0, lon = 0;
  const { lat: lat0, lon: lon0 } = fixes[0]!;
  for (const fix of fixes) {
    const w = 1 / Math.max(fix.accuracy, SUREST) ** 2;
    weight += w;
    lat += w * (fix.lat - lat0);
    lon += w * (fix.lon - lon0);
  }
  const accuracy = Math.min(...fixes.map((fix) => fix.accuracy));
  return { lat: lat0 + lat / weight, lon: lon0 + lon / weight, accuracy, count: fixes.length };
}
