import assert from "node:assert/strict";
import test from "node:test";
import { Problem } from "../../../client/api.ts";
import { Desk } from "../../../client/marshal/desk.ts";
import type { Station } from "../../../client/marshal/station.ts";
import type { FactResult, OutRecord, Verdict } from "../../../client/types.ts";

Object.assign(globalThis, { window: new EventTarget(), document: Object.assign(new EventTarget(), { visibilityState: "visible" }) });

function list(heads: number | null): Station {
  const here = null;
  const entry = { entry: "e23", bib: "23", team: "指北针队", club: "", class_name: "", team_size: 5, members: [], captain_phone: null };
  return {
    race: { slug: "nanyuan", name: "" },
    station: { checkpoint: { code: "F", kind: "finish", name: "" }, games: [], quizzes: [] },
    entries: [{ ...entry, checkin: null, status: "Finished", here, finish: 5, heads }],
    queue: [], playing: [], recent: [], expected: 1, checked_in: 1, back: 1, out: 0, gun: 0, server_time: 0,
  };
}

/** A server of one team: it takes what `verdict` says, and can be out of reach. */
function server(owner: string, verdict: Verdict = "accepted") {
  const state = { reachable: true, heads: null as number | null, received: [] as OutRecord[] };
  const reach = (): void => {
    if (!state.reachable) throw new Problem(0, "unreachable", "");
  };
  const desk = new Desk({
    token: "t",
    owner,
    ask: async () => {
      reach();
      return { body: list(state.heads), etag: null };
    },
    send: async (records) => {
      reach();
      state.received.push(...records);
      if (verdict === "accepted") state.heads = Number(records[0]?.["heads"]);
      const results = records.map(({ id }): FactResult => ({ id, verdict, message: "这个点位不收人数。", checkpoint: null, entry: "e23" }));
      return { results, server_time: 0, anchor: null };
    },
  });
  return { state, desk };
}

const heads = { kind: "heads", entry: "e23", heads: 4 } as const;
const seen = (desk: Desk): number | null | undefined => desk.view.station?.entries[0]?.heads;

async function until(fulfilled: () => boolean): Promise<void> {
  for (let i = 0; i < 400 && !fulfilled(); i++) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.ok(fulfilled(), "it never came to that");
}

test("an act shows before the server has heard of it, and is then the server's own", async () => {
  const { desk, state } = server("a");
  const close = desk.open();
  await until(() => desk.view.station !== null);
  desk.act(heads);
  assert.equal(seen(desk), 4);
  assert.equal(desk.view.unsent, 1);
  await until(() => desk.view.unsent === 0 && state.received.length === 1);
  assert.equal(seen(desk), 4);
  close();
});

test("an act never leaves the page between the server's answer and its next list", async () => {
  const { desk, state } = server("e");
  const close = desk.open();
  await until(() => desk.view.station !== null);
  desk.act(heads);
  const views: unknown[] = [];
  desk.onChange(() => views.push(seen(desk)));
  await until(() => state.received.length === 1 && desk.view.unsent === 0 && views.length > 1);
  close();
  assert.deepEqual([...new Set(views)], [4]);
});

test("an act that is refused is taken back, with the server's sentence for the marshal", async () => {
  const { desk } = server("b", "refused");
  const close = desk.open();
  await until(() => desk.view.station !== null);
  const id = desk.act(heads);
  await until(() => desk.view.troubles.length === 1);
  assert.deepEqual(desk.view.troubles[0], { id, team: "23 指北针队", message: "这个点位不收人数。" });
  assert.equal(seen(desk), null);
  desk.dismiss(id);
  assert.equal(desk.view.troubles.length, 0);
  close();
});

test("without a connection acts wait on the phone and go out, once, when it is back", async () => {
  const { desk, state } = server("c");
  const close = desk.open();
  await until(() => desk.view.station !== null);
  state.reachable = false;
  desk.act(heads);
  await until(() => !desk.view.online);
  assert.deepEqual([desk.view.unsent, seen(desk)], [1, 4]);
  state.reachable = true;
  window.dispatchEvent(new Event("online"));
  await until(() => desk.view.online && desk.view.unsent === 0);
  assert.equal(state.received.length, 1);
  close();
});

test("a page opened without a connection shows the list it last knew and what was not sent", async () => {
  const first = server("d");
  const close = first.desk.open();
  await until(() => first.desk.view.station !== null);
  first.state.reachable = false;
  first.desk.act(heads);
  await new Promise((resolve) => setTimeout(resolve, 50));
  close();
  const second = server("d");
  second.state.reachable = false;
  const closeSecond = second.desk.open();
  await until(() => second.desk.view.unsent === 1);
  assert.equal(seen(second.desk), 4);
  closeSecond();
});
