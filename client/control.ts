// Keeps race control fresh: asks for the same page every few seconds and puts its parts marked data-live in place of the
// old ones. What the organizer types or opens is in no such part. Clocks run by the server's time.

import { duration, ServerClock } from "./board/time.ts";

const EVERY_MS = 5_000;
const REQUEST_MS = 10_000;

const server = new ServerClock();
// A message that could not be sent shows this page under the message's own address, which takes no question.
if (location.pathname.endsWith("/message")) history.replaceState(null, "", location.pathname.slice(0, -"/message".length));
const said = document.querySelector<HTMLElement>("[data-stale]");

function hear(answer: Response): void {
  const date = Date.parse(answer.headers.get("Date") ?? "");
  if (date) server.hear(date, true);
}

function tick(): void {
  const now = server.now();
  for (const clock of document.querySelectorAll<HTMLElement>("[data-since]")) {
    clock.textContent = duration((now - Number(clock.dataset["since"])) / 1000);
  }
  for (const clock of document.querySelectorAll<HTMLElement>("[data-until]")) {
    clock.textContent = duration(Math.ceil((Number(clock.dataset["until"]) - now) / 1000));
  }
}

async function refresh(): Promise<void> {
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), REQUEST_MS);
  try {
    const answer = await fetch(location.pathname + location.search, { signal: stop.signal, cache: "no-store" });
    // Signed out meanwhile, or an error: keep what is shown and say so.
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    hear(answer);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const old of document.querySelectorAll<HTMLElement>("[data-live]")) {
      const part = fresh.querySelector(`[data-live="${old.dataset["live"]}"]`);
      // A part that has the focus (somebody about to call a captain) stays until it is left.
      if (part && !part.isEqualNode(old) && !old.contains(document.activeElement)) old.replaceWith(part);
    }
    tick();
    if (said) said.hidden = true;
  } catch {
    if (said) said.hidden = false;
  } finally {
    clearTimeout(late);
  }
}

setInterval(() => document.hidden || void refresh(), EVERY_MS);
setInterval(tick, 1_000);
document.addEventListener("visibilitychange", () => document.hidden || void refresh());
void refresh();
