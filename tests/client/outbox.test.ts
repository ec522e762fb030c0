import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { afterEach, test } from "node:test";
import { Problem } from "../../client/api.ts";
import { volatileMemory } from "../../client/memory.ts";
import { Outbox, type OutboxSettings } from "../../client/outbox.ts";
import { canonicalLine, type Receipt } from "../../client/receipts.ts";
import type { FactResult, FactsAnswer, OutRecord } from "../../client/types.ts";

const record = (id: string, at = 1): OutRecord => ({ id, kind: "punch", key: "K", at });
const answer = (records: OutRecord[]): FactsAnswer => ({
  results: records.map((each) => ({ id: each.id, verdict: "accepted", message: "", checkpoint: null, entry: "1" })),
  server_time: 0,
  anchor: null,
});
/** Until nobody holds a lock or waits for one for a while: the digests and the shelf have had their turns by then. */
const settle = async () => {
  for (let quiet = 0; quiet < 8; ) {
    await new Promise((done) => setTimeout(done, 5));
    const { held, pending } = await navigator.locks.query();
    quiet = held?.length || pending?.length ? 0 : quiet + 1;
  }
};
afterEach(settle); // a test's last round lets go of the lock that the next one's first round asks for

/** A server that can be switched off, a clock that is pushed by hand. */
function bench(settings: Partial<OutboxSettings> = {}) {
  const sent: string[][] = [];
  const timers: { task: () => void; ms: number }[] = [];
  const state = { fault: null as Problem | null, now: 0 };
  const memory = settings.memory ?? volatileMemory();
  const heard: FactResult[] = [];
  const outbox = new Outbox({
    role: "team",
    memory,
    send: async (records) => {
      sent.push(records.map((each) => each.id));
      if (state.fault) throw state.fault;
      return answer(records);
    },
    onResult: (result) => heard.push(result),
    now: () => state.now,
    later: (task, ms) => {
      const timer = { task, ms };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer), 1);
    },
    ...settings,
  });
  return { outbox, sent, timers, state, memory, heard };
}

test("a record waits until the server has answered, then is gone", async () => {
  const { outbox, memory } = bench();
  void outbox.open("1");
  const result = outbox.add(record("a"));
  assert.equal(outbox.pending().length, 1);
  assert.equal((await result).verdict, "accepted");
  assert.equal(outbox.pending().length, 0);
  assert.deepEqual(memory.keys("waypost.out."), []);
});

test("without signal it is sent again, later each time, under the same id", async () => {
  const { outbox, sent, timers, state } = bench();
  state.fault = new Problem(0, "unreachable", "");
  void outbox.open("1");
  const result = outbox.add(record("a"));
  await settle();
  const waits: number[] = [];
  for (let i = 0; i < 3; i++) {
    assert.equal(timers.length, 1);
    const timer = timers.pop()!;
    waits.push(timer.ms);
    timer.task();
    await settle();
  }
  assert.ok(waits[0]! < waits[1]! && waits[1]! < waits[2]!, String(waits));
  state.fault = null;
  timers.pop()!.task();
  assert.equal((await result).id, "a");
  assert.deepEqual(sent, [["a"], ["a"], ["a"], ["a"], ["a"]]);
});

test("the server's Retry-After is waited out", async () => {
  const { outbox, sent, timers, state } = bench();
  state.fault = new Problem(429, "too_many", "", 45_000);
  void outbox.open("1");
  void outbox.add(record("a"));
  await settle();
  assert.ok(timers[0]!.ms >= 45_000);
  state.fault = null;
  outbox.flush(); // the phone was picked up: the server's word holds all the same
  await settle();
  assert.equal(sent.length, 1);
  state.now = 46_000;
  outbox.flush();
  await settle();
  assert.equal(outbox.pending().length, 0);
});

test("each record names the one before it, and the page after a reload goes on with the chain", async () => {
  const memory = volatileMemory();
  const seen: OutRecord[] = [];
  const send = async (records: OutRecord[]) => (seen.push(...records), answer(records));
  for (const names of [["a", "b"], ["c"]]) {
    const { outbox } = bench({ memory, send });
    await outbox.open("1");
    for (const name of names) await outbox.add(record(name));
  }
  const receipts = seen.map((each) => each["receipt"] as Receipt);
  assert.deepEqual(receipts.map(({ seq }) => seq), [1, 2, 3]);
  assert.equal(new Set(receipts.map(({ device }) => device)).size, 1);
  assert.equal(receipts[0]!.prev, "");
  for (const i of [1, 2]) {
    const before = createHash("sha256").update(canonicalLine(seen[i - 1]!, receipts[i - 1]!)).digest("hex");
    assert.equal(receipts[i]!.prev, before);
  }
});

