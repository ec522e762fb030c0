/** What the phone reads out of a course and a run: pure, so that it can be tested without a phone. */

import type { CellState } from "../parts/card.tsx";
import type { Checkpoint, Play, Run, Standings, Row, Task } from "../types.ts";

const EARTH_M = 6_371_000;

export interface Position { lat: number; lon: number; accuracy: number }

/** Metres between two points, on the sphere: good to half a percent. */
export function metres(a: { lat: number; lon: number }, b: { lat: number; lon: number }): number {
  const rad = Math.PI / 180;
  const x = (b.lon - a.lon) * rad * Math.cos(((a.lat + b.lat) / 2) * rad);
  const y = (b.lat - a.lat) * rad;
  return Math.hypot(x, y) * EARTH_M;
}

/** Metres to a checkpoint, or null when either place is not known. */
export function away(point: Checkpoint, here: Position | null): number | null {
  return here && point.lat !== null && point.lon !== null ? metres(here, { lat: point.lat, lon: point.lon }) : null;
}

/** Code order as people expect it: 9 before 10. */
export function byCode(a: { code: string }, b: { code: string }): number {
  return a.code.localeCompare(b.code, "en", { numeric: true });
}

export function isDone(run: Run, code: string): boolean {
  const state = run.checkpoints[code]?.state ?? "none";
  return state === "passed" || state === "lost";
}

/** Begun here and due now: an open sheet, a queue, a game. The oldest first. */
export function current(play: Play): Checkpoint | null {
  const busy = new Set(["open", "waiting", "playing"]);
  return (
    play.course.checkpoints
      .filter((point) => busy.has(play.run.checkpoints[point.code]?.state ?? "none"))
      .sort((a, b) => (play.run.checkpoints[a.code]?.at ?? 0) - (play.run.checkpoints[b.code]?.at ?? 0))[0] ?? null
  );
}

/**
 * Where to go next: the chosen one while it is not done; else the first unvisited of `first`; else the nearest
 * unvisited when the phone knows where it is; else the lowest code. Null when all is done.
 */
export function nextPoint(play: Play, chosen: string | null, here: Position | null, passing: Set<string> = new Set()): Checkpoint | null {
  const open = play.course.checkpoints.filter((point) => point.kind === "control" && !isDone(play.run, point.code) && !passing.has(point.code));
  const byChoice = open.find((point) => point.code === chosen);
  if (byChoice) return byChoice;
  // A line is run in its order, in which its checkpoints stand here.
  if (play.course.format === "line") return open[0] ?? null;
  // What is cooling or was failed can be done again, but what nobody has seen comes first.
  const fresh = open.filter((point) => (play.run.checkpoints[point.code]?.state ?? "none") === "none");
  const pool = fresh.length > 0 ? fresh : open;
  for (const code of play.course.first) {
    const first = fresh.find((point) => point.code === code);
    if (first) return first;
  }
  const sorted = [...pool].sort((a, b) => {
    const da = away(a, here);
    const db = away(b, here);
    if (da !== null && db !== null && da !== db) return da - db;
    return byCode(a, b);
  });
  return sorted[0] ?? null;
}

export function cellState(run: Run, code: string, unsent: Set<string>): CellState {
  const state = run.checkpoints[code]?.state ?? "none";
  if (state === "passed") return "passed";
  if (unsent.has(code)) return "unsent";
  if (state === "cooling" || state === "failed") return "wait";
  if (state === "open" || state === "waiting" || state === "playing") return "busy";
  return state === "lost" ? "lost" : "none";
}

export function hintOf(point: Checkpoint): "quiz" | "game" | null {
  return point.tasks[0]?.kind ?? null;
}

export function isDue(task: Task): boolean {
  return task.state === "due" || task.state === "open" || task.state === "cooling" || task.state === "waiting" || task.state === "playing" || task.state === "confirm";
}

export function taskKey(task: Task): string {
  return task.kind === "quiz" ? `quiz ${task.quiz}` : task.kind === "game" ? `game ${task.game}` : "finish";
}

/** Tasks known before, brought up to date by what is due now; true when one that was due has gone and must be asked for. */
export function refreshed(known: Task[], due: Task[]): { tasks: Task[]; gone: boolean } {
  const fresh = new Map(due.map((task) => [taskKey(task), task]));
  let gone = false;
  const tasks = known.map((task) => {
    const now = fresh.get(taskKey(task));
    fresh.delete(taskKey(task));
    if (!now && isDue(task) && task.kind !== "finish") gone = true;
    return now ?? task;
  });
  return { tasks: [...tasks, ...fresh.values()], gone };
}

export function classOf(standings: Standings | null, entry: string) {
  for (const class_ of standings?.classes ?? []) {
    const row = class_.results.find((each) => each.entry === entry);
    if (row) return { class_, row };
  }
  return null;
}

export interface Gap { points: number; seconds: number | null }

/** How far behind the team one place ahead: in checkpoints, or in seconds when they are level. Null for the leader. */
export function gapAhead(rows: Row[], own: Row): Gap | null {
  if (own.place === null || own.place <= 1) return null;
  const ahead = rows
    .filter((row) => row.place !== null && row.place < own.place!)
    .sort((a, b) => b.place! - a.place!)[0];
  if (!ahead) return null;
  const seconds = ahead.time_s !== null && own.time_s !== null ? Math.max(0, own.time_s - ahead.time_s) : null;
  return { points: Math.max(0, ahead.checkpoints - own.checkpoints), seconds };
}

export type Phase = "before" | "racing" | "finished" | "over";

/** Where the team stands in its race; `over` for withdrawn, disqualified and the like, and once results are out. */
export function phase(play: Play, now: number): Phase {
  const { run } = play;
  if (["SportingWithdrawal", "Disqualified", "Cancelled", "DidNotStart"].includes(run.status)) return "over";
  if (run.finish !== null) return "finished";
  if (play.race.stage === "published") return "over"; // who is not back by then is called back by nobody
  const start = run.start ?? play.gun;
  return start === null || start > now || play.race.stage === "set-up" ? "before" : "racing";
}

/** The nearer of closing and the class's own limit, UTC ms; null when there is neither. */
export function deadline(play: Play): { at: number; kind: "closing" | "limit" } | null {
  const start = play.run.start ?? play.gun;
  const limit = play.time_limit_s !== null && start !== null ? start + (play.time_limit_s + (play.run.credit_s ?? 0)) * 1000 : null;
  if (limit !== null && (play.closing === null || limit < play.closing)) return { at: limit, kind: "limit" };
  return play.closing === null ? null : { at: play.closing, kind: "closing" };
}
