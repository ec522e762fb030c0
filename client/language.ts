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

/** Chosen on this phone, else what the page was sent in, else Chinese. */
export function startLanguage(): void {
  const wanted = cookieLanguage() || memory.get("waypost.lang") || document.documentElement.lang;
  apply(wanted.startsWith("en") ? "en" : "zh");
}

/** True once somebody chose on this phone; until then the race's own language may be taken over. */
export function languageChosen(): boolean {
  return cookieLanguage() !== "" || memory.get("waypost.lang") !== null;
}

/** Puts the whole page into `next`; with `keep` the server is told by a cookie and the phone remembers. */
export function setLanguage(next: Language, keep = true): void {
  if (keep) {
    memory.set("waypost.lang", next);
    document.cookie = `lang=${next}; path=/; max-age=31536000; samesite=lax`;
  }
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
