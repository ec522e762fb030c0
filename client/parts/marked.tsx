import { h, type ComponentChildren } from "preact";
import { pieces } from "../rules/rich.ts";

/** A text with its marks. What is no mark of ours shows as it is written: nothing here is ever HTML of somebody else. */
export function Marked({ text }: { text: string }) {
  return <>{pieces(text).map((piece) => piece.marks.reduceRight<ComponentChildren>((inside, mark) => h(mark, null, inside), piece.text))}</>;
}
