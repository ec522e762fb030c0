/** The figures of one result, each with the buttons that suit it. */

import type { ComponentChildren } from "preact";
import { Cross, Tick } from "../icons.tsx";
import { choices, step, toggleCell, untouchedAll } from "./measures.ts";
import { Pick, Stepper, useTenths } from "./parts.tsx";
import type { Measure, MeasureValue, Values } from "./station.ts";
import { type Watch, face, isRunning, tenths } from "./stopwatch.ts";
import { t } from "./words.ts";

export interface BoxProps {
  measures: readonly Measure[];
  values: Values;
  watch: Watch;
  onValue: (measure: Measure, value: MeasureValue) => void;
  /** Opens the keypad for a figure: the seconds, or a count too large for buttons. */
  onType: (measure: Measure) => void;
}

/** The box before 开始: the same figures in the same places, so that the button below never jumps under the thumb. */
export function IdleBox({ measures }: { measures: readonly Measure[] }) {
  const none = (): void => undefined;
  const watch = { begun: 0, stopped: 0, byHand: null };
  return (
    <fieldset class="m-idle" disabled aria-hidden="true">
      <MeasuresBox measures={measures} values={untouchedAll(measures)} watch={watch} onValue={none} onType={none} />
    </fieldset>
  );
}

export function MeasuresBox({ measures, values, watch, onValue, onType }: BoxProps) {
  const board = measures.find((m) => m.kind === "grid3x3");
  const cell = (measure: Measure) => (
    <MeasureCell
      key={measure.id}
      measure={measure}
      value={values[measure.id] ?? null}
      watch={watch}
      tall={board !== undefined}
      onValue={(value) => onValue(measure, value)}
      onType={() => onType(measure)}
    />
  );
  if (!board) return <div class="m-box">{measures.map(cell)}</div>;
  const others = measures.filter((m) => m !== board);
  return (
    <div class="m-box">
      {cell(board)}
      {others.length ? <div class="m-box-side">{others.map(cell)}</div> : null}
    </div>
  );
}

interface CellProps {
  measure: Measure;
  value: MeasureValue;
  watch: Watch;
  tall: boolean;
  onValue: (value: MeasureValue) => void;
  onType: () => void;
}

function MeasureCell({ measure, value, watch, tall, onValue, onType }: CellProps) {
  switch (measure.kind) {
    case "seconds":
      return <Seconds name={measure.name || t("time")} watch={watch} onType={onType} />;
    case "grid3x3":
      return <Board name={measure.name} hit={Array.isArray(value) ? value : []} onTap={(cell) => onValue(toggleCell(value, cell))} />;
    case "pass":
      return (
        <Cell name={measure.name} wide>
          <div class="m-pair" role="group" aria-label={measure.name}>
            <button type="button" class="m-choice" aria-pressed={value === true} onClick={() => onValue(true)}><Tick stroke={3} />{t("passedYes")}</button>
            <button type="button" class="m-choice" aria-pressed={value === false} onClick={() => onValue(false)}><Cross stroke={3} />{t("passedNo")}</button>
          </div>
        </Cell>
      );
    default: {
      const few = choices(measure);
      if (few) {
        return (
          <Cell name={measure.name} wide>
            <Pick label={measure.name} hidden options={few.map((n) => ({ value: n, word: String(n) }))} chosen={typeof value === "number" ? value : null} onPick={onValue} />
          </Cell>
        );
      }
      return (
        <Cell name={measure.name} wide={measure.kind === "count" && !tall}>
          <Stepper
            name={measure.name}
            value={typeof value === "number" ? value : null}
            least={measure.least}
            most={measure.most}
            tall={tall}
            onStep={(by) => onValue(step(measure, value, by))}
            onType={measure.kind === "count" ? onType : undefined}
          />
        </Cell>
      );
    }
  }
}

function Cell({ name, children, wide = false }: { name: string; children: ComponentChildren; wide?: boolean }) {
  return (
    <div class={wide ? "m-cell m-cell-wide" : "m-cell"}>
      <p class="m-label">{name}</p>
      {children}
    </div>
  );
}

/** The face of the watch. Stopped, a press on it corrects the time. */
function Seconds({ name, watch, onType }: { name: string; watch: Watch; onType: () => void }) {
  const running = isRunning(watch);
  const text = face(tenths(watch, useTenths(running)));
  const figure = (
    <span class="m-time">
      <span class={text.length > 5 ? "m-face m-face-long" : "m-face"}>{text}</span>
      <span class="m-unit">{t("seconds")}</span>
    </span>
  );
  if (running) {
    return (
      <div class="m-cell">
        <p class="m-label">{name}</p>
        <span role="timer" aria-live="off">{figure}</span>
      </div>
    );
  }
  return (
    <button class="m-cell" type="button" onClick={onType}>
      <span class="m-label">{watch.byHand === null ? name : t("typedByHand")}<span class="m-time-change">{t("changeTime")}</span></span>
      {figure}
    </button>
  );
}

/** The board as it hangs: tap what was hit, tap again to take it back. */
function Board({ name, hit, onTap }: { name: string; hit: readonly number[]; onTap: (cell: number) => void }) {
  return (
    <div class="m-cell m-cell-board">
      <p class="m-label">{name}<span class="m-aside" aria-live="polite">{t("hits", { n: hit.length })}</span></p>
      <div class="m-board" role="group" aria-label={name}>
        {Array.from({ length: 9 }, (_, cell) => (
          <button key={cell} type="button" class="m-board-cell" aria-pressed={hit.includes(cell)} aria-label={t("cell", { n: cell + 1 })} onClick={() => onTap(cell)}>
            {hit.includes(cell) ? <Tick size={28} stroke={3.6} /> : cell + 1}
          </button>
        ))}
      </div>
    </div>
  );
}
