/**
 * The station as it will be once everything on its way has arrived: the server's list with this phone's own acts laid over it.
 * Pure, and laying an act over a list that already holds it changes nothing, so an answer that comes late does no harm.
 */

import type { Entry, Here, Pending, Recent, RecentKind, Station } from "./station.ts";

export function expected(station: Station, pending: readonly Pending[]): Station {
  const undone = new Set<string>();
  for (const { act } of pending) if (act.kind === "decision") undone.add(act.value.fact);
  let seen = station;
  for (const record of pending) {
    if (undone.has(record.id)) continue;
    seen = record.act.kind === "decision" ? takeBack(seen, record.act.value.fact) : layOver(seen, record);
  }
  return seen;
}

function layOver(station: Station, record: Pending): Station {
  const { act, at } = record;
  switch (act.kind) {
    case "punch": {
      const state = station.station.games.length ? "waiting" : station.station.quizzes.length ? "open" : "passed";
      return noted(here(station, act.entry, (old) => old ?? { ...nobody, state, arrived_at: at }), record, "punch");
    }
    case "stamp":
      return here(station, act.entry, (old) => stamped(old ?? { ...nobody, arrived_at: at }, act.what, at, cap(station)));
    case "game":
      return noted(
        here(station, act.entry, (old) => ({ ...(old ?? nobody), state: "done", ended_at: old?.ended_at ?? at })),
        record,
        "game",
      );
    case "answer": {
      const need = station.station.quizzes.find((q) => q.id === act.quiz)?.need ?? 0;
      const state = act.right >= need ? "passed" : "failed";
      return noted(here(station, act.entry, (old) => ({ ...(old ?? { ...nobody, arrived_at: at }), state })), record, "answer");
    }
    case "checkin": {
      const first = find(station, act.entry)?.checkin == null ? 1 : 0;
      const checkin = { heads: act.heads, members: act.members };
      return noted({ ...change(station, act.entry, { checkin }), checked_in: station.checked_in + first }, record, "checkin");
    }
    case "heads":
      return noted(change(station, act.entry, { heads: act.heads }), record, "heads");
    case "finish": {
      const first = find(station, act.entry)?.finish == null ? 1 : 0;
      const moved = change(station, act.entry, { finish: find(station, act.entry)?.finish ?? at });
      return noted({ ...moved, back: station.back + first, out: Math.max(0, station.out - first) }, record, "finish");
    }
    case "withdraw":
      return noted(act.members ? station : change(station, act.entry, { status: "SportingWithdrawal" }), record, "withdraw");
    case "decision":
      return station;
  }
}

const nobody: Here = { state: "waiting", arrived_at: null, begun_at: null, ended_at: null, waited_s: 0, credit_s: 0 };

function stamped(old: Here, what: "arrived" | "begun" | "ended", at: number, capSeconds: number): Here {
  if (what === "arrived") return { ...old, arrived_at: at };
  if (what === "ended") return { ...old, ended_at: at };
  const waited = old.arrived_at === null ? 0 : Math.max(0, Math.floor((at - old.arrived_at) / 1000));
  return { ...old, state: "playing", begun_at: at, ended_at: null, waited_s: waited, credit_s: Math.min(waited, capSeconds) };
}

/** What a wrong tap did, taken back. The fact may be one the server already lists. */
function takeBack(station: Station, fact: string): Station {
  const old = station.recent.find((r) => r.fact === fact);
  if (!old || old.undone) return station;
  const recent = station.recent.map((r) => (r.fact === fact ? { ...r, undone: true } : r));
  const back = { ...station, recent };
  const entry = find(station, old.entry);
  switch (old.kind) {
    case "game":
      return here(back, old.entry, (was) => was && { ...was, state: was.begun_at === null ? "waiting" : "playing" });
    case "stamp":
      return here(back, old.entry, (was) => was && { ...was, state: "waiting", begun_at: null, ended_at: null });
    case "answer":
      return here(back, old.entry, (was) => was && { ...was, state: "open" });
    case "punch":
      return here(back, old.entry, () => null);
    case "checkin":
      return { ...change(back, old.entry, { checkin: null }), checked_in: station.checked_in - (entry?.checkin ? 1 : 0) };
    case "heads":
      return change(back, old.entry, { heads: null });
    case "finish":
      return { ...change(back, old.entry, { finish: null }), back: station.back - 1, out: station.out + 1 };
    case "withdraw":
      return back;
  }
}

