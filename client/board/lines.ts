// What one line of the board says, for a team or for a club, before any markup.

import type { Club, Format, News, Row, Standings } from "./model.ts";
import { duration } from "./time.ts";
import type { Words } from "./words.ts";

export interface Line {
  key: string;
  place: string;
  moved: number;
  bib: string;
  name: string;
  under: string; // club, or how many teams
  mark: "finished" | "check" | null;
  figure: number | null; // checkpoints, or points where points decide
  passed: number;
  total: number | null; // boxes to draw; null for none
  time: string; // or, where there is none to show, the status in words
  out: boolean; // ended without a place
}

export function byPoints(format: Format | undefined): boolean {
  return format === "score" || format === "composite";
}

export function teamLine(row: Row, total: number, format: Format | undefined, words: Words): Line {
  const ended = words.status[row.status];
  const begun = (row.checkpoints ?? 0) > 0 || row.status !== "Active"; // who has nothing yet neither rises nor falls
  const home = row.status === "OK" || row.status === "Finished";
  return {
    key: row.entry,
    place: row.place === null ? "–" : String(row.place),
    moved: row.place === null || !begun ? 0 : row.moved,
    bib: row.bib,
    name: row.team || row.bib,
    under: row.club,
    mark: !home ? null : row.heads_confirmed || row.status === "OK" ? "finished" : "check",
    figure: byPoints(format) ? row.points : row.checkpoints,
    passed: row.checkpoints ?? 0,
    total,
    time: ended ?? (row.time_s === null || !begun ? "" : duration(row.time_s)),
    out: ended !== undefined,
  };
}

export function clubLine(club: Club, points: boolean, words: Words): Line {
  return {
    key: `club ${club.club}`,
    place: club.place === null ? "–" : String(club.place),
    moved: 0,
    bib: "",
    name: club.club || "–",
    under: words.teamsOf(club.teams),
    mark: null,
    figure: points ? (club.points ?? null) : club.checkpoints,
    passed: club.checkpoints,
    total: null,
    time: club.time_s === null ? "" : duration(club.time_s),
    out: false,
  };
}

// How wide a name is, in its own type size: a Chinese character is 1, a Latin letter a little more than half.
export function width(text: string): number {
  return [...text].reduce((sum, letter) => sum + (letter > "\u2e7f" ? 1 : 0.56), 0);
}

const digits = new Intl.Collator("en", { numeric: true });

// Before the gun nobody leads: teams stand by their numbers.
export function byBib(lines: Line[]): Line[] {
  return [...lines].sort((a, b) => digits.compare(a.bib, b.bib));
}

// The lines of one class, or of the clubs, in order.
export function linesOf(standings: Standings, of: "clubs" | { class: string }, words: Words): Line[] {
  if (of === "clubs") {
    const points = standings.clubs.some((club) => club.points !== null && club.points !== undefined);
    return standings.clubs.map((club) => clubLine(club, points, words));
  }
  const table = standings.classes.find((class_) => class_.id === of.class);
  if (!table) return [];
  return table.results.map((row) => teamLine(row, table.total, table.format, words));
}

// Whose number was typed comes first, then whose name or club holds the text.
export function find(lines: Line[], asked: string): Line[] {
  const wanted = asked.trim().toLowerCase();
  if (!wanted) return lines;
  const bare = (bib: string): string => bib.toLowerCase().replace(/^0+(?=.)/, "");
  const numbered = lines.filter((line) => line.bib && bare(line.bib) === bare(wanted));
  const named = lines.filter((line) => `${line.name}\n${line.under}`.toLowerCase().includes(wanted));
  return [...numbered, ...named.filter((line) => !numbered.includes(line))];
}

// What stands behind the team and the code in one item of news.
export function newsEnd(item: News, standings: Standings, words: Words): string {
  if (item.what === "finished") return words.finishedNews;
  if (item.what === "heads") return words.headsNews(item.place);
  if (!item.place) return "";
  const row = standings.classes.flatMap((table) => table.results).find((other) => other.entry === item.entry);
  return row && row.moved > 0 ? words.upTo(item.place) : words.at(item.place);
}
