import assert from "node:assert/strict";
import { test } from "node:test";
import { countNames, hintOf } from "../../client/signup.ts";

const words = { short: "{people} 人，还差 {missing} 人", full: "{people} 人", over: "{people} 人，多了 {over} 人" };

test("names are counted however they are set apart, as the server reads them", () => {
  assert.equal(countNames("赵一\n钱二、孙三，李四；周五"), 5);
  assert.equal(countNames("赵一\n\n 、 \n"), 1);
  assert.equal(countNames(""), 0);
});

test("a team is told how many are missing or too many", () => {
  assert.equal(hintOf(4, 5, words), "4 人，还差 1 人");
  assert.equal(hintOf(5, 5, words), "5 人");
  assert.equal(hintOf(7, 5, words), "7 人，多了 2 人");
  assert.equal(hintOf(3, 0, words), "3 人", "a class without a size asks for none");
  assert.equal(hintOf(0, 5, words), "");
});
