/** The few marks that a text may carry, by the same rule as the server's `base/rich.py`. */

/** A run of a text, and the marks around it from the outermost in. */
export interface Piece { text: string; marks: string[] }

/** A text as its runs; all of it as one where its marks do not fit together. Inside `<code>` nothing is a mark. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  const opened: { name: string; at: number }[] = [];
  let since = 0;
  for (const mark of text.matchAll(/<br\/?>|<(\/?)(b|i|u|sub|sup|code)>/g)) {
    const [whole, closes, name] = mark;
    const inner = opened.at(-1);
    if (inner?.name === "code" && whole !== "</code>") continue;
    const marks = opened.map((each) => each.name);
    if (mark.index > since) found.push({ text: text.slice(since, mark.index), marks });
    since = mark.index + whole.length;
    if (!name) found.push({ text: "\n", marks });
    else if (!closes && !marks.includes(name)) opened.push({ name, at: found.length });
    else if (closes && inner?.name === name && inner.at < found.length) opened.pop();
    else return [{ text, marks: [] }];
  }
  if (opened.length) return [{ text, marks: [] }];
  if (since < text.length || !found.length) found.push({ text: text.slice(since), marks: [] });
  return found;
}

/** A text without its marks, for where none can be shown. */
export const bare = (text: string) => pieces(text).map((piece) => piece.text).join("");
