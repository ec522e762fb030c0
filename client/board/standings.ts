// Keeps a class's list whole and in order while the stream sends only the rows that changed.

import type { ClassTable, News, Row, Standings, Update } from "./model.ts";

const NEWS_KEPT = 12;

// Rows without a place, in the order of a result list.
const ORDER = [
  "OK", "Finished", "Active", "NotCompeting", "OverTime", "MissingPunch", "DidNotFinish", "SportingWithdrawal",
  "Disqualified", "DidNotStart", "Cancelled", "Inactive",
];

const digits = new Intl.Collator("en", { numeric: true });

function rank(status: string): number {
  const at = ORDER.indexOf(status);
  return at < 0 ? ORDER.length : at;
}

export function inOrder(a: Row, b: Row): number {
  return (
    (a.place ?? Infinity) - (b.place ?? Infinity) || // two without a place give NaN, which is falsy too
    rank(a.status) - rank(b.status) ||
    (b.checkpoints ?? 0) - (a.checkpoints ?? 0) ||
    (a.time_s ?? Infinity) - (b.time_s ?? Infinity) ||
    digits.compare(a.bib, b.bib)
  );
}

export interface Merged {
  standings: Standings;
  lit: string[]; // entries that did something: passed a checkpoint, finished, were counted
}

// Null when the update cannot be laid onto what is there (nothing yet, another stage): ask for the whole.
export function merge(old: Standings | null, update: Update): Merged | null {
  if (update.full) {
    return { standings: update as Standings, lit: old ? litBetween(old, update.classes ?? []) : [] };
  }
  if (!old || (update.stage && update.stage !== old.stage)) return null;
  if (update.revision <= old.revision) return { standings: old, lit: [] };
  const changed = update.classes ?? [];
  if (changed.some((class_) => !old.classes.some((table) => table.id === class_.id))) return null;
  const classes = old.classes.map((table) => {
    const rows = changed.find((class_) => class_.id === table.id)?.results;
    return rows?.length ? replace(table, rows) : table;
  });
  const news = [...(update.news ?? []), ...old.news].filter(firstOfItsKind).slice(0, NEWS_KEPT);
  const standings: Standings = { ...old, ...update, classes, news };
  return { standings, lit: litBetween(old, changed) };
}

function replace(table: ClassTable, rows: Row[]): ClassTable {
  const fresh = new Map(rows.map((row) => [row.entry, row]));
  const kept = table.results.map((row) => {
    const next = fresh.get(row.entry);
    fresh.delete(row.entry);
    return next ?? row;
  });
  const results = [...kept, ...fresh.values()].sort(inOrder);
  return { ...table, results, entries: Math.max(table.entries, results.length) };
}

function litBetween(old: Standings, changed: { id: string; results: Row[] }[]): string[] {
  const before = new Map(old.classes.flatMap((table) => table.results.map((row) => [row.entry, row] as const)));
  return changed.flatMap(({ results }) =>
    results.filter((row) => acted(before.get(row.entry), row)).map((row) => row.entry),
  );
}

// A row pushed down by others did nothing: only its place changed.
function acted(before: Row | undefined, now: Row): boolean {
  if (!before) return false;
  return (
    before.checkpoints !== now.checkpoints ||
    before.status !== now.status ||
    before.heads_confirmed !== now.heads_confirmed
  );
}

export function newsKey(item: News): string {
  return `${item.at} ${item.entry} ${item.what} ${item.checkpoint ?? ""}`;
}

function firstOfItsKind(item: News, at: number, all: News[]): boolean {
  return all.findIndex((other) => newsKey(other) === newsKey(item)) === at;
}

export type Finality = "provisional" | "final" | "published";

export function finality(standings: Standings): Finality {
  if (standings.stage === "published") return "published";
  const unsettled = (row: Row): boolean => row.provisional || row.status === "Finished"; // heads still to check
  const open = standings.classes.some((table) => table.results.some(unsettled));
  return standings.closed && !open ? "final" : "provisional";
}
