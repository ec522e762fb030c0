// The small parts that the big screen and the phone share: icons, movement, marks, boxes, clocks, news.

import type { ComponentChildren, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

import { newsEnd } from "./lines.ts";
import type { Line } from "./lines.ts";
import type { News, Standings } from "./model.ts";
import { boxGrid } from "./slides.ts";
import { newsKey } from "./standings.ts";
import { clock, duration } from "./time.ts";
import type { ServerClock } from "./time.ts";
import type { Words } from "./words.ts";

const paths = {
  up: "M12 19V5M6 11l6-6 6 6",
  down: "M12 5v14M6 13l6 6 6-6",
  flag: "M6 21V4M6 5h11l-3 4 3 4H6",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3 2",
  previous: "M15 5l-7 7 7 7",
  next: "M9 5l7 7-7 7",
  pause: "M9 5v14M15 5v14",
  play: "M8 5l11 7-11 7z",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6L19 19M5 19l1.4-1.4M17.6 6.4L19 5",
  moon: "M20 14.5A8 8 0 0 1 9.5 4a8 8 0 1 0 10.5 10.5z",
  search: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14M16 16l5 5",
};

export function Icon({ name }: { name: keyof typeof paths }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}

export function Hidden({ children }: { children: ComponentChildren }): JSX.Element {
  return <span class="hidden">{children}</span>;
}

export function Moved({ by, words }: { by: number; words: Words }): JSX.Element | null {
  if (!by) return null;
  const n = Math.abs(by);
  return (
    <span class={`moved ${by > 0 ? "up" : "down"}${n > 9 ? " far" : ""}`}>
      <Icon name={by > 0 ? "up" : "down"} />
      <span aria-hidden="true">{n}</span>
      <Hidden>{by > 0 ? words.movedUp(n) : words.movedDown(n)}</Hidden>
    </span>
  );
}

export function Mark({ line, words, short }: { line: Line; words: Words; short?: boolean }): JSX.Element | null {
  if (!line.mark) return null;
  const checked = line.mark === "finished";
  const word = checked ? (short ? words.finishedShort : words.finished) : short ? words.toCheckShort : words.toCheck;
  return (
    <span class={checked ? "mark" : "mark check"}>
      <Icon name={checked ? "flag" : "clock"} />
      {word}
    </span>
  );
}

// One box a checkpoint, filled from the left; past 30 checkpoints one bar.
export function Boxes({ passed, total, words }: { passed: number; total: number; words: Words }): JSX.Element {
  const grid = boxGrid(total);
  const label = words.boxes(passed, total);
  if (!grid) {
    const width = total ? `${Math.min(100, (100 * passed) / total)}%` : "0";
    return (
      <span class="boxes-bar" role="img" aria-label={label}>
        <i style={{ width }} />
      </span>
    );
  }
  const boxes = Array.from({ length: total }, (_, n) => <i key={n} class={n < passed ? "on" : ""} />);
  return (
    <span class={`boxes lines-${grid.lines}`} role="img" aria-label={label} style={{ "--columns": grid.columns }}>
      {boxes}
    </span>
  );
}

export function Figure({ line }: { line: Line }): JSX.Element {
  const points = line.figure !== line.passed;
  return (
    <span class="figure">
      <b>{line.figure ?? "–"}</b>
      {line.total && !points ? <span class="of">/{line.total}</span> : null}
    </span>
  );
}

// Ticks once a second, on the server's second, so that all screens turn together.
export function useNow(server: ServerClock): number {
  const [now, set] = useState(() => server.now());
  useEffect(() => {
    let timer = 0;
    const tick = (): void => {
      const at = server.now();
      set(at);
      timer = window.setTimeout(tick, 1000 - (((at % 1000) + 1000) % 1000) + 5);
    };
    tick();
    return () => clearTimeout(timer);
  }, [server]);
  return now;
}

function Clock({ label, time, closing }: { label: string; time: string; closing?: boolean }): JSX.Element {
  return (
    <div class={closing ? "clock closing" : "clock"}>
      <span class="label">{label}</span>
      <span class={time.length > 5 ? "time long" : "time"}>{time}</span>
    </div>
  );
}

export function Clocks({ standings, server, words }: {
  standings: Standings;
  server: ServerClock;
  words: Words;
}): JSX.Element {
  const now = useNow(server);
  const { gun, closing } = standings;
  const until = (at: number): string => duration(Math.ceil((at - now) / 1000));
  if (gun === null) return <p class="clocks waiting">{words.waiting}</p>;
  if (gun > now) return <div class="clocks"><Clock label={words.toGun} time={until(gun)} /></div>;
  const over = standings.closed || (closing !== null && closing <= now);
  const end = over && closing !== null ? Math.min(closing, now) : now;
  return (
    <div class="clocks" role="timer" aria-live="off">
      <Clock label={words.elapsed} time={duration((end - gun) / 1000)} />
      {over ? <Clock label={words.toClosing} time={words.closed} /> : null}
      {!over && closing !== null ? <Clock label={words.toClosing} time={until(closing)} closing /> : null}
    </div>
  );
}

function Item({ item, standings, timezone, words }: {
  item: News;
  standings: Standings;
  timezone: string;
  words: Words;
}): JSX.Element {
  const passed = item.what === "passed" && item.checkpoint;
  return (
    <li>
      <time>{clock(item.at, timezone)}</time> <b>{item.team || item.bib}</b>{" "}
      {passed ? (
        <>
          {words.passedNews} <span class="code">{item.checkpoint}</span>{" "}
        </>
      ) : null}
      <span class="whole">{newsEnd(item, standings, words)}</span>
    </li>
  );
}

export function Ticker({ standings, timezone, words, shown }: {
  standings: Standings;
  timezone: string;
  words: Words;
  shown: number;
}): JSX.Element {
  const news = standings.news.slice(0, shown);
  return (
    <ul class="news" aria-live="polite" aria-relevant="additions" aria-label={words.news}>
      {news.length ? null : <li class="none">{words.noNews}</li>}
      {news.map((item) => (
        <Item key={newsKey(item)} item={item} standings={standings} timezone={timezone} words={words} />
      ))}
    </ul>
  );
}
