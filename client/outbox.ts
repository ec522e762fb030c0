/**
 * Records on their way to the server. Each is kept on the phone until the server has answered for it, and sent
 * again until then; its id makes it count once. So nothing is lost by a dead zone, a reload or a second tab.
 */

import { Problem } from "./api.ts";
import { memory, recall, remember, type Memory } from "./memory.ts";
import type { FactResult, FactsAnswer, OutRecord } from "./types.ts";

/** Most records in one call; the server takes 200. */
const BATCH = 100;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

export interface Kept { owner: string; record: OutRecord }

export interface OutboxSettings {
  /** "team" or "marshal": each has its own outbox. */
  role: string;
  send: (records: OutRecord[]) => Promise<FactsAnswer>;
  /** Hears each answer, also those to records of an earlier page. */
  onResult?: (result: FactResult, record: OutRecord) => void;
  onProblem?: (problem: Problem) => void;
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
  readonly #memory: Memory;
  readonly #later: (task: () => void, ms: number) => () => void;
  readonly #prefix: string;
  readonly #listeners = new Set<() => void>();
  readonly #waiting = new Map<string, (result: FactResult) => void>();
  #owner: string | null = null;
  #sending = false;
  #again = false;
  #fails = 0;
  #batch = BATCH;
  #cancel: (() => void) | null = null;

  constructor(settings: OutboxSettings) {
    this.#settings = settings;
    this.#memory = settings.memory ?? memory;
    this.#later = settings.later ?? afterwards;
    this.#prefix = `waypost.out.${settings.role}.`;
  }

  /** Whose records to send: the entry (or station) that holds the token. Others stay kept and are not sent. */
  open(owner: string): void {
    this.#owner = owner;
    this.#changed();
    this.flush();
  }

  close(): void {
    this.#owner = null;
    this.#cancel?.();
    this.#cancel = null;
    this.#changed();
  }

  /** The records that wait, oldest first. */
  pending(): OutRecord[] {
    return this.#memory
      .keys(this.#prefix)
      .map((key) => recall<Kept | null>(key, null, this.#memory))
      .filter((kept): kept is Kept => kept !== null && kept.owner === this.#owner)
      .map((kept) => kept.record)
      .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  }

  /** Keeps and sends; the promise settles when the server has answered for this record, however late. */
  add(record: OutRecord): Promise<FactResult> {
    if (this.#owner === null) throw new Error("the outbox has no owner");
    remember(this.#prefix + record.id, { owner: this.#owner, record } satisfies Kept, this.#memory);
    const settled = new Promise<FactResult>((resolve) => this.#waiting.set(record.id, resolve));
    this.#changed();
    this.flush();
    return settled;
  }

  /** Sends now what waits, whatever the backoff said. */
  flush(): void {
    if (this.#sending) {
      this.#again = true;
      return;
    }
    this.#cancel?.();
    this.#cancel = null;
    void this.#round();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async #round(): Promise<void> {
    const records = this.pending().slice(0, this.#batch);
    if (records.length === 0) return;
    this.#sending = true;
    this.#again = false;
    let wait: number | null = null;
    try {
      const answer = await this.#settings.send(records);
      this.#fails = 0;
      this.#batch = BATCH;
      const sent = new Map(records.map((record) => [record.id, record]));
      for (const result of answer.results) {
        const record = sent.get(result.id);
        if (record) this.#settle(record, result);
      }
      // An answer that names none of them would have us ask for ever at full speed.
      if (!answer.results.some((result) => sent.has(result.id))) wait = this.#backoff(null);
    } catch (error) {
      const problem = error instanceof Problem ? error : new Problem(0, "unreachable", "");
      this.#settings.onProblem?.(problem);
      this.#sending = false;
      if (problem.status === 401 || problem.status === 403) return; // kept until somebody joins again
      if (problem.passing) wait = this.#backoff(problem.retryAfter);
      else if (records.length === 1) this.#settle(records[0]!, refused(records[0]!, problem));
      else this.#batch = 1; // one of them is bad: find out which
    }
    this.#sending = false;
    if (wait !== null && !this.#again) this.#cancel = this.#later(() => this.flush(), wait);
    else void this.#round();
  }

  #settle(record: OutRecord, result: FactResult): void {
    this.#memory.remove(this.#prefix + record.id);
    // First whoever keeps what was sent, then whoever draws it: otherwise it is missing from the page in between.
    this.#settings.onResult?.(result, record);
    this.#changed();
    this.#waiting.get(record.id)?.(result);
    this.#waiting.delete(record.id);
  }

  /** Doubles from one second to half a minute, a little uneven so that 38 phones do not call at once. */
  #backoff(asked: number | null): number {
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#fails);
    this.#fails += 1;
    return Math.max(asked ?? 0, wait * (0.75 + Math.random() / 2));
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

function refused(record: OutRecord, problem: Problem): FactResult {
  return { id: record.id, verdict: "malformed", message: problem.detail, checkpoint: null, entry: "" };
}
