/** Small marks: bib, code ring, flag, pins, status chip. */

import type { ComponentChildren } from "preact";
import { CheckRing, Clock, Cross, Pause, Tick, Up, Warning } from "../icons.tsx";
import { PIN_SIDE, pins } from "../pins.ts";

export function Bib({ n, size = "small" }: { n: string; size?: "small" | "large" | "huge" }) {
  return <span class={`bib bib-${size}`}>{n}</span>;
}

/** The code in its ring: purple on the page, plain (`quiet`) on a coloured ground. */
export function CodeRing({ code, quiet = false }: { code: string; quiet?: boolean }) {
  return <span class={quiet ? "ring-code quiet" : "ring-code"}>{code}</span>;
}

/** The orange-and-white flag with the code: only for the checkpoint to go to next, once a page. */
export function Flag({ code, small = false }: { code: string; small?: boolean }) {
  return (
    <span class={small ? "flag flag-small" : "flag"}>
      <svg class="flag-ground" viewBox="0 0 10 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
        <path class="flag-white" d="M0 0H10V10H0z" />
        <path class="flag-orange" d="M10 0V10H0z" />
      </svg>
      <span class="flag-code">{code}</span>
    </span>
  );
}

export function PinPattern({ code, class: extra = "" }: { code: string; class?: string }) {
  const step = 10;
  return (
    <svg class={`pins ${extra}`} viewBox={`0 0 ${step * PIN_SIDE} ${step * PIN_SIDE}`} aria-hidden="true" focusable="false">
      {pins(code).map((place) => (
        <circle key={place} cx={(place % PIN_SIDE) * step + step / 2} cy={Math.floor(place / PIN_SIDE) * step + step / 2} r="3.6" />
      ))}
    </svg>
  );
}

export type Tone = "passed" | "wait" | "stop" | "unsent" | "check" | "ready";
const SHAPES = { passed: Tick, wait: Cross, stop: Pause, unsent: Up, check: Clock, ready: CheckRing };

/** A status: colour, shape and word together. `late` shows the triangle instead of the cross. */
export function StatusChip({ tone, children, late = false }: { tone: Tone; children: ComponentChildren; late?: boolean }) {
  const Shape = late ? Warning : SHAPES[tone];
  return (
    <span class={`chip tone-${tone}`}>
      <Shape size={18} stroke={2.4} />
      <span>{children}</span>
    </span>
  );
}
