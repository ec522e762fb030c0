import { Cross, Next } from "../icons.tsx";
import { stopwatch, timeOfDay } from "../clock.ts";
import { ActionButton } from "../parts/button.tsx";
import { VerdictTick } from "../parts/card.tsx";
import { PinPattern } from "../parts/marks.tsx";
import { Rich } from "../parts/rich.tsx";
import { Review } from "../parts/review.tsx";
import { Line, VerdictHead } from "../parts/verdict.tsx";
import { q } from "../parts/words.ts";
import { speedCounts, speedShare } from "../rules/quiz.ts";
import type { GameTask, QuizDone } from "../types.ts";
import { lengthOf, placeWords, t as common } from "../words.ts";
import { t } from "./passed_words.ts";
import { DeliveredToast } from "./app.tsx";
import { classOf, gapAhead } from "./course.ts";
import { Card, Moved } from "./progress.tsx";
import type { TeamState } from "./state.ts";

export interface PassedProps {
  state: TeamState;
  code: string;
  /** The task that was decided; null at a checkpoint without one, or when only the run is known. */
  task: QuizDone | GameTask | null;
  /** Another task that is due at the same checkpoint. */
  next: { name: string; go: () => void } | null;
  /** Scanned once more: it counts once, and we say so. */
  again: boolean;
}

/** The verdict: passed with its own pins, or not; then the card, the place, the answers. */
export function Passed({ state, code, task, next, again }: PassedProps) {
  const play = state.play!;
  const run = play.run.checkpoints[code];
  const name = play.course.checkpoints.find((point) => point.code === code)?.name ?? "";
  const failed = task ? task.state === "lost" || task.state === "failed" : run?.state === "lost" || run?.state === "failed";
  const left = Math.max(0, play.run.total - play.run.passed);
  const soFar = left > 0 ? t("passedSoFar", { n: play.run.passed, left }) : t("passedAll", { n: play.run.passed });
  return (
    <>
      <main class="middle">
        {failed ? (
          <VerdictHead tone="stop" code={code} name={name} mark={<Cross class="verdict-mark" size={40} stroke={4} />} word={task?.kind === "game" ? t("gameFailed") : common("lost")} small>
            <p>{task?.kind === "quiz" ? t("lostHelp", { draw: task.draw, right: task.right }) : t("gameFailedHelp")}</p>
            {task?.kind === "game" && task.figure ? <p>{t("passedGame", { name: task.name, figure: task.figure })}</p> : null}
          </VerdictHead>
        ) : (
          <VerdictHead tone="passed" code={code} name={name} mark={<VerdictTick />} word={common("passed")} aside={<PinPattern code={code} class="verdict-pins" />} below>
            {again ? <p>{t("passedAlready")}</p> : task ? <p>{taskWords(task)}</p> : null}
            {next ? <p>{t("alsoHere", { name: next.name })}</p> : <p><Rich>{soFar}</Rich></p>}
          </VerdictHead>
        )}
        <div class="inset page-gap">
          <Card state={state} play={play} still />
          <Figures state={state} code={code} task={task} />
          {task?.kind === "quiz" && task.review?.length ? <Review items={task.review} /> : null}
        </div>
      </main>
      <footer class="foot">
        <DeliveredToast state={state} />
        {next ? (
          <ActionButton onClick={next.go}><span>{t("doNext")}</span><Next stroke={2.8} /></ActionButton>
        ) : (
          <ActionButton onClick={() => state.go("progress")}><span>{common(left > 0 ? "toNext" : "toProgress")}</span><Next stroke={2.8} /></ActionButton>
        )}
      </footer>
    </>
  );
}

function taskWords(task: QuizDone | GameTask): string {
  if (task.kind === "quiz") {
    const { draw, right, seconds } = task;
    if (task.points_percent !== undefined) return q("passedFactor", { right, n: task.points_percent });
    if (task.state === "passed_with_penalty") return t("passedPenalty", { right, time: lengthOf(task.penalty_s ?? 0) });
    return seconds === null ? t("passedRightBare", { draw, right }) : t("passedRight", { draw, right, s: Math.round(seconds) });
  }
  return task.figure ? t("passedGame", { name: task.name, figure: task.figure }) : t("passedGameBare", { name: task.name });
}

function Figures({ state, code, task }: { state: TeamState; code: string; task: QuizDone | GameTask | null }) {
  const play = state.play!;
  const run = play.run.checkpoints[code];
  const own = classOf(state.standings, play.run.entry);
  const place = state.place();
  const gap = own ? gapAhead(own.class_.results, own.row) : null;
  const at = run?.passed_at ?? run?.at;
  const penalty = task?.kind === "quiz" && task.state === "passed_with_penalty" ? task.penalty_s : null;
  const timed = task?.kind === "quiz" && task.state === "passed" && task.seconds !== null && task.limit_s && speedCounts(play.course.format, task.speed);
  const share = timed ? speedShare(task.speed!, task.seconds! * 1000, task.limit_s! * 1000) : null;
  return (
    <dl class="lines">
      {penalty ? <Line what={t("rowPenalty")}>{lengthOf(penalty)}</Line> : null}
      {share !== null ? <Line what={t("rowPoints")}>{q("speedGot", { n: share })}</Line> : null}
      {task?.kind === "game" && task.points ? <Line what={t("rowPoints")}>{t("pointsValue", { n: task.points })}</Line> : null}
      {place !== null ? (
        <Line what={common("rowPlace")}>
          {own && own.row.moved !== 0 ? <Moved n={own.row.moved} /> : null} {placeWords(place)}
        </Line>
      ) : null}
      {place === 1 ? (
        <Line what={t("rowGap")}>{t("rowLead")}</Line>
      ) : gap && (gap.points > 0 || gap.seconds !== null) ? (
        <Line what={t("rowGap")}>{gap.points > 0 ? t("rowGapPoints", { n: gap.points }) : t("rowGapTime", { time: stopwatch(gap.seconds ?? 0) })}</Line>
      ) : null}
      {at ? <Line what={t("rowTime")}>{timeOfDay(at, play.race.timezone, true)}</Line> : null}
    </dl>
  );
}
