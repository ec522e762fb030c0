// The checkpoints as the server has them, and the changes that are laid over them until it has those too.

import { fit, pixel, type Affine } from "../../team/affine.ts";

export interface Point {
  code: string;
  kind: "control" | "start" | "finish";
  name: string;
  name_en: string;
  description: string;
  description_en: string;
  lat: number | null;
  lon: number | null;
  points: number | "";
  quiz: string;
  game: string;
  lacking: boolean;
  seen: string;
}

/** `name` tells one picture from another; the address of `image` changes with every change of the race. */
export interface Park { name: string; image: string; width: number; height: number; corners: [number, number][]; measured: boolean }
export interface Choice { id: string; label: string }

export interface State {
  slug: string;
  revision: number;
  reason: boolean;
  map: Park | null;
  points: Point[];
  quizzes: Choice[];
  games: Choice[];
}

export type Fields = Record<string, string>;

/** One change on its way to the server. `fields` are those of the form; `undo` those that take it back. */
export interface Change {
  id: string;
  what: "add" | "change" | "delete" | "back";
  code: string;
  seen: string;
  fields: Fields;
  undo: Fields;
  /** Whether it is itself an undo, which is not undone again. */
  undoing?: boolean;
}

/** A quiz of the point's own: the race has none yet, or it shall differ. */
export const OWN = "own";

/** The fields of a form, as the server reads them, that make a point what it is. */
export function fieldsOf(point: Point): Fields {
  return {
    code: point.code, kind: point.kind, name: point.name, name_en: point.name_en, description: point.description,
    description_en: point.description_en, lat: text(point.lat), lon: text(point.lon), points: text(point.points),
    quiz: point.quiz, game: point.game,
  };
}

function text(value: number | string | null): string {
  return value === null ? "" : String(value);
}

function number(value: string | undefined): number | null {
  return value === undefined || value.trim() === "" ? null : Number(value);
}

const EMPTY: Point = {
  code: "", kind: "control", name: "", name_en: "", description: "", description_en: "", lat: null, lon: null, points: "",
  quiz: "", game: "", lacking: false, seen: "",
};

/** A point with the fields of a change laid over it. */
export function laid(point: Point, fields: Fields): Point {
  const { lat, lon, points, quiz, ...texts } = fields;
  const changed = { ...point, ...(texts as Partial<Point>) };
  if (lat !== undefined) changed.lat = number(lat);
  if (lon !== undefined) changed.lon = number(lon);
  if (points !== undefined) changed.points = number(points) ?? "";
  if (quiz !== undefined && quiz !== point.quiz) {
    changed.quiz = quiz;
    changed.lacking = false;
  }
  return changed;
}

/** What is shown: the points of the server with every change laid over them. */
export function shown(points: Point[], changes: Change[]): Point[] {
  let list = points;
  for (const { what, code, fields } of changes) {
    if (what === "delete") list = list.filter((point) => point.code !== code);
    else if (what === "change") list = list.map((point) => (point.code === code ? laid(point, fields) : point));
    else if (!list.some((point) => point.code === code)) list = [...list, laid({ ...EMPTY, code }, fields)];
  }
  return [...list].sort(inOrder);
}

const ENDS = { start: 0, control: 1, finish: 2 };

/** The start, the others by number, the finish: as organize/rules/points.py has it. */
export function inOrder(a: Point, b: Point): number {
  const digits = (point: Point) => Number(point.code.replace(/\D/g, "") || 1e9);
  return ENDS[a.kind] - ENDS[b.kind] || digits(a) - digits(b) || (a.code < b.code ? -1 : 1);
}

/** The first number from 31 up that no point has. */
export function nextCode(points: Point[]): string {
  const taken = new Set(points.map((point) => point.code));
  let number = 31;
  while (taken.has(String(number))) number += 1;
  return String(number);
}

/** What a change did, and its opposite. A deletion is taken back with what the server answered. */
export function opposite(change: Change, back: string | null): Omit<Change, "id" | "seen"> | null {
  const code = change.fields["code"] ?? change.code;
  if (change.what === "add" || change.what === "back") return { what: "delete", code, fields: {}, undo: {}, undoing: true };
  if (change.what === "change") return { what: "change", code, fields: change.undo, undo: {}, undoing: true };
  return back ? { what: "back", code, fields: { ...change.undo, back }, undo: {}, undoing: true } : null;
}

const METRES_A_DEGREE = (6_371_000 * Math.PI) / 180;

export function metres(a: Point, b: Point): number {
  const north = (a.lat! - b.lat!) * METRES_A_DEGREE;
  const east = (a.lon! - b.lon!) * METRES_A_DEGREE * Math.cos((a.lat! * Math.PI) / 180);
  return Math.hypot(north, east);
}

/** The two controls that lie nearest to each other, and how far that is in metres. */
export function nearest(points: Point[]): { a: string; b: string; m: number } | null {
  const placed = points.filter((point) => point.kind === "control" && point.lat !== null && point.lon !== null);
  let best: { a: string; b: string; m: number } | null = null;
  placed.forEach((a, index) => {
    for (const b of placed.slice(index + 1)) {
      const m = metres(a, b);
      if (!best || m < best.m) best = { a: a.code, b: b.code, m };
    }
  });
  return best;
}

/** A ground of one unit a metre around the points there are; null where none has a position. */
export function ground(points: Point[]): Park | null {
  const placed = points.filter((point) => point.lat !== null && point.lon !== null);
  if (!placed.length) return null;
  const lats = placed.map((point) => point.lat!);
  const lons = placed.map((point) => point.lon!);
  const lat = (Math.min(...lats) + Math.max(...lats)) / 2;
  const lon = (Math.min(...lons) + Math.max(...lons)) / 2;
  const perLon = METRES_A_DEGREE * Math.cos((lat * Math.PI) / 180);
  const width = Math.max(600, (Math.max(...lons) - Math.min(...lons)) * perLon + 400);
  const height = Math.max(400, (Math.max(...lats) - Math.min(...lats)) * METRES_A_DEGREE + 400);
  const [north, south] = [lat + height / 2 / METRES_A_DEGREE, lat - height / 2 / METRES_A_DEGREE];
  const [west, east] = [lon - width / 2 / perLon, lon + width / 2 / perLon];
  return { name: "", image: "", width, height, corners: [[north, west], [north, east], [south, east], [south, west]], measured: true };
}

export function affineOf(park: Park): Affine | null {
  return fit(park.corners, [[0, 0], [park.width, 0], [park.width, park.height], [0, park.height]]);
}

/** Tells whether a point lies on the picture; one without a place lies nowhere. */
export function onPicture(park: Park, affine: Affine, point: Point): boolean {
  if (point.lat === null || point.lon === null) return true;
  const [x, y] = pixel(affine, point.lat, point.lon);
  return x >= 0 && y >= 0 && x <= park.width && y <= park.height;
}
