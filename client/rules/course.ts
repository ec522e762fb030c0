/**
 * How far a team has come on its course: which punch takes which item, and how many are still needed. What the phone
 * knows of its own punches is all it takes, so this works without a signal.
 */

export type Item = string | { any_of: string[]; distinct?: boolean } | { any: true; distinct?: boolean };

export interface Course {
  format: string;
  checkpoints: Item[];
  compulsory?: string[];
  free?: number;
  distinct?: boolean;
}

export interface Progress {
  /** For each item the number of the punch that takes it, from 0, or null. */
  taken: (number | null)[];
  /** How many are still needed for all to be there. */
  left: number;
  /** Codes that would take an item now: in a line those of the next item, null for any code at all. */
  next: string[] | null;
}

/** Of the punches (by code, in order) of checkpoints whose tasks are passed. */
export function progress(course: Course, punched: readonly string[]): Progress {
  return course.format === "line" ? inLine(course, punched) : inAnyOrder(course, punched);
}

function inAnyOrder(course: Course, punched: readonly string[]): Progress {
  const codes = course.checkpoints as string[];
  const taken = codes.map((code) => (punched.includes(code) ? punched.indexOf(code) : null));
  const open = codes.filter((code) => !punched.includes(code));
  if (course.format !== "free" || (course.compulsory === undefined && course.free === undefined)) {
    return { taken, left: open.length, next: open };
  }
  const compulsory = course.compulsory ?? [];
  const others = codes.filter((code) => !compulsory.includes(code) && punched.includes(code)).length;
  const must = compulsory.filter((code) => !punched.includes(code));
  const may = Math.max(0, (course.free ?? 0) - others);
  return { taken, left: must.length + may, next: may > 0 ? open : must };
}

/** Sets of used codes followed at once; a course of a race needs a handful. The server's word is the one that counts. */
const WIDEST = 64;

interface End { place: number; chain: Chain | null }
interface Chain { item: number; place: number; before: Chain | null }

/** The longest part of the line that is there; `ends[k]` is the earliest place at which k items can have been taken. */
function inLine(course: Course, punched: readonly string[]): Progress {
  let states = new Map<string, End[]>([["", [{ place: -1, chain: null }]]]);
  course.checkpoints.forEach((item, number) => {
    const grown = new Map<string, End[]>();
    for (const [used, ends] of states) {
      ends.forEach((end, count) => put(grown, used, count, end));
      ends.forEach((end, count) => {
        const seen = new Set<string>();
        for (let place = end.place + 1; place < punched.length; place++) {
          const code = punched[place]!;
          if (!takes(item, code) || seen.has(code)) continue;
          seen.add(code);
          if (!isDistinct(course, item)) {
            put(grown, used, count + 1, { place, chain: { item: number, place, before: end.chain } });
            break;
          }
          const codes = used === "" ? [] : used.split(" ");
          if (codes.includes(code)) continue;
          put(grown, [...codes, code].sort().join(" "), count + 1, { place, chain: { item: number, place, before: end.chain } });
        }
      });
    }
    states = new Map([...grown].sort(([, a], [, b]) => better(a, b)).slice(0, WIDEST));
  });
  const [best] = [...states.values()].sort(better);
  const taken: (number | null)[] = course.checkpoints.map(() => null);
  for (let chain = best![best!.length - 1]!.chain; chain; chain = chain.before) taken[chain.item] = chain.place;
  const open = taken.indexOf(null);
  const item = open < 0 ? null : course.checkpoints[open]!;
  const next = item === null ? [] : typeof item === "string" ? [item] : "any_of" in item ? item.any_of : null;
  return { taken, left: taken.filter((place) => place === null).length, next };
}

function takes(item: Item, code: string): boolean {
  return typeof item === "string" ? item === code : "any" in item || item.any_of.includes(code);
}

function isDistinct(course: Course, item: Item): boolean {
  return typeof item !== "string" && (item.distinct ?? course.distinct ?? false);
}

function better(a: End[], b: End[]): number {
  return b.length - a.length || a[a.length - 1]!.place - b[b.length - 1]!.place;
}

function put(states: Map<string, End[]>, used: string, count: number, end: End): void {
  const ends = states.get(used) ?? [];
  states.set(used, ends);
  while (ends.length <= count) ends.push({ place: Number.POSITIVE_INFINITY, chain: null });
  if (end.place < ends[count]!.place) ends[count] = end;
}
