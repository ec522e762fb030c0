// Brings the standings in: by the stream while it holds, else by asking every few seconds.

import type { Standings, Update } from "./model.ts";
import { merge } from "./standings.ts";
import type { ServerClock } from "./time.ts";

const FIRST_MS = 1_500; // the stream usually brings the whole sooner than a second request would
const POLL_MS = 5_000;
const SILENCE_MS = 25_000; // a stream may die without a word; then we ask
const REOPEN_MS = 8_000;
const REQUEST_MS = 10_000; // an unanswered question counts as no connection

export interface Listener {
  standings(now: Standings, lit: string[]): void;
  connected(yes: boolean): void;
}

export class Feed {
  private readonly address: string;
  private readonly query: string;
  private readonly clock: ServerClock;
  private readonly listener: Listener;
  private now: Standings | null;
  private etag = "";
  private stream: EventSource | null = null;
  private timer = 0;
  private asking = false;
  private streaming = false;

  constructor(slug: string, first: Standings | null, clock: ServerClock, listener: Listener) {
    const language = document.documentElement.lang.slice(0, 2);
    this.address = `/api/v1/races/${encodeURIComponent(slug)}/`;
    this.query = `?lang=${language}`;
    this.now = first;
    this.clock = clock;
    this.listener = listener;
  }

  start(): void {
    this.open();
    this.askIn(FIRST_MS);
    addEventListener("online", () => this.again());
    addEventListener("pageshow", () => this.again());
    addEventListener("offline", () => this.listener.connected(false));
    document.addEventListener("visibilitychange", () => document.hidden || this.again());
  }

  private again(): void {
    if (!this.stream || this.stream.readyState === EventSource.CLOSED) this.open();
    void this.ask();
  }

  private open(): void {
    this.stream?.close();
    const stream = new EventSource(this.address + "stream" + this.query);
    this.stream = stream;
    stream.onopen = () => {
      this.streaming = true;
      this.listener.connected(true);
    };
    stream.onmessage = (event: MessageEvent<string>) => {
      this.streaming = true;
      this.take(JSON.parse(event.data) as Update);
      this.askIn(SILENCE_MS);
    };
    stream.onerror = () => {
      this.streaming = false;
      this.askIn(0);
      // A refusal closes it for good; a lost connection the browser opens again by itself.
      if (stream.readyState === EventSource.CLOSED) {
        setTimeout(() => this.stream === stream && this.open(), REOPEN_MS);
      }
    };
  }

  private take(update: Update): void {
    if (update.at) this.clock.hear(update.at);
    const merged = merge(this.now, update);
    this.listener.connected(true);
    if (!merged) {
      this.etag = "";
      this.askIn(0);
      return;
    }
    this.now = merged.standings;
    this.listener.standings(merged.standings, merged.lit);
  }

  private askIn(ms: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(), ms);
  }

  private async ask(): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    const stop = new AbortController();
    const late = setTimeout(() => stop.abort(), REQUEST_MS);
    try {
      const headers: Record<string, string> = this.etag ? { "If-None-Match": this.etag } : {};
      const address = this.address + "standings" + this.query;
      const answer = await fetch(address, { headers, signal: stop.signal, cache: "no-store" });
      const date = Date.parse(answer.headers.get("Date") ?? "");
      if (date) this.clock.hear(date, true);
      if (answer.status === 200) {
        const whole = (await answer.json()) as Standings;
        const news = !this.now || whole.revision > this.now.revision || whole.stage !== this.now.stage;
        this.etag = answer.headers.get("ETag") ?? "";
        // Something new that the stream did not bring: it is dead without having said so.
        if (news && this.now && this.streaming) this.open();
        if (news) this.take({ ...whole, full: true });
      } else if (answer.status !== 304) {
        throw new Error(String(answer.status));
      }
      this.listener.connected(true);
    } catch {
      this.listener.connected(false);
    } finally {
      clearTimeout(late);
      this.asking = false;
      this.askIn(this.streaming ? SILENCE_MS : POLL_MS);
    }
  }
}
