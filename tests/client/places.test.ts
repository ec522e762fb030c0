import assert from "node:assert/strict";
import { test } from "node:test";

// The words choose their language by the page's.
(globalThis as Record<string, unknown>)["document"] = { documentElement: { lang: "zh-CN" } };

import { fit, pixel, place } from "../../client/team/affine.ts";
import { GOOD_M, guess, kept, type Fix } from "../../client/desk/places/fixes.ts";
import { affineOf, fieldsOf, ground, nearest, nextCode, onPicture, opposite, shown, type Change, type Point } from "../../client/desk/places/model.ts";

const point = (code: string, more: Partial<Point> = {}): Point => ({
  code, kind: "control", name: "", name_en: "", description: "", description_en: "", lat: 39.8, lon: 116.4, points: "",
  quiz: "", game: "", lacking: false, seen: "s", ...more,
});
const change = (what: Change["what"], code: string, fields: Change["fields"] = {}, undo: Change["fields"] = {}): Change =>
  ({ id: `${what}-${code}`, what, code, seen: "s", fields, undo });

test("a pixel's place is the place whose pixel it is, also on a turned picture", () => {
  const turned = fit([[39.80, 116.40], [39.802, 116.41], [39.795, 116.412], [39.793, 116.402]], [[0, 0], [900, 0], [900, 750], [0, 750]])!;
  const [lat, lon] = place(turned, 333, 444);
  const [x, y] = pixel(turned, lat, lon);
  assert.ok(Math.abs(x - 333) < 0.01 && Math.abs(y - 444) < 0.01, `${x} ${y}`);
});

test("what is unsent is shown as if it were there: added, moved, renamed, deleted", () => {
  const points = [point("S", { kind: "start" }), point("31"), point("32"), point("F", { kind: "finish" })];
  const list = shown(points, [
    change("add", "33", { code: "33", kind: "control", lat: "39.9", lon: "116.5" }),
    change("change", "31", { lat: "39.85", lon: "116.45" }),
    change("change", "33", { name: "木桥", name_en: "" }),
    change("delete", "32"),
  ]);
  assert.deepEqual(list.map((each) => each.code), ["S", "31", "33", "F"]);
  assert.equal(list[1]!.lat, 39.85);
  assert.deepEqual([list[2]!.name, list[2]!.lat], ["木桥", 39.9]);
  assert.equal(points[1]!.lat, 39.8, "what the server has stays as it is");
});

test("an added point that the server has by now is not shown twice", () => {
  assert.equal(shown([point("31")], [change("add", "31", { code: "31" })]).length, 1);
});

test("the next number is the first from 31 that is free", () => {
  assert.equal(nextCode([]), "31");
  assert.equal(nextCode([point("31"), point("33"), point("S")]), "32");
});

test("each change has its opposite, a deletion only with what the server answered", () => {
  assert.equal(opposite(change("add", "31"), null)!.what, "delete");
  const moved = opposite(change("change", "31", { lat: "1" }, { lat: "2" }), null)!;
  assert.deepEqual([moved.code, moved.fields], ["31", { lat: "2" }]);
  assert.equal(opposite(change("change", "31", { code: "41" }, { code: "31" }), null)!.code, "41");
  assert.equal(opposite(change("delete", "31"), null), null);
  const back = opposite(change("delete", "31", {}, fieldsOf(point("31"))), "{}")!;
  assert.deepEqual([back.what, back.fields["back"], back.fields["lat"]], ["back", "{}", "39.8"]);
});

test("the nearest two are found, start and finish aside, and those without a place", () => {
  const points = [point("S", { kind: "start" }), point("31"), point("32", { lat: 39.81 }), point("33", { lat: 39.8105 }), point("34", { lat: null, lon: null })];
  const found = nearest(points)!;
  assert.deepEqual([found.a, found.b, Math.round(found.m)], ["32", "33", 56]);
  assert.equal(nearest([point("31")]), null);
});

test("without a picture there is a ground around the points, and all of them lie on it", () => {
  const points = [point("31"), point("32", { lat: 39.81, lon: 116.43 })];
  const park = ground(points)!;
  const affine = affineOf(park)!;
  assert.ok(points.every((each) => onPicture(park, affine, each)));
  assert.ok(park.width > 2500 && park.width < 3500, String(park.width));
  assert.ok(!onPicture(park, affine, point("35", { lat: 40 })));
  assert.equal(ground([point("31", { lat: null, lon: null })]), null);
});

const fix = (lat: number, accuracy: number, at = 0): Fix => ({ lat, lon: 116.4, accuracy, at });

test("several fixes are averaged, the surer the more, and claim no more than the best of them", () => {
  const found = guess([fix(39.8, 10), fix(39.8002, 20)])!;
  assert.ok(Math.abs(found.lat - 39.80004) < 1e-7, String(found.lat));
  assert.deepEqual([found.accuracy, found.count], [10, 2]);
  assert.ok(found.accuracy <= GOOD_M);
  assert.equal(guess([]), null);
});

test("one that claims to be surer than any phone is does not outweigh the others", () => {
  const found = guess([fix(39.8, 0.01), fix(39.8002, 3)])!;
  assert.ok(Math.abs(found.lat - 39.8001) < 1e-7, String(found.lat));
});

test("fixes from the way there are forgotten", () => {
  assert.deepEqual(kept([fix(1, 5, 0), fix(2, 5, 25_000)], 30_000).map((each) => each.lat), [2]);
  assert.equal(kept(Array.from({ length: 40 }, (_, at) => fix(at, 5, at)), 40).length, 12);
});
