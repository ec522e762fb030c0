import assert from "node:assert/strict";
import test from "node:test";
import { fromBase45, toBase45 } from "../../client/bytes.ts";
import { carriedIn, partIn, partsOf, type Part } from "../../client/carry.ts";

const record = (n: number) => ({ id: `id-${n}`, kind: "punch", at: n, key: Math.sin(n).toString(36), receipt: { seq: n, prev: Math.cos(n).toString(36).repeat(4) } });

test("base45 writes as the standard's own examples, and reads nothing else", () => {
  const of = (text: string) => new TextEncoder().encode(text);
  assert.equal(toBase45(of("Hello!!")), "%69 VD92EX0");
  assert.equal(toBase45(of("base-45")), "UJCLQE7W581");
  assert.equal(new TextDecoder().decode(fromBase45("QED8WEX0")!), "ietf!");
  assert.equal(fromBase45("GGX"), null);
  assert.equal(fromBase45("a"), null);
});

test("what a team could not send arrives whole from several codes, in whatever order they were scanned", async () => {
  const carried = { token: "the team's token", records: Array.from({ length: 30 }, (_, n) => record(n)) };
  const codes = await partsOf(carried);
  assert.ok(codes.length > 1 && codes.every((code) => /^[0-9A-Z $%*+\-./:]{10,620}$/.test(code)), "all in the alphabet of a dense code");
  const parts = codes.map((code) => partIn(code)).reverse() as Part[];
  assert.deepEqual(await carriedIn(parts), carried);
  assert.equal(await carriedIn(parts.slice(1)), null);
});

test("another code is no part of it", () => {
  for (const text of ["https://race.example.org/C/ABCDEFGH", "WP1:3/2:AB", "WP1:0/2:AB", "WP2:1/1:AB"]) assert.equal(partIn(text), null);
});
