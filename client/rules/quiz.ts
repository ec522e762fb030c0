/** A sheet on the phone: what counts as answered, what speed is worth, and what follows a failed one. */

import type { Answer, FailStep, Question, Speed } from "../types.ts";

/** True when the question counts as answered. An order as shown counts once somebody has gone on from it. */
export function isAnswered(question: Question, answer: Answer | undefined): boolean {
  if (answer === undefined) return false;
  if (typeof answer === "string") return answer.trim() !== "";
  if (Array.isArray(answer)) return answer.length > 0 && !(question.kind === "match" && answer.includes(-1));
  return true;
}

/** True where a checkpoint's points count, and more of them the faster its quiz is passed. */
export function speedCounts(format: string | undefined, speed: Speed | undefined): boolean {
  return (format === "score" || format === "composite") && (speed === "linear" || speed === "half");
}

/** What share of its points a sheet is worth `taken` ms after it was handed out, in whole percent; as the server's `speed_points` of 100. */
export function speedShare(speed: Speed, taken: number, limit: number): number {
  if (taken > limit) return 0;
  if (speed === "linear") return Math.floor(100 - (100 * Math.max(0, taken)) / limit);
  if (speed === "half" && taken >= 500) return Math.floor(100 - (50 * taken) / limit + 0.5);
  return 100;
}

/** After the failed attempt (from 1); after the last step that step comes again, and without any a wait that doubles, from 15 s to 2 min. */
export function afterFail(steps: readonly FailStep[], attempt: number): FailStep {
  const from1 = Math.max(attempt, 1);
  return steps[Math.min(from1, steps.length) - 1] ?? { cool_down_s: Math.min(15 * 2 ** (from1 - 1), 120) };
}

/** How often it may be tried: up to the first step that is no cool-down; null is without end. */
export function attempts(steps: readonly FailStep[]): number | null {
  const end = steps.findIndex((step) => !("cool_down_s" in step));
  return end < 0 ? null : end + 1;
}
