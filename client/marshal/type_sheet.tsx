/** A figure by hand: the time from the marshal's own watch, or a count. */

import { useState } from "preact/hooks";
import { WordButton } from "../parts/button.tsx";
import { Sheet } from "../parts/sheet.tsx";
import { fits } from "./measures.ts";
import { Keypad, MainButton } from "./parts.tsx";
import type { Measure } from "./station.ts";
import { face, readFace } from "./stopwatch.ts";
import { t } from "./words.ts";

export interface TypeProps {
  measure: Measure;
  /** Tenths of a second, or the count so far. */
  start: number | null;
  onValue: (value: number) => void;
  onClose: () => void;
  /** The watch was stopped by mistake; null for a count. */
  onGoOn: (() => void) | null;
}

export function TypeSheet({ measure, start, onValue, onClose, onGoOn }: TypeProps) {
  const timed = measure.kind === "seconds";
  const [typed, setTyped] = useState("");
  const read = timed ? readFace(typed) : typed === "" ? null : Number(typed);
  const good = read !== null && fits(measure, timed ? read / 10 : read);
  const use = (): void => {
    if (good) onValue(read);
  };
  const before = start === null ? "–" : timed ? face(start) : String(start);
  return (
    <Sheet title={timed ? t("changeTimeTitle") : measure.name} closeWord={t("close")} onClose={onClose}>
      {timed ? <p class="second">{t("changeTimeHelp")}</p> : null}
      <p class="m-typed">
        <output>{typed || <span class="m-typed-before">{before}</span>}</output>
        {timed ? <span class="m-unit">{t("seconds")}</span> : null}
        {timed && read !== null && read >= 1000 ? <span class="second">= {face(read)}</span> : null}
      </p>
      <Keypad value={typed} onValue={setTyped} onEnter={use} point={timed} most={timed ? 6 : 3} />
      <MainButton first={good ? null : read === null ? t(timed ? "typeTime" : "typeCount") : limits(measure)} onPress={use}>{t("useThis")}</MainButton>
      {onGoOn ? <div class="m-ways"><WordButton onClick={onGoOn}>{t("goOn")}</WordButton></div> : null}
    </Sheet>
  );
}

export function limits(measure: Measure): string {
  const timed = measure.kind === "seconds";
  const { least, most } = measure;
  if (most === null) return timed && least === 0 ? "" : t(timed ? "atLeastSeconds" : "atLeast", { least });
  return t(timed ? "betweenSeconds" : "between", { least, most });
}
