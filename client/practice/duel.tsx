import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Problem } from "../api.ts";
import { stopwatch } from "../clock.ts";
import { poll, type Poll } from "../poll.ts";
import { useKeys } from "../parts/asking.tsx";
import { ActionButton } from "../parts/button.tsx";
import { QuestionCard } from "../parts/question.tsx";
import { Review } from "../parts/review.tsx";
import { Marked } from "../parts/marked.tsx";
import { TimerRing, useNow } from "../parts/ring.tsx";
import { VerdictHead } from "../parts/verdict.tsx";
import { placeOf, pressed } from "../rules/keys.ts";
import { isAnswered } from "../rules/quiz.ts";
import type { Answer } from "../types.ts";
import { t } from "../words.ts";
import { act, getDuel, getTable, type Duel, type Row, type Seat } from "./calls.ts";
import { Evening, Troubled } from "./parts.tsx";
import { w } from "./words.ts";

const EVERY_MS = 1000;

/** One seat at a duel. The server says how it stands; this shows it and sends what is this seat's to do. */
export function DuelRoom({ slug, seat, onLeave }: { slug: string; seat: Seat; onLeave: () => void }) {
  const [duel, setDuel] = useState<Duel | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const asking = useRef<Poll | null>(null);
  const over = duel?.phase === "over";
  useEffect(() => {
    if (over) return;
    const own = (asking.current = poll(
      async () => {
        setDuel(await getDuel(slug, seat));
        setProblem(null);
      },
      () => EVERY_MS,
      (failure) => { if (!failure.passing) setProblem(failure); },
    ));
    return () => own.stop();
  }, [seat.code, over]);
  const send = (what: Parameters<typeof act>[2]) => void act(slug, seat, what).then(setDuel, (failure: Problem) => (failure.passing ? asking.current?.now() : setProblem(failure)));

  if (problem) return <Troubled problem={problem} retry={null} onLeave={onLeave} />;
  if (!duel) return <main class="middle inset"><p role="status" class="page-gap">{t("loading")}</p></main>;
  if (duel.phase === "waiting") return <Waiting duel={duel} onLeave={onLeave} />;
  if (over) return <Over slug={slug} duel={duel} onLeave={onLeave} />;
  return <Turn key={`${duel.turn} ${duel.phase}`} duel={duel} send={send} />;
}

function Waiting({ duel, onLeave }: { duel: Duel; onLeave: () => void }) {
  return (
    <>
      <main class="middle">
        <VerdictHead tone="check" word={w("waiting")}><p>{w("waitingHelp")}</p></VerdictHead>
        <div class="inset page-gap">
          <p class="second">{w("code")}</p>
          <p class="room-code">{duel.code}</p>
          <p class="second page-line">{w("waitingAddress")}{t("colon")}{location.host}{location.pathname}</p>
        </div>
      </main>
      <footer class="foot"><ActionButton kind="outline" onClick={onLeave}>{w("leaveDuel")}</ActionButton></footer>
    </>
  );
}

