import assert from "node:assert/strict";
import { test } from "node:test";
import { Clock, minutes, stopwatch, timeOfDay, unbent } from "../../client/clock.ts";
import { volatileMemory } from "../../client/memory.ts";

test("a clock set back an hour in the middle of a race does not take the phone with it; a phone that slept goes on", () => {
  let wall = 10_000_000;
  let steady = 500;
  const now = unbent(() => wall, () => steady);
  wall += 60_000;
  steady += 60_000;
  assert.equal(now(), 10_060_000);
  wall -= 3_600_000;
  steady += 5_000;
  assert.equal(now(), 10_065_000);
  wall += 3_600_000 + 900_000; // set right again, after a quarter of an hour in which the steady clock slept
  assert.equal(now(), 10_960_000);
});

test("what was measured before a reload is still known after it", () => {
  const memory = volatileMemory();
  let phone = 5_000_000;
  new Clock(() => phone, memory).learn(5_600_050, 5_000_000, 5_000_100);
  phone = 5_010_000;
  const after = new Clock(() => phone, memory);
  assert.equal(after.now(), 5_610_000);
  assert.equal(after.doubtMs(), 54); // half of the way there and back, and what a phone drifts in ten seconds
});

test("a phone that is ten minutes slow still knows the server's time", () => {
  let phone = 1_000_000;
  const clock = new Clock(() => phone);
  assert.equal(clock.known, false);
  clock.learn(1_600_050, 1_000_000, 1_000_100);
  phone = 1_005_100;
  assert.equal(clock.now(), 1_605_100);
});

test("of two answers the quicker one counts", () => {
  let phone = 0;
  const clock = new Clock(() => phone);
  clock.learn(10_050, 0, 100);
  clock.learn(12_000, 200, 4_200); // four seconds on its way: says little
  phone = 5_000;
  assert.equal(clock.now(), 15_000);
});

test("when somebody sets the phone's clock, the next answer is believed even if it was slow", () => {
  let phone = 0;
  const clock = new Clock(() => phone);
  clock.learn(10_005, 0, 10);
  phone = 3_600_000;
  clock.learn(12_000, 3_600_000, 3_600_800);
  assert.equal(clock.now(), 12_000 - 400);
});

test("an old measurement gives way to a fresh one that is a little slower", () => {
  let phone = 0;
  const clock = new Clock(() => phone);
  clock.learn(5, 0, 10);
  phone = 3_600_000;
  clock.learn(3_600_000 + 700, 3_600_000, 3_600_400);
  assert.equal(clock.now(), 3_600_500);
});

test("lengths of time read like a stopwatch", () => {
  assert.equal(stopwatch(42), "0:42");
  assert.equal(stopwatch(3100.9), "51:40");
  assert.equal(stopwatch(3723), "1:02:03");
  assert.equal(stopwatch(-5), "0:00");
});

test("the time of day is the race's, wherever the phone thinks it is", () => {
  const at = Date.parse("2026-05-01T01:51:34Z");
  assert.equal(timeOfDay(at, "Asia/Shanghai", true), "9:51:34");
  assert.equal(timeOfDay(at, "Asia/Urumqi"), "7:51");
  assert.equal(timeOfDay(Date.parse("2026-05-01T16:05:00Z"), "Asia/Shanghai"), "0:05");
});

test("a zone the phone has never heard of does not stop it", () => {
  assert.match(timeOfDay(0, "Moon/Tranquility"), /^\d{1,2}:\d{2}$/);
});

test("waiting times round up to whole minutes", () => {
  assert.equal(minutes(540), 9);
  assert.equal(minutes(541), 10);
  assert.equal(minutes(5), 1);
});
