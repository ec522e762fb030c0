import { useEffect, useRef, useState } from "preact/hooks";
import { Back, Next } from "../icons.tsx";
import { memory, recall, remember } from "../memory.ts";
import { useStayAwake } from "../parts/awake.ts";
import { ActionButton } from "../parts/button.tsx";
import { CodeRing } from "../parts/marks.tsx";
import { ErrorBox } from "../parts/notes.tsx";
import { isAnswered, QuestionCard } from "../parts/question.tsx";
import { TimerRing } from "../parts/ring.tsx";
import { clock } from "../clock.ts";
import type { Answers, QuizOpen } from "../types.ts";
import { t } from "../words.ts";
import type { TeamState } from "./state.ts";

/** Handed in this long before the server's deadline, so that the answers are there in time. Milliseconds. */
const LEAD_MS = 600;

/** How long a phone without answers waits after the deadline before it hands in an empty sheet. Milliseconds. */
const YIELD_MS = 2600;

/** Where the answers chosen so far are kept, so that a reload goes on where it was. */
const draftKey = (sheet: string) => `waypost.sheet.${sheet}`;

/** The sheet, one question at a time. The clock is the server's and runs on whatever the phone does. */
export function Quiz({ state, code, task }: { state: TeamState; code: string; task: QuizOpen }) {
  const { sheet } = task;
  useStayAwake();
  const draft = recall<{ answers: Answers; at: number }>(draftKey(sheet.id), { answers: {}, at: 0 });
  const [answers, setAnswers] = useState<Answers>(draft.answers);
  const [at, setAt] = useState(Math.min(draft.at, sheet.questions.length - 1));
  const [asking, setAsking] = useState(false);
  const latest = useRef(answers);
  latest.current = answers;
  const heading = useRef<HTMLDivElement>(null);
  const deadline = sheet.deadline === null ? null : sheet.deadline - LEAD_MS;
  const question = sheet.questions[at]!;
  const name = state.play?.course.checkpoints.find((point) => point.code === code)?.name ?? "";

  useEffect(() => {
    remember(draftKey(sheet.id), { answers, at });
  }, [answers, at]);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    heading.current?.parentElement?.scrollTo?.(0, 0);
  }, [at, asking]);

  const missing = sheet.questions.map((each, i) => ({ each, i })).filter(({ each }) => !isAnswered(each, answers[each.id]));
  const handIn = () => {
    const whole: Answers = {};
    for (const each of sheet.questions) {
      const answer = latest.current[each.id];
      if (answer !== undefined && isAnswered(each, answer)) whole[each.id] = typeof answer === "string" ? answer.trim() : answer;
    }
    memory.remove(draftKey(sheet.id));
    state.handIn(code, sheet.id, whole);
  };
  // Nothing chosen here: the other phone of the team may hold the answers, so it is let in first.
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!late) return;
    const timer = setTimeout(handIn, YIELD_MS);
    return () => clearTimeout(timer);
  }, [late]);
  const onEnd = () => {
    if (sheet.questions.some((each) => isAnswered(each, latest.current[each.id]))) handIn();
    else setLate(true);
  };
  /** Going on from an order accepts it as it stands. */
  const settle = () => {
    if (question.kind !== "order" || answers[question.id] !== undefined) return;
    const next = { ...answers, [question.id]: (question.choices ?? []).map((choice) => choice.index) };
    latest.current = next;
    setAnswers(next);
  };
  const last = at === sheet.questions.length - 1;
  const stillMissing = missing.filter(({ i }) => !(i === at && question.kind === "order"));

  return (
    <>
      <main class="middle">
        <header class="quiz-head head-rule">
          <div class="quiz-what">
            <h1 class="quiz-name"><CodeRing code={code} /><span>{name}</span></h1>
            <p class="second">{t("quizHead", { i: at + 1, n: sheet.questions.length })} <span aria-hidden="true">·</span> {t("needRight", { need: task.need })}</p>
            <Steps task={task} at={at} answers={answers} onGo={(i) => { setAsking(false); setAt(i); }} />
          </div>
          {deadline === null ? null : (
            <TimerRing
              until={deadline}
              length={(task.limit_s ?? 60) * 1000}
              label={t("seconds")}
              hurry={t("hurry")}
              announce={(n) => t("secondsLeft", { n })}
              onEnd={onEnd}
            />
          )}
        </header>
        <div ref={heading} tabIndex={-1} class="quiz-body inset">
          {asking ? (
            <ErrorBox title={t("missingTitle", { n: stillMissing.length })}>
              {t("missingHelp", { list: stillMissing.map(({ i }) => i + 1).join(t("listComma")) })}
            </ErrorBox>
          ) : (
            <QuestionCard key={question.id} question={question} answer={answers[question.id]} onAnswer={(answer) => setAnswers({ ...answers, [question.id]: answer })} />
          )}
        </div>
        <div class="grow" />
        <p class="second quiz-away inset">{deadline === null ? t("noLimit") : t("away")}</p>
      </main>
      <footer class="foot foot-quiz">
        {asking ? (
          <>
            <ActionButton onClick={() => { setAsking(false); setAt(stillMissing[0]?.i ?? 0); }}>{t("fillIn")}</ActionButton>
            <ActionButton kind="outline" onClick={handIn}>{t("handInAnyway")}</ActionButton>
          </>
        ) : (
          <div class="quiz-go">
            {at > 0 ? <button type="button" class="tool quiz-back" aria-label={t("previous")} onClick={() => { settle(); setAt(at - 1); }}><Back stroke={2.6} /></button> : null}
            <ActionButton
              onClick={() => {
                settle();
                if (!last) setAt(at + 1);
                else if (stillMissing.length > 0 && (deadline === null || clock.now() < deadline)) setAsking(true);
                else handIn();
              }}
            >
              <span>{last ? t("handIn") : t("nextQuestion")}</span>
              {last ? null : <Next stroke={2.8} />}
            </ActionButton>
          </div>
        )}
      </footer>
    </>
  );
}

/** How far: one bar a question, full when left behind, half at the one shown. Pressed, it goes there. */
function Steps({ task, at, answers, onGo }: { task: QuizOpen; at: number; answers: Answers; onGo: (i: number) => void }) {
  return (
    <div class="steps">
      {task.sheet.questions.map((question, i) => {
        const done = isAnswered(question, answers[question.id]);
        const look = i === at ? "step step-here" : done ? "step step-done" : "step";
        return (
          <button key={question.id} type="button" class={look} aria-current={i === at ? "step" : undefined} aria-label={`${t("question", { i: i + 1 })}${t("comma")}${t(done ? "answered" : "unanswered")}`} onClick={() => onGo(i)}>
            <span />
          </button>
        );
      })}
    </div>
  );
}
