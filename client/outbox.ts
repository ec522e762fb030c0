/**
 * Records on their way to the server. Each is kept on the phone until the server has answered for it, and sent
 * again until then; its id makes it count once. So nothing is lost by a dead zone, a reload or a second tab.
 */

import { Problem } from "./api.ts";
import { alone, ifAlone } from "./locks.ts";
import { memory, type Memory } from "./memory.ts";
import { readClocks, stamped, type Receipt } from "./receipts.ts";
import { Shelf, type Kept } from "./shelf.ts";
import type { FactResult, FactsAnswer, OutRecord } from "./types.ts";

/** Most records in one call; the server takes 200. */
const BATCH = 100;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** Another tab is sending: look again soon, its answer may have been ours. */
const OTHER_TAB_MS = 2_000;
/** However quiet the browser is about its signal, this often it is tried. */
const HEARTBEAT_MS = 30_000;

export interface OutboxSettings {
  /** "team", "marshal" or "carried": each has its own outbox. */
  role: string;
  send: (records: OutRecord[]) => Promise<FactsAnswer>;
  /** Hears each answer, also those to records of an earlier page. */
  onResult?: (result: FactResult, record: OutRecord) => void;
  onProblem?: (problem: Problem) => void;
  /** False for records that were made, and stamped, on another phone. */
  receipts?: boolean;
  /** The proving key of the sign whose QR a record holds, where the phone can know it. */
  signOf?: (record: OutRecord) => Promise<Uint8Array<ArrayBuffer> | null>;
  memory?: Memory;
  now?: () => number;
  later?: (task: () => void, ms: number) => () => void;
}

function afterwards(task: () => void, ms: number): () => void {
  const timer = setTimeout(task, ms);
  return () => clearTimeout(timer);
}

export class Outbox {
  readonly #settings: OutboxSettings;
  readonly #shelf: Shelf;
  readonly #later: (task: () => void, ms: number) => () => void;
  readonly #now: () => number;
  readonly #listeners = new Set<() => void>();
  readonly #waiting = new Map<string, (result: FactResult) => void>();
  /** What the shelf holds, as far as this page knows. */
  #all = new Map<string, Kept>();
  /** Not on the shelf with their receipt yet, so not to be sent: the server would see two versions of one record. */
  readonly #unstamped = new Set<string>();
  #owner: string | null = null;
  #sending = false;
  #again = false;
  #fails = 0;
  #batch = BATCH;
  /** The server has asked not to be called before this. */
  #notBefore = 0;
  #cancel: (() => void) | null = null;
  #deaf: (() => void) | null = null;

  constructor(settings: OutboxSettings) {
    this.#settings = settings;
    this.#shelf = new Shelf(settings.role, settings.memory ?? memory);
    this.#later = settings.later ?? afterwards;
    this.#now = settings.now ?? Date.now;
  }

  /** Whose records to send: the entry (or station) that holds the token. Others stay kept and are not sent. Settles when those of earlier pages are known. */
  async open(owner: string): Promise<void> {
    this.#owner = owner;
    this.#deaf ??= whenAwake(() => this.flush());
    await this.#read();
    this.flush();
  }

  close(): void {
    this.#owner = null;
    this.#deaf?.();
    this.#deaf = null;
    this.#cancel?.();
    this.#cancel = null;
    this.#changed();
  }

