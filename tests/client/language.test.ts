import assert from "node:assert/strict";
import { test } from "node:test";
import { fill } from "../../client/language.ts";
import { ordinal } from "../../client/words.ts";

test("a sentence is filled by name", () => {
  assert.equal(fill("前面 {ahead} 队，约等 {min} 分钟。", { ahead: 3, min: 9 }), "前面 3 队，约等 9 分钟。");
});

test("English counts one thing as one", () => {
  assert.equal(fill("{n:team|teams} ahead", { n: 1 }), "1 team ahead");
  assert.equal(fill("{n:team|teams} ahead", { n: 3 }), "3 teams ahead");
  assert.equal(fill("{n:team|teams} ahead", { n: 0 }), "0 teams ahead");
});

test("a value that is itself a placeholder is not filled again", () => {
  assert.equal(fill("{name}: {n}", { name: "{n}", n: 2 }), "{n}: 2");
});

test("places in English end as they are spoken", () => {
  assert.deepEqual([1, 2, 3, 4, 7, 11, 12, 13, 21, 102, 111].map((n) => n + ordinal(n)), ["1st", "2nd", "3rd", "4th", "7th", "11th", "12th", "13th", "21st", "102nd", "111th"]);
});
