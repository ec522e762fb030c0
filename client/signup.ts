// A club's sign-up page: keeps what is typed until it is saved, and counts a team's people as they are typed.

import { watchDrafts } from "./desk/drafts.ts";

// Whatever people put between two names.
const BETWEEN = /[\n、，,;；/／]+/;

export function countNames(text: string): number {
  return text.split(BETWEEN).filter((piece) => piece.trim()).length;
}

export function hintOf(people: number, size: number, words: { short: string; full: string; over: string }): string {
  if (!people) return "";
  const word = !size || people === size ? words.full : people < size ? words.short : words.over;
  return word.replace("{people}", String(people)).replace("{missing}", String(size - people)).replace("{over}", String(people - size));
}

function watch(page: HTMLElement): void {
  watchDrafts(page);
  const words = { short: page.dataset["short"] ?? "", full: page.dataset["full"] ?? "", over: page.dataset["over"] ?? "" };
  for (const hint of page.querySelectorAll<HTMLElement>("[data-hint]")) {
    const field = page.querySelector<HTMLTextAreaElement>(`textarea[name="${hint.dataset["hint"]}-members"]`);
    if (!field) continue;
    const show = () => {
      const said = hintOf(countNames(field.value), Number(hint.dataset["size"] ?? 0), words);
      if (said) hint.textContent = said;
    };
    field.addEventListener("input", show);
    // A draft that came back may have filled a team that stood closed.
    if (field.value) field.closest("details")?.setAttribute("open", "");
    show();
  }
}

const page = typeof document === "undefined" ? null : document.querySelector<HTMLElement>(".club[data-desk]");
if (page) watch(page);
