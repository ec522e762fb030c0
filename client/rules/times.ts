/** Times of a run as the server reckons them: instants UTC ms, each floored to its second; lengths in whole seconds. */

/** Since the start: the difference of the two seconds, not the second of the difference. */
export function elapsed(start: number, at: number): number {
  return Math.floor(at / 1000) - Math.floor(start / 1000);
}

/** T = F − S − C + P. */
export function net(start: number, finish: number, creditSeconds: number, penaltySeconds: number): number {
  return elapsed(start, finish) - creditSeconds + penaltySeconds;
}

/** ℓ = max(0, F − S − C − L); nothing without a limit. */
export function lateness(start: number, finish: number, creditSeconds: number, limitSeconds: number | null): number {
  return limitSeconds === null ? 0 : Math.max(0, elapsed(start, finish) - creditSeconds - limitSeconds);
}

export interface Late {
  points_per_minute?: number | string;
  seconds_per_minute?: number | string;
  rounding?: "started" | "linear";
}

/** What lateness costs: p·⌈ℓ/60⌉, or in proportion ⌈p·ℓ/60⌉, a whole number; p may be a fraction such as "1/4". */
export function lateCost(late: Late, seconds: number): number {
  const [over, under] = fraction(late.seconds_per_minute ?? late.points_per_minute ?? 0);
  return late.rounding === "linear" ? divideUp(over * seconds, under * 60) : divideUp(over * divideUp(seconds, 60), under);
}

/** The instant of a record that counts: never before the anchor the phone held, never after it came. */
export function fixed(phoneAt: number | null, anchor: number | null, receivedAt: number): number {
  return Math.min(Math.max(phoneAt ?? receivedAt, anchor ?? 0), receivedAt);
}

/** "1/4", "0.25" and 10 as a pair of whole numbers. */
function fraction(value: number | string): [number, number] {
  const [over, under] = String(value).split("/");
  const [, whole, decimals = ""] = /^\s*(\d*)(?:\.(\d*))?\s*$/.exec(over!) ?? [];
  if (whole === undefined) return [0, 1];
  return [Number(whole + decimals), Number(under ?? 1) * 10 ** decimals.length];
}

function divideUp(over: number, under: number): number {
  return Math.ceil(over / under);
}
