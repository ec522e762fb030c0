import { useEffect, useRef, useState } from "preact/hooks";
import { Down, Up } from "../icons.tsx";
import { language } from "../language.ts";
import { toggled } from "../rules/keys.ts";
import { bare } from "../rules/rich.ts";
import type { Answer, Question } from "../types.ts";
import { t } from "../words.ts";
import { Marked } from "./marked.tsx";
import { q } from "./words.ts";

export interface QuestionProps { question: Question; answer: Answer | undefined; onAnswer: (answer: Answer) => void }

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** One question in any of its kinds. Chosen is never a tick and never green: nothing is marked yet. */
export function QuestionCard({ question, answer, onAnswer }: QuestionProps) {
  const headingId = `q-${question.id}`;
  return (
    <div class="question">
      <h2 id={headingId} class={/^[“‘「『《（]/.test(question.text) ? "question-text hang" : "question-text"}><Both of={question} /></h2>
      {question.image ? <img class="question-image" src={question.image} alt={question.image_alt ?? q("image")} /> : null}
      {question.sound ? <audio class="question-sound" controls preload="metadata" src={question.sound} aria-label={q("sound")} /> : null}
      {question.with_signal?.map((what) => (
        <p key={what} class="question-awaited" role="status">{q(what === "image" ? "imageAwaited" : "soundAwaited")}{what === "image" && question.image_alt ? <span class="also">{q("imageShows", { text: question.image_alt })}</span> : null}</p>
      ))}
      <p class="second question-kind">{t(question.kind)}</p>
      <Body question={question} answer={answer} onAnswer={onAnswer} headingId={headingId} />
    </div>
  );
}

/** A text, and below it the same in the bank's other language. */
function Both({ of }: { of: { text: string; also?: string } }) {
  return <><Marked text={of.text} />{of.also ? <span class="also" lang={language() === "zh" ? "en" : "zh-Hans"}><Marked text={of.also} /></span> : null}</>;
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
      return <Field text={String(answer ?? "")} keyboard="text" headingId={headingId} onAnswer={onAnswer} />;
    case "number": {
      const text = String(answer ?? "");
      // Some phones' decimal keyboards have no minus.
      return (
        <div class="number-answer">
          <Field text={text} keyboard="decimal" headingId={headingId} onAnswer={onAnswer} />
          <button type="button" class="tool number-sign" aria-label={q("sign")} onClick={() => onAnswer(text.startsWith("-") ? text.slice(1) : `-${text}`)}>±</button>
        </div>
      );
    }
    case "order":
      return <Order question={question} order={Array.isArray(answer) ? answer : (question.choices ?? []).map((choice) => choice.index)} onAnswer={onAnswer} />;
    case "match":
      return <Match question={question} answer={Array.isArray(answer) ? answer : []} onAnswer={onAnswer} />;
  }
}

function Field({ text, keyboard, headingId, onAnswer }: { text: string; keyboard: "text" | "decimal"; headingId: string; onAnswer: (text: string) => void }) {
  return <input class="answer-field" type="text" inputMode={keyboard} autocomplete="off" maxLength={200} aria-labelledby={headingId} value={text} onInput={(event) => onAnswer(event.currentTarget.value)} />;
}

interface TilesProps { question: Question; many: boolean; chosen: number[]; onAnswer: (indexes: number[]) => void; headingId: string }

function Tiles({ question, many, chosen, onAnswer, headingId }: TilesProps) {
  return (
    <div class="tiles" role={many ? "group" : "radiogroup"} aria-labelledby={headingId}>
      {(question.choices ?? []).map((choice, place) => {
        const on = chosen.includes(choice.index);
        const press = () => {
          onAnswer(many ? toggled(chosen, choice.index) : [choice.index]);
        };
        return (
          <label key={choice.index} class={on ? "tile tile-on" : "tile"}>
            <input class="tile-input" type={many ? "checkbox" : "radio"} name={question.id} checked={on} onChange={press} />
            <span class="tile-letter" aria-hidden="true">{LETTERS[place]}</span>
            <span class="tile-text"><Both of={choice} /></span>
            <span class={many ? "tile-mark tile-box" : "tile-mark"} aria-hidden="true" />
          </label>
        );
      })}
    </div>
  );
}

/** Order by up and down: no dragging, so that one thumb and a keyboard can do it. */
function Order({ question, order, onAnswer }: { question: Question; order: number[]; onAnswer: (order: number[]) => void }) {
  const list = useRef<HTMLOListElement>(null);
  const [moved, setMoved] = useState<{ index: number; by: number; said: string } | null>(null);
  const known = new Map((question.choices ?? []).map((choice) => [choice.index, choice]));
  const move = (place: number, by: number) => {
    const other = place + by;
    if (other < 0 || other >= order.length) return;
    const next = [...order];
    [next[place], next[other]] = [next[other]!, next[place]!];
    onAnswer(next);
    setMoved({ index: order[place]!, by, said: q("moved", { text: bare(known.get(order[place]!)?.text ?? ""), n: other + 1 }) });
  };
  // What is moved in the page loses the focus: it goes on with the button that was pressed.
  useEffect(() => {
    if (moved) list.current?.querySelector<HTMLElement>(`[data-move="${moved.index} ${moved.by}"]`)?.focus();
  }, [moved]);
  return (
    <>
      <p class="second">{q("orderHelp")}</p>
      <ol class="orders" ref={list}>
        {order.map((index, place) => {
          const choice = known.get(index);
          const button = (by: number, still: boolean) => (
            <button type="button" class="tool" data-move={`${index} ${by}`} aria-disabled={still ? "true" : undefined} aria-label={t(by < 0 ? "moveUp" : "moveDown", { text: bare(choice?.text ?? "") })} onClick={() => move(place, by)}>
              {by < 0 ? <Up /> : <Down />}
            </button>
          );
          return (
            <li
              key={index}
              class="order"
              onKeyDown={(event) => {
                const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
                if (!by) return;
                event.preventDefault();
                move(place, by);
              }}
            >
              <span class="tile-letter" aria-hidden="true">{place + 1}</span>
              <span class="tile-text">{choice ? <Both of={choice} /> : null}</span>
              {button(-1, place === 0)}
              {button(1, place === order.length - 1)}
            </li>
          );
        })}
      </ol>
      <span class="hear" aria-live="polite">{moved?.said ?? ""}</span>
    </>
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
          <span class="match-text"><Both of={choice} /></span>
          <select
            value={String(answer[choice.index] ?? -1)}
            onChange={(event) => {
              const next = Array.from({ length: size }, (_, i) => answer[i] ?? -1);
              next[choice.index] = Number(event.currentTarget.value);
              onAnswer(next);
            }}
          >
            <option value="-1">{t("choose")}</option>
            {(question.matches ?? []).map((match) => <option key={match.index} value={String(match.index)}>{[match.text, match.also ?? ""].filter(Boolean).map(bare).join(" · ")}</option>)}
          </select>
        </label>
      ))}
    </div>
  );
}
