/** Asks again and again while the page is seen; backs off when the server cannot answer, and at once when the phone wakes. */

import { Problem } from "./api.ts";

const LONGEST_WAIT_MS = 60_000;

export interface Poll {
  /** Ask now. */
  now(): void;
  stop(): void;
}

/** `every` answers the pause in ms, asked anew each time. A 401 or 403 ends the polling: the caller has been told by `failed`. */
export function poll(ask: () => Promise<void>, every: () => number, failed: (problem: Problem) => void): Poll {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking = false;
  let again = false;
  let fails = 0;
  let over = false;

  async function round(): Promise<void> {
    if (over) return;
    if (asking) {
      again = true;
      return;
    }
    clearTimeout(timer);
    asking = true;
    let wait = every();
    try {
      await ask();
      fails = 0;
    } catch (error) {
      const problem = error instanceof Problem ? error : new Problem(0, "unreachable", "");
      if (problem.status === 401 || problem.status === 403) over = true;
      wait = Math.max(problem.retryAfter ?? 0, Math.min(LONGEST_WAIT_MS, every() * 1.5 ** ++fails)) * (0.9 + Math.random() / 5);
      failed(problem);
    }
    asking = false;
    if (over) return;
    if (again) {
      again = false;
      wait = 0;
    }
    if (document.visibilityState !== "hidden") timer = setTimeout(() => void round(), wait);
  }

  const wake = () => {
    if (document.visibilityState !== "hidden") void round();
    else clearTimeout(timer);
  };
  document.addEventListener("visibilitychange", wake);
  window.addEventListener("pageshow", wake);
  window.addEventListener("online", wake);
  void round();
  return {
    now: () => void round(),
    stop: () => {
      over = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", wake);
      window.removeEventListener("pageshow", wake);
      window.removeEventListener("online", wake);
    },
  };
}
