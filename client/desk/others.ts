// Shows who else is at this race's desk, and what they changed since this page was shown.

const EVERY_MS = 5_000;

interface Heard {
  others: { name: string; page: string }[];
  edits: { name: string; at: number; part: string; what: string }[];
  revision: number;
}

const chinese = document.documentElement.lang.startsWith("zh");

export function alsoHere(names: string[]): string {
  const list = names.join(chinese ? "、" : ", ");
  return chinese ? `${list}也在改` : `${list} also here`;
}

export function changedBy(edit: { name: string; what: string }, time: string): string {
  return chinese ? `${edit.name} ${time} 改了${edit.what}。` : `${edit.name} changed ${edit.what} at ${time}.`;
}

export function watchOthers(work: HTMLElement): void {
  const address = work.dataset["desk"] ?? "";
  const others = document.querySelector<HTMLElement>("[data-others]");
  const changed = work.querySelector<HTMLElement>("[data-changed]");
  const clock = new Intl.DateTimeFormat(chinese ? "zh-CN" : "en", {
    hour: "numeric",
    minute: "2-digit",
    hour12: false,
    timeZone: work.dataset["timezone"],
  });

  async function ask(): Promise<void> {
    const body = new URLSearchParams({
      csrf_token: work.dataset["csrf"] ?? "",
      since: work.dataset["revision"] ?? "0",
      page: location.pathname,
    });
    try {
      const answer = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" } });
      if (!answer.ok || answer.redirected) return;
      const heard = (await answer.json()) as Heard;
      // A page that follows by itself says so, and needs no link to the latest.
      const follows = !document.dispatchEvent(new CustomEvent("desk:heard", { detail: heard, cancelable: true }));
      show(follows ? { ...heard, edits: [] } : heard);
    } catch {
      // No signal: the page says so when something is saved.
    }
  }

  function show(heard: Heard): void {
    const here = [...new Set(heard.others.map((other) => other.name))];
    if (others) others.textContent = here.length ? alsoHere(here) : "";
    const last = heard.edits[heard.edits.length - 1];
    if (!changed || !last) return;
    const link = document.createElement("a");
    link.href = "";
    link.textContent = chinese ? "载入最新" : "Show the latest";
    changed.replaceChildren(changedBy(last, clock.format(last.at)), " ", link);
    changed.hidden = false;
  }

  setInterval(() => document.hidden || void ask(), EVERY_MS);
  document.addEventListener("visibilitychange", () => document.hidden || void ask());
  void ask();
}
