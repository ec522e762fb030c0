// What the board is told: the answers of /api/v1/races/<slug>/standings and /stream. Instants are UTC milliseconds.

export type Format = "line" | "free" | "score" | "count" | "composite";
export type Stage = "set-up" | "trial" | "race" | "published";

export interface Row {
  entry: string;
  bib: string;
  team: string;
  club: string;
  class: string;
  place: number | null;
  moved: number; // places gained (+) or lost (−) lately
  status: string; // IOF 3.0 name
  provisional: boolean;
  checkpoints: number | null; // null where a published list shows no figures
  passed: string[];
  points: number | null;
  time_s: number | null;
  heads_confirmed: boolean;
  last_at: number | null;
}

export interface ClassTable {
  id: string;
  name: string;
  format: Format;
  total: number; // checkpoints on its course
  entries: number;
  results: Row[];
}

export interface Club {
  club: string;
  place: number | null;
  checkpoints: number;
  time_s: number | null;
  teams: number;
  points?: number | null;
}

export interface News {
  at: number;
  entry: string;
  bib: string;
  team: string;
  what: "passed" | "finished" | "heads";
  checkpoint?: string | null;
  place: number | null;
}

export interface Standings {
  revision: number;
  at: number;
  stage: Stage;
  gun: number | null;
  closing: number | null;
  closed: boolean;
  classes: ClassTable[];
  clubs: Club[];
  news: News[];
}

// An event of the stream: all of it when `full`, else only the rows and figures that changed.
export interface Update extends Partial<Omit<Standings, "classes">> {
  revision: number;
  full?: boolean;
  classes?: { id: string; results: Row[] }[];
}

// What the page itself knows, in <script type="application/json" id="board-data">.
export interface Page {
  slug: string;
  timezone: string;
  server_time: number;
  standings: Standings | null;
}
