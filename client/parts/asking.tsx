import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Back, Next } from "../icons.tsx";
import { clock } from "../clock.ts";
import { memory, recall, remember } from "../memory.ts";
import { pressed } from "../rules/keys.ts";
import { isAnswered } from "../rules/quiz.ts";
import type { Answer, Answers, Sheet } from "../types.ts";
import { t } from "../words.ts";
import { useStayAwake } from "./awake.ts";
import { ActionButton } from "./button.tsx";
import { ErrorBox } from "./notes.tsx";
import { QuestionCard } from "./question.tsx";
import { TimerRing } from "./ring.tsx";

/** Handed in this long before the server's deadline, so that the answers are there in time. Milliseconds. */
const LEAD_MS = 600;

/** How long a phone without answers waits after the deadline before it hands in an empty sheet. Milliseconds. */
const YIELD_MS = 2600;

/** Where the answers chosen so far are kept, so that a reload goes on where it was. */
const draftKey = (sheet: string) => `waypost.sheet.${sheet}`;

export interface AskingProps {
  sheet: Sheet;
  need: number;
  limit: number | null;
  /** What the questions belong to: a checkpoint's ring and name. */
  title: ComponentChildren;
  /** A line of its own under the count. */
  note?: ComponentChildren;
  onHandIn: (answers: Answers) => void;
}

/** A sheet, one question at a time. The clock is the server's and runs on whatever the phone does. */
export function Asking({ sheet, need, limit, title, note, onHandIn }: AskingProps) {
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

  useEffect(() => {
    remember(draftKey(sheet.id), { answers, at });
  }, [answers, at]);
  // With the question itself, not a frame later: a key pressed at once, or a reader, is already there.
  useLayoutEffect(() => {
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
    onHandIn(whole);
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
  const give = (answer: Answer) => {
    latest.current = { ...latest.current, [question.id]: answer };
    setAnswers(latest.current);
  };
  /** Going on from an order accepts it as it stands. */
  const settle = () => {
    if (question.kind === "order" && answers[question.id] === undefined) give((question.choices ?? []).map((choice) => choice.index));
  };
  const last = at === sheet.questions.length - 1;
  const stillMissing = missing.filter(({ i }) => !(i === at && question.kind === "order"));
  const goOn = () => {
    if (asking) {
      setAsking(false);
      setAt(stillMissing[0]?.i ?? 0);
      return;
    }
    settle();
    if (!last) setAt(at + 1);
    else if (stillMissing.length > 0 && (deadline === null || clock.now() < deadline)) setAsking(true);
    else handIn();
  };
  useKeys((key) => {
    if (key === "Enter") {
      goOn();
      return true;
    }
    const answer = asking ? undefined : pressed(question, latest.current[question.id], key);
    if (answer !== undefined) give(answer);
    return answer !== undefined;
  });

  return (
    <>
      <main class="middle">
        <header class="quiz-head head-rule">
          <div class="quiz-what">
            <h1 class="quiz-name">{title}</h1>
            <p class="second">{t("quizHead", { i: at + 1, n: sheet.questions.length })} <span aria-hidden="true">·</span> {t("needRight", { need })}</p>
            {note}
            <Steps sheet={sheet} at={at} answers={answers} onGo={(i) => { settle(); setAsking(false); setAt(i); }} />
          </div>
          {deadline === null ? null : (
            <TimerRing
              until={deadline}
              length={(limit ?? 60) * 1000}
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
            <QuestionCard key={question.id} question={question} answer={answers[question.id]} onAnswer={give} />
          )}
        </div>
        <div class="grow" />
        <p class="second quiz-away inset">{deadline === null ? t("noLimit") : t("away")}</p>
      </main>
      <footer class="foot foot-quiz">
        {asking ? (
          <>
            <ActionButton onClick={goOn}>{t("fillIn")}</ActionButton>
            <ActionButton kind="outline" onClick={handIn}>{t("handInAnyway")}</ActionButton>
          </>
        ) : (
          <div class="quiz-go">
            {at > 0 ? <button type="button" class="tool quiz-back" aria-label={t("previous")} onClick={() => { settle(); setAt(at - 1); }}><Back stroke={2.6} /></button> : null}
            <ActionButton onClick={goOn}>
              <span>{last ? t("handIn") : t("nextQuestion")}</span>
              {last ? null : <Next stroke={2.8} />}
            </ActionButton>
          </div>
        )}
      </footer>
    </>
  );
}

/** Hears keys of the whole page: letters and digits where nobody types, Enter where it presses nothing else. */
export function useKeys(hear: (key: string) => boolean): void {
  const latest = useRef(hear);
  latest.current = hear;
  // Before the page is seen: whoever presses at once after a reload is heard.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      const on = event.target as HTMLElement;
      const types = on.matches("input:not([type=radio]):not([type=checkbox]), select, textarea");
      if (event.key === "Enter" ? on.matches("button, a, select, textarea") : types) return;
      if (latest.current(event.key)) event.preventDefault();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}

/** How far: one bar a question, full when left behind, half at the one shown. Pressed, it goes there. */
function Steps({ sheet, at, answers, onGo }: { sheet: Sheet; at: number; answers: Answers; onGo: (i: number) => void }) {
  return (
    <div class="steps">
      {sheet.questions.map((question, i) => {
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
