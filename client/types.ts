/** What the server says and is told, as in API v1. Every instant is integer UTC milliseconds. */

export type Verdict =
  | "accepted" | "repeated" | "not_started" | "closed" | "finished" | "unknown" | "not_on_course"
  | "refused" | "conflict" | "malformed";

export interface RaceName { slug: string; name: string }

export interface Race extends RaceName {
  theme?: string;
  venue?: string;
  hosts?: { role: string; name: string }[];
  emergency_phone: string | null;
  language: string;
  timezone: string;
  stage: "set-up" | "trial" | "race" | "published";
  stopped: boolean;
  closed?: boolean;
}

export interface TeamName { entry: string; bib: string; team: string; club: string }

export interface Team extends TeamName {
  class: string;
  /** What a second phone of the team types. */
  join_code: string;
  class_name: string;
  members: { name: string; role: string }[];
}

export type Joined =
  | { role: "team"; token: string; server_time: number; race: RaceName; team: TeamName }
  | { role: "marshal"; token: string; server_time: number; race: RaceName; station: { checkpoint: string; name: string } };

/** `also` is the same in the bank's other language. */
export interface Choice { index: number; text: string; also?: string }

export interface Question {
  id: string;
  kind: "single" | "multiple" | "true_false" | "text" | "number" | "order" | "match";
  text: string;
  also?: string;
  choices?: Choice[];
  matches?: Choice[];
  image?: string;
  image_alt?: string;
  sound?: string;
  /** What of it the phone could not carry sealed: it comes with the server's answer. */
  with_signal?: ("image" | "sound")[];
}

export interface Sheet { id: string; given_at: number; deadline: number | null; questions: Question[] }

/** single: index; multiple, order, match: indexes; true_false: boolean; text, number: what was typed. */
export type Answer = number | number[] | boolean | string;
export type Answers = Record<string, Answer>;

export interface Try { attempt: number; right: number; seconds: number | null; timed_out?: boolean }
export type FailStep = { cool_down_s: number } | { penalty_s: number } | { points_factor: string | number } | { lost: true };

export interface Reviewed { text: string; your: string | null; answer: string; right: boolean; explanation: string }

export type Speed = "flat" | "linear" | "half";

export interface QuizRules { draw: number; need: number; limit_s: number | null }

export interface QuizOpen extends QuizRules {
  kind: "quiz"; state: "open"; quiz: string; attempt: number; attempts: number | null; sheet: Sheet; speed?: Speed;
}

export interface QuizCooling extends QuizRules {
  kind: "quiz"; state: "cooling"; quiz: string; attempt: number; attempts: number | null; until: number; tries: Try[]; on_fail: FailStep[];
}

export interface QuizDone {
  kind: "quiz"; state: "passed" | "passed_with_penalty" | "lost"; quiz: string; right: number; draw: number; need?: number;
  seconds: number | null; penalty_s?: number; points_percent?: number; limit_s?: number | null; speed?: Speed; tries?: Try[]; review?: Reviewed[];
}

/** Not begun: the questions come when the team scans the sign itself. */
export interface QuizDue extends QuizRules { kind: "quiz"; state: "due" | "later"; quiz: string }

export interface GameTask {
  kind: "game"; state: "later" | "due" | "waiting" | "playing" | "passed" | "failed"; game: string; name: string; instructions: string;
  ahead?: number; wait_s?: number | null; credit_cap_s?: number | null; arrived_at?: number | null; figure?: string | null; points?: number | null;
}

export interface FinishTask { kind: "finish"; state: "confirm" }

export type Task = QuizDue | QuizOpen | QuizCooling | QuizDone | GameTask | FinishTask;

export type PointState = "passed" | "open" | "cooling" | "waiting" | "playing" | "failed" | "lost" | "none";

export interface RunPoint { state: PointState; at?: number | null; passed_at?: number | null; until?: number | null }

