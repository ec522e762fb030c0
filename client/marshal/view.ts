/** What the views of a station are given, and what they may open. */

import type { Desk } from "./desk.ts";
import type { Station } from "./station.ts";

/** What is done for the team whose number is typed. */
export type NumberPurpose = "punch" | "finish" | "quiz" | "withdraw";

/** A sheet over the page. */
export type Opened =
  | { what: "number"; purpose: NumberPurpose }
  | { what: "quiz" | "withdraw" | "checkin" | "heads"; entry: string }
  | { what: "records" }
  | { what: "carry" }
  | { what: "more" };

/** A question at the foot of the page. */
export interface Asked {
  question: string;
  yes: string;
  onYes: () => void;
}

export interface StationProps {
  desk: Desk;
  station: Station;
  /** Race and checkpoint, the owner of what this phone keeps. */
  owner: string;
  token: string;
  language: string;
  /** The time of day at the race, 9:46:02. */
  clockTime: (at: number) => string;
  onOpen: (sheet: Opened | null) => void;
  onAsk: (asked: Asked) => void;
}
