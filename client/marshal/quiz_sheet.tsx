/** A quiz asked by word of mouth: how many were right, one press and confirm. */

import { useState } from "preact/hooks";
import { Sheet } from "../parts/sheet.tsx";
import { MainButton, Pick } from "./parts.tsx";
import { Subject } from "./number_sheet.tsx";
import type { FailStep } from "../types.ts";
import type { Act, Entry, Quiz } from "./station.ts";
import { t } from "./words.ts";

export function QuizSheet({ entry, quizzes, onAct, onClose }: { entry: Entry; quizzes: readonly Quiz[]; onAct: (act: Act) => void; onClose: () => void }) {
  const [quizId, setQuizId] = useState(quizzes[0]?.id ?? "");
  const [right, setRight] = useState<number | null>(null);
  const quiz = quizzes.find((q) => q.id === quizId) ?? quizzes[0];
  if (!quiz) return null;
  const worth = right === null ? null : t(right >= quiz.need ? "passed" : "notPassed");
  return (
    <Sheet title={t("howManyRight")} closeWord={t("close")} onClose={onClose}>
      <Subject entry={entry} />
      {quizzes.length > 1 ? <Pick label={t("askQuiz")} options={quizzes.map((q) => ({ value: q.id, word: q.id }))} chosen={quiz.id} onPick={setQuizId} /> : null}
      <p>{t("drawn", { draw: quiz.draw, need: quiz.need })}</p>
      <Pick
        label={t("howManyRight")}
        hidden
        options={Array.from({ length: quiz.draw + 1 }, (_, n) => ({ value: n, word: String(n) }))}
        chosen={right}
        onPick={setRight}
      />
      {right !== null && right < quiz.need && quiz.on_fail.length ? (
        <ol class="second">{quiz.on_fail.map((step, i) => <li key={i}>{t("tryCosts", { n: i + 1, cost: cost(step) })}</li>)}</ol>
      ) : null}
      <MainButton
        first={right === null ? t("howManyRight") : null}
        figure={right === null ? null : t("right", { n: right, draw: quiz.draw })}
        below={worth}
        onPress={() => right !== null && onAct({ kind: "answer", entry: entry.entry, quiz: quiz.id, right })}
      >
        {t("recordAnswer")}
      </MainButton>
    </Sheet>
  );
}

function cost(step: FailStep): string {
  if ("cool_down_s" in step) return t("costCool", { n: step.cool_down_s });
  if ("penalty_s" in step) return t("costPenalty", { n: step.penalty_s });
  return "lost" in step ? t("costLost") : t("costPoints");
}
