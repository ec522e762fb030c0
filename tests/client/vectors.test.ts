/** The cases of tests/vectors that pytest runs too, here by the phone's own rules. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { codeFault, normalise } from "../../client/codes.ts";
import { canonicalLine, digestOf, macOf, type Receipt } from "../../client/receipts.ts";
import { progress, type Course } from "../../client/rules/course.ts";
import { scoreGame } from "../../client/rules/game.ts";
import { afterFail, attempts, speedShare } from "../../client/rules/quiz.ts";
import { pieces } from "../../client/rules/rich.ts";
import { elapsed, fixed, lateCost, lateness, net, type Late } from "../../client/rules/times.ts";
import { ofSign, openBox } from "../../client/sealed.ts";
import type { FailStep, OutRecord, Sealed } from "../../client/types.ts";

// Tests run from the project's own folder.
const FOLDER = "tests/vectors";

interface Span { start: number; finish: number; credit_s: number }
type Game = { measures: Parameters<typeof scoreGame>[0]; score: Parameters<typeof scoreGame>[1]; values: Record<string, unknown> };

const RULES: Record<string, (given: never) => unknown> = {
  typed_code: (typed: string) => (codeFault(typed) === null ? normalise(typed) : null),
  times: (given: Span & { penalty_s: number }) => ({
    elapsed_s: elapsed(given.start, given.finish),
    time_s: net(given.start, given.finish, given.credit_s, given.penalty_s),
  }),
  lateness: (given: Span & { limit_s: number | null; late: Late }) => {
    const late = lateness(given.start, given.finish, given.credit_s, given.limit_s);
    return { late_s: late, cost: lateCost(given.late, late) };
  },
  clamp: (given: { phone_at: number | null; anchor: number | null; received_at: number }) =>
    fixed(given.phone_at, given.anchor, given.received_at),
  quiz_gate: (given: { on_fail: FailStep[]; attempt: number }) => ({
    step: afterFail(given.on_fail, given.attempt),
    attempts: attempts(given.on_fail),
  }),
  speed_share: (given: { speed: "flat" | "linear" | "half"; taken: number; limit_s: number }) => speedShare(given.speed, given.taken, given.limit_s * 1000),
  course_progress: (given: { course: Course; punched: string[] }) => {
    const { taken, left } = progress(given.course, given.punched);
    return { taken, left };
  },
  sealed: ({ slug, entry, sealed, ...proof }: { slug: string; entry: string; sealed: Sealed } & ({ key: string } | { typed_code: string })) =>
    openBox(sealed, { slug, entry }, proof),
  receipts: async ({ receipt, key, salt, ...record }: OutRecord & { receipt: Receipt; key: string | null; salt: string }) => {
    const line = canonicalLine(record, receipt);
    const sign = key === null ? null : (await ofSign({ salt } as Sealed, key)).key;
    return { line, digest: await digestOf(line), mac: sign && (await macOf(line, sign)) };
  },
  rich: (given: string) => pieces(given).map((piece) => [piece.text, piece.marks]),
  game_outcome: (given: Game) => scoreGame(given.measures, given.score, given.values),
};

const files = readdirSync(FOLDER).filter((name) => name.endsWith(".json")).map((name) => name.slice(0, -5));

test("every file of cases is run", () => {
  assert.deepEqual(files.sort(), Object.keys(RULES).sort());
});

for (const rule of files) {
  const { cases } = JSON.parse(readFileSync(`${FOLDER}/${rule}.json`, "utf8")) as { cases: { it: string; given: never; gives: unknown }[] };
  for (const { it, given, gives } of cases) {
    test(`${rule} ${it}`, async () => assert.deepEqual(await RULES[rule]!(given), gives));
  }
}

test("next in a line is the item after those that were taken, and any of a choice", () => {
  const course: Course = { format: "line", checkpoints: ["31", { any_of: ["41", "42"] }, { any: true }] };
  assert.deepEqual(progress(course, []).next, ["31"]);
  assert.deepEqual(progress(course, ["31"]).next, ["41", "42"]);
  assert.equal(progress(course, ["31", "41"]).next, null);
  assert.deepEqual(progress(course, ["31", "41", "50"]).next, []);
});

test("next on a free course are all that would still help", () => {
  const course: Course = { format: "free", checkpoints: ["31", "32", "33"], compulsory: ["31"], free: 1 };
  assert.deepEqual(progress(course, ["32"]).next, ["31"]);
  assert.deepEqual(progress(course, []).next, ["31", "32", "33"]);
});
