import { Cross, Next } from "../icons.tsx";
import { timeOfDay } from "../clock.ts";
import { language } from "../language.ts";
import { ActionButton } from "../parts/button.tsx";
import { TimerRing, useNow } from "../parts/ring.tsx";
import { VerdictHead } from "../parts/verdict.tsx";
import { afterFail } from "../rules/quiz.ts";
import type { FailStep, QuizCooling } from "../types.ts";
import { lengthOf, t as common } from "../words.ts";
import { t } from "./cooling_words.ts";
import type { TeamState } from "./state.ts";

const NUMERALS = ["", "一", "两", "三", "四", "五", "六"];

/** One or more short: how many, how long to wait, what the other tries mean. */
export function Cooling({ state, code, task }: { state: TeamState; code: string; task: QuizCooling }) {
  const now = useNow(250);
  const left = Math.max(0, Math.ceil((task.until - now) / 1000));
  const last = task.tries[task.tries.length - 1];
  const short = last ? Math.max(1, task.need - last.right) : 1;
  const name = state.play?.course.checkpoints.find((point) => point.code === code)?.name ?? "";
  const step = afterFail(task.on_fail, task.attempt - 1);
  const length = "cool_down_s" in step ? step.cool_down_s : 60;
  const most = task.attempts;
  return (
    <>
      <main class="middle">
        <VerdictHead
          tone="wait"
          code={code}
          name={name}
          word={last?.timed_out ? t("timeUp") : short === 1 ? t("short1") : t("shortN", { n: short })}
          aside={<TimerRing until={task.until} length={length * 1000} label={left > 0 ? t("retryIn") : t("canRetry")} tone="wait" figure="stopwatch" size="large" />}
        >
          {last ? <p>{t("failedHave", { right: last.right, need: task.need })}</p> : null}
          <p>{t("failedBreath")}</p>
        </VerdictHead>
        <div class="inset page-gap">
          <p class="second">{most === null ? t("chancesNoEnd") : chances(most)}</p>
          <ol class="ladder">
            {rungs(task.attempt, most).map((attempt) => (
              <Rung key={attempt} state={state} task={task} attempt={attempt} left={left} />
            ))}
          </ol>
          <p class="second page-line">{t("elsewhere")}</p>
        </div>
      </main>
      <footer class="foot">
        {state.canPunchAgain(code) ? (
          <ActionButton waiting={left > 0 ? t("inSeconds", { n: left }) : null} onClick={() => state.again(code)}>{t("retry")}</ActionButton>
        ) : (
          <p class="second">{common("retryNeedsScan")}</p>
        )}
        <ActionButton kind="outline" onClick={() => state.go("progress")}><span>{common("elsewhereGo")}</span><Next size={20} stroke={3} /></ActionButton>
      </footer>
    </>
  );
}

function chances(n: number): string {
  return language() === "zh" ? t("chances", { n: NUMERALS[n] ?? n }).replace(/ /, "") : t("chances", { n });
}

/** The tries to show: all of them, or without end the latest ones and the next. */
function rungs(next: number, most: number | null): number[] {
  const from = most === null ? Math.max(1, next - 2) : 1;
  return Array.from({ length: (most ?? next) - from + 1 }, (_, i) => from + i);
}

function Rung({ state, task, attempt, left }: { state: TeamState; task: QuizCooling; attempt: number; left: number }) {
  const done = task.tries.find((each) => each.attempt === attempt);
  const zone = state.play?.race.timezone ?? "Asia/Shanghai";
  const isNext = attempt === task.attempt;
  const after = attempt === task.attempts ? consequence(task.on_fail[attempt - 1]) : null;
  const look = done ? "rung rung-done" : isNext ? "rung rung-next" : "rung";
  const words = done
    ? done.seconds === null ? t("tryDoneBare", { right: done.right }) : t("tryDone", { right: done.right, s: Math.round(done.seconds) })
    : isNext
      ? left > 0 ? t("tryNext", { time: timeOfDay(task.until, zone, true) }) : t("tryNow")
      : after ?? t("tryPlain");
  return (
    <li class={look}>
      <span class="rung-box">{done ? <Cross size={20} stroke={3} /> : null}</span>
      <b>{t("try", { n: attempt })}</b>
      <span>{words}{isNext && after ? <><br />{after}</> : null}</span>
    </li>
  );
}

/** What happens if the last try fails too. */
export function consequence(step: FailStep | undefined): string | null {
  if (!step) return null;
  if ("penalty_s" in step) return t("tryPenalty", { time: lengthOf(step.penalty_s) });
  if ("points_factor" in step) return t("tryFactor");
  return "lost" in step ? t("tryLost") : null;
}
