/** The language of the page, and dictionaries in which a missing word does not compile. */

import { memory } from "./memory.ts";

export type Language = "zh" | "en";

type Split<S extends string> = S extends `${string}{${infer Name}}${infer Rest}` ? Bare<Name> | Split<Rest> : never;
type Bare<N extends string> = N extends `${infer Name}:${string}` ? Name : N;
type Arguments<S extends string> = [Split<S>] extends [never] ? [] : [values: { [K in Split<S>]: string | number }];

let current: Language = "zh";
const listeners = new Set<() => void>();

export function language(): Language {
  return current;
}

function cookieLanguage(): string {
  return /(?:^|;\s*)lang=(zh|en)/.exec(document.cookie)?.[1] ?? "";
}

/** Where a phone keeps the language of its race: the shell it opens from without signal was sent in any. */
export const OF_RACE = "waypost.lang.race";

/** Chosen on this phone, else `raceLanguage`, else what the page was sent in, else Chinese. */
export function startLanguage(raceLanguage: Language | null = null): void {
  const wanted = cookieLanguage() || memory.get("waypost.lang") || raceLanguage || document.documentElement.lang;
  apply(wanted.startsWith("en") ? "en" : "zh");
}

/** The language of the race that this phone is of, as the server last said; null before it said any. */
export function raceLanguage(): Language | null {
  const kept = memory.get(OF_RACE);
  return kept === "zh" || kept === "en" ? kept : null;
}

/** Takes over the race's own language, unless somebody chose on this phone, and remembers it for a page without signal. */
export function followRace(spoken: string): void {
  const next = spoken === "en" ? "en" : "zh";
  memory.set(OF_RACE, next);
  const chosen = cookieLanguage() !== "" || memory.get("waypost.lang") !== null;
  if (!chosen && next !== current) apply(next);
}

/** Puts the whole page into `next`: the server is told by a cookie, and the phone remembers. */
export function setLanguage(next: Language): void {
  memory.set("waypost.lang", next);
  document.cookie = `lang=${next}; path=/; max-age=31536000; samesite=lax`;
  if (next !== current) apply(next);
}

function apply(next: Language): void {
  current = next;
  document.documentElement.lang = next === "zh" ? "zh-Hans" : "en";
  for (const listener of listeners) listener();
}

export function onLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Fills `{name}`; `{n:team|teams}` says "1 team" or "3 teams". */
export function fill(sentence: string, values: Record<string, string | number>): string {
  return sentence.replace(/\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g, (whole, name: string, one?: string, many?: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    if (one === undefined) return String(value);
    return `${value} ${Number(value) === 1 ? one : many}`;
  });
}

/**
 * A dictionary: `zh` is the first language and gives the keys and the arguments, `en` must have every key.
 * The answer is `t(key, {…})`, in the page's language at the time of the call.
 */
export function dictionary<const Z extends Record<string, string>>(zh: Z, en: { [K in keyof Z]: string }) {
  return function t<K extends keyof Z & string>(key: K, ...values: Arguments<Z[K]>): string {
    const sentence = current === "zh" ? zh[key]! : en[key];
    return fill(sentence, (values[0] ?? {}) as Record<string, string | number>);
  };
}
