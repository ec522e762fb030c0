/** Which page of the team's phone is open, and who draws it. */

import type { FactResult, OutRecord } from "../types.ts";

export type TabId = "progress" | "map" | "places" | "help";
/** What opens a checkpoint: its QR's key, or the short code printed beside it. */
export type Proof = { key: string } | { typed_code: string };

export function proofOf(record: OutRecord): Proof {
  const { key, typed_code } = record;
  return typeof key === "string" ? { key } : { typed_code: String(typed_code) };
}

export type Screen =
  | { kind: "tab" }
  | { kind: "checkpoint"; code: string; again?: boolean }
  | { kind: "sending"; id: string; what: "punch" | "answer" | "finish"; since: number; code: string | null; count: number }
  | { kind: "refused"; result: FactResult }
  | { kind: "finish"; proof: Proof; at: number };

export class Pages {
  tab: TabId = "progress";
  screen: Screen = { kind: "tab" };
  sheet: "scan" | "pick" | { point: string } | null = null;
  readonly #listeners = new Set<() => void>();
  readonly #overlays = new Set<() => void>();

  /** Calls at each change; with `overlay` also when only a sheet was opened or closed. */
  subscribe(listener: () => void, overlay = false): () => void {
    const among = overlay ? this.#overlays : this.#listeners;
    among.add(listener);
    return () => void among.delete(listener);
  }

  changed(): void {
    for (const listener of [...this.#listeners, ...this.#overlays]) listener();
  }

  go(tab: TabId): void {
    this.tab = tab;
    this.show({ kind: "tab" });
  }

  show(screen: Screen): void {
    const wasDeep = this.screen.kind !== "tab";
    this.screen = screen;
    this.sheet = null;
    // The phone's own back button leads from a checkpoint to the tabs, not out of the race.
    if (screen.kind !== "tab" && !wasDeep) history.pushState({ deep: true }, "");
    this.changed();
  }

  /** Opens or closes a sheet over the page. The page under it has not changed: on a slow phone that is felt. */
  open(sheet: Pages["sheet"]): void {
    this.sheet = sheet;
    for (const listener of this.#overlays) listener();
  }

  /** The phone's own back button was pressed. */
  readonly back = (): void => {
    this.screen = { kind: "tab" };
    this.sheet = null;
    this.changed();
  };
}
