/** The team's phone: who it is, what the server last said, what is on its way, and which page is open. */

import { getPlay, getStandings, newId, Problem, sendFacts } from "../api.ts";
import { clock } from "../clock.ts";
import { followRace, onLanguage } from "../language.ts";
import { memory, recall, remember } from "../memory.ts";
import { Outbox } from "../outbox.ts";
import { buzz } from "../parts/buzz.ts";
import { poll, type Poll } from "../poll.ts";
import { wholeBundle } from "../ready.ts";
import { ofSign } from "../sealed.ts";
import type { Answers, FactResult, Joined, OutRecord, Play, Standings, Task } from "../types.ts";
import { classOf, refreshed, type Position } from "./course.ts";
import { Offline } from "./offline.ts";
import { Pages, proofOf, type Proof } from "./pages.ts";
import { ifAllowedBefore, whereAmI } from "./position.ts";

export type TeamJoined = Extract<Joined, { role: "team" }>;

/** The last record to arrive late, for the toast. */
export interface Delivered { at: number; sentAt: number }

const LATE_MS = 10_000;
/** How long a first question to the server waits for what this phone has kept. Milliseconds. */
const BEGIN_MS = 500;
const NEWS_FOR_MS = 12_000;

export class TeamState extends Pages {
  readonly joined: TeamJoined;
  play: Play | null;
  standings: Standings | null = null;
  chosen: string | null;
  here: Position | null = null;
  tasks: Record<string, Task[]>;
  delivered: Delivered | null = null;
  reachable = true;
  failure: Problem | null = null;
  readonly outbox: Outbox;
  /** What this phone knows and does by itself, without the server. */
  readonly offline: Offline;
  /** This phone has joined a team that was on its way already, and has nothing of its own: what it may have lost is said. */
  fresh = false;
  /** The right to play is gone; `why` is the server's sentence where somebody took it away. */
  readonly #onSignedOut: (why: string | null) => void;
  readonly #undo: (() => void)[] = [];
  readonly #polls: Poll[] = [];
  #begun: Promise<void> | null = null;
  #playTag: string | null = null;
  #standingsTag: string | null = null;
  #reading = new Set<string>();
  #runAt = 0;
  #resumed = false;

  constructor(joined: TeamJoined, onSignedOut: (why: string | null) => void) {
    super();
    this.joined = joined;
    this.#onSignedOut = onSignedOut;
    this.play = null;
    memory.remove("waypost.play"); // an earlier version kept it here
    this.offline = new Offline(this);
    this.chosen = recall<string | null>("waypost.next", null);
    this.tasks = recall<Record<string, Task[]>>("waypost.tasks", {});
    this.outbox = new Outbox({
      role: "team",
      send: async (records) => {
        const answer = await sendFacts(joined.token, records);
        if (answer.anchor) memory.set("waypost.anchor", answer.anchor);
        return answer;
      },
      onResult: (result, record) => this.#take(result, record),
      onProblem: (problem) => this.#failed(problem),
      signOf: async (record) => {
        const sealed = this.play?.sealed;
        return record.kind === "punch" && typeof record["key"] === "string" && sealed ? (await ofSign(sealed, record["key"])).key : null;
      },
    });
  }

  /** Whose records and bundle these are. */
  get owner(): string {
    return `${this.joined.race.slug}/${this.joined.team.entry}`;
  }

  start(): void {
    this.#undo.push(
      this.outbox.onChange(() => this.changed()),
      onLanguage(() => {
        this.#playTag = null;
        this.refresh();
      }),
    );
    window.addEventListener("popstate", this.back);
    this.#undo.push(() => window.removeEventListener("popstate", this.back));
    this.#begun = this.#begin();
    this.#polls.push(
      poll(() => this.#askPlay(), () => (this.#hurried ? 3000 : 8000), (problem) => this.#failed(problem)),
      poll(() => this.#askStandings(), () => 10_000, () => undefined),
    );
    ifAllowedBefore(() => this.locate(() => undefined));
  }

