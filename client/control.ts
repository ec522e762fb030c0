// Keeps the pages of the race day fresh: asks for the same page every few seconds and fills its parts marked data-live
// anew. What the organizer types or has opened stays. Clocks run by the server's time.

import { duration, ServerClock } from "./board/time.ts";
import { watchOthers } from "./desk/others.ts";
import { askFirst } from "./desk/sure.ts";

const EVERY_MS = 5_000;
const REQUEST_MS = 10_000;

const server = new ServerClock();
const said = document.querySelector<HTMLElement>("[data-stale]");
const day = document.querySelector<HTMLElement>(".work[data-desk]");
if (day) {
  watchOthers(day);
  askFirst(document);
}

// What could not be done shows the page under the act's own address, which takes no question: ask where the page lives.
const home = document.querySelector<HTMLFormElement>("form[data-kept]")?.dataset["kept"];
const root = /^\/organize\/[^/]+/.exec(location.pathname)?.[0] ?? "";
const posted = /\/(gun|undo|reopen|close|message|late|clock|press\/[a-z]+|(withdraw|members)|teams)$/.test(location.pathname);

function address(): string {
  if (home) return home;
  if (!posted || location.pathname.endsWith("/clock") || location.pathname.endsWith("/late")) return location.pathname + location.search;
  if (location.pathname.endsWith("/teams")) return `${root}/trial`;
  return /\/(withdraw|members)$/.test(location.pathname) ? location.pathname.replace(/\/[a-z]+$/, "") : `${root}/control`;
}

const here = address();
if (here !== location.pathname + location.search) history.replaceState(null, "", here);

function hear(answer: Response): void {
  const date = Date.parse(answer.headers.get("Date") ?? "");
  if (date) server.hear(date, true);
}

let turned = 0;

function tick(): void {
  const now = server.now();
  for (const clock of document.querySelectorAll<HTMLElement>("[data-since]")) {
    clock.textContent = duration((now - Number(clock.dataset["since"])) / 1000);
  }
  for (const clock of document.querySelectorAll<HTMLElement>("[data-until]")) {
    const left = Number(clock.dataset["until"]) - now;
    clock.textContent = duration(Math.ceil(left / 1000));
    // The gun: show the race at once, not at the next look.
    if (left <= 0 && "turn" in clock.dataset && turned !== Number(clock.dataset["until"])) {
      turned = Number(clock.dataset["until"]);
      setTimeout(() => void refresh(), 300);
    }
  }
}

/** Whether somebody is at a part: has the focus in it, or something open, or typed there. Then it stays until left. */
function busy(part: HTMLElement): boolean {
  return part.contains(document.activeElement) || part.querySelector("details[open]") !== null;
}

/** Gives the fresh part the old one's form tokens: those are new each time and mean no change. */
function evenOut(fresh: Element, old: Element): void {
  const token = old.querySelector<HTMLInputElement>("input[name=csrf_token]")?.value;
  if (token === undefined) return;
  for (const input of fresh.querySelectorAll<HTMLInputElement>("input[name=csrf_token]")) input.setAttribute("value", token);
}

async function refresh(): Promise<void> {
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), REQUEST_MS);
  try {
    const answer = await fetch(here, { signal: stop.signal, cache: "no-store" });
    // Signed out meanwhile, or an error: keep what is shown and say so.
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    hear(answer);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const old of document.querySelectorAll<HTMLElement>("[data-live]")) {
      const part = fresh.querySelector(`[data-live="${old.dataset["live"]}"]`);
      if (!part || busy(old)) continue;
      evenOut(part, old);
      // The part itself stays: readers announce what changes inside a live region, not a new one.
      if (!part.isEqualNode(old)) old.replaceChildren(...part.childNodes);
    }
    tick();
    if (said) said.hidden = true;
  } catch {
    if (said) said.hidden = false;
  } finally {
    clearTimeout(late);
  }
}

// A sign scanned with this phone's own camera is noted without another press; without this script there is the button.
const scanned = document.querySelector<HTMLFormElement>("form[data-at-once]");
if (scanned) scanned.requestSubmit();

setInterval(() => document.hidden || void refresh(), EVERY_MS);
setInterval(tick, 1_000);
document.addEventListener("visibilitychange", () => document.hidden || void refresh());
void refresh();
