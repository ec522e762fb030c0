// Which rows stand on the screen: eight leaders, and beside them a page of thirty.

import type { Standings } from "./model.ts";

export const LEADERS = 8;
export const COLUMN = 15;
export const PAGE = 2 * COLUMN;
export const TURN_MS = 10_000;

// What the watcher chose: all classes in turn, one class, or the clubs.
export type Scope = "all" | "clubs" | { class: string };

export interface Slide {
  of: "clubs" | { class: string };
  page: number;
  pages: number;
}

function pagesFor(rows: number): number {
  return Math.max(1, Math.ceil((rows - LEADERS) / PAGE));
}

// Before the gun all stand alike, in three columns.
export function pagesBefore(rows: number): number {
  return Math.max(1, Math.ceil(rows / (3 * COLUMN)));
}

// A class that nobody entered takes no turn: course files bring classes along that a race does not use.
export function entered(standings: Standings): Standings["classes"] {
  const some = standings.classes.filter((table) => table.results.length > 0);
  return some.length ? some : standings.classes;
}

export function slides(standings: Standings, scope: Scope, waiting: boolean): Slide[] {
  const pages = waiting ? pagesBefore : pagesFor;
  const turn = (of: Slide["of"], rows: number): Slide[] => {
    const count = pages(rows);
    return Array.from({ length: count }, (_, page) => ({ of, page, pages: count }));
  };
  if (scope === "clubs") return turn("clubs", standings.clubs.length);
  return entered(standings)
    .filter((table) => scope === "all" || table.id === scope.class)
    .flatMap((table) => turn({ class: table.id }, table.results.length));
}

// The step from one slide to another, round and round.
export function step(at: number, by: number, count: number): number {
  return count ? (((at + by) % count) + count) % count : 0;
}

// Boxes of a row: as few lines as keep each box wide enough to see; too many checkpoints make a bar.
export function boxGrid(total: number): { columns: number; lines: number } | null {
  if (total < 1 || total > 30) return null;
  const lines = total <= 6 ? 1 : total <= 14 ? 2 : 3;
  return { columns: Math.ceil(total / lines), lines };
}

// Rows of a long list that a scrolled window shows, with some beyond each edge.
export function visible(scrolled: number, height: number, row: number, count: number): { from: number; to: number } {
  const from = Math.max(0, Math.floor(scrolled / row) - 6);
  return { from: Math.min(from, count), to: Math.min(count, Math.ceil((scrolled + height) / row) + 6) };
}
