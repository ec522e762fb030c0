import assert from "node:assert/strict";
import { test } from "node:test";
import { fit, northOf, pixel, pixelsPerMetre, scaleBar } from "../../client/team/affine.ts";
import { cellState, deadline, gapAhead, metres, nextPoint, phase, refreshed } from "../../client/team/course.ts";
import type { Checkpoint, GameTask, Play, PointState, QuizDone, Row, Run } from "../../client/types.ts";

const point = (code: string, lat = 39.8, lon = 116.4): Checkpoint => ({ code, kind: "control", name: code, description: "", lat, lon, tasks: [], points: 0 });

function playOf(states: Record<string, PointState>, first: string[] = [], places: Record<string, [number, number]> = {}): Play {
  const run: Run = {
    entry: "17", status: "Active", start: 1000, finish: null, time_s: null, elapsed_s: null, credit_s: 0, penalty_s: 0, points: 0, passed: 0, total: 3,
    heads_confirmed: false, place: null, provisional: true, of: 38,
    checkpoints: Object.fromEntries(Object.entries(states).map(([code, state]) => [code, { state, at: 1, passed_at: null }])),
  };
  return {
    race: { slug: "r", name: "r", emergency_phone: null, language: "zh", timezone: "Asia/Shanghai", stage: "race", stopped: false },
    team: { entry: "17", bib: "17", team: "白鹭队", club: "", class: "open", join_code: "7K4P2XQM", class_name: "", members: [] },
    course: { format: "count", total: 3, checkpoints: Object.keys(states).map((code) => point(code, ...(places[code] ?? [39.8, 116.4]))), start: null, finish: null, first },
    map: null, gun: 1000, closing: null, time_limit_s: null, run, tasks: {}, messages: [], server_time: 0,
  };
}

test("next is the chosen one, then the first of `first`, then the nearest, then the lowest code", () => {
  const play = playOf({ 9: "none", 31: "none", 32: "none" }, ["32"], { 9: [39.9, 116.4], 31: [39.801, 116.4], 32: [39.85, 116.4] });
  const here = { lat: 39.8, lon: 116.4, accuracy: 10 };
  assert.equal(nextPoint(play, "31", null)?.code, "31");
  assert.equal(nextPoint(play, null, here)?.code, "32");
  play.course.first = [];
  assert.equal(nextPoint(play, null, here)?.code, "31");
  assert.equal(nextPoint(play, null, null)?.code, "9");
});

test("in a line next is the first that is open, near or far, cooling or not", () => {
  const play = playOf({ 33: "passed", 31: "cooling", 9: "none" }, [], { 9: [39.8, 116.4], 31: [39.9, 116.4], 33: [39.9, 116.5] });
  play.course.format = "line";
  play.course.checkpoints = ["33", "31", "9"].map((code) => point(code));
  assert.equal(nextPoint(play, null, { lat: 39.8, lon: 116.4, accuracy: 10 })?.code, "31");
  assert.equal(nextPoint(play, "9", null)?.code, "9");
});

test("what is passed is never next, and what is cooling comes after what nobody has seen", () => {
  assert.equal(nextPoint(playOf({ 31: "passed", 32: "cooling", 33: "none" }), "31", null)?.code, "33");
  assert.equal(nextPoint(playOf({ 31: "passed", 32: "cooling", 33: "lost" }), null, null)?.code, "32");
  assert.equal(nextPoint(playOf({ 31: "passed", 32: "passed" }), null, null), null);
});

test("a box says passed even while another record of it waits", () => {
  const { run } = playOf({ 31: "passed", 32: "none" });
  assert.equal(cellState(run, "31", new Set(["31"])), "passed");
  assert.equal(cellState(run, "32", new Set(["32"])), "unsent");
  assert.equal(cellState(run, "99", new Set()), "none");
});

test("distances agree with the map to half a percent", () => {
  const found = metres({ lat: 39.8, lon: 116.4 }, { lat: 39.809, lon: 116.4 });
  assert.ok(Math.abs(found - 1000.8) < 5, String(found));
});

