// What a watcher may turn: which list, which page, dark or light. Quiet, and gone where there is nothing to choose.

import type { JSX } from "preact";

import type { Standings } from "./model.ts";
import { Icon } from "./parts.tsx";
import { useTheme } from "./screenhold.ts";
import { entered, type Scope } from "./slides.ts";
import type { Words } from "./words.ts";

interface Props {
  standings: Standings | null;
  scope: Scope;
  choose: (scope: Scope) => void;
  phone: boolean;
  waiting: boolean;
  words: Words;
}

const MANY = 4; // more choices than this become a list to pull down

function choices({ standings, phone, waiting, words }: Props): { name: string; scope: Scope }[] {
  if (!standings) return [];
  const { clubs } = standings;
  const classes = entered(standings);
  const several = classes.length > 1;
  const each = classes.map((table) => ({
    name: several ? table.name || table.id : words.teams,
    scope: { class: table.id },
  }));
  const turning = several && !phone ? [{ name: words.rotate, scope: "all" as const }] : [];
  const byClub = clubs.length > 0 && !waiting ? [{ name: words.clubs, scope: "clubs" as const }] : [];
  return [...turning, ...each, ...byClub];
}

function same(a: Scope, b: Scope): boolean {
  return typeof a === "object" && typeof b === "object" ? a.class === b.class : a === b;
}

export function Controls(props: Props): JSX.Element {
  const { scope, choose, phone, words } = props;
  const [theme, turnTheme] = useTheme(phone);
  const all = choices(props);
  const chosen = Math.max(0, all.findIndex((choice) => same(choice.scope, scope)));
  return (
    <div class="controls">
      {all.length <= MANY ? null : (
        <select
          aria-label={words.view}
          value={chosen}
          onChange={(event) => choose(all[Number(event.currentTarget.value)]?.scope ?? "all")}
        >
          {all.map((choice, n) => <option key={n} value={n}>{choice.name}</option>)}
        </select>
      )}
      {all.length < 2 || all.length > MANY ? null : (
        <div class="segments" role="group" aria-label={words.view}>
          {all.map((choice, n) => (
            <button type="button" key={n} aria-pressed={n === chosen} onClick={() => choose(choice.scope)}>
              {choice.name}
            </button>
          ))}
        </div>
      )}
      {phone ? null : (
        <button type="button" class="quiet" onClick={turnTheme}>
          <Icon name={theme === "dark" ? "sun" : "moon"} />
          {theme === "dark" ? words.toLight : words.toDark}
        </button>
      )}
    </div>
  );
}

export function Pages({ playing, setPlaying, go, shown, count, words }: {
  playing: boolean;
  setPlaying: (yes: boolean) => void;
  go: (by: number) => void;
  shown: number;
  count: number;
  words: Words;
}): JSX.Element {
  return (
    <div class="pages" role="group" aria-label={words.pages}>
      <button type="button" class="quiet" onClick={() => go(-1)} aria-label={words.previous} title={words.previous}>
        <Icon name="previous" />
      </button>
      <span class="page">{words.page(shown + 1, count)}</span>
      <button type="button" class="quiet" onClick={() => go(1)} aria-label={words.next} title={words.next}>
        <Icon name="next" />
      </button>
      <button type="button" class="quiet" onClick={() => setPlaying(!playing)}>
        <Icon name={playing ? "pause" : "play"} />
        {playing ? words.pause : words.play}
      </button>
    </div>
  );
}
