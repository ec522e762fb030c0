// Keeps what the rules mean beside their form current: asks for that part again a moment after something was changed.

const QUIET_MS = 300;

const form = document.querySelector<HTMLFormElement>("form[data-preview]");
const means = document.querySelector<HTMLElement>(".means");
let due: ReturnType<typeof setTimeout> | undefined;
let asked: AbortController | null = null;

async function ask(form: HTMLFormElement, means: HTMLElement): Promise<void> {
  asked?.abort();
  const mine = (asked = new AbortController());
  try {
    const body = new FormData(form);
    const answer = await fetch(form.dataset["preview"] ?? "", { method: "POST", body, signal: mine.signal });
    // Signed out meanwhile, or no signal: what is shown stays, and saving says what is wrong.
    if (!answer.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-means]");
    if (fresh && !mine.signal.aborted) means.replaceChildren(fresh);
  } catch {
    // Overtaken by the next change, or no signal.
  }
}

if (form && means) {
  form.addEventListener("input", () => {
    clearTimeout(due);
    due = setTimeout(() => void ask(form, means), QUIET_MS);
  });
}

export {}; // a module: its names are its own
