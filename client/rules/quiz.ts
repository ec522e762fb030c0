/** What follows a failed sheet. */

import type { FailStep } from "../types.ts";

/** After the failed attempt (from 1); after the last step that step comes again, and without any the next sheet at once. */
export function afterFail(steps: readonly FailStep[], attempt: number): FailStep {
  return steps[Math.min(Math.max(attempt, 1), steps.length) - 1] ?? { cool_down_s: 0 };
}

/** How often it may be tried: up to the first step that is no cool-down; null is without end. */
export function attempts(steps: readonly FailStep[]): number | null {
  const end = steps.findIndex((step) => !("cool_down_s" in step));
  return end < 0 ? null : end + 1;
}