test("the race's phase follows gun, finish and status", () => {
  const play = playOf({ 31: "none" });
  assert.equal(phase(play, 2000), "racing");
  assert.equal(phase(play, 500), "before");
  assert.equal(phase({ ...play, run: { ...play.run, finish: 1500 } }, 2000), "finished");
  assert.equal(phase({ ...play, run: { ...play.run, status: "SportingWithdrawal" } }, 2000), "over");
  assert.equal(phase({ ...play, gun: null, run: { ...play.run, start: null } }, 2000), "before");
});

test("the nearer of closing and the class's limit runs down, with waiting credited to the limit only", () => {
  const play = { ...playOf({ 31: "none" }), closing: 1000 + 7_200_000, time_limit_s: 5400 };
  assert.deepEqual(deadline(play), { at: 1000 + 5_400_000, kind: "limit" });
  play.run.credit_s = 600;
  assert.deepEqual(deadline(play), { at: 1000 + 6_000_000, kind: "limit" });
  play.run.credit_s = 3600;
  assert.deepEqual(deadline(play), { at: 1000 + 7_200_000, kind: "closing" });
});

test("the gap is to the team one place ahead", () => {
  const row = (place: number, checkpoints: number, time_s: number) => ({ place, checkpoints, time_s }) as Row;
  const rows = [row(1, 10, 3000), row(2, 9, 2500), row(2, 9, 2500), row(4, 9, 2600)];
  assert.equal(gapAhead(rows, rows[0]!), null);
  assert.deepEqual(gapAhead(rows, rows[1]!), { points: 1, seconds: 0 });
  assert.deepEqual(gapAhead(rows, rows[3]!), { points: 0, seconds: 100 });
});

test("a task that is due no more has been decided elsewhere, and a decided one stays", () => {
  const game = { kind: "game", game: "g1", state: "waiting" } as GameTask;
  const quiz = { kind: "quiz", quiz: "q1", state: "passed" } as QuizDone;
  assert.deepEqual(refreshed([quiz, game], [{ ...game, ahead: 1 }]), { tasks: [quiz, { ...game, ahead: 1 }], gone: false });
  assert.equal(refreshed([quiz, game], []).gone, true);
  assert.equal(refreshed([quiz], []).gone, false);
});

const CORNERS: [number, number][] = [[39.808, 116.398], [39.808, 116.411], [39.797, 116.411], [39.797, 116.398]];
const PIXELS: [number, number][] = [[0, 0], [1200, 0], [1200, 900], [0, 900]];

test("corners and middle of a map fall where they should", () => {
  const affine = fit(CORNERS, PIXELS)!;
  CORNERS.forEach(([lat, lon], i) => {
    const [x, y] = pixel(affine, lat, lon);
    assert.ok(Math.abs(x - PIXELS[i]![0]) < 1e-6 && Math.abs(y - PIXELS[i]![1]) < 1e-6);
  });
  const [x, y] = pixel(affine, 39.8025, 116.4045);
  assert.ok(Math.abs(x - 600) < 1e-6 && Math.abs(y - 450) < 1e-6);
  assert.ok(Math.abs(northOf(affine)) < 1e-6);
});

test("a map turned by a quarter still fits, and knows its north", () => {
  const turned = fit(CORNERS, [[900, 0], [900, 1200], [0, 1200], [0, 0]])!;
  const [x, y] = pixel(turned, 39.808, 116.411);
  assert.ok(Math.abs(x - 900) < 1e-6 && Math.abs(y - 1200) < 1e-6);
  assert.ok(Math.abs(northOf(turned) - 90) < 1e-6);
});

test("three points in one line, or two, are no map", () => {
  assert.equal(fit([[39.8, 116.4], [39.9, 116.5], [40, 116.6]], [[0, 0], [1, 1], [2, 2]]), null);
  assert.equal(fit(CORNERS.slice(0, 2), PIXELS.slice(0, 2)), null);
});

test("the scale bar is a round length that fits", () => {
  const width = (900 * 0.013 * Math.cos((39.808 * Math.PI) / 180)) / 0.011; // as many pixels a metre both ways
  const scale = pixelsPerMetre(fit(CORNERS, [[0, 0], [width, 0], [width, 900], [0, 900]])!);
  assert.ok(Math.abs(scale - 900 / (0.011 * 111_194.9)) / scale < 0.001, String(scale));
  assert.deepEqual(scaleBar(0.9, 110), { metres: 100, pixels: 90 });
  assert.deepEqual(scaleBar(0.3, 110), { metres: 200, pixels: 60 });
});
