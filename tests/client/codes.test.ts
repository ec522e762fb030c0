import assert from "node:assert/strict";
import { test } from "node:test";
import { ALPHABET, checkSymbol, codeFault, grouped, keyIn, normalise } from "../../client/codes.ts";

const whole = (seven: string) => seven + checkSymbol(seven);

test("a whole code passes however it is typed", () => {
  const code = whole("7K4P2XQ");
  assert.equal(codeFault(code), null);
  assert.equal(codeFault(`${code.slice(0, 4).toLowerCase()} - ${code.slice(4)}`), null);
  assert.equal(normalise("７Ｋ４ｐ"), "7K4P");
});

test("the check symbol is the weighted sum modulo 31, counted from one", () => {
  // 3 has the value 1: 1·1 + 2·1 + … + 7·1 = 28
  assert.equal(checkSymbol("3333333"), ALPHABET[28]);
});

test("every single wrong symbol is found", () => {
  const code = whole("7K4P2XQ");
  for (let i = 0; i < 8; i++) {
    for (const symbol of ALPHABET) {
      if (symbol === code[i]) continue;
      assert.equal(codeFault(code.slice(0, i) + symbol + code.slice(i + 1)), "check");
    }
  }
});

test("every swap of two different neighbours is found", () => {
  const code = whole("7K4P2XQ");
  for (let i = 0; i < 7; i++) {
    if (code[i] === code[i + 1]) continue;
    const swapped = code.slice(0, i) + code[i + 1] + code[i] + code.slice(i + 2);
    assert.equal(codeFault(swapped), "check");
  }
});

test("what is wrong with a code is said exactly", () => {
  assert.equal(codeFault(" - "), "empty");
  assert.equal(codeFault("7K4P"), "short");
  assert.equal(codeFault(whole("7K4P2XQ") + "3"), "long");
  assert.equal(codeFault("7K4P2XQ0"), "symbol");
});

test("the dash comes by itself", () => {
  assert.equal(grouped("7k4"), "7K4");
  assert.equal(grouped("7k4p2"), "7K4P-2");
  assert.equal(grouped("7K4P-2XQM99"), "7K4P-2XQM");
});

test("keys are found in addresses of both cases and nowhere else", () => {
  assert.deepEqual(keyIn("https://race.example/C/ABCD2345EF"), { kind: "C", key: "ABCD2345EF" });
  assert.deepEqual(keyIn("HTTPS://RACE.EXAMPLE/T/ABCD2345EF/"), { kind: "T", key: "ABCD2345EF" });
  assert.deepEqual(keyIn("/m/abcd2345ef"), { kind: "M", key: "abcd2345ef" });
  assert.equal(keyIn("/play"), null);
  assert.equal(keyIn("https://race.example/C/"), null);
  assert.equal(keyIn("weixin://dl/ABCD2345EF"), null);
});
