/** One team at the game: who, how long they waited, the three steps, their figures, the one button. */

import { Tick } from "../icons.tsx";
import { WordButton } from "../parts/button.tsx";
import { useNow } from "../parts/ring.tsx";
import type { Draft } from "./drafts.ts";
import { body, hasWatch, impossible, missing } from "./measures.ts";
import { MeasuresBox } from "./measures_box.tsx";
import { MainButton, TeamLine } from "./parts.tsx";
import { type Preview, usePreview } from "./preview.ts";
import type { Entry, Game, Measure, MeasureValue } from "./station.ts";
import { isRunning, minutes } from "./stopwatch.ts";
import { limits } from "./type_sheet.tsx";
import { t } from "./words.ts";

/** Where a result stands: 0 to be begun, 1 to be stopped or filled in, 2 to be confirmed. */
export function Steps({ at, watch }: { at: 0 | 1 | 2; watch: boolean }) {
  const names = [t("begin"), watch ? t("stop") : t("take"), t("confirm")];
  return (
    <ol class="m-steps" aria-label={t("steps")}>
      {names.map((name, i) => (
        <li key={i} class={i < at ? "m-step-done" : i === at ? "m-step-now" : "m-step-later"} aria-current={i === at ? "step" : undefined}>
          {i < at ? <Tick size={20} stroke={3.2} /> : <span>{i + 1}</span>}
          <b>{name}</b>
          {i < at ? <span class="hear">{t("stepDone")}</span> : null}
        </li>
      ))}
    </ol>
  );
}

/** "9:46:02 到，等了 5:18，计入补时"; beyond the cap it says how much is credited. */
export function waitWords(entry: Entry, capSeconds: number, clockTime: (at: number) => string): string {
  const here = entry.here;
  if (!here || here.arrived_at === null) return entry.club;
  const at = clockTime(here.arrived_at);
  const waited = here.waited_s ?? 0;
  if (waited < 1) return t("noWait", { at });
  const credit = waited > capSeconds ? t("creditedUpTo", { cap: minutes(capSeconds) }) : t("credited");
  return `${t("waitedLong", { at, wait: minutes(waited) })}${t("comma")}${credit}`;
}

/** The wait of a team that has not begun, as it grows. */
export function WaitSoFar({ arrived, clockTime }: { arrived: number; clockTime: (at: number) => string }) {
  const waited = (useNow(1000) - arrived) / 1000;
  return <p class="second">{t("waitedLong", { at: clockTime(arrived), wait: minutes(waited) })}</p>;
}

export interface PlayProps {
  entry: Entry;
  game: Game;
  draft: Draft;
  token: string;
  language: string;
  wait: string;
  onDraft: (draft: Draft) => void;
  onStop: () => void;
  onConfirm: (measures: Record<string, unknown>, preview: Preview | null) => void;
  onWrongTeam: (() => void) | null;
  onType: (measure: Measure) => void;
}

export function PlayCard({ entry, game, draft, token, language, wait, onDraft, onStop, onConfirm, onWrongTeam, onType }: PlayProps) {
  const { watch, values } = draft;
  const timed = hasWatch(game.measures);
  const running = timed && isRunning(watch);
  const open = missing(game.measures, values, watch);
  const wrong = impossible(game.measures, watch);
  const measures = open || wrong ? null : body(game.measures, values, watch);
  const preview = usePreview(token, game, measures, language);
  const set = (measure: Measure, value: MeasureValue): void => onDraft({ ...draft, values: { ...values, [measure.id]: value } });
  return (
    <section aria-label={`${entry.bib} ${entry.team}`}>
      <Steps at={open ? 1 : 2} watch={timed} />
      <TeamLine entry={entry} large><p class="second">{wait}</p></TeamLine>
      <MeasuresBox measures={game.measures} values={values} watch={watch} onValue={set} onType={onType} />
      {running ? (
        <MainButton onPress={onStop}>{t("stop")}</MainButton>
      ) : !open && wrong ? (
        // Stopped too soon or too late to be true: the way on is the time itself.
        <MainButton below={t("must", { name: wrong.name, limits: limits(wrong) })} onPress={() => onType(wrong)}>{t("changeTime")}</MainButton>
      ) : (
        <MainButton
          first={open ? t("first", { name: open.name }) : null}
          figure={preview?.figure}
          below={preview && worth(preview)}
          onPress={() => measures && onConfirm(measures, preview)}
        >
          {t("confirmResult")}
        </MainButton>
      )}
      <div class="m-ways">
        {onWrongTeam ? <WordButton onClick={onWrongTeam}>{t("wrongTeam")}</WordButton> : <span class="second">{t("startedElsewhere")}</span>}
      </div>
    </section>
  );
}

/** "过关・16 分", and a penalty if there is one. */
export function worth(preview: Preview): string {
  const said = [t(preview.passed ? "passed" : "notPassed")];
  if (preview.points) said.push(t("points", { n: preview.points }));
  if (preview.penalty_s) said.push(t("penalty", { n: preview.penalty_s }));
  return said.join(" ・ ");
}
