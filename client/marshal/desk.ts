/**
 * The marshal's desk: the station's list as the server knows it, the records on their way, and what went wrong.
 * Every act shows at once; the list is asked for every few seconds while somebody looks.
 */

import { type Fresh, Problem, call, newId, sendFacts } from "../api.ts";
import type { Carried } from "../carry.ts";
import { clock } from "../clock.ts";
import { onLanguage } from "../language.ts";
import { recall, remember } from "../memory.ts";
import { Outbox } from "../outbox.ts";
import { type Poll, poll } from "../poll.ts";
import type { FactResult, OutRecord } from "../types.ts";
import { Carrier } from "./carrier.ts";
import { describe } from "./describe.ts";
import { expected } from "./expected.ts";
import type { Act, Pending, Station } from "./station.ts";
import { t } from "./words.ts";

const POLL_MS = 2_500;
const KEPT = "waypost.marshal.list";
/** How often the list is put away for a page that opens without a connection; writing a large one takes its time. */
const KEEP_MS = 10_000;

export interface Trouble {
  id: string;
  /** The team's number and name, or "". */
  team: string;
  message: string;
}

export interface View {
  /** The list with everything on its way laid over it; null until the first answer. */
  station: Station | null;
  unsent: number;
  online: boolean;
  /** When the list was last known to be fresh, server's ms; null before. */
  heardAt: number | null;
  troubles: Trouble[];
  /** The token is no longer good. */
  gone: boolean;
}

export interface DeskSettings {
  token: string;
  /** Race and checkpoint: whose records these are. */
  owner: string;
  ask?: (etag: string | null) => Promise<Fresh<Station> | null>;
  send?: (records: OutRecord[]) => ReturnType<typeof sendFacts>;
}

export class Desk {
  readonly #ask: (etag: string | null) => Promise<Fresh<Station> | null>;
  readonly #outbox: Outbox;
  readonly #carrier = new Carrier(() => this.#changed());
  readonly #owner: string;
  readonly #listeners = new Set<() => void>();
  /** The words a result was confirmed with, so that the records say them until the server does. */
  readonly #words = new Map<string, string>();
  #list: Station | null = null;
  #etag: string | null = null;
  #heardAt: number | null = null;
  #keptAt = -Infinity;
  #sent: Pending[] = [];
  #troubles: Trouble[] = [];
  #online = true;
  #gone = false;
  #poll: Poll | null = null;
  #view: View | null = null;

  constructor({ token, owner, ask, send }: DeskSettings) {
    this.#ask = ask ?? ((etag) => call<Station>("/station", { token, etag }));
    this.#owner = owner;
    const kept = recall<{ owner: string; list: Station; at: number } | null>(KEPT, null);
    if (kept?.owner === owner) {
      this.#list = kept.list;
      this.#heardAt = kept.at;
    }
    this.#outbox = new Outbox({
      role: "marshal",
      send: send ?? ((records) => sendFacts(token, records)),
      onResult: (result, record) => this.#answered(result, record),
      onProblem: (problem) => this.#failed(problem),
    });
    this.#outbox.onChange(() => this.#changed());
  }

  /** Starts asking and sending; answers how to stop. */
  open(): () => void {
    void this.#outbox.open(this.#owner);
    void this.#carrier.open();
    const polling = poll(() => this.#refresh(), () => POLL_MS, (problem) => this.#failed(problem));
    this.#poll = polling;
    const relabel = onLanguage(() => {
      this.#etag = null; // the server's words must change too
      this.#words.clear();
      this.#changed();
      polling.now();
    });
    return () => {
      relabel();
      polling.stop();
      this.#outbox.close();
      this.#carrier.close();
    };
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Records an act now, or at `at`; answers its id. `words` is what the records say about it. */
  act(act: Act, at: number = clock.now(), words?: string): string {
    const id = newId();
    if (words !== undefined) this.#words.set(id, words);
    void this.#outbox.add({ id, at, ...act });
    return id;
  }

  /** Takes a record back. The undo is a record itself and stays visible as one. */
  undo(entry: string, fact: string): void {
    this.act({ kind: "decision", what: "undo", entry, value: { fact }, reason: t("undoReason") });
  }

  /** Takes the records of a team without signal along; settles when they are sent. */
  async carry(carried: Carried): Promise<void> {
    await this.#carrier.take(carried);
    this.#poll?.now();
  }

  dismiss(id: string): void {
    this.#troubles = this.#troubles.filter((trouble) => trouble.id !== id);
    this.#changed();
  }

  get view(): View {
    this.#view ??= this.#look();
    return this.#view;
  }

  #look(): View {
    const waiting = this.#outbox.pending();
    const pending = [...this.#sent, ...waiting.map((record) => this.#pending(record, false))];
    return {
      station: this.#list && expected(this.#list, pending),
      unsent: waiting.length + this.#carrier.unsent,
      online: this.#online,
      heardAt: this.#heardAt,
      troubles: this.#troubles,
      gone: this.#gone,
    };
  }

  /** Asks for the list, and lets go of the records that it must already show. */
  async #refresh(): Promise<void> {
    const shown = new Set(this.#sent.map((record) => record.id));
    const fresh = await this.#ask(this.#etag);
    if (fresh) {
      this.#list = fresh.body;
      this.#etag = fresh.etag;
    }
    this.#heardAt = clock.now();
    if (fresh && this.#heardAt - this.#keptAt > KEEP_MS) {
      this.#keptAt = this.#heardAt;
      remember(KEPT, { owner: this.#owner, list: fresh.body, at: this.#heardAt });
    }
    this.#sent = this.#sent.filter((record) => !shown.has(record.id));
    if (!this.#online) this.#outbox.flush();
    this.#online = true;
    this.#changed();
  }

  #answered(result: FactResult, record: OutRecord): void {
    this.#online = true;
    if (result.verdict === "accepted" || result.verdict === "repeated") {
      this.#sent = [...this.#sent, this.#pending(record, true)];
    } else {
      const entry = this.#list?.entries.find((e) => e.entry === record["entry"]);
      const trouble = { id: record.id, team: entry ? `${entry.bib} ${entry.team}` : "", message: result.message };
      this.#troubles = [...this.#troubles, trouble];
    }
    this.#poll?.now();
  }

  #failed(problem: Problem): void {
    if (problem.status === 401 || problem.status === 403) this.#gone = true;
    else if (problem.status === 0 || problem.status >= 500) this.#online = false;
    this.#changed();
  }

  #pending(record: OutRecord, sent: boolean): Pending {
    const { id, at, ...rest } = record;
    const act = rest as unknown as Act;
    return { id, at, act, words: this.#words.get(id) ?? describe(act, this.#list), sent };
  }

  #changed(): void {
    this.#view = null;
    for (const listener of this.#listeners) listener();
  }
}
