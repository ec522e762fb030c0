import assert from "node:assert/strict";
import { test } from "node:test";
import { pins } from "../../client/pins.ts";

test("a pattern is seven different places out of sixteen", () => {
  for (const code of ["31", "32", "101", "S", "终"]) {
    const places = pins(code);
    assert.equal(new Set(places).size, 7);
    assert.ok(places.every((place) => Number.isInteger(place) && place >= 0 && place < 16));
  }
});

test("the same code always has the same pins, and no two of 31 to 99 share theirs", () => {
  const seen = new Map<string, number>();
  for (let code = 31; code <= 99; code++) {
    const pattern = pins(String(code)).join();
    assert.equal(pattern, pins(String(code)).join());
    assert.equal(seen.get(pattern), undefined, `${code} looks like ${seen.get(pattern)}`);
    seen.set(pattern, code);
  }
});

test("paper draws the same pins: the same codes and places stand in tests/checkpoints/test_rules.py", () => {
  assert.deepEqual(pins("31"), [1, 6, 7, 10, 11, 14, 15]);
  assert.deepEqual(pins("101"), [4, 5, 6, 8, 9, 13, 15]);
  assert.deepEqual(pins("S1"), [1, 6, 8, 9, 10, 14, 15]);
});
