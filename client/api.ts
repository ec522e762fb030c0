/** Calls to the server. A refusal is a `Problem` whose `detail` is a sentence for the person. */

import { clock } from "./clock.ts";
import { language } from "./language.ts";
import { type Sent, withBoxes } from "./sealed.ts";
import type { FactsAnswer, Joined, OutRecord, Play, Sealed, Standings } from "./types.ts";

const PATIENCE_MS = 15_000;

export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  /** Milliseconds the server asks us to wait, or null. */
  readonly retryAfter: number | null;

  constructor(status: number, code: string, detail: string, retryAfter: number | null = null) {
    super(`${status} ${code}`);
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.retryAfter = retryAfter;
  }

  /** True when nothing reached the server, or it could not answer now: trying again may help. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export interface Fresh<T> { body: T; etag: string | null }

interface Call { method?: "GET" | "POST"; token?: string | null; body?: unknown; etag?: string | null; unsent?: number }

function retryAfter(answer: Response): number | null {
  const text = answer.headers.get("Retry-After");
  if (!text) return null;
  const seconds = Number(text);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const at = Date.parse(text);
  return Number.isFinite(at) ? Math.max(0, at - Date.now()) : null;
}

/** Asks; answers null for 304. Throws `Problem`, with status 0 when the server was not reached. */
export async function call<T>(path: string, { method = "GET", token, body, etag, unsent }: Call = {}): Promise<Fresh<T> | null> {
  const headers: Record<string, string> = { Accept: "application/json", "Accept-Language": language() };
  if (token) headers["Authorization"] = `Bearer ${token}`;
  if (etag) headers["If-None-Match"] = etag;
  if (unsent !== undefined) headers["X-Unsent"] = String(unsent);
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const stop = new AbortController();
  const patience = setTimeout(() => stop.abort(), PATIENCE_MS);
  const sentAt = clock.phone();
  let answer: Response;
  let said: unknown = null;
  try {
    answer = await fetch(`/api/v1${path}`, {
      method,
      headers,
      signal: stop.signal,
      cache: "no-store",
      credentials: "same-origin",
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (answer.status === 304) return null;
    said = await answer.json().catch(() => null);
  } catch {
    throw new Problem(0, "unreachable", "");
  } finally {
    clearTimeout(patience);
  }
  if (!answer.ok) {
    const problem = (said ?? {}) as { code?: string; detail?: string };
    throw new Problem(answer.status, problem.code ?? "", problem.detail ?? "", retryAfter(answer));
  }
  if (said === null || typeof said !== "object") throw new Problem(502, "malformed", "");
  const time = (said as { server_time?: unknown }).server_time;
  if (typeof time === "number") clock.learn(time, sentAt, clock.phone());
  return { body: said as T, etag: answer.headers.get("ETag") };
}

export type JoinBy = { key: string } | { join_code: string; race?: string } | { handover: string };

export async function join(how: JoinBy): Promise<Joined> {
  return (await call<Joined>("/join", { method: "POST", body: how }))!.body;
}

export async function sendFacts(token: string, records: OutRecord[]): Promise<FactsAnswer> {
  return (await call<FactsAnswer>("/facts", { method: "POST", token, body: { records } }))!.body;
}

/** An address that joins another browser of this phone to the team, once. */
export async function handOver(token: string): Promise<{ url: string; expires_s: number }> {
  return (await call<{ url: string; expires_s: number }>("/handover", { method: "POST", token, body: {} }))!.body;
}

/** A file that only the holder of the token may have. `path` is a whole one, as the server gave it. */
export async function download(path: string, token: string): Promise<Blob> {
  let answer: Response;
  try {
    answer = await fetch(path, { headers: { Authorization: `Bearer ${token}`, "Accept-Language": language() }, cache: "no-store", credentials: "same-origin" });
    if (answer.ok) return await answer.blob();
  } catch {
    throw new Problem(0, "unreachable", "");
  }
  const problem = (await answer.json().catch(() => ({}))) as { code?: string; detail?: string };
  throw new Problem(answer.status, problem.code ?? "", problem.detail ?? "");
}

/** `unsent` tells the organizer how many records this phone still holds; the boxes that it `held` are not sent again. */
export async function getPlay(token: string, etag: string | null, unsent: number, held: Sealed | null): Promise<Fresh<Play> | null> {
  const query = held?.digest ? `?boxes=${encodeURIComponent(held.digest)}` : "";
  const answer = await call<Omit<Play, "sealed"> & { sealed?: Sent | null }>(`/play${query}`, { token, etag, unsent });
  return answer && { ...answer, body: { ...answer.body, sealed: withBoxes(answer.body.sealed, held) } };
}

/** Own row with its neighbours and the top, all that a phone needs. */
export function getStandings(slug: string, entry: string, etag: string | null): Promise<Fresh<Standings> | null> {
  return call<Standings>(`/races/${encodeURIComponent(slug)}/standings?around=${encodeURIComponent(entry)}&top=20`, { etag });
}

/** A fresh id for a record. `crypto.randomUUID` is missing on older phones and on plain HTTP. */
export function newId(): string {
  const bytes = new Uint8Array(16);
  crypto.getRandomValues(bytes);
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
