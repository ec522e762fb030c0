// The page of checkpoints: puts the editor in the place of the plain list.

import { render } from "preact";
import { Editor } from "./desk/places/editor.tsx";
import type { State } from "./desk/places/model.ts";
import { t } from "./desk/places/words.ts";

const place = document.getElementById("places");
const data = document.getElementById("places-state")?.textContent;
const work = document.querySelector<HTMLElement>("[data-desk]");

/** The rail and the head follow what is stored: taken from the page as the server draws it now. */
function follow(page: Document): void {
  for (const part of [".way-rail", ".way-head .lead", ".way-acts"]) {
    const [old, fresh] = [document.querySelector(part), page.querySelector(part)];
    if (old && fresh && old.textContent !== fresh.textContent && !old.contains(document.activeElement)) old.replaceWith(document.adoptNode(fresh));
  }
}

function saved(): void {
  const kept = document.querySelector("[data-kept]");
  const time = new Intl.DateTimeFormat("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: work?.dataset["timezone"] }).format(Date.now());
  if (kept) kept.textContent = t("saved", { time });
}

if (place && data && work) {
  place.replaceChildren();
  render(<Editor first={JSON.parse(data) as State} csrf={work.dataset["csrf"] ?? ""} onSaved={saved} onPage={follow} />, place);
}
