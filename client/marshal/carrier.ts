/** Records of teams without signal, scanned off their phones: sent with each team's own right to send, and kept until the server has them. */

import { sendFacts } from "../api.ts";
import type { Carried } from "../carry.ts";
import { Outbox } from "../outbox.ts";
import { Shelf } from "../shelf.ts";

const ROLE = "carried";

export class Carrier {
  readonly #boxes = new Map<string, Outbox>();
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Goes on with what an earlier page has not sent. */
  async open(): Promise<void> {
    for (const { owner } of await new Shelf(ROLE).all()) await this.#boxOf(owner);
  }

  close(): void {
    for (const box of this.#boxes.values()) box.close();
    this.#boxes.clear();
  }

  get unsent(): number {
    return [...this.#boxes.values()].reduce((sum, box) => sum + box.pending().length, 0);
  }

  /** Takes a team's records. Settles when the server has answered for all of them. */
  async take({ token, records }: Carried): Promise<void> {
    const box = await this.#boxOf(token);
    const known = new Set(box.pending().map((record) => record.id));
    await Promise.all(records.filter((record) => !known.has(record.id)).map((record) => box.add(record)));
  }

  async #boxOf(token: string): Promise<Outbox> {
    const known = this.#boxes.get(token);
    if (known) return known;
    const box = new Outbox({ role: ROLE, receipts: false, send: (records) => sendFacts(token, records) });
    this.#boxes.set(token, box);
    box.onChange(this.#changed);
    await box.open(token);
    return box;
  }
}
