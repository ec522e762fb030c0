import { useEffect, useState } from "preact/hooks";
import type { Problem } from "../api.ts";
import { recall, remember } from "../memory.ts";
import { Cross } from "../icons.tsx";
import { Asking } from "../parts/asking.tsx";
import { ActionButton } from "../parts/button.tsx";
import { VerdictTick } from "../parts/card.tsx";
import { Review } from "../parts/review.tsx";
import { VerdictHead } from "../parts/verdict.tsx";
import type { Answers } from "../types.ts";
import { t } from "../words.ts";
import { getSheet, handIn, type BankName, type Given, type Marked } from "./calls.ts";
import { Troubled } from "./parts.tsx";
import { w } from "./words.ts";

const LARGE = 1_000_000;

/** The next place in the bank's order: each phone begins somewhere and goes on from there, so nothing comes twice soon. */
function nextPlace(slug: string, bank: string): number {
  const key = `waypost.practice.place.${slug}.${bank}`;
  const place = recall<number | null>(key, null) ?? Math.floor(Math.random() * LARGE);
  remember(key, place + 1);
  return place;
}

/** Sheet after sheet; the one in hand survives a reload, and its clock has not stopped. */
export function Practice({ slug, bank, onLeave }: { slug: string; bank: BankName; onLeave: () => void }) {
  const key = `waypost.practice.sheet.${slug}.${bank.id}`;
  const [given, setGiven] = useState<Given | null>(() => recall<Given | null>(key, null));
  const [marked, setMarked] = useState<Marked | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [unsent, setUnsent] = useState<Answers | null>(null);

  const draw = () => {
    setMarked(null);
    setProblem(null);
    getSheet(slug, bank.id, nextPlace(slug, bank.id)).then(
      (next) => {
        remember(key, next);
        setGiven(next);
      },
      setProblem,
    );
  };
  const send = (answers: Answers) => {
    if (!given) return;
    setUnsent(answers);
    setProblem(null);
    handIn(slug, given.sheet, answers).then(
      (next) => {
        remember(key, null);
        setGiven(null);
        setUnsent(null);
        setMarked(next);
      },
      setProblem,
    );
  };
  useEffect(() => {
    if (!given) draw();
  }, []);

  if (problem) return <Troubled problem={problem} retry={problem.passing ? () => (unsent ? send(unsent) : draw()) : null} onLeave={() => { remember(key, null); onLeave(); }} />;
  if (marked) return <Result marked={marked} onNext={draw} onLeave={onLeave} />;
  if (!given || unsent) return <main class="middle inset"><p role="status" class="page-gap">{unsent ? t("marking") : t("loading")}</p></main>;
  const sheet = { id: given.sheet.slice(-16), given_at: given.given_at, deadline: given.deadline, questions: given.questions };
  return <Asking key={sheet.id} sheet={sheet} need={given.need} limit={given.limit_s} title={<span>{bank.name}</span>} onHandIn={send} />;
}

function Result({ marked, onNext, onLeave }: { marked: Marked; onNext: () => void; onLeave: () => void }) {
  const word = marked.passed ? w("enough") : marked.in_time ? w("notEnough", { n: marked.need - marked.right }) : w("tooLate");
  return (
    <>
      <main class="middle">
        <VerdictHead tone={marked.passed ? "passed" : "wait"} word={word} mark={marked.passed ? <VerdictTick /> : <Cross class="verdict-mark" size={40} stroke={4} />}>
          <p>{marked.in_time ? w("result", { draw: marked.draw, right: marked.right, s: Math.round(marked.seconds) }) : w("tooLateHelp", { right: marked.right })}</p>
        </VerdictHead>
        <div class="inset page-gap"><Review items={marked.review} /></div>
      </main>
      <footer class="foot">
        <ActionButton onClick={onNext}>{w("another")}</ActionButton>
        <ActionButton kind="outline" onClick={onLeave}>{w("backHome")}</ActionButton>
      </footer>
    </>
  );
}