function Turn({ duel, send }: { duel: Duel; send: (what: Parameters<typeof act>[2]) => void }) {
  const [answer, setAnswer] = useState<Answer | undefined>(undefined);
  const [sent, setSent] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  const asksMe = duel.asker === duel.you;
  const mine = asksMe === (duel.phase === "asking");
  const other = duel.names[1 - duel.you]!;
  const turn = duel.turn!;
  const question = duel.question;
  useLayoutEffect(() => body.current?.focus({ preventScroll: true }), []);

  const choose = (id: string) => {
    if (sent) return;
    setSent(true);
    send({ turn, ask: id });
  };
  const whole = answer ?? (question?.kind === "order" ? (question.choices ?? []).map((choice) => choice.index) : undefined);
  const ready = question !== undefined && isAnswered(question, whole);
  const give = () => {
    if (sent || !ready) return;
    setSent(true);
    send({ turn, answer: whole! });
  };
  useKeys((key) => {
    if (!mine) return false;
    if (duel.phase === "asking") {
      const chosen = duel.offered?.[placeOf(key)];
      if (chosen) choose(chosen.id);
      return chosen !== undefined;
    }
    if (key === "Enter") {
      give();
      return true;
    }
    const next = question && pressed(question, answer, key);
    if (next !== undefined) setAnswer(next);
    return next !== undefined;
  });
  const title = duel.phase === "asking" ? (asksMe ? w("choose") : w("otherChooses", { name: other })) : asksMe ? w("otherAnswers", { name: other }) : w("answerHelp");

  return (
    <>
      <main class="middle">
        <header class="quiz-head head-rule">
          <div class="quiz-what">
            <h1 class="quiz-name"><span>{title}</span></h1>
            <Scores duel={duel} />
          </div>
          {duel.until ? <TimerRing until={duel.until} length={(duel.length_s ?? 20) * 1000} label={t("seconds")} {...(mine ? { hurry: t("hurry"), announce: (n: number) => t("secondsLeft", { n }) } : {})} /> : null}
        </header>
        <div ref={body} tabIndex={-1} class="quiz-body inset">
          {duel.phase === "asking" && asksMe ? (
            <>
              <p class="second">{w("chooseHelp")}</p>
              <div class="tiles">
                {(duel.offered ?? []).map((each, i) => (
                  <button key={each.id} type="button" class="tile offer" aria-disabled={sent ? "true" : undefined} onClick={() => choose(each.id)}>
                    <span class="tile-letter" aria-hidden="true">{i + 1}</span><span class="tile-text"><Marked text={each.text} /></span>
                  </button>
                ))}
              </div>
            </>
          ) : duel.phase === "asking" ? (
            <p>{w("get")}</p>
          ) : question && !asksMe ? (
            <QuestionCard question={question} answer={answer} onAnswer={setAnswer} />
          ) : (
            <p class="question-text"><Marked text={question?.text ?? ""} /></p>
          )}
        </div>
        {duel.phase === "asking" ? <Last duel={duel} /> : null}
      </main>
      {duel.phase === "answering" && !asksMe ? (
        <footer class="foot"><ActionButton disabled={!ready} busy={sent} onClick={give}>{w("answer")}</ActionButton></footer>
      ) : null}
    </>
  );
}

/** Both names with what they have, and how long the duel still goes. */
function Scores({ duel }: { duel: Duel }) {
  const now = useNow(500);
  return (
    <>
      <p class="second">{w("leftOf", { time: stopwatch(Math.ceil(((duel.ends_at ?? now) - now) / 1000)) })}</p>
      <ul class="duel-scores">
        {duel.names.map((name, seat) => (
          <li key={name}><b>{name}</b>{seat === duel.you ? ` (${w("you")})` : ""} · {w("scoreRight", { n: duel.scores?.[seat]?.right ?? 0 })} · {w("squats", { n: duel.scores?.[seat]?.squats ?? 0 })}</li>
        ))}
      </ul>
    </>
  );
}

/** What the question before came to; said to readers too. */
function Last({ duel }: { duel: Duel }) {
  const { last } = duel;
  if (!last) return null;
  const name = duel.names[last.seat]!;
  return (
    <div class="inset page-gap">
      <p role="status"><b>{last.right ? w("lastRight", { name }) : w(last.your === null ? "lastLate" : "lastWrong", { name, n: duel.squats_each })}</b></p>
      <Review items={[last]} />
    </div>
  );
}

function Over({ slug, duel, onLeave }: { slug: string; duel: Duel; onLeave: () => void }) {
  const [rows, setRows] = useState<Row[] | null>(null);
  useEffect(() => void getTable(slug).then(setRows, () => undefined), []);
  const winner = duel.winner ?? null;
  return (
    <>
      <main class="middle">
        <VerdictHead tone={winner === duel.you ? "passed" : "check"} word={winner === null ? w("draw") : w("won", { name: duel.names[winner]! })}>
          {duel.names.map((name, seat) => <p key={name}>{w("overHelp", { name, n: duel.scores?.[seat]?.squats ?? 0 })}</p>)}
        </VerdictHead>
        <Last duel={duel} />
        {rows ? <div class="inset page-gap"><Evening rows={rows} /></div> : null}
      </main>
      <footer class="foot">
        <ActionButton onClick={onLeave}>{w("again")}</ActionButton>
      </footer>
    </>
  );
}

