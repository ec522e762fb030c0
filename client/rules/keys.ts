/** What a key says to a question: letters and digits choose by what stands on the tiles. */

import type { Answer, Question } from "../types.ts";

/** The place on the screen, from 0, that a key names: 1 or A is the first; -1 for another key. */
export function placeOf(key: string): number {
  if (key.length !== 1) return -1;
  if (key >= "1" && key <= "9") return Number(key) - 1;
  const letter = key.toUpperCase();
  return letter >= "A" && letter <= "Z" ? letter.charCodeAt(0) - 65 : -1;
}

/** The answer after `key` was pressed, or undefined where the key says nothing to this question. */
export function pressed(question: Question, answer: Answer | undefined, key: string): Answer | undefined {
  const place = placeOf(key);
  if (place < 0) return undefined;
  if (question.kind === "true_false") return place < 2 ? place === 0 : undefined;
  const choice = question.choices?.[place];
  if (!choice) return undefined;
  if (question.kind === "single") return choice.index;
  if (question.kind === "multiple") return toggled(Array.isArray(answer) ? answer : [], choice.index);
  return undefined;
}

/** The chosen indexes with `index` put in or taken out, in order. */
export function toggled(chosen: readonly number[], index: number): number[] {
  return chosen.includes(index) ? chosen.filter((each) => each !== index) : [...chosen, index].sort((a, b) => a - b);
}
