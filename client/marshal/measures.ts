/** What the marshal's buttons do to the figures of a game. Pure. */

import type { Measure, MeasureValue, Values } from "./station.ts";
import { type Watch, isRunning, tenths } from "./stopwatch.ts";

/** Fouls and throws start at the least; what must be counted starts empty, so that nobody confirms a figure they never gave. */
export function untouched(measure: Measure): MeasureValue {
  if (measure.kind === "foul" || measure.kind === "attempts") return measure.least;
  return measure.kind === "grid3x3" ? [] : null;
}

export function untouchedAll(measures: readonly Measure[]): Values {
  return Object.fromEntries(measures.filter((m) => m.kind !== "seconds").map((m) => [m.id, untouched(m)]));
}

export function clamp(measure: Measure, value: number): number {
  const low = Math.max(measure.least, Math.round(value));
  return measure.most === null ? low : Math.min(measure.most, low);
}

/** One press on − or +. An empty figure becomes the least first, so + on an empty count gives one more than that. */
export function step(measure: Measure, value: MeasureValue, by: number): number {
  const from = typeof value === "number" ? value : measure.least;
  return clamp(measure, from + by);
}

/** A cell of the board, 0–8 in reading order, hit or taken back. */
export function toggleCell(value: MeasureValue, cell: number): number[] {
  const hit = Array.isArray(value) ? value : [];
  return hit.includes(cell) ? hit.filter((c) => c !== cell) : [...hit, cell].sort((a, b) => a - b);
}

/** A count small enough to be chosen with one press: at most ten buttons. */
export function choices(measure: Measure): number[] | null {
  if (measure.kind !== "count" || measure.most === null || measure.most - measure.least > 9) return null;
  return Array.from({ length: measure.most - measure.least + 1 }, (_, i) => measure.least + i);
}

export function hasWatch(measures: readonly Measure[]): boolean {
  return measures.some((m) => m.kind === "seconds");
}

/** The first measure without a figure, or null when the result can be confirmed. */
export function missing(measures: readonly Measure[], values: Values, watch: Watch): Measure | null {
  for (const measure of measures) {
    if (measure.kind === "seconds" ? isRunning(watch) : (values[measure.id] ?? null) === null) return measure;
  }
  return null;
}

/** A time that the game's own bounds refuse, such as a watch stopped by mistake after two seconds. */
export function impossible(measures: readonly Measure[], watch: Watch): Measure | null {
  const timed = measures.find((m) => m.kind === "seconds");
  if (!timed || isRunning(watch)) return null;
  return fits(timed, tenths(watch, watch.begun) / 10) ? null : timed;
}

export function fits(measure: Measure, value: number): boolean {
  return value >= measure.least && (measure.most === null || value <= measure.most);
}

/** The figures as they are sent: seconds with one decimal, a grid as the cells that were hit. */
export function body(measures: readonly Measure[], values: Values, watch: Watch): Record<string, unknown> {
  return Object.fromEntries(
    measures.map((m) => [m.id, m.kind === "seconds" ? tenths(watch, watch.begun) / 10 : values[m.id]]),
  );
}
