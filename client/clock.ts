/**
 * The server's clock, as this phone can know it. The phone's own time may be minutes wrong, so every answer's
 * `server_time` corrects it; of several answers the quickest counts, for it is the least uncertain.
 */

import { memory, recall, remember, volatileMemory, type Memory } from "./memory.ts";

const KEPT = "waypost.clock";

/** An old measurement is worth less each minute: clocks drift and phones sleep. Milliseconds a minute. */
const AGEING = 20;

/** More than this the wall clock never falls behind the steady one unless somebody sets it. Milliseconds. */
const SET_BACK_MS = 1000;

/**
 * The phone's time of day, never running backwards while the page is open. A steady clock may stop while the phone
 * sleeps, so the wall clock leads; where it falls behind the steady one, somebody has set it back.
 */
export function unbent(wall: () => number = Date.now, steady: () => number = () => performance.now()): () => number {
  let from = wall();
  let since = steady();
  return () => {
    const at = from + steady() - since;
    const shown = wall();
    if (shown < at - SET_BACK_MS) return at;
    from = shown;
    since = steady();
    return shown;
  };
}

export class Clock {
  #offset = 0;
  #doubt = Infinity;
  #learntAt = 0;
  readonly #phone: () => number;

  readonly #memory: Memory;

  /** What was measured is kept in `into`, for a page that opens without signal. */
  constructor(phone: () => number = unbent(), into: Memory = volatileMemory()) {
    this.#phone = phone;
    this.#memory = into;
    const kept = recall<{ offset: number; doubt: number; at: number } | null>(KEPT, null, into);
    if (kept) [this.#offset, this.#doubt, this.#learntAt] = [kept.offset, kept.doubt, kept.at];
  }

  /** The phone's own time of day, ms, before it is corrected. */
  phone(): number {
    return this.#phone();
  }

  /** Takes in an answer that said `serverTime`, asked at `sentAt` and here at `receivedAt` (both the phone's ms). */
  learn(serverTime: number, sentAt: number, receivedAt: number): void {
    const doubt = Math.max(1, (receivedAt - sentAt) / 2);
    const aged = this.#aged(receivedAt);
    const offset = serverTime - (sentAt + receivedAt) / 2;
    // A jump larger than both doubts means that somebody set the phone's clock: start again.
    const jumped = Math.abs(offset - this.#offset) > doubt + aged + 1000;
    if (doubt <= aged || jumped) {
      this.#offset = offset;
      this.#doubt = doubt;
      this.#learntAt = receivedAt;
      remember(KEPT, { offset, doubt, at: receivedAt }, this.#memory);
    }
  }

  /** Now by the server's clock, UTC ms. */
  now(): number {
    return Math.round(this.#phone() + this.#offset);
  }

  get known(): boolean {
    return this.#doubt !== Infinity;
  }

  /** How far off `now` may be, ms: half of the way to the server and back, and the drift since; null if nothing was measured. */
  doubtMs(): number | null {
    return this.known ? Math.ceil(this.#aged(this.#phone())) : null;
  }

  #aged(at: number): number {
    return this.#doubt + (Math.max(0, at - this.#learntAt) / 60_000) * AGEING;
  }
}

export const clock = new Clock(unbent(), memory);

/** A length of time as on a stopwatch: 0:42, 51:40, 1:02:03. Seconds; negative counts as zero. */
export function stopwatch(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (n: number) => String(n).padStart(2, "0");
  const h = Math.floor(whole / 3600);
  const m = Math.floor(whole / 60) % 60;
  return h > 0 ? `${h}:${two(m)}:${two(whole % 60)}` : `${m}:${two(whole % 60)}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The time of day in the race's zone: 9:51, or 9:51:34 with seconds. */
export function timeOfDay(at: number, zone: string, seconds = false): string {
  const key = `${zone} ${seconds}`;
  let format = formats.get(key);
  if (!format) {
    const parts: Intl.DateTimeFormatOptions = { hour: "numeric", minute: "2-digit", hourCycle: "h23" };
    if (seconds) parts.second = "2-digit";
    try {
      format = new Intl.DateTimeFormat("en-GB", { ...parts, timeZone: zone });
    } catch {
      format = new Intl.DateTimeFormat("en-GB", parts); // a zone this phone has never heard of
    }
    formats.set(key, format);
  }
  return format.format(at).replace(/^0(\d)/, "$1");
}

/** Whole minutes, rounded up, at least one: for "about 9 minutes". */
export function minutes(seconds: number): number {
  return Math.max(1, Math.ceil(seconds / 60));
}
