// The board's own logic: merging what the stream sends, turning pages, time, and what a line says.

import assert from "node:assert/strict";
import { test } from "node:test";

import { byBib, find, linesOf, newsEnd, width } from "../../client/board/lines.ts";
import type { Row, Standings } from "../../client/board/model.ts";
import { boxGrid, slides, step, visible } from "../../client/board/slides.ts";
import { finality, merge } from "../../client/board/standings.ts";
import { clock, duration, ServerClock } from "../../client/board/time.ts";
import { wordsFor } from "../../client/board/words.ts";

const zh = wordsFor("zh-CN");
const en = wordsFor("en");

function row(entry: string, place: number | null, more: Partial<Row> = {}): Row {
  return {
    entry, bib: entry, team: `队${entry}`, club: `单位${entry}`, class: "open", place, moved: 0, status: "Active",
    provisional: true, checkpoints: 3, passed: ["31", "32", "33"], points: 0, time_s: 600, heads_confirmed: false,
    last_at: null, ...more,
  };
}

function standings(rows: Row[], more: Partial<Standings> = {}): Standings {
  return {
    revision: 10, at: 1_000, stage: "race", gun: 0, closing: null, closed: false,
    classes: [{ id: "open", name: "公开组", format: "count", total: 12, entries: rows.length, results: rows }],
    clubs: [], news: [], ...more,
  };
}

const entries = (board: Standings | undefined): string[] => board?.classes[0]?.results.map((r) => r.entry) ?? [];

test("rows that changed take their new places among those that did not", () => {
  const board = standings([row("1", 1), row("2", 2), row("3", 3)]);
  const changed = [row("3", 1, { checkpoints: 5, moved: 2 }), row("1", 2, { moved: -1 }), row("2", 3, { moved: -1 })];
  const merged = merge(board, { revision: 11, classes: [{ id: "open", results: changed }] });
  assert.deepEqual(entries(merged?.standings), ["3", "1", "2"]);
  assert.deepEqual(merged?.lit, ["3"], "only who passed something lights up, not who was pushed down");
});

test("a row keeps lit for a finish and for counted heads too", () => {
  const board = standings([row("1", 1), row("2", 2, { status: "Finished" })]);
  const changed = [row("1", 1, { status: "Finished" }), row("2", 2, { status: "OK", heads_confirmed: true })];
  assert.deepEqual(merge(board, { revision: 11, classes: [{ id: "open", results: changed }] })?.lit, ["1", "2"]);
});

test("an update from before what is shown changes nothing", () => {
  const board = standings([row("1", 1)]);
  const merged = merge(board, { revision: 9, classes: [{ id: "open", results: [row("1", 4)] }] });
  assert.equal(merged?.standings, board);
});

test("the whole board is asked for again when an update cannot be laid on it", () => {
  const board = standings([row("1", 1)]);
  assert.equal(merge(null, { revision: 11 }), null, "nothing yet");
  assert.equal(merge(board, { revision: 11, stage: "trial" }), null, "another stage");
  assert.equal(merge(board, { revision: 11, classes: [{ id: "new", results: [] }] }), null, "a class it does not know");
});

test("a whole board replaces what is there even with a smaller revision, as after a trial", () => {
  const merged = merge(standings([row("1", 1)]), { ...standings([row("2", 1)], { revision: 1 }), full: true });
  assert.deepEqual(entries(merged?.standings), ["2"]);
});

test("rows without a place follow, in the order of a result list", () => {
  const board = standings([row("1", 1)]);
  const changed = [
    row("5", null, { status: "DidNotStart" }), row("4", null, { status: "OverTime" }),
    row("6", null, { status: "Inactive" }), row("3", 2), row("10", 2),
  ];
  const merged = merge(board, { revision: 11, classes: [{ id: "open", results: changed }] });
  assert.deepEqual(entries(merged?.standings), ["1", "3", "10", "4", "5", "6"]);
});

