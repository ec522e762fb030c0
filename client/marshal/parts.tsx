/** The parts only a marshal has: the 76 px button, keypad, stepper, the question at the foot of the page. */

import type { ComponentChildren } from "preact";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Back, Minus, Plus, Tick } from "../icons.tsx";
import { Bib } from "../parts/marks.tsx";
import type { Entry } from "./station.ts";
import { t } from "./words.ts";

/** A glove bounces: a second press this soon after the last one was not meant. */
const BOUNCE_MS = 350;
const HAND_OVER_MS = 1_000;
let pressedAt = -Infinity;

/** Rows a list shows at once; in a race of thousands the number finds the rest. */
export const MOST_ROWS = 100;

export interface MainProps {
  children: ComponentChildren;
  /** Beside the verb: what the press will record. */
  figure?: string | null | undefined;
  below?: string | null | undefined;
  onPress: () => void;
  /** Why it cannot be pressed yet; takes the place of the verb. */
  first?: string | null | undefined;
}

/** The one filled button of the page, 76 px high. It says what will be recorded and answers at once. */
export function MainButton({ children, figure, below, onPress, first }: MainProps) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // The card changed under the press: the next button takes the focus over, so that Enter goes on to the next step.
    if (performance.now() - pressedAt < HAND_OVER_MS && document.activeElement === document.body) button.current?.focus();
  }, []);
  const press = (event: MouseEvent): void => {
    if (first) return;
    if (event.timeStamp - pressedAt < BOUNCE_MS) return;
    pressedAt = event.timeStamp;
    navigator.vibrate?.(25);
    onPress();
  };
  return (
    <button ref={button} class={first ? "action m-main waiting" : "action m-main filled"} type="button" aria-disabled={first ? "true" : undefined} onClick={press}>
      <span class="m-main-verb">{first ?? children}</span>
      {!first && (figure || below) ? (
        <span class="m-main-worth">
          {figure ? <b>{figure}</b> : null}
          {below ? <span>{below}</span> : null}
        </span>
      ) : null}
    </button>
  );
}

/** Yes or no at the foot of the page, under the thumb. The safe answer has the focus. */
export function AskBar({ question, yes, no, onYes, onNo }: { question: string; yes: string; no: string; onYes: () => void; onNo: () => void }) {
  const safe = useRef<HTMLButtonElement>(null);
  const [before] = useState(() => document.activeElement as HTMLElement | null);
  const id = useId();
  useEffect(() => {
    safe.current?.focus();
    return () => void setTimeout(() => before?.focus?.()); // once the foot is there again
  }, [question]);
  const leave = (event: KeyboardEvent): void => {
    if (event.key === "Escape") onNo();
  };
  return (
    <div class="m-ask" role="alertdialog" aria-labelledby={id} onKeyDown={leave}>
      <p id={id}>{question}</p>
      <div class="m-pair">
        <button ref={safe} type="button" class="action outline" onClick={onNo}>{no}</button>
        <button type="button" class="action danger" onClick={onYes}>{yes}</button>
      </div>
    </div>
  );
}

