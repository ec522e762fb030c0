import assert from "node:assert/strict";
import test from "node:test";
import { body, choices, clamp, impossible, missing, step, toggleCell, untouchedAll } from "../../../client/marshal/measures.ts";
import type { Measure } from "../../../client/marshal/station.ts";
import { begin, face, goOn, minutes, readFace, stop, tenths } from "../../../client/marshal/stopwatch.ts";

const seconds: Measure = { id: "time", kind: "seconds", name: "用时", least: 5, most: 1200 };
const drops: Measure = { id: "drops", kind: "foul", name: "掉球", least: 0, most: 3 };
const left: Measure = { id: "left", kind: "count", name: "剩余气球", least: 0, most: 5 };
const cells: Measure = { id: "cells", kind: "grid3x3", name: "打中的格子", least: 0, most: null };
const done: Measure = { id: "done", kind: "pass", name: "全队传过", least: 0, most: null };

test("a watch goes by the wall clock, so a reload in between changes nothing", () => {
  const kept = JSON.parse(JSON.stringify(begin(1_000_000))) as ReturnType<typeof begin>;
  assert.equal(tenths(kept, 1_048_640), 486);
});

test("a stopped watch stands still, and a second stop does not move it", () => {
  const stopped = stop(stop(begin(0), 48_600), 90_000);
  assert.equal(tenths(stopped, 500_000), 486);
});

test("stopped by mistake, the watch goes on as if it had never been stopped", () => {
  assert.equal(tenths(goOn(stop(begin(0), 10_000)), 48_600), 486);
});

test("a time typed by hand wins over the watch", () => {
  assert.equal(tenths({ ...stop(begin(0), 48_600), byHand: 512 }, 0), 512);
});

test("tenths are cut off, never rounded up", () => {
  assert.equal(tenths(stop(begin(0), 48_699), 0), 486);
});

test("the face shows minutes only when there are a hundred seconds", () => {
  assert.deepEqual([face(0), face(486), face(999), face(1000), face(1236)], ["0.0", "48.6", "99.9", "1:40.0", "2:03.6"]);
});

test("a time is read as it is written, with minutes, a comma or a full-width colon", () => {
  assert.deepEqual([readFace("48.6"), readFace("48"), readFace("48,65"), readFace("2:03.6"), readFace("2：03")], [486, 480, 486, 1236, 1230]);
});

test("what is not a time is not read as one", () => {
  for (const text of ["", ".", "a", "2:75", "-3", "1:2:3", "48.6.1"]) assert.equal(readFace(text), null, text);
});

test("what is read is what the face shows", () => {
  for (let value = 0; value < 12_000; value += 7) assert.equal(readFace(face(value)), value);
});

test("a wait of an hour has hours", () => {
  assert.deepEqual([minutes(0), minutes(318.9), minutes(3700), minutes(-4)], ["0:00", "5:18", "1:01:40", "0:00"]);
});

test("what must be counted starts empty, and fouls start at none", () => {
  assert.deepEqual(untouchedAll([seconds, drops, left, cells, done]), { drops: 0, left: null, cells: [], done: null });
});

test("a result with a figure nobody gave cannot be confirmed", () => {
  const watch = stop(begin(0), 48_600);
  assert.equal(missing([seconds, left, drops], { left: null, drops: 0 }, watch), left);
  assert.equal(missing([seconds, left, drops], { left: 0, drops: 0 }, watch), null);
});

test("a running watch is a figure nobody gave yet", () => {
  assert.equal(missing([seconds, drops], { drops: 0 }, begin(0)), seconds);
});

test("a pass that was denied is an answer too", () => {
  assert.equal(missing([done], { done: false }, begin(0)), null);
});

test("a step stays inside the bounds and a first + on an empty count gives one more than the least", () => {
  assert.deepEqual([step(drops, 0, -1), step(drops, 3, 1), step(left, null, 1), clamp(left, 9)], [0, 3, 1, 5]);
});

test("a cell is hit, taken back, and the cells stay in reading order", () => {
  assert.deepEqual(toggleCell(toggleCell(toggleCell([], 8), 0), 4), [0, 4, 8]);
  assert.deepEqual(toggleCell([0, 4, 8], 4), [0, 8]);
});

test("few enough counts are buttons, many are a stepper", () => {
  assert.deepEqual(choices(left), [0, 1, 2, 3, 4, 5]);
  assert.equal(choices({ ...left, most: 60 }), null);
  assert.equal(choices({ ...left, most: null }), null);
  assert.equal(choices(drops), null);
});

test("seconds are sent with one decimal and the board as the cells that were hit", () => {
  const sent = body([seconds, drops, cells], { drops: 1, cells: [0, 4] }, stop(begin(0), 48_600));
  assert.deepEqual(sent, { time: 48.6, drops: 1, cells: [0, 4] });
});

test("a watch stopped after two seconds is a time the game refuses, and the page says so before the server does", () => {
  assert.equal(impossible([seconds], stop(begin(0), 2_000)), seconds);
  assert.equal(impossible([seconds], stop(begin(0), 5_000)), null);
  assert.equal(impossible([seconds], begin(0)), null);
});
