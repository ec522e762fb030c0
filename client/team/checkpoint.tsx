import { useEffect, useState } from "preact/hooks";
import { Next } from "../icons.tsx";
import { ActionButton } from "../parts/button.tsx";
import { Empty } from "../parts/notes.tsx";
import type { FinishTask, GameTask, QuizDone, Task } from "../types.ts";
import { t } from "../words.ts";
import { isDue, taskKey } from "./course.ts";
import { Cooling } from "./cooling.tsx";
import { Game } from "./game.tsx";
import { Passed } from "./passed.tsx";
import { Quiz } from "./quiz.tsx";
import type { TeamState } from "./state.ts";

/** One checkpoint: the task that is due here, or the verdict. Where there are several, one after the other. */
export function CheckpointPage({ state, code, again }: { state: TeamState; code: string; again: boolean }) {
  const play = state.play;
  const all = (state.tasks[code] ?? []).filter((task): task is Exclude<Task, FinishTask> => task.kind !== "finish");
  const tasks = all.filter((task) => task.state !== "later"); // its turn comes when the task before is passed
  const due = tasks.filter(isDue);
  // A task decided while this page was open is shown first; the next one waits for a press.
  const [seen, setSeen] = useState<string | null>(() => (due[0] ? taskKey(due[0]) : null));
  const run = play?.run.checkpoints[code];
  const unread = tasks.length === 0 && run !== undefined && ["open", "cooling", "waiting", "playing"].includes(run.state);
  useEffect(() => {
    if (unread) void state.reread(code);
  }, [unread]);
  useEffect(() => {
    if (seen === null && due[0]) setSeen(taskKey(due[0]));
  });
  const shown = tasks.find((task) => taskKey(task) === seen) ?? due[0] ?? tasks[tasks.length - 1];
  const other = due.find((task) => shown && taskKey(task) !== taskKey(shown));
  const next = other ? { name: other.kind === "game" ? other.name : t("quizName"), go: () => setSeen(taskKey(other)) } : null;
  if (unread) return <NotRead state={state} code={code} />;
  if (shown?.state === "due") return <Due state={state} code={code} name={shown.kind === "game" ? shown.name : t("quizName")} />;
  if (shown?.kind === "quiz" && shown.state === "open" && !state.offline.holds(shown.sheet.id)) return <Watch state={state} code={code} sheet={shown.sheet.id} />;
  if (shown?.kind === "quiz" && shown.state === "open") return <Quiz key={shown.sheet.id} state={state} code={code} task={shown} />;
  if (shown?.kind === "quiz" && shown.state === "cooling") return <Cooling key={shown.until} state={state} code={code} task={shown} />;
  if (shown?.kind === "game" && isDue(shown)) return <Game state={state} code={code} task={shown} />;
  return <Passed state={state} code={code} task={shown && !isDue(shown) ? (shown as QuizDone | GameTask) : null} next={next} again={again} />;
}

/** Another phone of the team opened the sheet: it answers, and this one watches, or takes over from a phone that died. */
function Watch({ state, code, sheet }: { state: TeamState; code: string; sheet: string }) {
  const take = () => {
    state.offline.hold(sheet);
    state.changed();
  };
  return (
    <>
      <main class="middle inset">
        <div class="page-gap"><Empty title={t("watchTitle", { code })} ways={[{ word: t("watchTake"), onClick: take }]}>{t("watchHelp")}</Empty></div>
      </main>
      <footer class="foot">
        <ActionButton onClick={() => state.go("progress")}><span>{t("toProgress")}</span><Next stroke={2.8} /></ActionButton>
      </footer>
    </>
  );
}

/** Punched by a marshal, or one task after another: this one begins when the team scans the sign. */
function Due({ state, code, name }: { state: TeamState; code: string; name: string }) {
  return (
    <>
      <main class="middle inset">
        <div class="page-gap"><Empty title={`${code} ${name}`}>{t("dueHelp")}</Empty></div>
      </main>
      <footer class="foot">
        <ActionButton onClick={() => (state.canPunchAgain(code) ? state.again(code) : state.open("scan"))}>{t(state.canPunchAgain(code) ? "dueGo" : "scan")}</ActionButton>
        <ActionButton kind="outline" onClick={() => state.go("progress")}>{t("toProgress")}</ActionButton>
      </footer>
    </>
  );
}

/** The run says that something is due here, and the phone has not read it yet (another phone of the team punched). */
function NotRead({ state, code }: { state: TeamState; code: string }) {
  return (
    <>
      <main class="middle inset">
        <div class="page-gap"><Empty title={t("loading")}>{state.canPunchAgain(code) ? null : t("retryNeedsScan")}</Empty></div>
      </main>
      <footer class="foot">
        <ActionButton kind="outline" onClick={() => state.go("progress")}><span>{t("toProgress")}</span><Next stroke={2.8} /></ActionButton>
      </footer>
    </>
  );
}
