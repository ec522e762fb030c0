/**
 * What a marshal's measures are worth, by the game's own rule, as the server will reckon it. Points that depend on how
 * others did (`ranks`) come later and are not in here.
 */

import type { Measure } from "../marshal/station.ts";

export interface Score {
  bands?: { of: string; points: [number, number][] };
  linear?: { of: string; from: [number, number]; to: [number, number] };
  cells?: { of: string; points: number; line?: number };
  penalty_s?: Record<string, number>;
  minus?: Record<string, number>;
  need?: Record<string, { least?: number; most?: number }>;
  ranks?: unknown;
  figure?: string;
}

export interface Outcome { passed: boolean; points: number; penalty_s: number }

const LINES = [[0, 1, 2], [3, 4, 5], [6, 7, 8], [0, 3, 6], [1, 4, 7], [2, 5, 8], [0, 4, 8], [2, 4, 6]];

/** The measures must be complete and within their bounds. */
export function scoreGame(measures: readonly Pick<Measure, "id" | "kind">[], score: Score, values: Record<string, unknown>): Outcome {
  const read = (id: string): number => worth(values[id]);
  const penalty = Object.entries(score.penalty_s ?? {}).reduce((sum, [id, each]) => sum + each * read(id), 0);
  // Fouls that cost seconds count in the seconds that the game is scored by, too.
  const timed = new Set(measures.filter((m) => m.kind === "seconds").map((m) => m.id));
  const scored = (id: string): number => (timed.has(id) ? read(id) + penalty : read(id));
  let points = 0;
  if (score.bands) {
    const value = scored(score.bands.of);
    points += Math.max(0, ...score.bands.points.filter(([least]) => value >= least).map(([, worth]) => worth));
  }
  if (score.linear) points += clamped(scored(score.linear.of), score.linear.from, score.linear.to);
  if (score.cells) {
    const hit = values[score.cells.of];
    const full = Array.isArray(hit) ? LINES.filter((line) => line.every((cell) => hit.includes(cell))).length : 0;
    points += scored(score.cells.of) * score.cells.points + full * (score.cells.line ?? 0);
  }
  for (const [id, each] of Object.entries(score.minus ?? {})) points -= each * read(id);
  const played = measures.every((m) => m.kind !== "pass" || values[m.id] === true);
  const reached = Object.entries(score.need ?? {}).every(
    ([id, bound]) => scored(id) >= (bound.least ?? -Infinity) && scored(id) <= (bound.most ?? Infinity),
  );
  return { passed: played && reached, points: Math.max(0, points), penalty_s: penalty };
}

function worth(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  return value === true ? 1 : typeof value === "number" ? value : 0;
}

/** Points on the straight line between two (value, points), beyond it the nearer end's; exact, half rounds up. */
export function clamped(value: number, from: readonly [number, number], to: readonly [number, number]): number {
  const [x, x0, y0, x1, y1] = [value, ...from, ...to].map(thousandths) as [bigint, bigint, bigint, bigint, bigint];
  const zero = BigInt(0);
  if (x0 === x1) return halfUp(x <= x0 ? y0 : y1, BigInt(1000));
  let [over, under] = [x - x0, x1 - x0];
  if (under < zero) [over, under] = [-over, -under];
  if (over < zero) over = zero;
  if (over > under) over = under;
  return halfUp(y0 * under + over * (y1 - y0), under * BigInt(1000));
}

/** As whole thousandths, so that nothing is lost in between: a watch gives tenths. */
function thousandths(value: number): bigint {
  return BigInt(Math.round(value * 1000));
}

function halfUp(over: bigint, under: bigint): number {
  const twice = BigInt(2) * over + under;
  const by = BigInt(2) * under;
  const cut = twice / by;
  return Number(twice < BigInt(0) && twice % by !== BigInt(0) ? cut - BigInt(1) : cut);
}
