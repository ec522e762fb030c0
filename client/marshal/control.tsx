/** A station with a quiz or with nothing to do: who is here, who has passed, and a hand for teams without a phone. */

import { Empty } from "../parts/notes.tsx";
import { StatusChip, type Tone } from "../parts/marks.tsx";
import { MainButton, MOST_ROWS, TeamLine } from "./parts.tsx";
import type { Entry, HereState } from "./station.ts";
import type { StationProps } from "./view.ts";
import { t } from "./words.ts";

const TONES: Record<HereState, Tone> = {
  waiting: "check",
  playing: "check",
  open: "check",
  cooling: "wait",
  failed: "wait",
  lost: "stop",
  done: "passed",
  passed: "passed",
};

export function stateWord(state: HereState): string {
  const said = {
    waiting: t("waiting"),
    playing: t("playing"),
    open: t("answering"),
    cooling: t("cooling"),
    failed: t("notPassed"),
    lost: t("lost"),
    done: t("done"),
    passed: t("passed"),
  };
  return said[state];
}

/** Who is still at it first, the latest arrival on top; then those who are through. */
export function visitors(entries: readonly Entry[]): { here: Entry[]; through: Entry[] } {
  const come = entries.filter((e) => e.here !== null).sort((a, b) => (b.here?.arrived_at ?? 0) - (a.here?.arrived_at ?? 0));
  const over = (e: Entry): boolean => e.here?.state === "passed" || e.here?.state === "done" || e.here?.state === "lost";
  return { here: come.filter((e) => !over(e)), through: come.filter(over) };
}

export function ControlStation({ station, clockTime, onOpen }: StationProps) {
  const { here, through } = visitors(station.entries);
  const quiz = station.station.quizzes.length > 0;
  const row = (entry: Entry, ask: boolean) => (
    <li class="m-row" key={entry.entry}>
      <TeamLine entry={entry}>
        {entry.here ? <StatusChip tone={TONES[entry.here.state]}>{stateWord(entry.here.state)}</StatusChip> : null}
        <span class="second">{entry.here?.arrived_at ? t("at", { time: clockTime(entry.here.arrived_at) }) : entry.club}</span>
      </TeamLine>
      {ask ? (
        <button class="m-small m-small-plain" type="button" aria-label={`${t("askQuizShort")} ${entry.bib} ${entry.team}`} onClick={() => onOpen({ what: "quiz", entry: entry.entry })}>
          {t("askQuizShort")}
        </button>
      ) : null}
    </li>
  );
  return (
    <div class="m-columns">
      <div class="m-hand">
        {here.length + through.length === 0 ? <Empty title={t("nobodyYet")}>{t("nobodyHelpPlain", { code: station.station.checkpoint.code })}</Empty> : null}
        <MainButton onPress={() => onOpen({ what: "number", purpose: "punch" })}>{t("register")}</MainButton>
        {here.length ? (
          <section aria-label={t("hereCount", { n: here.length })}>
            <div class="m-section"><h2>{t("hereCount", { n: here.length })}</h2></div>
            <ul>{here.map((entry) => row(entry, quiz))}</ul>
          </section>
        ) : null}
      </div>
      <div class="m-beside">
        {through.length ? (
          <section aria-label={t("passedCount", { n: through.length })}>
            <div class="m-section"><h2>{t("passedCount", { n: through.length })}</h2></div>
            <ul>{through.slice(0, MOST_ROWS).map((entry) => row(entry, false))}</ul>
          </section>
        ) : null}
      </div>
    </div>
  );
}
