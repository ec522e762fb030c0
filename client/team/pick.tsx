import { useState } from "preact/hooks";
import { FlagPost, MapSheet, Next, Tick } from "../icons.tsx";
import { timeOfDay } from "../clock.ts";
import { ActionButton } from "../parts/button.tsx";
import { CodeRing } from "../parts/marks.tsx";
import { Sheet } from "../parts/sheet.tsx";
import type { Checkpoint } from "../types.ts";
import { distanceWords, t } from "../words.ts";
import { away, byCode, isDone } from "./course.ts";
import { PointFacts } from "./progress.tsx";
import type { TeamState } from "./state.ts";

/** Another next checkpoint: all that are not done, the nearest first where the phone knows its place. */
export function PickSheet({ state }: { state: TeamState }) {
  const play = state.play!;
  const left = play.course.checkpoints.filter((point) => point.kind === "control" && !isDone(play.run, point.code));
  left.sort((a, b) => (away(a, state.here) ?? 0) - (away(b, state.here) ?? 0) || byCode(a, b));
  return (
    <Sheet title={t("pickTitle")} closeWord={t("close")} onClose={() => state.open(null)}>
      <p class="second">{t("pickHelp")}</p>
      <ul class="picks">
        {left.map((point) => (
          <li key={point.code}>
            <button type="button" class="pick" aria-pressed={state.chosen === point.code} onClick={() => state.choose(point.code)}>
              <CodeRing code={point.code} />
              <PickWords state={state} point={point} />
              {state.chosen === point.code ? <Tick /> : <Next />}
            </button>
          </li>
        ))}
        {play.course.finish ? (
          <li>
            <button type="button" class="pick" onClick={() => state.open("scan")}>
              <span class="pick-finish"><FlagPost /></span>
              <span class="pick-words"><b>{t("goFinish")}</b><span class="second">{play.course.finish.description}</span></span>
              <Next />
            </button>
          </li>
        ) : null}
      </ul>
    </Sheet>
  );
}

function PickWords({ state, point }: { state: TeamState; point: Checkpoint }) {
  const far = away(point, state.here);
  const queue = state.standings?.stations?.[point.code]?.ahead ?? 0;
  const notes = [
    far === null ? "" : t("pickAway", { far: distanceWords(far) }),
    queue > 0 ? t("gameWaiting", { n: queue }) : "",
    state.play!.course.first.includes(point.code) ? t("pickFirst") : "",
  ].filter(Boolean);
  return (
    <span class="pick-words">
      <b>{point.name}</b>
      <span class="second">{point.description}</span>
      {notes.length ? <span class="second">{notes.join(" · ")}</span> : null}
    </span>
  );
}

/** One box of the card, opened: where it is, what it asks, how it stands. */
export function PointSheet({ state, code }: { state: TeamState; code: string }) {
  const [busy, setBusy] = useState(false);
  const play = state.play!;
  const point = play.course.checkpoints.find((each) => each.code === code);
  if (!point) return null;
  const run = play.run.checkpoints[code];
  const zone = play.race.timezone;
  const stands = run?.state ?? "none";
  const reviewable = (stands === "passed" || stands === "lost") && point.tasks.some((task) => task.kind === "quiz") && state.canPunchAgain(code);
  const said = {
    none: t("pointNone"),
    passed: t("pointPassed", { time: timeOfDay(run?.passed_at ?? run?.at ?? 0, zone, true) }),
    open: t("pointOpen"),
    waiting: t("pointOpen"),
    playing: t("pointOpen"),
    cooling: run?.until ? t("pointCooling", { time: timeOfDay(run.until, zone, true) }) : t("pointFailed"),
    failed: t("pointFailed"),
    lost: t("pointLost"),
  }[stands];
  return (
    <Sheet title={point.name} closeWord={t("close")} onClose={() => state.open(null)}>
      <p class="point-head"><CodeRing code={code} /><span>{point.description}</span></p>
      <p><b>{said}</b></p>
      {stands === "none" || stands === "cooling" || stands === "failed" ? <ul class="facts"><PointFacts state={state} point={point} /></ul> : null}
      {play.map?.image && point.lat !== null ? (
        <ActionButton kind="outline" onClick={() => { state.chosen = isDone(play.run, code) ? state.chosen : code; state.go("map"); }}>
          <MapSheet /><span>{t("onMap")}</span>
        </ActionButton>
      ) : null}
      {reviewable ? (
        <ActionButton
          busy={busy}
          onClick={async () => {
            setBusy(true);
            if (state.tasks[code]?.length || (await state.reread(code))) state.show({ kind: "checkpoint", code });
            else setBusy(false);
          }}
        >
          {t("seeReview")}
        </ActionButton>
      ) : stands === "none" ? (
        <ActionButton onClick={() => state.choose(code)}>{t(state.chosen === code ? "chosenNext" : "goHere")}</ActionButton>
      ) : stands === "passed" || stands === "lost" ? null : (
        <ActionButton onClick={() => state.show({ kind: "checkpoint", code })}><span>{t("continueHere")}</span><Next stroke={2.8} /></ActionButton>
      )}
    </Sheet>
  );
}