  /** The records that wait, oldest first. */
  pending(): OutRecord[] {
    return [...this.#all.values()]
      .filter((kept) => kept.owner === this.#owner)
      .map((kept) => kept.record)
      .sort((a, b) => a.at - b.at || seqOf(a) - seqOf(b) || (a.id < b.id ? -1 : 1));
  }

  /** Keeps and sends; the promise settles when the server has answered for this record, however late. */
  add(record: OutRecord): Promise<FactResult> {
    const owner = this.#owner;
    if (owner === null) throw new Error("the outbox has no owner");
    const clocks = readClocks();
    this.#all.set(record.id, { owner, record });
    this.#unstamped.add(record.id);
    this.#shelf.jot({ owner, record });
    const settled = new Promise<FactResult>((resolve) => this.#waiting.set(record.id, resolve));
    this.#changed();
    void alone(this.#chain, async () => {
      const sign = (await this.#settings.signOf?.(record).catch(() => null)) ?? null;
      const chained = this.#settings.receipts === false ? { record, head: null } : await stamped(record, await this.#shelf.head(owner), clocks, sign);
      const kept = { owner, record: chained.record };
      await this.#shelf.keep(kept, chained.head);
      this.#all.set(record.id, kept);
    }).finally(() => {
      this.#unstamped.delete(record.id);
      this.flush();
    });
    return settled;
  }

  /** Sends now what waits, whatever the backoff said; only what the server itself asked for is waited out. */
  flush(): void {
    if (this.#owner === null) return;
    if (this.#sending) {
      this.#again = true;
      return;
    }
    this.#cancel?.();
    this.#cancel = null;
    const early = this.#notBefore - this.#now();
    if (early > 0) this.#cancel = this.#later(() => this.flush(), early);
    else void this.#round();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Brings this page's view up to what other tabs have added and sent. */
  #read(): Promise<void> {
    return alone(this.#chain, async () => {
      const found = new Map((await this.#shelf.all()).map((kept) => [kept.record.id, kept]));
      for (const id of this.#unstamped) if (this.#all.has(id)) found.set(id, this.#all.get(id)!);
      this.#all = found;
      this.#changed();
    });
  }

  /** The name of the lock under which records are stamped and read. */
  get #chain(): string {
    return `waypost.chain.${this.#settings.role}`;
  }

  async #round(): Promise<void> {
    this.#sending = true;
    this.#again = false;
    let wait: number | null = null;
    let more = false;
    const ran = await ifAlone(`waypost.sync.${this.#settings.role}`, async () => {
      await this.#read();
      this.#again = false; // whoever called until now has been read
      const records = this.pending().filter((record) => !this.#unstamped.has(record.id)).slice(0, this.#batch);
      if (records.length === 0) return;
      more = true;
      [wait, more] = await this.#send(records);
    });
    if (!ran) wait = OTHER_TAB_MS;
    this.#sending = false;
    if (this.#owner === null) return;
    if (this.#again) this.flush();
    else if (wait !== null) this.#cancel = this.#later(() => this.flush(), wait);
    else if (more) void this.#round();
  }

  /** Sends one batch. Answers how long to wait before the next, and whether there is to be one. */
  async #send(records: OutRecord[]): Promise<[number | null, boolean]> {
    try {
      const answer = await this.#settings.send(records);
      this.#fails = 0;
      this.#batch = BATCH;
      const sent = new Map(records.map((record) => [record.id, record]));
      for (const result of answer.results) {
        const record = sent.get(result.id);
        if (record) await this.#settle(record, result);
      }
      // An answer that names none of them would have us ask for ever at full speed.
      return [answer.results.some((result) => sent.has(result.id)) ? null : this.#backoff(), true];
    } catch (error) {
      const problem = error instanceof Problem ? error : new Problem(0, "unreachable", "");
      this.#settings.onProblem?.(problem);
      if (problem.status === 401 || problem.status === 403) return [null, false]; // kept until somebody joins again
      if (problem.passing) {
        this.#notBefore = this.#now() + (problem.retryAfter ?? 0);
        return [Math.max(problem.retryAfter ?? 0, this.#backoff()), true];
      }
      if (records.length === 1) await this.#settle(records[0]!, refused(records[0]!, problem));
      else this.#batch = 1; // one of them is bad: find out which
      return [null, true];
    }
  }

  async #settle(record: OutRecord, result: FactResult): Promise<void> {
    await this.#shelf.drop(record.id);
    this.#all.delete(record.id);
    // First whoever keeps what was sent, then whoever draws it: otherwise it is missing from the page in between.
    this.#settings.onResult?.(result, record);
    this.#changed();
    this.#waiting.get(record.id)?.(result);
    this.#waiting.delete(record.id);
  }

  /** Doubles from one second to half a minute, a little uneven so that 38 phones do not call at once. */
  #backoff(): number {
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#fails);
    this.#fails += 1;
    return wait * (0.75 + Math.random() / 2);
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** Calls when there may be signal again: the browser says so, the page is looked at again, or half a minute has passed. */
function whenAwake(wake: () => void): () => void {
  if (typeof window === "undefined") return () => undefined;
  const seen = () => {
    if (document.visibilityState !== "hidden") wake();
  };
  const heartbeat = setInterval(wake, HEARTBEAT_MS);
  window.addEventListener("online", seen);
  window.addEventListener("pageshow", seen);
  document.addEventListener("visibilitychange", seen);
  return () => {
    clearInterval(heartbeat);
    window.removeEventListener("online", seen);
    window.removeEventListener("pageshow", seen);
    document.removeEventListener("visibilitychange", seen);
  };
}

/** A finish counts from its scan, so both have one instant: they go in the order in which they were made. */
function seqOf(record: OutRecord): number {
  return (record["receipt"] as Receipt | undefined)?.seq ?? Number.MAX_SAFE_INTEGER;
}

function refused(record: OutRecord, problem: Problem): FactResult {
  return { id: record.id, verdict: "malformed", message: problem.detail, checkpoint: null, entry: "" };
}