  /** What this phone has kept comes first: it may be all there is. */
  async #begin(): Promise<void> {
    const opened = this.outbox.open(this.owner);
    const kept = await this.offline.load();
    await opened;
    if (kept && !this.play) {
      this.play = this.offline.laidOver(kept);
      this.#resume(this.play);
    }
    this.changed();
  }

  stop(): void {
    for (const undo of this.#undo) undo();
    for (const each of this.#polls) each.stop();
    this.outbox.close();
  }

  refresh(): void {
    for (const each of this.#polls) each.now();
  }

  choose(code: string): void {
    this.chosen = code;
    remember("waypost.next", code);
    this.sheet = null;
    this.changed();
  }

  /** Our place, from whichever said it last: the answer to a record, or the standings. */
  place(): number | null {
    const row = this.play && classOf(this.standings, this.play.run.entry)?.row;
    if (row && (this.standings?.at ?? 0) >= this.#runAt) return row.place;
    return this.play?.run.place ?? row?.place ?? null;
  }

  /* Records */

  punch(proof: Proof, code: string | null = null): void {
    const record = this.#record("punch", { ...proof });
    buzz();
    this.show({ kind: "sending", id: record.id, what: "punch", since: Date.now(), code, count: 0 });
    void this.outbox.add(record);
    void this.#begun?.then(() => this.offline.open(record, proof));
  }

  /** Punches again at a checkpoint visited before: after a cool-down, or on a second phone. */
  again(code: string): boolean {
    const record = recall<OutRecord | null>(`waypost.punch.${code}`, null);
    if (!record) return false;
    this.punch(proofOf(record), code);
    return true;
  }

  canPunchAgain(code: string): boolean {
    return memory.get(`waypost.punch.${code}`) !== null;
  }

  handIn(code: string, sheet: string, answers: Answers): void {
    if (this.answered(sheet)) return;
    const record = this.#record("answer", { sheet, answers, seconds: this.offline.secondsOf(sheet) });
    this.show({ kind: "sending", id: record.id, what: "answer", since: Date.now(), code, count: Object.keys(answers).length });
    void this.outbox.add(record);
    this.offline.handedIn(code, record);
  }

  /** True while the answers to this sheet are on their way: it must not be answered twice. */
  answered(sheet: string): boolean {
    return this.outbox.pending().some((record) => record.kind === "answer" && record["sheet"] === sheet);
  }

  /** True when the finish is recorded and the server does not know it yet. */
  finishing(): boolean {
    return this.outbox.pending().some((record) => record.kind === "finish");
  }

  finish(proof: Proof, at: number): void {
    const record = { ...this.#record("finish", { ...proof }), at };
    this.show({ kind: "sending", id: record.id, what: "finish", since: Date.now(), code: null, count: 0 });
    void this.outbox.add(record);
  }

  /** Calls race control, with where we are if the phone knows. Settles with the server's words once it has the call. */
  async callForHelp(here: Position | null): Promise<string> {
    const place = here ? { lat: here.lat, lon: here.lon, accuracy_m: here.accuracy } : {};
    return (await this.outbox.add(this.#record("help", place))).message;
  }

  /** Asks again for the tasks of a checkpoint by its last punch: the same record has the same verdict, with tasks as they are now. */
  async reread(code: string): Promise<boolean> {
    const record = recall<OutRecord | null>(`waypost.punch.${code}`, null);
    if (!record || this.#reading.has(code)) return false;
    this.#reading.add(code);
    try {
      const answer = await sendFacts(this.joined.token, [record]);
      const tasks = answer.results[0]?.tasks;
      if (tasks) this.know(code, tasks);
      if (answer.results[0]?.run && this.play) this.play = this.offline.laidOver({ ...this.play, run: answer.results[0].run });
      this.changed();
      return tasks !== undefined;
    } catch {
      return false;
    } finally {
      this.#reading.delete(code);
    }
  }

  #record(kind: string, fields: Record<string, unknown>): OutRecord {
    return { id: newId(), kind, at: clock.now(), anchor: memory.get("waypost.anchor"), doubt_ms: clock.doubtMs(), ...fields };
  }

  /** Takes in the server's answer to a record, whenever and in whichever page it was made. */
  #take(result: FactResult, record: OutRecord): void {
    const now = clock.now();
    const code = result.checkpoint?.code ?? null;
    const awaited = this.screen.kind === "sending" && this.screen.id === record.id;
    this.reachable = true;
    if (now - record.at > LATE_MS && (result.verdict === "accepted" || result.verdict === "repeated")) {
      this.delivered = { at: record.at, sentAt: now };
      setTimeout(() => {
        this.delivered = null;
        this.changed();
      }, NEWS_FOR_MS);
    }
    if (this.play && result.run) {
      this.play = { ...this.play, run: result.run };
      this.#runAt = now;
      this.play = this.offline.laidOver(this.play);
      void this.offline.save(this.play);
    }
    const welcome = result.verdict === "accepted" || result.verdict === "repeated";
    if (record.kind === "punch" && code && welcome) remember(`waypost.punch.${code}`, record);
    if (code && result.tasks) this.know(code, result.tasks);
    if (code === this.chosen && welcome) this.chosen = null;
    this.offline.heard(record);
    const sheet = result.tasks?.map((task) => (task.kind === "quiz" && task.state === "open" ? task.sheet : null)).find(Boolean);
    // Whose punch opened the sheet answers it; another phone of the team watches.
    if (sheet && record.kind === "punch" && (result.verdict === "accepted" || sheet.given_at >= (result.at ?? Infinity))) this.offline.hold(sheet.id);
    const opened = sheet !== undefined && sheet !== null && !this.answered(sheet.id);
    const confirm = result.tasks?.some((task) => task.kind === "finish") ?? false;
    if (record.kind === "help") {
      // Said on the help page, beside the telephone.
    } else if (!welcome) {
      // What could not be counted is said at once, even when the page has moved on: somebody is walking away from it.
      this.show({ kind: "refused", result });
    } else if (record.kind === "punch" && confirm) {
      if (!this.finishing() && this.play?.run.finish == null) this.show({ kind: "finish", proof: proofOf(record), at: record.at });
    } else if (record.kind === "finish") {
      this.go("progress");
    } else if (code && (awaited || opened)) {
      this.show({ kind: "checkpoint", code, again: result.verdict === "repeated" });
    }
    this.refresh();
    this.changed();
  }

  know(code: string, tasks: Task[]): void {
    this.tasks = { ...this.tasks, [code]: tasks };
    remember("waypost.tasks", this.tasks);
  }

  /* The server */

  get #hurried(): boolean {
    const run = this.play?.run;
    if (!this.play || !run || (this.play.sealed && !wholeBundle(this.play))) return true;
    if (run.finish !== null) return !run.heads_confirmed;
    return Object.values(run.checkpoints).some((point) => ["waiting", "playing", "open"].includes(point.state));
  }

  async #askPlay(): Promise<void> {
    // What this phone has kept is looked at first: it need not all come again. A database that hangs is not waited for.
    await Promise.race([this.#begun, new Promise((resolve) => setTimeout(resolve, BEGIN_MS))]);
    const answer = await getPlay(this.joined.token, this.#playTag, this.outbox.pending().length, this.play?.sealed ?? null);
    this.reachable = true;
    this.failure = null;
    if (answer) {
      this.#playTag = answer.etag;
      this.offline.hear(answer.body);
      this.fresh ||= this.play === null && (await this.offline.isFresh(answer.body));
      this.play = this.offline.laidOver(answer.body);
      followRace(answer.body.race.language);
      this.#takeTasks(answer.body);
      this.#resume(this.play);
      await this.offline.save(this.play);
    }
    if (this.outbox.pending().length > 0) this.outbox.flush(); // there is signal again
    void this.offline.check();
    this.changed();
  }

  /** A page that was reloaded in the middle of a sheet opens on that sheet: its clock has not stopped. */
  #resume(play: Play): void {
    if (this.#resumed) return;
    this.#resumed = true;
    if (this.screen.kind !== "tab") return;
    for (const [code, tasks] of Object.entries({ ...play.tasks, ...this.offline.sheets() })) {
      const open = tasks.find((task) => task.kind === "quiz" && task.state === "open");
      if (open?.kind === "quiz" && open.state === "open" && this.offline.holds(open.sheet.id) && !this.answered(open.sheet.id)) return this.show({ kind: "checkpoint", code });
    }
  }

  #takeTasks(play: Play): void {
    const unsent = this.offline.unsent();
    for (const code of new Set([...Object.keys(this.tasks), ...Object.keys(play.tasks)])) {
      if (unsent.has(code)) continue; // the server has not heard of it yet
      const { tasks, gone } = refreshed(this.tasks[code] ?? [], play.tasks[code] ?? []);
      this.tasks = { ...this.tasks, [code]: tasks };
      if (gone) void this.#settle(code);
    }
    remember("waypost.tasks", this.tasks);
  }

  /** A task was decided elsewhere (by a marshal, or on another phone): read it, or forget what we knew. */
  async #settle(code: string): Promise<void> {
    if (await this.reread(code)) return;
    if (this.#reading.has(code)) return;
    this.know(code, this.play?.tasks[code] ?? []);
    this.changed();
  }

  async #askStandings(): Promise<void> {
    const answer = await getStandings(this.joined.race.slug, this.joined.team.entry, this.#standingsTag);
    if (!answer) return;
    this.#standingsTag = answer.etag;
    this.standings = answer.body;
    this.changed();
  }

  #failed(problem: Problem): void {
    if (problem.status === 401) return this.#onSignedOut(problem.code === "removed" ? problem.detail : null);
    this.reachable = problem.status !== 0;
    this.failure = problem;
    this.changed();
  }

  locate(failed: () => void): void {
    // On a picture that nobody measured no distance from here is true.
    if (this.play?.map && !this.play.map.measured) return failed();
    whereAmI((here) => {
      this.here = here;
      this.changed();
    }, failed);
  }
}
