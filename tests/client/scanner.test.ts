import assert from "node:assert/strict";
import { test } from "node:test";
import { Again } from "../../client/scanner/again.ts";
import { extrasOf, faultOf } from "../../client/scanner/scanner.ts";

const SIGN = "HTTPS://WAYPOST.EXAMPLE/C/ABC";
const OTHER = "HTTPS://WAYPOST.EXAMPLE/C/DEF";

test("the sign that was taken last is not taken again while it stays in view, another beside it is", () => {
  const again = new Again(SIGN, 0);
  assert.deepEqual(again.counts([SIGN], 100), []);
  assert.equal(again.waiting, true);
  assert.deepEqual(again.counts([], 500), [], "a hand shook");
  assert.deepEqual(again.counts([SIGN, OTHER], 900), [OTHER]);
});

test("it is taken again once it has left the view, or when it is held there on purpose", () => {
  const left = new Again(SIGN, 0);
  left.counts([SIGN], 100);
  left.counts([], 800);
  assert.deepEqual(left.counts([SIGN], 900), [SIGN]);
  const held = new Again(SIGN, 0);
  held.counts([SIGN], 100);
  assert.deepEqual(held.counts([SIGN], 3000), []);
  assert.deepEqual(held.counts([SIGN], 3200), [SIGN]);
  assert.deepEqual(new Again(null, 0).counts([SIGN], 1), [SIGN]);
});

test("a torch and a zoom are offered where the camera has them, and by nothing else", () => {
  const track = (can?: object) => ({ ...(can ? { getCapabilities: () => can } : {}) }) as unknown as MediaStreamTrack;
  assert.deepEqual(extrasOf(track()), { torch: false, zoom: null }, "a phone that cannot say");
  assert.deepEqual(extrasOf(track({})), { torch: false, zoom: null });
  assert.deepEqual(extrasOf(track({ torch: true, zoom: { min: 1, max: 20, step: 0.5 } })), { torch: true, zoom: { min: 1, max: 8, step: 0.5 } });
  assert.deepEqual(extrasOf(track({ zoom: { min: 100, max: 400 } })).zoom, { min: 100, max: 400, step: 0.1 }, "in percent");
  assert.equal(extrasOf(track({ zoom: { min: 1, max: 1 } })).zoom, null, "it does not zoom");
});

test("each way in which a camera stays shut has its own next rung", () => {
  const rungs = ["NotAllowedError", "NotFoundError", "OverconstrainedError", "NotReadableError"].map((name) => faultOf(new DOMException("", name)));
  assert.deepEqual(rungs, ["denied", "none", "none", "busy"]);
  assert.equal(faultOf(new TypeError("odd")), "busy");
});
