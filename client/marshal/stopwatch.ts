/** The stopwatch: two instants and, if the marshal corrects it, a figure by hand. All times in milliseconds, figures in tenths. */

export interface Watch {
  begun: number;
  stopped: number | null;
  /** Tenths of a second typed by hand; it wins over the watch. */
  byHand: number | null;
}

export function begin(now: number): Watch {
  return { begun: now, stopped: null, byHand: null };
}

export function stop(watch: Watch, now: number): Watch {
  return watch.stopped === null ? { ...watch, stopped: Math.max(now, watch.begun) } : watch;
}

/** Stopped by mistake: the watch goes on as if it had never been stopped. */
export function goOn(watch: Watch): Watch {
  return { ...watch, stopped: null, byHand: null };
}

/** Whole tenths so far, cut off and never rounded up, so that the figure on the face is the figure sent. */
export function tenths(watch: Watch, now: number): number {
  if (watch.byHand !== null) return watch.byHand;
  const end = watch.stopped ?? now;
  return Math.max(0, Math.floor((end - watch.begun) / 100));
}

export function isRunning(watch: Watch): boolean {
  return watch.stopped === null && watch.byHand === null;
}

/** 486 → "48.6"; from 100 seconds on with minutes: 1236 → "2:03.6". */
export function face(value: number): string {
  if (value < 1000) return `${Math.floor(value / 10)}.${value % 10}`;
  const seconds = Math.floor(value / 10) % 60;
  return `${Math.floor(value / 600)}:${String(seconds).padStart(2, "0")}.${value % 10}`;
}

/** "48.6", "48", "2:03.6" and the Chinese full stop or comma for the point → tenths; anything else → null. */
export function readFace(text: string): number | null {
  const match = /^(?:(\d{1,3})[:：])?(\d{1,4})(?:[.,。，](\d))?\d*$/u.exec(text.trim());
  if (!match) return null;
  const [, minutes, seconds, tenth] = match;
  if (minutes !== undefined && Number(seconds) > 59) return null;
  return Number(minutes ?? 0) * 600 + Number(seconds) * 10 + Number(tenth ?? 0);
}

/** 318 s → "5:18", 3700 s → "1:01:40". */
export function minutes(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const s = String(whole % 60).padStart(2, "0");
  const m = Math.floor(whole / 60) % 60;
  const h = Math.floor(whole / 3600);
  return h > 0 ? `${h}:${String(m).padStart(2, "0")}:${s}` : `${m}:${s}`;
}