test("two records of one instant go in the order in which they were made", async () => {
  const { outbox, sent, state, timers } = bench();
  state.fault = new Problem(0, "unreachable", "");
  await outbox.open("1");
  void outbox.add(record("z the punch at the finish", 5));
  void outbox.add(record("a the finish", 5));
  await settle();
  state.fault = null;
  timers.pop()!.task();
  await settle();
  assert.deepEqual(sent.at(-1), ["z the punch at the finish", "a the finish"]);
});

test("what an earlier version of the app left on the phone is taken over and sent as it is", async () => {
  const memory = volatileMemory();
  memory.set("waypost.out.team.old", JSON.stringify({ owner: "1", record: record("old") }));
  const seen: OutRecord[] = [];
  const { outbox } = bench({ memory, send: async (records) => (seen.push(...records), answer(records)) });
  await outbox.open("1");
  await settle();
  assert.deepEqual(seen, [record("old")]);
  assert.deepEqual(memory.keys("waypost.out."), []);
});

test("a record made on another phone is sent as that phone stamped it", async () => {
  const seen: OutRecord[] = [];
  const { outbox } = bench({ receipts: false, send: async (records) => (seen.push(...records), answer(records)) });
  await outbox.open("token");
  await outbox.add(record("carried"));
  assert.deepEqual(seen, [record("carried")]);
});

test("a page that was reloaded sends what the old one left, the oldest first", async () => {
  const memory = volatileMemory();
  const before = bench({ memory });
  before.state.fault = new Problem(0, "unreachable", "");
  void before.outbox.open("1");
  void before.outbox.add(record("late", 9));
  void before.outbox.add(record("early", 3));
  await settle();
  const after = bench({ memory });
  void after.outbox.open("1");
  await settle();
  assert.deepEqual(after.sent, [["early", "late"]]);
  assert.deepEqual(after.heard.map((result) => result.id), ["early", "late"]);
});

test("one team's records are never sent with another team's token", async () => {
  const memory = volatileMemory();
  const first = bench({ memory });
  first.state.fault = new Problem(0, "unreachable", "");
  void first.outbox.open("1");
  void first.outbox.add(record("mine"));
  await settle();
  const second = bench({ memory });
  void second.outbox.open("2");
  await settle();
  assert.deepEqual(second.sent, []);
  assert.equal(second.outbox.pending().length, 0);
  assert.equal(memory.keys("waypost.out.").length, 1);
});

test("signed out, records stay and nothing is asked again until somebody joins", async () => {
  const { outbox, sent, timers, state } = bench();
  state.fault = new Problem(401, "unauthorized", "");
  void outbox.open("1");
  void outbox.add(record("a"));
  await settle();
  assert.equal(timers.length, 0);
  assert.equal(outbox.pending().length, 1);
  state.fault = null;
  void outbox.open("1");
  await settle();
  assert.equal(outbox.pending().length, 0);
  assert.equal(sent.length, 2);
});

test("one record the server cannot read does not hold up the others", async () => {
  const bad = new Problem(400, "malformed", "这条记录读不懂。");
  const memory = volatileMemory();
  const offline = bench({ memory });
  offline.state.fault = new Problem(0, "unreachable", "");
  offline.outbox.open("1");
  for (const id of ["a", "bad", "c"]) void offline.outbox.add(record(id, id.charCodeAt(0)));
  await settle();
  const heard: FactResult[] = [];
  const outbox = new Outbox({
    role: "team",
    memory,
    send: async (records) => {
      if (records.some((each) => each.id === "bad")) throw bad;
      return answer(records);
    },
    onResult: (result) => heard.push(result),
    later: () => () => undefined,
  });
  void outbox.open("1");
  await settle();
  await settle();
  assert.deepEqual(heard.map((result) => [result.id, result.verdict]).sort(), [["a", "accepted"], ["bad", "malformed"], ["c", "accepted"]]);
  assert.equal(heard.find((result) => result.id === "bad")!.message, "这条记录读不懂。");
});

test("an answer that names no record is not asked for at full speed", async () => {
  const { outbox, sent, timers } = bench({ send: async () => ({ results: [], server_time: 0, anchor: null }) });
  void outbox.open("1");
  void outbox.add(record("a"));
  await settle();
  assert.equal(timers.length, 1);
  assert.equal(sent.length, 0);
});
