// The phone: one list, a search, and only the rows in the window drawn, so that 2,000 teams scroll as lightly as 38.

import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import { find } from "./lines.ts";
import type { Line } from "./lines.ts";
import { Figure, Icon, Mark, Moved } from "./parts.tsx";
import { visible } from "./slides.ts";
import type { Words } from "./words.ts";

const ROW_REM = 4.25; // as .list .row in board.css

function rowHeight(): number {
  return ROW_REM * parseFloat(getComputedStyle(document.documentElement).fontSize);
}

// Which rows the window shows now; follows scrolling and turning the phone.
function useWindow(count: number): { from: number; to: number; row: number; list: (element: HTMLDivElement | null) => void } {
  const list = useRef<HTMLDivElement | null>(null);
  const row = rowHeight();
  const [range, set] = useState({ from: 0, to: 30 });
  useEffect(() => {
    const look = (): void => {
      const top = list.current?.getBoundingClientRect().top ?? 0;
      const next = visible(-top, innerHeight, row, count);
      set((old) => (old.from === next.from && old.to === next.to ? old : next));
    };
    look();
    addEventListener("scroll", look, { passive: true });
    addEventListener("resize", look);
    return () => {
      removeEventListener("scroll", look);
      removeEventListener("resize", look);
    };
  }, [count, row]);
  return { ...range, row, list: (element) => (list.current = element) };
}

export function Search({ asked, ask, words }: {
  asked: string;
  ask: (text: string) => void;
  words: Words;
}): JSX.Element {
  return (
    <label class="search">
      <Icon name="search" />
      <input
        type="search"
        value={asked}
        onInput={(event) => ask(event.currentTarget.value)}
        placeholder={words.search}
        aria-label={words.search}
        autocomplete="off"
        enterkeyhint="search"
      />
    </label>
  );
}

export function List({ lines, asked, lit, waiting, words }: {
  lines: Line[];
  asked: string;
  lit: ReadonlySet<string>;
  waiting: boolean;
  words: Words;
}): JSX.Element {
  const found = find(lines, asked);
  const { from, to, row, list } = useWindow(found.length);
  if (!found.length) return <p class="empty">{lines.length ? words.noMatch : words.empty}</p>;
  return (
    <div role="table" aria-label={words.allTeams} aria-rowcount={found.length} class="list">
      <div role="rowgroup" class="rows" ref={list} style={{ height: `${found.length * row}px` }}>
        {found.slice(from, to).map((line, at) => (
          <div
            role="row"
            aria-rowindex={from + at + 1}
            class={`row${lit.has(line.key) ? " lit" : ""}${line.out ? " out" : ""}`}
            key={line.key}
            style={{ transform: `translateY(${(from + at) * row}px)` }}
          >
            <span role="cell" class="place">
              {waiting ? <span class="bib">{line.bib}</span> : <b class={line.place.length > 3 ? "long" : ""}>{line.place}</b>}
              {waiting ? null : <Moved by={line.moved} words={words} />}
            </span>
            <span role="cell" class="team">
              <span class="name">
                <b>{line.name}</b>
                <Mark line={line} words={words} short />
              </span>
              <span class="under">{line.bib && !waiting ? `${line.bib} · ${line.under}` : line.under}</span>
            </span>
            <span role="cell" class="passed">
              {waiting ? null : <Figure line={line} />}
              <span class="time">{waiting ? "" : line.time}</span>
            </span>
          </div>
        ))}
      </div>
    </div>
  );
}
