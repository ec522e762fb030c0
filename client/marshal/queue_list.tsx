/** Who else is here: teams at the game beside the one in hand, and those who wait, in order of arrival. */

import { WordButton } from "../parts/button.tsx";
import { useNow } from "../parts/ring.tsx";
import type { Draft } from "./drafts.ts";
import { hasWatch } from "./measures.ts";
import { TeamLine, Toggle, useTenths } from "./parts.tsx";
import type { Entry, Game } from "./station.ts";
import { face, isRunning, minutes, tenths } from "./stopwatch.ts";
import { t } from "./words.ts";

/** A second team at the game: its own watch runs here, and stops here with one press. */
export function PlayingRow({ entry, draft, game, onStop, onTake }: { entry: Entry; draft: Draft; game: Game; onStop: () => void; onTake: () => void }) {
  const timed = hasWatch(game.measures);
  const running = timed && isRunning(draft.watch);
  const now = useTenths(running);
  return (
    <li class="m-row">
      <button class="m-row-take" type="button" onClick={onTake}>
        <TeamLine entry={entry}>
          <span class="second">{timed ? `${face(tenths(draft.watch, now))} ${t("seconds")}` : t("running")}</span>
        </TeamLine>
      </button>
      {running ? (
        <button class="m-small" type="button" aria-label={`${t("stop")} ${entry.bib} ${entry.team}`} onClick={onStop}>{t("stop")}</button>
      ) : (
        <button class="m-small m-small-plain" type="button" aria-label={`${t("take")} ${entry.bib} ${entry.team}`} onClick={onTake}>{t("take")}</button>
      )}
    </li>
  );
}

export interface QueueProps {
  waiting: readonly Entry[];
  clockTime: (at: number) => string;
  /** The teams chosen to start together, or null while they start one by one. */
  chosen: readonly string[] | null;
  onChoose: (entry: string) => void;
  onTogether: (() => void) | null;
  onBegin: (entry: string) => void;
  /** The first of the queue stands on the card above: these come after it. */
  behind: boolean;
}

export function QueueList({ waiting, clockTime, chosen, onChoose, onTogether, onBegin, behind }: QueueProps) {
  const now = useNow(1000);
  const title = t(behind ? "behind" : "queue", { n: waiting.length });
  const row = (entry: Entry) => {
    const arrived = entry.here?.arrived_at ?? null;
    return (
      <TeamLine entry={entry}>
        {arrived === null ? null : (
          <span class="m-wait">
            <span>{t("at", { time: clockTime(arrived) })}</span>
            <b>{t("waited", { time: minutes((now - arrived) / 1000) })}</b>
          </span>
        )}
      </TeamLine>
    );
  };
  return (
    <section aria-label={title}>
      <div class="m-section">
        <h2>{title}</h2>
        <p>{t("byArrival")}</p>
      </div>
      <ul>
        {waiting.map((entry, i) => (
          <li class="m-row" key={entry.entry}>
            {chosen ? (
              <Toggle on={chosen.includes(entry.entry)} onToggle={() => onChoose(entry.entry)}>{row(entry)}</Toggle>
            ) : (
              <>
                {row(entry)}
                <button
                  class={i === 0 ? "m-small" : "m-small m-small-plain"}
                  type="button"
                  aria-label={`${t("begin")} ${entry.bib} ${entry.team}`}
                  onClick={() => onBegin(entry.entry)}
                >
                  {t("begin")}
                </button>
              </>
            )}
          </li>
        ))}
      </ul>
      {onTogether ? <div class="m-ways"><WordButton onClick={onTogether}>{chosen ? t("oneByOne") : t("together")}</WordButton></div> : null}
    </section>
  );
}
