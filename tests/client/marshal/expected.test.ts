import assert from "node:assert/strict";
import test from "node:test";
import { begunFact, draftOf } from "../../../client/marshal/drafts.ts";
import { byNumber, expected, find, finishers, inOrder, lastResult, stillOut } from "../../../client/marshal/expected.ts";
import type { Act, Entry, Here, Pending, Station } from "../../../client/marshal/station.ts";

const game = { id: "g", name: "背夹球", instructions: "", measures: [], attempts: 1, credit_cap_s: 600 };

function team(bib: string, more: Partial<Entry> = {}): Entry {
  const blank = { team: `${bib} 队`, club: "", class_name: "", team_size: 5, members: [], captain_phone: null, checkin: null };
  return { entry: bib, bib, ...blank, status: "Active", here: null, finish: null, heads: null, ...more };
}

function waiting(arrived_at: number): Here {
  return { state: "waiting", arrived_at, begun_at: null, ended_at: null, waited_s: null, credit_s: 0 };
}

function station(entries: Entry[], more: Partial<Station> = {}): Station {
  const queue = entries.filter((e) => e.here?.state === "waiting").map((e) => e.entry);
  return {
    race: { slug: "nanyuan", name: "" },
    station: { checkpoint: { code: "36", kind: "control", name: "" }, games: [game], quizzes: [] },
    entries,
    queue: inOrder(entries, queue),
    playing: entries.filter((e) => e.here?.state === "playing").map((e) => e.entry),
    recent: [],
    expected: entries.length,
    checked_in: 0,
    back: 0,
    out: entries.length,
    gun: 0,
    server_time: 0,
    ...more,
  };
}

let next = 0;
function record(act: Act, at = 0, sent = false): Pending {
  next += 1;
  return { id: `r${next}`, at, act, words: act.kind, sent };
}

test("the queue is in order of arrival, and teams that arrived together go by number", () => {
  const seen = station([team("31", { here: waiting(9) }), team("28", { here: waiting(5) }), team("6", { here: waiting(5) })]);
  assert.deepEqual(seen.queue, ["6", "28", "31"]);
});

test("a team that was begun leaves the queue at once and its wait is credited up to the cap", () => {
  const seen = expected(station([team("23", { here: waiting(0) })]), [record({ kind: "stamp", entry: "23", what: "begun" }, 700_000)]);
  assert.deepEqual([seen.queue, seen.playing], [[], ["23"]]);
  assert.deepEqual([find(seen, "23")?.here?.waited_s, find(seen, "23")?.here?.credit_s], [700, 600]);
});

test("an act the server already shows changes nothing when it is laid over once more", () => {
  const acts = [record({ kind: "punch", entry: "23" }, 5), record({ kind: "stamp", entry: "23", what: "begun" }, 9)];
  const once = expected(station([team("23")]), acts);
  assert.deepEqual(expected(once, acts), once);
});

test("a start undone before it was sent leaves the team where it stood in the queue", () => {
  const before = station([team("23", { here: waiting(0) }), team("28", { here: waiting(5) })]);
  const begun = record({ kind: "stamp", entry: "23", what: "begun" }, 9);
  const undo = record({ kind: "decision", what: "undo", entry: "23", value: { fact: begun.id }, reason: "" }, 10);
  assert.deepEqual(expected(before, [begun, undo]).queue, ["23", "28"]);
});

test("a result undone puts the team back to its game, and the line stays to be seen as undone", () => {
  const here = { ...waiting(0), state: "done" as const, begun_at: 3, ended_at: 8 };
  const recent = [{ fact: "f", entry: "23", kind: "game" as const, at: 8, words: "44.2 秒", undone: false }];
  const undo = record({ kind: "decision", what: "undo", entry: "23", value: { fact: "f" }, reason: "" });
  const seen = expected(station([team("23", { here })], { recent }), [undo]);
  assert.deepEqual([seen.playing, seen.recent[0]?.undone, lastResult(seen)], [["23"], true, null]);
});

test("a finished game leaves playing and stands first among the records", () => {
  const here = { ...waiting(0), state: "playing" as const, begun_at: 3 };
  const seen = expected(station([team("23", { here })]), [record({ kind: "game", entry: "23", game: "g", measures: {} }, 9)]);
  assert.deepEqual([seen.playing, lastResult(seen)?.entry, lastResult(seen)?.pending], [[], "23", true]);
});

