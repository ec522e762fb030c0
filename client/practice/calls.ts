/** What practice asks the server. Every instant is integer UTC milliseconds. */

import { call } from "../api.ts";
import type { Answer, Answers, Question, Reviewed } from "../types.ts";

export interface BankName { id: string; name: string; count: number }
export interface Open { race: string; until: number; timezone: string; banks: BankName[] }
/** A sheet as it is handed out; `sheet` is its signed ticket. */
export interface Given { sheet: string; given_at: number; deadline: number | null; limit_s: number | null; need: number; questions: Question[] }
export interface Marked { right: number; need: number; draw: number; seconds: number; in_time: boolean; passed: boolean; review: Reviewed[] }
export interface Seat { code: string; token: string }
export interface Row { name: string; duels: number; won: number; right: number; squats: number }

export interface Duel {
  code: string; you: number; names: string[]; phase: "waiting" | "asking" | "answering" | "over"; squats_each: number; ends_at: number | null;
  scores?: { right: number; squats: number }[];
  last?: Reviewed & { seat: number };
  winner?: number | null;
  turn?: number; asker?: number; until?: number; length_s?: number;
  offered?: { id: string; text: string }[];
  question?: Question;
}

async function ask<T>(slug: string, path: string, body?: unknown, token?: string): Promise<T> {
  const how = body === undefined ? {} : { method: "POST" as const, body };
  return (await call<T>(`/practice/${encodeURIComponent(slug)}${path}`, { ...how, token: token ?? null }))!.body;
}

export const getOpen = (slug: string) => ask<Open>(slug, "");
export const getSheet = (slug: string, bank: string, place: number) => ask<Given>(slug, "/sheet", { bank, place });
export const handIn = (slug: string, sheet: string, answers: Answers) => ask<Marked>(slug, "/answer", { sheet, answers });
export const getTable = async (slug: string) => (await ask<{ table: Row[] }>(slug, "/duels")).table;
export const openDuel = (slug: string, bank: string, name: string) => ask<Seat & Duel>(slug, "/duels", { bank, name });
export const joinDuel = (slug: string, code: string, name: string) => ask<Seat & Duel>(slug, `/duels/${encodeURIComponent(code)}/join`, { name });
export const getDuel = (slug: string, seat: Seat) => ask<Duel>(slug, `/duels/${seat.code}`, undefined, seat.token);
export const act = (slug: string, seat: Seat, what: { turn: number; ask: string } | { turn: number; answer: Answer }) => ask<Duel>(slug, `/duels/${seat.code}`, what, seat.token);