/** − figure +, each press 48 px or more. The figure itself may be pressed to type it. */
export function Stepper({ name, value, onStep, onType, least, most, tall = false }: {
  name: string;
  value: number | null;
  onStep: (by: 1 | -1) => void;
  onType?: (() => void) | undefined;
  least: number;
  most: number | null;
  tall?: boolean;
}) {
  const shown = value === null ? "–" : String(value);
  const low = value !== null && value <= least;
  const high = value !== null && most !== null && value >= most;
  return (
    <div class={tall ? "m-stepper m-stepper-tall" : "m-stepper"} role="group" aria-label={name}>
      <button class="m-step" type="button" aria-label={t("less", { name })} aria-disabled={low ? "true" : undefined} onClick={() => onStep(-1)}>
        <Minus stroke={3} />
      </button>
      {onType ? (
        <button class="m-step-value" type="button" aria-label={`${name} ${shown}`} onClick={onType}>{shown}</button>
      ) : (
        <output class="m-step-value">{shown}</output>
      )}
      <button class="m-step" type="button" aria-label={t("more", { name })} aria-disabled={high ? "true" : undefined} onClick={() => onStep(1)}>
        <Plus stroke={3} />
      </button>
    </div>
  );
}

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** Big keys for gloves; the keys of a keyboard do the same. `point` adds the decimal point. */
export function Keypad({ value, onValue, onEnter, point = false, most = 6 }: {
  value: string;
  onValue: (next: string) => void;
  /** The Enter key of a keyboard, unless it presses a button that has the focus. */
  onEnter: () => void;
  point?: boolean;
  most?: number;
}) {
  // Keys may come faster than the page is drawn: each builds on what the last one left, not on what is shown.
  const latest = useRef({ value, onValue, onEnter });
  latest.current = { value, onValue, onEnter };
  const put = (next: string): void => {
    latest.current.value = next;
    latest.current.onValue(next);
  };
  const type = (key: string): void => {
    const soFar = latest.current.value;
    if (soFar.length < most && !(key === "." && soFar.includes("."))) put(soFar + key);
  };
  const rub = (): void => put(latest.current.value.slice(0, -1));
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const { target } = event;
      if (target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return;
      if (/^\d$/.test(event.key) || (point && event.key === ".")) type(event.key);
      else if (event.key === "Backspace") rub();
      else if (event.key === "Enter" && !(target instanceof HTMLButtonElement)) latest.current.onEnter();
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [point]);
  return (
    <div class="m-keys">
      {DIGITS.map((digit) => <button key={digit} class="m-key" type="button" onClick={() => type(digit)}>{digit}</button>)}
      {point ? (
        <button class="m-key" type="button" aria-label={t("decimal")} onClick={() => type(".")}>.</button>
      ) : (
        <button class="m-key m-key-word" type="button" onClick={() => put("")}>{t("clear")}</button>
      )}
      <button class="m-key" type="button" onClick={() => type("0")}>0</button>
      <button class="m-key" type="button" aria-label={t("deleteDigit")} onClick={rub}><Back stroke={2.4} /></button>
    </div>
  );
}

/** One of a few, each a big button: reasons, how many right, how many heads. */
export function Pick<T extends string | number>({ label, options, chosen, onPick, hidden = false }: {
  label: string;
  options: readonly { value: T; word: string }[];
  chosen: T | null;
  onPick: (value: T) => void;
  /** The label is for ears only, because the page already says it. */
  hidden?: boolean;
}) {
  const id = useId();
  return (
    <div role="group" aria-labelledby={id}>
      <p class={hidden ? "hear" : "m-label"} id={id}>{label}</p>
      <div class={options.every(({ word }) => word.length < 3) ? "m-pick m-pick-short" : "m-pick"}>
        {options.map(({ value, word }) => (
          <button key={value} type="button" class="m-choice" aria-pressed={value === chosen} onClick={() => onPick(value)}>{word}</button>
        ))}
      </div>
    </div>
  );
}

/** A line that is on or off, with a box large enough to see in the sun. */
export function Toggle({ on, onToggle, children }: { on: boolean; onToggle: () => void; children: ComponentChildren }) {
  return (
    <label class="m-toggle">
      <input type="checkbox" checked={on} onChange={onToggle} />
      <span class="m-toggle-box">{on ? <Tick size={22} stroke={3.4} /> : null}</span>
      <span class="m-toggle-words">{children}</span>
    </label>
  );
}

/** Number, name, and a line about them. */
export function TeamLine({ entry, large = false, children }: { entry: Entry; large?: boolean; children?: ComponentChildren }) {
  return (
    <div class={large ? "m-team m-team-large" : "m-team"}>
      <Bib n={entry.bib} size={large ? "large" : "small"} />
      <div class="m-team-words">
        {large ? <h2>{entry.team}</h2> : <b>{entry.team}</b>}
        {children}
      </div>
    </div>
  );
}

/** Two or three lists of one page; the chosen one has the rule above it, as in the tabs of the team's phone. */
export function Lists<Id extends string>({ label, lists, here, onGo }: { label: string; lists: readonly { id: Id; word: string }[]; here: Id; onGo: (id: Id) => void }) {
  return (
    <div class="m-lists" role="group" aria-label={label}>
      {lists.map(({ id, word }) => (
        <button key={id} type="button" class="m-list-tab" aria-pressed={id === here} onClick={() => onGo(id)}>{word}</button>
      ))}
    </div>
  );
}

/** The phone's own time, ten times a second while a watch runs. */
export function useTenths(running: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    setNow(Date.now());
    if (!running) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 100);
    return () => clearInterval(timer);
  }, [running]);
  return now;
}