test("stamps are not results: the foot of the page does not offer to undo them", () => {
  const recent = [{ fact: "s", entry: "23", kind: "stamp" as const, at: 8, words: "began", undone: false }];
  assert.equal(lastResult(station([team("23")], { recent })), null);
});

test("checking a team in again corrects it and does not count it twice", () => {
  const act: Act = { kind: "checkin", entry: "23", heads: 4, members: [0, 1, 2, 3] };
  const seen = expected(station([team("23")]), [record(act, 1), record({ ...act, heads: 5 }, 2)]);
  assert.deepEqual([seen.checked_in, find(seen, "23")?.checkin?.heads], [1, 5]);
});

test("heads confirmed take a team off the list to check, and their undo puts it back", () => {
  const before = station([team("23", { finish: 5 }), team("28", { finish: 3 })]);
  const heads = record({ kind: "heads", entry: "28", heads: 5 });
  assert.deepEqual(finishers(before.entries).toCheck.map((e) => e.entry), ["28", "23"]);
  const after = expected(before, [heads]);
  assert.deepEqual(finishers(after.entries).toCheck.map((e) => e.entry), ["23"]);
  const undo = record({ kind: "decision", what: "undo", entry: "28", value: { fact: heads.id }, reason: "" });
  assert.equal(finishers(expected(before, [heads, undo]).entries).toCheck.length, 2);
});

test("a finish by hand moves one team from out to back, once", () => {
  const acts = [record({ kind: "finish", entry: "23" }, 5), record({ kind: "finish", entry: "23" }, 6)];
  const seen = expected(station([team("23"), team("28")]), acts);
  assert.deepEqual([seen.back, seen.out, find(seen, "23")?.finish], [1, 1, 5]);
});

test("who withdrew or came back is not out, and the longest unseen comes first", () => {
  const entries = [team("1", { last_at: 9 }), team("2", { last_at: 3 }), team("3", { finish: 4 }), team("4", { status: "SportingWithdrawal" })];
  assert.deepEqual(stillOut(entries).map((e) => e.entry), ["2", "1"]);
});

test("members who withdraw leave the rest of the team in the race", () => {
  const seen = expected(station([team("23")]), [record({ kind: "withdraw", entry: "23", members: [3], reason: "", safe: true })]);
  assert.equal(find(seen, "23")?.status, "Active");
});

test("a number finds its team with or without the nought in front", () => {
  const entries = [team("06"), team("60"), team("6a")];
  assert.equal(byNumber(entries, "6")?.bib, "06");
  assert.equal(byNumber(entries, "06")?.bib, "06");
  assert.equal(byNumber(entries, "0"), null);
  assert.equal(byNumber(entries, ""), null);
});

test("a station without a game has no queue: who registers there has arrived", () => {
  const plain = station([team("23")], { station: { checkpoint: { code: "41", kind: "control", name: "" }, games: [], quizzes: [] } });
  const seen = expected(plain, [record({ kind: "punch", entry: "23" }, 5)]);
  assert.deepEqual([seen.queue, find(seen, "23")?.here?.state], [[], "passed"]);
});

test("a start on another phone gives this phone a watch, by the server's clock", () => {
  const entry = team("23", { here: { ...waiting(0), state: "playing", begun_at: 50_000, ended_at: null } });
  const draft = draftOf(entry, undefined, [game], 2_000);
  assert.deepEqual([draft?.watch.begun, draft?.begunFact], [48_000, null]);
});

test("what this phone measured wins, until the team begins anew elsewhere", () => {
  const own = { game: "g", begunFact: "f", endedFact: null, begunAt: 50_000, watch: { begun: 1, stopped: null, byHand: null }, values: {} };
  const playing = (begun_at: number): Entry => team("23", { here: { ...waiting(0), state: "playing", begun_at } });
  assert.equal(draftOf(playing(50_000), own, [game], 0), own);
  assert.equal(draftOf(playing(90_000), own, [game], 0)?.begunFact, null);
});

test("a start on another phone can be undone by the fact the list shows for that instant", () => {
  const entry = team("23", { here: { ...waiting(0), state: "playing", begun_at: 50 } });
  const line = { fact: "theirs", entry: "23", kind: "stamp" as const, at: 50, words: "", undone: false };
  const draft = draftOf(entry, undefined, [game], 0)!;
  assert.equal(begunFact(station([entry], { recent: [line] }), entry, draft), "theirs");
  assert.equal(begunFact(station([entry], { recent: [{ ...line, at: 49 }] }), entry, draft), null);
});