export interface Run {
  entry: string;
  status: string;
  start: number | null;
  finish: number | null;
  time_s: number | null;
  elapsed_s: number | null;
  credit_s: number | null;
  penalty_s: number | null;
  points: number;
  passed: number;
  total: number;
  heads_confirmed: boolean;
  checkpoints: Record<string, RunPoint>;
  place: number | null;
  provisional: boolean;
  of: number;
}

export type CourseTask =
  | { kind: "quiz"; draw: number; need: number; limit_s: number | null }
  | { kind: "game"; name: string; instructions: string; credit_cap_s?: number | null };

export interface Checkpoint {
  code: string;
  kind: "start" | "control" | "finish";
  name: string;
  description: string;
  lat: number | null;
  lon: number | null;
  tasks: CourseTask[];
  points: number;
}

export interface ParkMap { image: string | null; width: number; height: number; corners: [number, number][]; measured: boolean }

export interface Message { id: string; at: number; text: string }

/** The checkpoints of one team, shut until a sign or a typed code opens them. See sealed.ts. */
export interface Sealed {
  salt: string;
  iterations: number;
  signs: Record<string, string>;
  codes: Record<string, string>;
  boxes: Record<string, string>;
  /** Names these very boxes; an earlier version of the server gave none. */
  digest?: string;
  places: string | null;
  places_key: string | null;
}

/** One opened checkpoint, its tasks as a first punch would get them, without deadlines. */
export interface SealedBox {
  code: string;
  kind: "start" | "control" | "finish";
  name: string;
  tasks: Task[];
  places_key?: string | null;
}

/**
 * `Finish` is the leg to the finish. `checkpoint` is null for an item of the course that was not taken and names several. Lengths in whole seconds.
 * The place on the leg comes once the race is over, and is null where there is nobody to compare with.
 */
export interface Split {
  checkpoint: string | null; state: "OK" | "Additional" | "Missing" | "Finish"; split_s: number | null; leg_s: number | null;
  task: "none" | "passed" | "failed"; points: number; leg_place?: number | null; leg_behind_s?: number | null;
}

/** The way of a team that is back. `certificate` is the address of its PDF once the organizer has published. */
export interface Result { splits: Split[]; why: string[]; certificate: string | null }

export interface Play {
  race: Race;
  team: Team;
  course: { format: string; total: number; checkpoints: Checkpoint[]; start: Checkpoint | null; finish: Checkpoint | null; first: string[] };
  map: ParkMap | null;
  gun: number | null;
  closing: number | null;
  time_limit_s: number | null;
  run: Run;
  tasks: Record<string, Task[]>;
  /** From the finish on, and for who was given an award without one. A bundle that an earlier version of the app kept has none. */
  result?: Result | null;
  messages: Message[];
  server_time: number;
  sealed?: Sealed | null;
}

export interface Row {
  entry: string; bib: string; team: string; club: string; class: string;
  place: number | null; moved: number; status: string; provisional: boolean;
  checkpoints: number; passed: string[]; points: number;
  time_s: number | null; elapsed_s: number | null; credit_s: number | null; penalty_s: number | null; late_s: number | null; behind_s: number | null;
  heads_confirmed: boolean; last_at: number | null;
}

export interface Standings {
  race: string; revision: number; at: number; stage: string; gun: number | null; closing: number | null; closed: boolean;
  format: Record<string, string>;
  classes: { id: string; name: string; total: number; entries: number; results: Row[] }[];
  stations?: Record<string, { ahead: number; wait_s: number | null }>;
}

/** A record as it is kept and sent. `id` makes it count once however often it is sent. */
export interface OutRecord {
  id: string;
  kind: string;
  at: number;
  [field: string]: unknown;
}

export interface FactResult {
  id: string;
  verdict: Verdict;
  message: string;
  checkpoint: { code: string; name: string } | null;
  entry: string;
  /** The instant that counts. */
  at?: number;
  tasks?: Task[];
  run?: Run;
}

export interface FactsAnswer { results: FactResult[]; server_time: number; anchor: string | null }