test("news are kept newest first, once each, and no more than twelve", () => {
  const news = (n: number) => ({ at: n, entry: "1", bib: "1", team: "A", what: "passed" as const, checkpoint: `${n}`, place: 1 });
  const board = standings([row("1", 1)], { news: Array.from({ length: 12 }, (_, n) => news(12 - n)) });
  const merged = merge(board, { revision: 11, news: [news(13), news(12)] });
  assert.deepEqual(merged?.standings.news.map((item) => item.at), [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
});

test("places are provisional until the race is closed and nothing can move", () => {
  assert.equal(finality(standings([row("1", 1)])), "provisional");
  assert.equal(finality(standings([row("1", 1)], { closed: true })), "provisional");
  assert.equal(finality(standings([row("1", 1, { provisional: false })], { closed: true })), "final");
  const unchecked = row("1", null, { provisional: false, status: "Finished" });
  assert.equal(finality(standings([unchecked], { closed: true })), "provisional", "heads are still to be checked");
  assert.equal(finality(standings([], { stage: "published" })), "published");
});

test("thirty-eight teams fit on one page, and each further thirty need one more", () => {
  const pages = (teams: number, waiting = false): number =>
    slides(standings(Array.from({ length: teams }, (_, n) => row(`${n}`, n + 1))), "all", waiting).length;
  assert.deepEqual([0, 8, 38, 39, 68, 69, 2000].map((n) => pages(n)), [1, 1, 1, 2, 2, 3, 67]);
  assert.deepEqual([38, 45, 46].map((n) => pages(n, true)), [1, 1, 2], "before the gun three columns of fifteen");
});

test("all classes turn one after the other, or one alone, or the clubs", () => {
  const board = standings([row("0", 1)]);
  const table = board.classes[0];
  assert.ok(table);
  board.classes = [table, { ...table, id: "women", results: Array.from({ length: 40 }, (_, n) => row(`${n}`, n + 1)) }];
  board.clubs = [{ club: "A", place: 1, checkpoints: 3, time_s: 60, teams: 1 }];
  const ids = slides(board, "all", false).map((slide) => (slide.of === "clubs" ? "clubs" : slide.of.class));
  assert.deepEqual(ids, ["open", "women", "women"]);
  assert.equal(slides(board, { class: "women" }, false).length, 2);
  assert.deepEqual(slides(board, "clubs", false), [{ of: "clubs", page: 0, pages: 1 }]);
});

test("a class that nobody entered takes no turn, unless there is no other", () => {
  const board = standings([row("1", 1)]);
  const empty = { ...board.classes[0]!, id: "nobody", results: [] };
  const ids = (classes: Standings["classes"]) => slides({ ...board, classes }, "all", false).map(({ of }) => (typeof of === "object" ? of.class : of));
  assert.deepEqual(ids([empty, board.classes[0]!]), [board.classes[0]!.id]);
  assert.deepEqual(ids([empty]), ["nobody"]);
});

test("pages go round in both directions", () => {
  assert.deepEqual([step(2, 1, 3), step(0, -1, 3), step(0, 1, 0)], [0, 2, 0]);
});

test("boxes adapt to the number of checkpoints", () => {
  assert.deepEqual(boxGrid(5), { columns: 5, lines: 1 });
  assert.deepEqual(boxGrid(12), { columns: 6, lines: 2 });
  assert.deepEqual(boxGrid(13), { columns: 7, lines: 2 });
  assert.deepEqual(boxGrid(24), { columns: 8, lines: 3 });
  assert.equal(boxGrid(31), null, "a bar instead");
});

test("of a long list only the rows near the window are drawn", () => {
  assert.deepEqual(visible(-200, 740, 68, 2000), { from: 0, to: 14 });
  assert.deepEqual(visible(68_000, 740, 68, 2000), { from: 994, to: 1017 });
  assert.deepEqual(visible(68_000, 740, 68, 3), { from: 3, to: 3 });
});

test("lengths and instants are written as on a timetable", () => {
  assert.deepEqual([0, 59, 2898, 3723, -5].map(duration), ["0:00", "0:59", "48:18", "1:02:03", "0:00"]);
  assert.equal(clock(Date.UTC(2026, 4, 16, 1, 52, 14), "Asia/Shanghai"), "9:52:14");
  assert.equal(clock(Date.UTC(2026, 4, 16, 16, 0, 0), "Asia/Shanghai"), "0:00:00");
});

test("of all instants heard the least delayed sets the clock", () => {
  let here = 100_000;
  const server = new ServerClock(() => here);
  server.hear(160_000);
  here += 10_000;
  server.hear(130_000); // kept from long before
  assert.equal(server.now(), 170_000);
  server.hear(170_400, true);
  assert.equal(server.now(), 170_400);
});

test("when this machine's own clock is put right, the server's time stays right", () => {
  let here = 0;
  const server = new ServerClock(() => here);
  server.hear(3_600_000, true);
  here = 3_601_000; // set an hour on, a second later
  server.hear(3_601_000, true);
  assert.equal(server.now(), 3_601_000);
});

test("a line says what became of a team, in words", () => {
  const board = standings([
    row("1", 1, { status: "OK", heads_confirmed: true, provisional: false }),
    row("2", 2, { status: "Finished", moved: 1 }),
    row("3", null, { status: "DidNotFinish", moved: -2 }),
  ]);
  const [first, second, third] = linesOf(board, { class: "open" }, zh);
  assert.deepEqual([first?.mark, first?.place, first?.time], ["finished", "1", "10:00"]);
  assert.deepEqual([second?.mark, second?.moved], ["check", 1]);
  assert.deepEqual([third?.place, third?.moved, third?.time, third?.out], ["–", 0, "未完赛", true]);
});

test("who has passed nothing yet shows no time and no movement, however others overtake", () => {
  const [line] = linesOf(standings([row("1", 9, { checkpoints: 0, moved: -3, time_s: 0 })]), { class: "open" }, zh);
  assert.deepEqual([line?.place, line?.moved, line?.time], ["9", 0, ""]);
});

test("where points decide, points stand in for checkpoints", () => {
  const board = standings([row("1", 1, { points: 70 })]);
  const table = board.classes[0];
  assert.ok(table);
  table.format = "score";
  assert.equal(linesOf(board, { class: "open" }, zh)[0]?.figure, 70);
  table.format = "count";
  assert.equal(linesOf(board, { class: "open" }, zh)[0]?.figure, 3);
});

test("a team is found by part of its name, its club or its exact number", () => {
  const board = standings([row("7", 1, { bib: "07" }), row("17", 2, { team: "Wanderers" }), row("70", 3)]);
  const lines = linesOf(board, { class: "open" }, zh);
  const found = (asked: string): string[] => find(lines, asked).map((line) => line.key);
  assert.deepEqual(found("7"), ["7", "17", "70"], "the number first");
  assert.deepEqual(found("017"), ["17"]);
  assert.deepEqual(found(" wander "), ["17"]);
  assert.deepEqual(found("单位70"), ["70"]);
  assert.deepEqual(found(""), ["7", "17", "70"]);
  assert.deepEqual(found("nobody"), []);
});

test("before the gun teams stand by their numbers", () => {
  const lines = linesOf(standings([row("10", null), row("9", null), row("1", null)]), { class: "open" }, zh);
  assert.deepEqual(byBib(lines).map((line) => line.bib), ["1", "9", "10"]);
});

test("a Chinese character counts for about two Latin letters", () => {
  assert.equal(width("白鹭队"), 3);
  assert.ok(width("Wanderers") > 4.7 && width("Ants") < 3);
});

test("news tell a rise as a rise and a place as a place", () => {
  const item = { at: 0, entry: "1", bib: "1", team: "A", what: "passed" as const, checkpoint: "37", place: 5 };
  assert.equal(newsEnd(item, standings([row("1", 5, { moved: 2 })]), zh), "升到第 5");
  assert.equal(newsEnd(item, standings([row("1", 5)]), zh), "第 5");
  assert.equal(newsEnd({ ...item, what: "finished" }, standings([]), zh), "到终点，待核对人数");
  assert.equal(newsEnd({ ...item, what: "heads", place: 1 }, standings([]), en), "heads counted, place 1");
});
