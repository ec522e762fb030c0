// The big screen: eight leaders, and beside them thirty more, or before the gun all teams in three columns.

import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

import { width } from "./lines.ts";
import type { Line } from "./lines.ts";
import { Boxes, Figure, Mark, Moved } from "./parts.tsx";
import { COLUMN, LEADERS, PAGE } from "./slides.ts";
import type { Slide } from "./slides.ts";
import type { Words } from "./words.ts";

// A name wider than this, in its own type size, leaves no room for the mark beside it: then it goes to the line below.
const BESIDE = { finished: 4.2, check: 3.7 };
const still = matchMedia("(prefers-reduced-motion: reduce)");
const MOVE = { duration: 400, easing: "cubic-bezier(.2, .7, .2, 1)" };

// Rows that took another place slide there from where they stood.
function useSliding(): (body: HTMLDivElement | null) => void {
  const body = useRef<HTMLDivElement | null>(null);
  const before = useRef({ height: 0, tops: new Map<string, number>() });
  useLayoutEffect(() => {
    const box = body.current;
    if (!box) return;
    const tops = new Map<string, number>();
    const resized = before.current.height !== box.offsetHeight;
    for (const row of box.querySelectorAll<HTMLElement>("[data-key]")) {
      const key = row.dataset["key"] ?? "";
      tops.set(key, row.offsetTop);
      const old = before.current.tops.get(key);
      if (resized || still.matches || old === undefined || old === row.offsetTop) continue;
      row.animate([{ transform: `translateY(${old - row.offsetTop}px)` }, { transform: "none" }], MOVE);
    }
    before.current = { height: box.offsetHeight, tops };
  });
  return (element) => {
    body.current = element;
  };
}

interface TableProps {
  lines: Line[];
  lit: ReadonlySet<string>;
  words: Words;
  heads: { place: string; name: string; figure: string };
  label: string;
}

function below(line: Line): boolean {
  return line.mark !== null && width(line.name) > BESIDE[line.mark];
}

function rowClass(line: Line, lit: ReadonlySet<string>): string {
  return `row${lit.has(line.key) ? " lit" : ""}${line.out ? " out" : ""}`;
}

function Heads({ heads, words }: Pick<TableProps, "heads" | "words">): JSX.Element {
  return (
    <div role="row" class="heads">
      <span role="columnheader">{heads.place}</span>
      <span role="columnheader">{heads.name}</span>
      <span role="columnheader">{heads.figure}</span>
      <span role="columnheader">{words.time}</span>
    </div>
  );
}

function Leaders({ lines, lit, words, heads, label }: TableProps): JSX.Element {
  const body = useSliding();
  return (
    <div role="table" aria-label={label} class={lines.some((line) => line.total) ? "table leaders" : "table leaders bare"}>
      <Heads heads={heads} words={words} />
      <div role="rowgroup" class="rows" ref={body}>
        {lines.map((line) => (
          <div role="row" class={rowClass(line, lit)} key={line.key} data-key={line.key}>
            <span role="cell" class="place">
              <b>{line.place}</b>
              <Moved by={line.moved} words={words} />
            </span>
            <span role="cell" class="team">
              <span class="name">
                <b title={line.name}>{line.name}</b>
                {below(line) ? null : <Mark line={line} words={words} />}
              </span>
              <span class="under">
                <span class="cut" title={line.under}>{line.under}</span>
                {below(line) ? <Mark line={line} words={words} /> : null}
              </span>
            </span>
            <span role="cell" class="passed">
              {line.total ? <Boxes passed={line.passed} total={line.total} words={words} /> : <span />}
              <Figure line={line} />
            </span>
            <span role="cell" class="time">{line.time}</span>
          </div>
        ))}
      </div>
    </div>
  );
}

function Rest({ lines, lit, words, heads, label, wide }: TableProps & { wide: boolean }): JSX.Element {
  const body = useSliding();
  return (
    <div role="table" aria-label={label} class="table rest">
      <Heads heads={heads} words={words} />
      <div role="rowgroup" class="rows" ref={body}>
        {lines.map((line) => (
          <div role="row" class={rowClass(line, lit)} key={line.key} data-key={line.key}>
            <span role="cell" class="place">
              <b>{line.place}</b>
              <Moved by={line.moved} words={words} />
            </span>
            <span role="cell" class="team" title={line.under ? `${line.name}, ${line.under}` : line.name}>
              <span class="cut">{line.name}</span>
              <Mark line={line} words={words} short />
              {wide ? <span class="under">{line.under}</span> : null}
            </span>
            <span role="cell" class="passed">{line.figure ?? "–"}</span>
            <span role="cell" class="time">{line.time}</span>
          </div>
        ))}
      </div>
    </div>
  );
}

function Waiting({ lines, words, label }: { lines: Line[]; words: Words; label: string }): JSX.Element {
  return (
    <div role="table" aria-label={label} class="table before">
      <div role="row" class="heads">
        <span role="columnheader">{words.bib}</span>
        <span role="columnheader">{words.teamClub}</span>
      </div>
      <div role="rowgroup" class="rows">
        {lines.map((line) => (
          <div role="row" class="row" key={line.key}>
            <span role="cell" class="bib">{line.bib}</span>
            <span role="cell" class="team" title={`${line.name}, ${line.under}`}>
              <span class="cut">{line.name}</span>
              <span class="under">{line.under}</span>
            </span>
          </div>
        ))}
      </div>
    </div>
  );
}

export function Screen({ lines, slide, lit, waiting, points, words }: {
  lines: Line[];
  slide: Slide;
  lit: ReadonlySet<string>;
  waiting: boolean;
  points: boolean;
  words: Words;
}): JSX.Element {
  const part = (from: number, count: number): Line[] => lines.slice(from, from + count);
  const label = (from: number): string => words.places(from + 1, Math.min(lines.length, from + COLUMN));
  if (waiting) {
    const columns = [0, 1, 2].map((column) => (3 * slide.page + column) * COLUMN).filter((from) => from < lines.length);
    return (
      <div class="panels three">
        {columns.map((from) => (
          <Waiting key={from} lines={part(from, COLUMN)} words={words} label={label(from)} />
        ))}
      </div>
    );
  }
  const name = slide.of === "clubs" ? words.club : words.team;
  const short = points ? words.pointsShort : words.checkpointsShort;
  const heads = { place: words.place, name, figure: short };
  const first = LEADERS + slide.page * PAGE;
  const starts = [first, first + COLUMN].filter((from) => from < lines.length);
  const several = lines.length > LEADERS + COLUMN; // else one column has the room of two
  const leading = {
    ...heads,
    name: slide.of === "clubs" ? words.club : words.teamClub,
    figure: slide.of === "clubs" ? short : points ? words.points : words.passed,
  };
  return (
    <div class={several ? "panels" : starts.length ? "panels two" : "panels one"}>
      <Leaders lines={part(0, LEADERS)} lit={lit} words={words} heads={leading} label={words.leaders} />
      {starts.map((from, column) => (
        <Rest
          {...{ lit, words, heads }}
          key={column}
          lines={part(from, COLUMN)}
          label={label(from)}
          wide={!several}
        />
      ))}
    </div>
  );
}