export function find(station: Station, entry: string): Entry | undefined {
  return station.entries.find((e) => e.entry === entry);
}

/** How long waiting is credited at most here, in seconds; the most generous game counts. */
export function cap(station: Station): number {
  return Math.max(0, ...station.station.games.map((g) => g.credit_cap_s));
}

function change(station: Station, entry: string, fields: Partial<Entry>): Station {
  return { ...station, entries: station.entries.map((e) => (e.entry === entry ? { ...e, ...fields } : e)) };
}

/** Changes where a team stands here, and with it the queue and the list of those playing. */
function here(station: Station, entry: string, next: (old: Here | null) => Here | null): Station {
  const old = find(station, entry);
  if (!old) return station;
  const now = next(old.here);
  const list = (ids: string[], wanted: boolean): string[] =>
    wanted ? (ids.includes(entry) ? ids : [...ids, entry]) : ids.filter((id) => id !== entry);
  const moved = change(station, entry, { here: now });
  return {
    ...moved,
    queue: inOrder(moved.entries, list(station.queue, now?.state === "waiting" && station.station.games.length > 0)),
    playing: list(station.playing, now?.state === "playing"),
  };
}

/** Order of arrival; a team without an instant keeps to the end, equal instants go by number. */
export function inOrder(entries: readonly Entry[], ids: readonly string[]): string[] {
  const byId = new Map(entries.map((e) => [e.entry, e]));
  const arrived = (id: string): number => byId.get(id)?.here?.arrived_at ?? Number.POSITIVE_INFINITY;
  const bib = (id: string): number => Number(byId.get(id)?.bib ?? 0);
  return [...ids].sort((a, b) => {
    const [x, y] = [arrived(a), arrived(b)];
    return x === y ? bib(a) - bib(b) : x - y;
  });
}

function noted(station: Station, record: Pending, kind: RecentKind): Station {
  if (station.recent.some((r) => r.fact === record.id)) return station;
  const { id, at, words, act } = record;
  const line: Recent = { fact: id, entry: act.entry, kind, at, words, undone: false, pending: !record.sent };
  return { ...station, recent: [line, ...station.recent] };
}

/** The last result that still stands, shown at the foot of the page. Stamps are not results. */
export function lastResult(station: Station): Recent | null {
  return station.recent.find((r) => !r.undone && r.kind !== "stamp") ?? null;
}

/** The team with this number on its bib; leading noughts do not matter. */
export function byNumber(entries: readonly Entry[], typed: string): Entry | null {
  if (!typed) return null;
  const plain = (bib: string): string => bib.replace(/^0+(?=.)/, "");
  return entries.find((e) => plain(e.bib) === plain(typed)) ?? null;
}

/** Who came in and still waits for heads to be counted, first come first; then those who are done, the latest first. */
export function finishers(entries: readonly Entry[]): { toCheck: Entry[]; checked: Entry[] } {
  const back = entries.filter((e) => e.finish !== null);
  const time = (e: Entry): number => e.finish ?? 0;
  return {
    toCheck: back.filter((e) => e.heads === null).sort((a, b) => time(a) - time(b)),
    checked: back.filter((e) => e.heads !== null).sort((a, b) => time(b) - time(a)),
  };
}

const GONE = new Set(["SportingWithdrawal", "DidNotStart", "DidNotFinish", "Disqualified", "Cancelled"]);

/** Who is still out: checked in or on the way, not back, not withdrawn. Longest without a punch first. */
export function stillOut(entries: readonly Entry[]): Entry[] {
  return entries
    .filter((e) => e.finish === null && !GONE.has(e.status) && (e.checkin !== null || e.status === "Active"))
    .sort((a, b) => (a.last_at ?? 0) - (b.last_at ?? 0));
}
