import { Down, Up } from "../icons.tsx";
import type { Answer, Question } from "../types.ts";
import { t } from "../words.ts";

export interface QuestionProps { question: Question; answer: Answer | undefined; onAnswer: (answer: Answer) => void }

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** One question in any of its kinds. Chosen is never a tick and never green: nothing is marked yet. */
export function QuestionCard({ question, answer, onAnswer }: QuestionProps) {
  const headingId = `q-${question.id}`;
  return (
    <div class="question">
      <h2 id={headingId} class={/^[“‘「『《（]/.test(question.text) ? "question-text hang" : "question-text"}>{question.text}</h2>
      {question.image ? <img class="question-image" src={question.image} alt="" /> : null}
      <p class="second question-kind">{t(question.kind)}</p>
      <Body question={question} answer={answer} onAnswer={onAnswer} headingId={headingId} />
    </div>
  );
}

function Body({ question, answer, onAnswer, headingId }: QuestionProps & { headingId: string }) {
  switch (question.kind) {
    case "single":
      return <Tiles question={question} many={false} chosen={typeof answer === "number" ? [answer] : []} onAnswer={(indexes) => onAnswer(indexes[0]!)} headingId={headingId} />;
    case "multiple":
      return <Tiles question={question} many chosen={Array.isArray(answer) ? answer : []} onAnswer={onAnswer} headingId={headingId} />;
    case "true_false":
      return (
        <Tiles
          question={{ ...question, choices: [{ index: 1, text: t("yes") }, { index: 0, text: t("no") }] }}
          many={false}
          chosen={typeof answer === "boolean" ? [answer ? 1 : 0] : []}
          onAnswer={(indexes) => onAnswer(indexes[0] === 1)}
          headingId={headingId}
        />
      );
    case "text":
    case "number":
      return (
        <input
          class="answer-field"
          type="text"
          inputMode={question.kind === "number" ? "decimal" : "text"}
          autocomplete="off"
          aria-labelledby={headingId}
          value={answer === undefined ? "" : String(answer)}
          onInput={(event) => onAnswer(event.currentTarget.value)}
        />
      );
    case "order":
      return <Order question={question} order={Array.isArray(answer) ? answer : (question.choices ?? []).map((choice) => choice.index)} onAnswer={onAnswer} />;
    case "match":
      return <Match question={question} answer={Array.isArray(answer) ? answer : []} onAnswer={onAnswer} />;
  }
}

interface TilesProps { question: Question; many: boolean; chosen: number[]; onAnswer: (indexes: number[]) => void; headingId: string }

function Tiles({ question, many, chosen, onAnswer, headingId }: TilesProps) {
  return (
    <div class="tiles" role={many ? "group" : "radiogroup"} aria-labelledby={headingId}>
      {(question.choices ?? []).map((choice, place) => {
        const on = chosen.includes(choice.index);
        const press = () => {
          if (!many) onAnswer([choice.index]);
          else onAnswer(on ? chosen.filter((each) => each !== choice.index) : [...chosen, choice.index].sort((a, b) => a - b));
        };
        return (
          <label key={choice.index} class={on ? "tile tile-on" : "tile"}>
            <input class="tile-input" type={many ? "checkbox" : "radio"} name={question.id} checked={on} onChange={press} />
            <span class="tile-letter" aria-hidden="true">{LETTERS[place]}</span>
            <span class="tile-text">{choice.text}</span>
            <span class={many ? "tile-mark tile-box" : "tile-mark"} aria-hidden="true" />
          </label>
        );
      })}
    </div>
  );
}

/** Order by up and down: no dragging, so that one thumb and a keyboard can do it. */
function Order({ question, order, onAnswer }: { question: Question; order: number[]; onAnswer: (order: number[]) => void }) {
  const texts = new Map((question.choices ?? []).map((choice) => [choice.index, choice.text]));
  const swap = (place: number, other: number) => {
    const next = [...order];
    [next[place], next[other]] = [next[other]!, next[place]!];
    onAnswer(next);
  };
  return (
    <ol class="orders">
      {order.map((index, place) => (
        <li key={index} class="order">
          <span class="tile-letter" aria-hidden="true">{place + 1}</span>
          <span class="tile-text">{texts.get(index)}</span>
          <button type="button" class="tool" disabled={place === 0} aria-label={t("moveUp", { text: texts.get(index) ?? "" })} onClick={() => swap(place, place - 1)}><Up /></button>
          <button type="button" class="tool" disabled={place === order.length - 1} aria-label={t("moveDown", { text: texts.get(index) ?? "" })} onClick={() => swap(place, place + 1)}><Down /></button>
        </li>
      ))}
    </ol>
  );
}

/** `answer[i]` is what was matched with the choice that this sheet numbers i; −1 while none is. */
function Match({ question, answer, onAnswer }: { question: Question; answer: number[]; onAnswer: (answer: number[]) => void }) {
  const choices = question.choices ?? [];
  const size = choices.reduce((most, choice) => Math.max(most, choice.index + 1), 0);
  return (
    <div class="matches">
      {choices.map((choice) => (
        <label key={choice.index} class="match">
          <span class="match-text">{choice.text}</span>
          <select
            value={String(answer[choice.index] ?? -1)}
            onChange={(event) => {
              const next = Array.from({ length: size }, (_, i) => answer[i] ?? -1);
              next[choice.index] = Number(event.currentTarget.value);
              onAnswer(next);
            }}
          >
            <option value="-1">{t("choose")}</option>
            {(question.matches ?? []).map((match) => <option key={match.index} value={String(match.index)}>{match.text}</option>)}
          </select>
        </label>
      ))}
    </div>
  );
}

/** True when the question counts as answered. An order as shown counts once somebody has gone on from it. */
export function isAnswered(question: Question, answer: Answer | undefined): boolean {
  if (answer === undefined) return false;
  if (typeof answer === "string") return answer.trim() !== "";
  if (Array.isArray(answer)) return answer.length > 0 && !(question.kind === "match" && answer.includes(-1));
  return true;
}
