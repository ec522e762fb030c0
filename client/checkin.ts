// Check-in: finds teams while one types, counts a whole team at one press, and shows what others counted meanwhile.

const EVERY_MS = 4_000;
const REQUEST_MS = 10_000;
const TYPED_MS = 180;

const list = document.querySelector<HTMLElement>("[data-list]");
const find = document.querySelector<HTMLFormElement>("[data-find]");
const whole = document.querySelector<HTMLFormElement>("#whole");
const failed = document.querySelector<HTMLElement>("[data-failed]");
let asked = 0;

async function ask(address: string, sent?: URLSearchParams): Promise<Document> {
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), REQUEST_MS);
  try {
    const options = sent ? { method: "POST", body: sent } : {};
    const answer = await fetch(address, { ...options, signal: stop.signal, cache: "no-store", headers: { Accept: "text/html" } });
    // Somebody else counted the team meanwhile: the page that says so is shown like any other.
    if (!answer.ok && answer.status !== 409) throw new Error(String(answer.status));
    if (new URL(answer.url).pathname !== location.pathname) throw new Error("signed out");
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  } finally {
    clearTimeout(late);
  }
}

/** Puts the parts of a fresh page in place of the old ones. What has the focus, or is being filled in, stays. */
function show(fresh: Document): void {
  for (const old of document.querySelectorAll<HTMLElement>("[data-live]")) {
    const part = fresh.querySelector(`[data-live="${old.dataset["live"]}"]`);
    if (part && !part.isEqualNode(old) && !old.contains(document.activeElement)) old.replaceWith(part);
  }
}

async function refresh(): Promise<void> {
  const number = ++asked;
  try {
    const fresh = await ask(location.pathname + location.search);
    if (number === asked) show(fresh);
  } catch {
    // No signal: the next turn tries again, and a press says so itself.
  }
}

async function search(form: HTMLFormElement): Promise<void> {
  const number = ++asked;
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value) query.set(name, String(value));
  const address = `${location.pathname}${query.size ? `?${query}` : ""}`;
  try {
    const fresh = await ask(address);
    const part = fresh.querySelector("[data-list]");
    if (number !== asked || !list || !part) return;
    history.replaceState(null, "", address);
    list.replaceChildren(...part.children);
    for (const name of ["q", "page"]) {
      const field = whole?.elements.namedItem(name);
      if (field instanceof HTMLInputElement) field.value = query.get(name) ?? "";
    }
    show(fresh);
  } catch {
    form.submit();
  }
}

async function press(form: HTMLFormElement, button: HTMLButtonElement): Promise<void> {
  const sent = new URLSearchParams();
  for (const [name, value] of new FormData(form)) sent.append(name, String(value));
  sent.set(button.name, button.value);
  ++asked;
  button.disabled = true;
  try {
    const fresh = await ask(form.action, sent);
    if (failed) failed.hidden = true;
    const told = fresh.querySelector(".error:not([data-failed])");
    document.querySelector("[data-told]")?.remove();
    if (told && failed) {
      told.setAttribute("data-told", "");
      failed.before(told);
    }
    document.body.focus();
    button.blur();
    show(fresh);
  } catch {
    if (failed) failed.hidden = false;
  } finally {
    button.disabled = false;
  }
}

if (list && find && whole) {
  let typing: ReturnType<typeof setTimeout> | undefined;
  find.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => void search(find), TYPED_MS);
  });
  find.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(typing);
    void search(find);
  });
  whole.addEventListener("submit", (event) => {
    if (!(event.submitter instanceof HTMLButtonElement)) return;
    event.preventDefault();
    void press(whole, event.submitter);
  });
  setInterval(() => document.hidden || void refresh(), EVERY_MS);
  document.addEventListener("visibilitychange", () => document.hidden || void refresh());
}

export {}; // a module: its names are its own
