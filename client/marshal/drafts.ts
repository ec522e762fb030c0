/** What the marshal has measured and not yet confirmed, team by team. Kept on the phone, so a reload loses nothing. */

import { recall, remember } from "../memory.ts";
import { untouchedAll } from "./measures.ts";
import type { Entry, Game, Station, Values } from "./station.ts";
import type { Watch } from "./stopwatch.ts";

export interface Draft {
  game: string;
  /** The stamp that began it, if this phone made it: what 开错队了 takes back. */
  begunFact: string | null;
  endedFact: string | null;
  /** The server's time of that stamp, as this phone sent it. */
  begunAt: number;
  watch: Watch;
  values: Values;
}

export type Drafts = Record<string, Draft>;

const KEPT = "waypost.marshal.drafts";
/** Another phone began later than this draft by more than any clock could be wrong: the draft is of an earlier attempt. */
const LATER_MS = 5_000;
/** Results stay at hand for undo; older ones are let go. */
const MOST = 40;

export function load(owner: string): Drafts {
  const kept = recall<{ owner: string; drafts: Drafts } | null>(KEPT, null);
  return kept?.owner === owner ? kept.drafts : {};
}

export function save(owner: string, drafts: Drafts): void {
  const latest = Object.entries(drafts)
    .sort(([, a], [, b]) => b.begunAt - a.begunAt)
    .slice(0, MOST);
  remember(KEPT, { owner, drafts: Object.fromEntries(latest) });
}

/**
 * The draft of a team that is playing: this phone's own, or, where another phone pressed 开始, one made from the
 * station's list. `offset` is the server's clock minus the phone's, in ms.
 */
export function draftOf(entry: Entry, own: Draft | undefined, games: readonly Game[], offset: number): Draft | null {
  const begunAt = entry.here?.begun_at ?? null;
  if (own && (begunAt === null || begunAt <= own.begunAt + LATER_MS)) return own;
  const game = games[0];
  if (begunAt === null || !game) return null;
  const ended = entry.here?.ended_at ?? null;
  const watch = { begun: begunAt - offset, stopped: ended === null ? null : ended - offset, byHand: null };
  return { game: game.id, begunFact: null, endedFact: null, begunAt, watch, values: untouchedAll(game.measures) };
}

/** The stamp that began this attempt: this phone's own, or the one the station's list shows for that instant. */
export function begunFact(station: Station, entry: Entry, draft: Draft): string | null {
  if (draft.begunFact) return draft.begunFact;
  const at = entry.here?.begun_at ?? null;
  return station.recent.find((r) => r.kind === "stamp" && !r.undone && r.entry === entry.entry && r.at === at)?.fact ?? null;
}
