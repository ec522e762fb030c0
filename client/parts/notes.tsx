/** What the page says back: toast, error with ways on, empty place. */

import type { ComponentChildren } from "preact";
import { Clock, Tick, Up, Warning } from "../icons.tsx";

const TOASTS = { unsent: Up, passed: Tick, wait: Warning, check: Clock };

/** Stays until what it says is no longer so. Polite: it never interrupts. */
export function Toast({ tone, title, children }: { tone: keyof typeof TOASTS; title: string; children?: ComponentChildren }) {
  const Shape = TOASTS[tone];
  return (
    <div class={`toast tone-${tone}`} role="status">
      <Shape size={24} stroke={2.4} />
      <p><b>{title}</b>{children ? <><br />{children}</> : null}</p>
    </div>
  );
}

export interface WayOn { word: string; onClick?: () => void; href?: string }

function Ways({ ways }: { ways: WayOn[] }) {
  return (
    <p class="ways">
      {ways.slice(0, 3).map((way) =>
        way.href ? (
          <a key={way.word} class="word" href={way.href}><span>{way.word}</span></a>
        ) : (
          <button key={way.word} class="word" type="button" onClick={way.onClick}><span>{way.word}</span></button>
        ),
      )}
    </p>
  );
}

/** What happened, what to do, up to three ways on of which one is a person. */
export function ErrorBox({ title, children, ways = [] }: { title: string; children?: ComponentChildren; ways?: WayOn[] }) {
  return (
    <div class="error" role="alert">
      <h2>{title}</h2>
      {children ? <p>{children}</p> : null}
      {ways.length ? <Ways ways={ways} /> : null}
    </div>
  );
}

/** An empty place: what will appear here, and the next step. */
export function Empty({ title, children, ways = [] }: { title: string; children?: ComponentChildren; ways?: WayOn[] }) {
  return (
    <div class="empty">
      <h2>{title}</h2>
      {children ? <p>{children}</p> : null}
      {ways.length ? <Ways ways={ways} /> : null}
    </div>
  );
}
