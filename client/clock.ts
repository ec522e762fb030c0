/**
 * The server's clock, as this phone can know it. The phone's own time may be minutes wrong, so every answer's
 * `server_time` corrects it; of several answers the quickest counts, for it is the least uncertain.
 */

/** An old measurement is worth less each minute: clocks drift and phones sleep. Milliseconds a minute. */
const AGEING = 20;

export class Clock {
  #offset = 0;
  #doubt = Infinity;
  #learntAt = 0;
  readonly #phone: () => number;

  constructor(phone: () => number = Date.now) {
    this.#phone = phone;
  }

  /** Takes in an answer that said `serverTime`, asked at `sentAt` and here at `receivedAt` (both the phone's ms). */
  learn(serverTime: number, sentAt: number, receivedAt: number): void {
    const doubt = Math.max(1, (receivedAt - sentAt) / 2);
    const aged = this.#doubt + ((receivedAt - this.#learntAt) / 60_000) * AGEING;
    const offset = serverTime - (sentAt + receivedAt) / 2;
    // A jump larger than both doubts means that somebody set the phone's clock: start again.
    const jumped = Math.abs(offset - this.#offset) > doubt + aged + 1000;
    if (doubt <= aged || jumped) {
      this.#offset = offset;
      this.#doubt = doubt;
      this.#learntAt = receivedAt;
    }
  }

  /** Now by the server's clock, UTC ms. */
  now(): number {
    return Math.round(this.#phone() + this.#offset);
  }

  get known(): boolean {
    return this.#doubt !== Infinity;
  }
}

export const clock = new Clock();

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
