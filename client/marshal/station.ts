/** What a station is and what a marshal records there: the shapes of `GET /station` and of the records sent back. */

import type { Score } from "../rules/game.ts";
import type { FailStep } from "../types.ts";

export type MeasureKind = "seconds" | "count" | "grid3x3" | "foul" | "attempts" | "pass";

export interface Measure {
  id: string;
  kind: MeasureKind;
  name: string;
  least: number;
  most: number | null;
}

export interface Game {
  id: string;
  name: string;
  instructions: string;
  measures: Measure[];
  attempts: number;
  credit_cap_s: number;
  /** The game's own rule, for a phone without a signal. */
  score?: Score;
}

export interface Quiz {
  id: string;
  draw: number;
  need: number;
  /** What a failed attempt costs, attempt by attempt. */
  on_fail: FailStep[];
}

export interface Member {
  name: string;
  role?: string | null;
}

export type HereState = "waiting" | "playing" | "done" | "open" | "cooling" | "passed" | "failed" | "lost";

/** One team at this station. Instants are milliseconds, waits seconds. */
export interface Here {
  state: HereState;
  arrived_at: number | null;
  begun_at: number | null;
  ended_at: number | null;
  waited_s: number | null;
  credit_s: number | null;
}

export interface Entry {
  entry: string;
  bib: string;
  team: string;
  club: string;
  class_name: string;
  team_size: number;
  members: Member[];
  captain_phone: string | null;
  checkin: { heads: number; members: number[] } | null;
  status: string;
  here: Here | null;
  finish: number | null;
  heads: number | null;
  /** How far they are in the race, for who is still out. */
  passed?: number;
  last_at?: number | null;
  last_checkpoint?: string | null;
}

export type RecentKind = "game" | "punch" | "heads" | "checkin" | "finish" | "answer" | "withdraw" | "stamp";

export interface Recent {
  fact: string;
  entry: string;
  kind: RecentKind;
  at: number;
  words: string;
  undone: boolean;
  /** Set by this phone while the record is on its way. */
  pending?: boolean;
}

export interface Station {
  race: {
    slug: string;
    name: string;
    emergency_phone?: string | null;
    language?: string;
    timezone?: string | null;
    stage?: string;
    stopped?: boolean;
  };
  station: {
    checkpoint: { code: string; kind: "start" | "control" | "finish"; name: string; description?: string | null };
    games: Game[];
    quizzes: Quiz[];
  };
  entries: Entry[];
  queue: string[];
  playing: string[];
  recent: Recent[];
  expected: number;
  checked_in: number;
  back: number;
  out: number;
  gun: number | null;
  server_time: number;
}

export type MeasureValue = number | boolean | number[] | null;
export type Values = Record<string, MeasureValue>;

/** What each kind of record carries besides id, kind and at. */
export type Act =
  | { kind: "punch"; entry: string }
  | { kind: "stamp"; entry: string; what: "arrived" | "begun" | "ended" }
  | { kind: "game"; entry: string; game: string; measures: Record<string, unknown> }
  | { kind: "answer"; entry: string; quiz: string; right: number }
  | { kind: "checkin"; entry: string; heads: number; members: number[]; swapped?: Record<string, string> }
  | { kind: "heads"; entry: string; heads: number }
  | { kind: "finish"; entry: string }
  | { kind: "withdraw"; entry: string; members: number[] | null; reason: string; safe: boolean }
  | { kind: "decision"; what: "undo"; entry: string; value: { fact: string }; reason: string };

/** One act on its way: `sent` once the server took it, dropped when the next station list shows it. */
export interface Pending {
  id: string;
  at: number;
  act: Act;
  /** What the records say about it, in the reader's language. */
  words: string;
  sent: boolean;
}
