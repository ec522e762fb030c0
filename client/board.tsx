// The live board of one race, /r/<slug>/live: on a big screen, on a desk, on a phone.

import { render } from "preact";
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useMemo, useState } from "preact/hooks";

import { Controls, Pages } from "./board/controls.tsx";
import { Feed } from "./board/feed.ts";
import { byBib, byPoints, linesOf } from "./board/lines.ts";
import { List, Search } from "./board/list.tsx";
import type { Page, Standings } from "./board/model.ts";
import { Clocks, Ticker } from "./board/parts.tsx";
import { Screen } from "./board/screen.tsx";
import { slides, step, TURN_MS } from "./board/slides.ts";
import type { Scope } from "./board/slides.ts";
import { finality } from "./board/standings.ts";
import { wakeLock, useMedia } from "./board/screenhold.ts";
import { clock, ServerClock } from "./board/time.ts";
import { wordsFor } from "./board/words.ts";

const LIT_MS = 4_000;

const page = JSON.parse(document.getElementById("board-data")?.textContent ?? "{}") as Page;
const words = wordsFor(document.documentElement.lang);
const [root, side] = [document.getElementById("board"), document.getElementById("board-side")];
const server = new ServerClock();
server.hear(page.server_time, true);

interface Heard {
  standings: Standings | null;
  heardAt: number;
  connected: boolean;
  lit: ReadonlySet<string>;
}

function useFeed(): Heard {
  const [heard, set] = useState<Heard>({
    standings: page.standings,
    heardAt: page.server_time,
    connected: true,
    lit: new Set(),
  });
  useEffect(() => {
    const feed = new Feed(page.slug, page.standings, server, {
      standings(standings, lit) {
        set((old) => ({ ...old, standings, heardAt: server.now(), lit: new Set([...old.lit, ...lit]) }));
        if (lit.length) setTimeout(() => set((old) => ({ ...old, lit: without(old.lit, lit) })), LIT_MS);
      },
      connected(yes) {
        set((old) => ({ ...old, connected: yes, heardAt: yes ? server.now() : old.heardAt }));
      },
    });
    feed.start();
  }, []);
  return heard;
}

function without(all: ReadonlySet<string>, some: string[]): ReadonlySet<string> {
  return new Set([...all].filter((entry) => !some.includes(entry)));
}

// True until the gun of a race that nobody has started; flips by itself when the gun's instant comes.
function useWaiting(standings: Standings | null): boolean {
  const [, look] = useState(0);
  const gun = standings?.gun ?? null;
  useEffect(() => {
    if (gun === null || gun <= server.now()) return undefined;
    const timer = setTimeout(() => look((n) => n + 1), gun - server.now());
    return () => clearTimeout(timer);
  }, [gun]);
  if (!standings || (gun !== null && gun <= server.now())) return false;
  return standings.classes.every((table) => table.results.every((row) => row.status === "Inactive"));
}

function Lost({ heard }: { heard: Heard }): JSX.Element {
  const at = clock(heard.heardAt, page.timezone);
  return <p class="lost" role="status">{heard.standings ? words.lost(at) : words.lostEmpty}</p>;
}

function Board({ side }: { side: HTMLElement }): JSX.Element {
  const heard = useFeed();
  const { standings } = heard;
  const waiting = useWaiting(standings);
  const phone = useMedia("(max-width: 699.9px), (max-aspect-ratio: 1/1)");
  const still = useMedia("(prefers-reduced-motion: reduce)");
  const [scope, setScope] = useState<Scope>("all");
  const [at, setAt] = useState(0);
  const [playing, setPlaying] = useState(!still);
  const [asked, ask] = useState("");

  const all = useMemo(() => (standings ? slides(standings, scope, waiting) : []), [standings, scope, waiting]);
  const shown = Math.min(at, Math.max(0, all.length - 1));
  const slide = all[shown];
  const turns = playing && !phone && all.length > 1;
  useEffect(() => {
    if (!turns) return undefined;
    const timer = setTimeout(() => setAt(step(shown, 1, all.length)), TURN_MS);
    return () => clearTimeout(timer);
  }, [turns, shown, all.length]);

  // The head stands in the page before this runs; its right side is ours.
  useLayoutEffect(() => {
    const choose = (next: Scope): void => {
      setScope(next);
      setAt(0);
    };
    render(
      <>
        <Controls {...{ standings, scope, choose, phone, waiting, words }} />
        {standings ? <Clocks standings={standings} server={server} words={words} /> : null}
      </>,
      side,
    );
  });

  if (!standings || !slide) {
    const word = standings ? words.empty : words.loading;
    return heard.connected ? <p class="empty">{word}</p> : <Lost heard={heard} />;
  }
  const placed = linesOf(standings, slide.of, words);
  const lines = waiting ? byBib(placed) : placed;
  const shownClass = slide.of === "clubs" ? null : slide.of.class;
  const points = byPoints(standings.classes.find((table) => table.id === shownClass)?.format);
  const search = (text: string): void => {
    ask(text);
    root?.scrollIntoView(); // the head scrolls away, what is found starts under the search
  };
  const state = waiting ? words.teamsOf(lines.length) : words[finality(standings)];
  const trial = standings.stage === "trial" ? <span class="state trial">{words.trial}</span> : null;
  const news = { standings, timezone: page.timezone, words };
  if (phone) {
    return (
      <>
        {heard.connected ? null : <Lost heard={heard} />}
        {trial}
        <div class="finder">
          <Search asked={asked} ask={search} words={words} />
        </div>
        <div class="ticker">
          <Ticker {...news} shown={1} />
          <span class="state">{state}</span>
        </div>
        <List {...{ lines, asked, waiting, words }} lit={heard.lit} />
      </>
    );
  }
  return (
    <>
      {lines.length ? (
        <Screen {...{ lines, slide, waiting, points, words }} lit={heard.lit} />
      ) : (
        <p class="empty">{words.empty}</p>
      )}
      <div class="ticker">
        {heard.connected ? <Ticker {...news} shown={6} /> : <Lost heard={heard} />}
        {all.length > 1 ? (
          <Pages
            {...{ playing, setPlaying, words, shown, count: all.length }}
            go={(by) => setAt(step(shown, by, all.length))}
          />
        ) : null}
        {trial}
        <span class="state">{state}</span>
      </div>
    </>
  );
}

if (root && side) {
  render(<Board side={side} />, root);
  wakeLock();
}
