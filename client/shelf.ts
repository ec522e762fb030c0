/**
 * Where records wait for the server: in IndexedDB, and beside it in `memory`, so that one of the two may be taken away.
 * Where a browser has no IndexedDB, memory alone has to do. What else must survive a reload without signal (the bundle
 * that a team plays from) lies in the same database.
 */

import { openDB, type IDBPDatabase } from "idb";
import { memory, recall, remember, type Memory } from "./memory.ts";
import type { OutRecord } from "./types.ts";

export interface Kept { owner: string; record: OutRecord }

/** A record that has been kept but not stamped yet says since when. Its own page is about to; should that page have died, it goes as it is. */
interface Jotted extends Kept { jotted?: number }

const STAMPING_MS = 10_000;

/** Where the chain of receipts of one owner stands: see receipts.ts. */
export interface Head { device: string; seq: number; prev: string }

interface Row extends Kept { id: string; role: string }

const NAME = "waypost";
const VERSION = 1;

type Database = IDBPDatabase<{
  records: { key: string; value: Row; indexes: { role: string } };
  kept: { key: string; value: unknown };
}>;

let opened: Promise<Database | null> | undefined;

/** The database, or null where the browser has none or refuses it. */
function database(): Promise<Database | null> {
  opened ??= open().catch(() => null);
  return opened;
}

async function open(): Promise<Database | null> {
  if (typeof indexedDB === "undefined") return null;
  return openDB(NAME, VERSION, {
    upgrade(db) {
      // Later versions only add: an update in the middle of a race finds every record where it was.
      db.createObjectStore("records", { keyPath: "id" }).createIndex("role", "role");
      db.createObjectStore("kept");
    },
    // A newer page waits for this one to let go.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    terminated: () => void (opened = undefined),
  }) as unknown as Promise<Database>;
}

export class Shelf {
  readonly #role: string;
  readonly #prefix: string;
  readonly #memory: Memory;

  /** `role` parts the records of a team from those of a marshal on the same phone. */
  constructor(role: string, into: Memory = memory) {
    this.#role = role;
    this.#prefix = `waypost.out.${role}.`;
    this.#memory = into;
  }

  /** Keeps a record at once, before anything else can happen to the page. */
  jot(kept: Kept): void {
    remember(this.#prefix + kept.record.id, { ...kept, jotted: Date.now() } satisfies Jotted, this.#memory);
  }

  /** Keeps a record for good, with the head of its chain: both or neither. */
  async keep(kept: Kept, head: Head | null): Promise<void> {
    const db = await database();
    if (db) {
      try {
        const change = db.transaction(["records", "kept"], "readwrite", { durability: "strict" });
        await Promise.all([
          change.objectStore("records").put({ ...kept, id: kept.record.id, role: this.#role }),
          head && change.objectStore("kept").put(head, `head ${this.#role} ${kept.owner}`),
          change.done,
        ]);
      } catch {
        // Full or taken away: memory holds it.
      }
    }
    if (head && !db) remember(`waypost.head.${this.#role} ${kept.owner}`, head, this.#memory);
    remember(this.#prefix + kept.record.id, kept, this.#memory);
  }

  async head(owner: string): Promise<Head | null> {
    const db = await database();
    if (!db) return recall<Head | null>(`waypost.head.${this.#role} ${owner}`, null, this.#memory);
    return ((await db.get("kept", `head ${this.#role} ${owner}`).catch(() => null)) as Head | undefined) ?? null;
  }

  /** All records that wait, of every owner; what an older version of this app left in memory is among them. */
  async all(): Promise<Kept[]> {
    const found = new Map<string, Kept>();
    for (const key of this.#memory.keys(this.#prefix)) {
      const kept = recall<Jotted | null>(key, null, this.#memory);
      const young = kept?.jotted !== undefined && Math.abs(Date.now() - kept.jotted) < STAMPING_MS;
      if (kept && !young) found.set(kept.record.id, { owner: kept.owner, record: kept.record });
    }
    const db = await database();
    const rows = db ? await db.getAllFromIndex("records", "role", this.#role).catch(() => []) : [];
    for (const { owner, record } of rows) found.set(record.id, { owner, record });
    return [...found.values()];
  }

  async drop(id: string): Promise<void> {
    this.#memory.remove(this.#prefix + id);
    const db = await database();
    await db?.delete("records", id).catch(() => undefined);
  }
}

/** True on a phone that has recorded something for this owner before. */
export async function hasChain(role: string, owner: string): Promise<boolean> {
  return (await new Shelf(role).head(owner)) !== null;
}

/** Puts something large away for a page without signal. True when it is on the disk, not only in this page. */
export async function putAway(key: string, value: unknown): Promise<boolean> {
  const db = await database();
  if (db) {
    try {
      await db.put("kept", value, key);
      return true;
    } catch {
      return false;
    }
  }
  remember(`waypost.kept.${key}`, value);
  return false;
}

export async function takeOut<T>(key: string): Promise<T | null> {
  const db = await database();
  if (!db) return recall<T | null>(`waypost.kept.${key}`, null);
  return ((await db.get("kept", key).catch(() => null)) as T | undefined) ?? null;
}

export async function throwAway(key: string): Promise<void> {
  memory.remove(`waypost.kept.${key}`);
  await (await database())?.delete("kept", key).catch(() => undefined);
}

/** Which of the three keeps what is recorded: for the page that says what this phone has. */
export async function whereKept(): Promise<"database" | "storage" | "page"> {
  if (await database()) return "database";
  return memory.lasting ? "storage" : "page";
}
