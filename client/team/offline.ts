/**
 * What a team's phone does by itself: it opens sealed checkpoints, starts a sheet's clock, keeps the bundle, and lays
 * over the server's words what the server has not heard of yet. It never marks an answer and never makes up a place.
 */

import { clock } from "../clock.ts";
import { memory, recall, remember } from "../memory.ts";
import { readyOffline } from "../ready.ts";
import { readClocks, type Clocks } from "../receipts.ts";
import { canOpen, openBox, openPlaces, type Spot } from "../sealed.ts";
import { hasChain, putAway, takeOut, throwAway } from "../shelf.ts";
import type { OutRecord, Play, RunPoint, SealedBox, Task } from "../types.ts";
import type { Proof } from "./pages.ts";
import type { TeamState } from "./state.ts";

/** A checkpoint that this phone opened with its own key: by the id of the punch. */
interface Opened { code: string; kind: SealedBox["kind"]; name: string; at: number }

/** How long the server is waited for before the phone goes on by itself. Milliseconds. */
const HOPE_MS = 4000;
const HOPE_AWAY_MS = 800;

interface Kept { owner: string; play: Play; etag?: string }

export class Offline {
  /** True once a reload without signal would work on this phone. */
  ready = false;
  readonly #state: TeamState;
  #opened: Record<string, Opened> = {};
  #boxes = new Map<string, SealedBox>();
  #places: Record<string, Spot> | null = null;
  #saved = false;

  constructor(state: TeamState) {
    this.#state = state;
  }

  /* The bundle */

  async load(): Promise<Play | null> {
    this.#opened = recall<Record<string, Opened>>("waypost.opened", {});
    this.#places = recall<{ owner: string; spots: Record<string, Spot> } | null>("waypost.spots", null)?.spots ?? null;
    const kept = await takeOut<Kept>("play");
    return kept?.owner === this.#state.owner ? kept.play : null;
  }

  async save(play: Play): Promise<void> {
    this.#saved = await putAway("play", { owner: this.#state.owner, play } satisfies Kept);
  }

  /** Finds out whether a reload without signal would work now. */
  async check(): Promise<void> {
    const play = this.#state.play;
    const ready = play !== null && this.#saved && (await readyOffline(play));
    if (ready !== this.ready) {
      this.ready = ready;
      this.#state.changed();
    }
  }

