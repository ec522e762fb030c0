// Changes go to the server one after the other, in order. What is not there yet is kept: through no signal, a reload, an
// expired sign-in. What somebody else changed meanwhile is never overwritten without asking.

import { fieldsOf, laid, type Change, type Point, type State } from "./model.ts";

const AGAIN_MS = 5_000;

interface Answer { state: State; faults: Record<string, string>; back: unknown }
export interface Clash { change: Change; theirs: Point | null }
export type Trouble = "" | "offline" | "signed-out";

export interface QueueEvents {
  /** The server has a new state. */
  state(state: State): void;
  /** A change is there; `back` takes a deletion back. */
  done(change: Change, back: string | null): void;
  refused(change: Change, faults: Record<string, string>): void;
  clash(clash: Clash): void;
  changed(): void;
}

export class Queue {
  waiting: Change[] = [];
  trouble: Trouble = "";
  /** Why the race is changed while it is under way. */
  reason = "";
  private sending = false;
  /** Every change this page ever held: what else is kept is another page's, which may be without a signal. */
  private mine = new Set<string>();
  private timer = 0;
  private slug: string;
  private csrf: string;
  private on: QueueEvents;

  constructor(slug: string, csrf: string, on: QueueEvents) {
    this.slug = slug;
    this.csrf = csrf;
    this.on = on;
    this.waiting = this.read();
    for (const change of this.waiting) this.mine.add(change.id);
    addEventListener("online", () => void this.send());
    addEventListener("focus", () => void this.send());
    document.addEventListener("visibilitychange", () => document.hidden || void this.send());
  }

  /** Takes a change in. One that follows an unsent change of the same point becomes part of it. */
  put(change: Omit<Change, "id">): Change {
    const before = this.waiting[this.waiting.length - 1];
    const joins = before && !(this.sending && this.waiting.length === 1) && before.what === "change" && change.what === "change" &&
      before.code === change.code && !change.fields["code"] && !before.fields["code"] && !change.undoing && !before.undoing;
    let taken: Change;
    if (joins) {
      before.fields = { ...before.fields, ...change.fields };
      before.undo = { ...change.undo, ...before.undo };
      taken = before;
    } else {
      taken = { ...change, id: `${Date.now()}-${Math.random().toString(36).slice(2)}` };
      this.waiting.push(taken);
      this.mine.add(taken.id);
    }
    this.keep();
    this.on.changed();
    void this.send();
    return taken;
  }

  /** Takes a change back that has not been sent; tells whether it could be. */
  drop(id: string): boolean {
    const place = this.waiting.findIndex((change) => change.id === id);
    if (place < 0 || (place === 0 && this.sending)) return false;
    this.waiting.splice(place, 1);
    this.keep();
    this.on.changed();
    return true;
  }

  async send(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    clearTimeout(this.timer);
    try {
      while (this.waiting.length && (await this.sendFirst()));
    } finally {
      this.sending = false;
      this.on.changed();
      if (this.waiting.length) this.timer = window.setTimeout(() => void this.send(), AGAIN_MS);
    }
  }

  private async sendFirst(): Promise<boolean> {
    const change = this.waiting[0]!;
    let answer = await this.post(change);
    if (answer?.status === 400 && !isJson(answer)) {
      // The sign-in is another one by now, and so is its token.
      if (!(await this.refresh())) return false;
      answer = await this.post(change);
    }
    if (!answer || answer.status >= 500) return this.stop("offline");
    if (answer.status === 401 || answer.status === 403) return this.stop("signed-out");
    if (!isJson(answer)) return this.stop("offline");
    const told = (await answer.json()) as Answer;
    this.trouble = "";
    this.waiting.shift();
    this.settle(change, answer.status, told);
    this.keep();
    return true;
  }

  private settle(change: Change, status: number, told: Answer): void {
    const now = told.state.points.find((point) => point.code === (change.fields["code"] ?? change.code)) ?? null;
    // The answer to an earlier try may have been lost on its way: what is there already is no clash.
    const there = now !== null && change.what !== "delete" && same(now, laid(now, withoutBack(change.fields)));
    const gone = change.what === "delete" && now === null;
    if (status === 200 || (status === 409 && (there || gone)) || (status === 400 && there && change.what !== "change")) {
      for (const next of this.waiting) if (now && next.code === now.code) next.seen = now.seen;
      this.on.state(told.state);
      this.on.done(change, told.back ? JSON.stringify(told.back) : null);
    } else {
      this.on.state(told.state);
      if (status === 409) this.on.clash({ change, theirs: told.state.points.find((point) => point.code === change.code) ?? null });
      else this.on.refused(change, told.faults);
    }
  }

  private async post(change: Change): Promise<Response | null> {
    const adds = change.what === "add" || change.what === "back";
    const body = new URLSearchParams({ ...change.fields, csrf_token: this.csrf, reason: this.reason });
    if (!adds) {
      body.set("was", change.code);
      body.set("seen", change.seen);
      if (change.what === "delete") body.set("act", "delete");
    }
    try {
      return await fetch(`/organize/${this.slug}/checkpoint${adds ? "s" : ""}`, {
        method: "POST", body, headers: { Accept: "application/json" }, redirect: "error",
      });
    } catch {
      return null;
    }
  }

  /** Asks for the page anew: its state, its token. Null where it cannot be had. */
  async refresh(): Promise<Document | null> {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "application/xhtml+xml" } });
      if (answer.status === 401 || answer.redirected) return this.stop("signed-out"), null;
      if (!answer.ok) return this.stop("offline"), null;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      this.csrf = page.querySelector<HTMLElement>("[data-csrf]")?.dataset["csrf"] ?? this.csrf;
      const state = page.getElementById("places-state")?.textContent;
      if (state && !this.waiting.length) this.on.state(JSON.parse(state) as State);
      return page;
    } catch {
      return this.stop("offline"), null;
    }
  }

  private stop(trouble: Trouble): false {
    this.trouble = trouble;
    this.on.changed();
    return false;
  }

  private get key(): string {
    return `places:${this.slug}`;
  }

  private read(): Change[] {
    try {
      return JSON.parse(localStorage.getItem(this.key) ?? "[]") as Change[];
    } catch {
      return [];
    }
  }

  private keep(): void {
    try {
      const all = [...this.read().filter((change) => !this.mine.has(change.id)), ...this.waiting];
      if (all.length) localStorage.setItem(this.key, JSON.stringify(all));
      else localStorage.removeItem(this.key);
    } catch {
      // A browser that keeps nothing: the changes stay on the page, and are sent from there.
    }
  }
}

function isJson(answer: Response): boolean {
  return (answer.headers.get("Content-Type") ?? "").startsWith("application/json");
}

function withoutBack(fields: Record<string, string>): Record<string, string> {
  const { back: _, ...rest } = fields;
  return rest;
}

function same(a: Point, b: Point): boolean {
  const plain = (point: Point) => JSON.stringify({ ...fieldsOf(point), quiz: point.quiz !== "", game: point.game !== "" });
  return plain(a) === plain(b);
}
