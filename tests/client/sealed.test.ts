import assert from "node:assert/strict";
import { test } from "node:test";
import { withBoxes } from "../../client/sealed.ts";

const small = { salt: "c2FsdA==", iterations: 2, signs: { a: "1" }, codes: {}, places: null, places_key: null };
const held = { ...small, digest: "one", boxes: { b: "shut" } };

test("boxes that were left out are those that the phone named, beside all that was sent", () => {
  const merged = withBoxes({ ...small, codes: { c: "2" }, digest: "one" }, held);
  assert.deepEqual(merged, { ...small, codes: { c: "2" }, digest: "one", boxes: { b: "shut" } });
});

test("boxes that were sent take the place of others", () => {
  assert.deepEqual(withBoxes({ ...small, digest: "two", boxes: { b: "new" } }, held)?.boxes, { b: "new" });
});

test("boxes of another digest are never taken for those left out", () => {
  assert.equal(withBoxes({ ...small, digest: "two" }, held), null);
  assert.equal(withBoxes({ ...small, digest: "one" }, null), null);
  assert.equal(withBoxes(null, held), null);
});

test("a server of an earlier version sends all and names nothing", () => {
  assert.deepEqual(withBoxes({ ...small, boxes: { b: "shut" } }, null)?.boxes, { b: "shut" });
});