  /** True on a phone that keeps nothing of this team though the team has been somewhere: another one, or one that was wiped. */
  async isFresh(play: Play): Promise<boolean> {
    const visited = Object.values(play.run.checkpoints).some((point) => point.state !== "none") || play.run.finish !== null;
    return visited && (await takeOut("play")) === null && !(await hasChain("team", this.#state.owner));
  }

  /* The gun */

  /** The server has said whether there was a gun; what was heard in the park is forgotten. */
  hear(_play: Play): void {
    memory.remove("waypost.gun");
  }

  /** The team heard the gun, or scanned the start, and the server cannot be asked. */
  started(at: number = clock.now()): void {
    remember("waypost.gun", at);
    if (this.#state.play) this.#state.play = this.laidOver(this.#state.play);
    this.#state.changed();
  }

  /* Checkpoints */

  /** Opens a checkpoint by its sign or code, and goes on by itself when the server does not answer. */
  async open(record: OutRecord, proof: Proof): Promise<void> {
    const { play, joined } = this.#state;
    if (!play?.sealed) return;
    const box = await openBox(play.sealed, { slug: joined.race.slug, entry: joined.team.entry }, proof);
    if (!box || !this.#isPending(record)) return;
    this.#boxes.set(record.id, box);
    this.#opened = { ...this.#opened, [record.id]: { code: box.code, kind: box.kind, name: box.name, at: record.at } };
    remember("waypost.opened", this.#opened);
    const { screen } = this.#state;
    if (screen.kind === "sending" && screen.id === record.id) this.#state.screen = { ...screen, code: box.kind === "control" ? box.code : screen.code };
    this.#state.changed();
    if (box.places_key) await this.#openPlaces(box.places_key);
    const hope = navigator.onLine === false ? 0 : this.#state.reachable ? HOPE_MS : HOPE_AWAY_MS;
    setTimeout(() => this.goOn(record, proof), hope);
  }

  /** The next page of a punch that the server has not answered. */
  goOn(record: OutRecord, proof: Proof): void {
    const state = this.#state;
    const box = this.#boxes.get(record.id);
    const { screen, play } = state;
    if (!box || !play || !this.#isPending(record) || screen.kind !== "sending" || screen.id !== record.id) return;
    if (box.kind === "start") return this.started(record.at);
    if ((play.run.start ?? play.gun) === null) return; // the page asks whether the gun has gone
    if (box.kind === "finish") {
      if (!state.finishing()) state.show({ kind: "finish", proof, at: record.at });
      return;
    }
    // Only a first visit has its questions here; a second try is drawn by the server.
    if ((play.run.checkpoints[box.code]?.state ?? "none") !== "none" || state.tasks[box.code]?.length) return;
    const tasks = box.tasks.map((task) => withClock(task, record.at));
    const sheet = tasks.map((task) => (task.kind === "quiz" && task.state === "open" ? task.sheet : null)).find(Boolean);
    if (!sheet) return;
    this.hold(sheet.id);
    state.know(box.code, tasks);
    state.play = this.laidOver(play);
    void this.save(state.play);
    state.show({ kind: "checkpoint", code: box.code });
  }

  /** Whether this phone could open a checkpoint by itself. */
  get able(): boolean {
    return canOpen() && Boolean(this.#state.play?.sealed);
  }

  /** The name of what a record opened, where this phone opened it. */
  openedBy(id: string): Opened | null {
    return this.#opened[id] ?? null;
  }

  /** Codes of checkpoints that are recorded here and that the server has not heard of. */
  unsent(): Set<string> {
    const codes = new Set<string>();
    for (const { id } of this.#state.outbox.pending()) {
      const opened = this.#opened[id];
      if (opened?.kind === "control") codes.add(opened.code);
    }
    return codes;
  }

  /** Open sheets that this phone has opened by itself. */
  sheets(): Record<string, Task[]> {
    return Object.fromEntries([...this.unsent()].map((code) => [code, this.#state.tasks[code] ?? []]));
  }

  /** The server has answered for this record. */
  heard(record: OutRecord): void {
    this.#boxes.delete(record.id);
    const { [record.id]: _, ...rest } = this.#opened;
    this.#opened = rest;
    remember("waypost.opened", rest);
  }

  handedIn(code: string, _record: OutRecord): void {
    if (this.unsent().has(code) && this.#state.play) this.#state.play = this.laidOver(this.#state.play);
  }

  /** What the server said, with what this phone knows beyond it: where things lie, the gun, and sheets begun here. */
  laidOver(play: Play): Play {
    const gun = recall<number | null>("waypost.gun", null);
    const checkpoints: Record<string, RunPoint> = { ...play.run.checkpoints };
    for (const code of this.unsent()) {
      const sheet = openSheet(this.#state.tasks[code]);
      const begun = sheet && !this.#state.answered(sheet.id);
      if (begun) checkpoints[code] = { state: "open", at: sheet.given_at };
      else if (checkpoints[code]?.state === "open") checkpoints[code] = { state: "none" };
    }
    return {
      ...play,
      gun: play.gun ?? (play.run.start === null ? gun : null),
      run: { ...play.run, checkpoints },
      course: {
        ...play.course,
        checkpoints: play.course.checkpoints.map((point) => (point.lat === null && this.#places?.[point.code] ? { ...point, ...this.#places[point.code]! } : point)),
      },
    };
  }

  async #openPlaces(key: string): Promise<void> {
    const { play, joined, owner } = this.#state;
    if (!play?.sealed?.places) return;
    const spots = await openPlaces(play.sealed, { slug: joined.race.slug, entry: joined.team.entry }, key);
    if (!spots) return;
    this.#places = spots;
    remember("waypost.spots", { owner, spots });
    this.#state.play = this.laidOver(play);
    this.#state.changed();
  }

  #isPending(record: OutRecord): boolean {
    return this.#state.outbox.pending().some((each) => each.id === record.id);
  }

  /* Sheets */

  /** This phone answers this sheet. */
  hold(sheet: string): void {
    if (this.holds(sheet)) return;
    remember(`waypost.sheet.${sheet}.held`, readClocks());
  }

  holds(sheet: string): boolean {
    return memory.get(`waypost.sheet.${sheet}.held`) !== null;
  }

  /** How long the sheet has been open on this phone, s, by its steady clock where the page is still the same; null if it is not held here. */
  secondsOf(sheet: string): number | null {
    const begun = recall<Clocks | null>(`waypost.sheet.${sheet}.held`, null);
    if (!begun) return null;
    const now = readClocks();
    const ms = now.origin === begun.origin ? now.mono - begun.mono : now.wall - begun.wall;
    return Math.max(0, Math.round(ms / 100) / 10);
  }
}

function openSheet(tasks: Task[] | undefined) {
  const task = tasks?.find((each) => each.kind === "quiz" && each.state === "open");
  return task?.kind === "quiz" && task.state === "open" ? task.sheet : null;
}

/** A sealed task as it stands when it was punched at `at`: a quiz's clock runs from then. */
function withClock(task: Task, at: number): Task {
  if (task.kind !== "quiz" || task.state !== "open") return task;
  return { ...task, sheet: { ...task.sheet, given_at: at, deadline: task.limit_s === null ? null : at + task.limit_s * 1000 } };
}

/** Leaves nothing of the team behind. */
export async function forgetOffline(): Promise<void> {
  for (const key of ["waypost.opened", "waypost.spots", "waypost.gun"]) memory.remove(key);
  await throwAway("play");
}
