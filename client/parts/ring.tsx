import { useEffect, useRef, useState } from "preact/hooks";
import { clock, stopwatch } from "../clock.ts";

const RADIUS = 42;
const ROUND = 2 * Math.PI * RADIUS;

/** Ticks a few times a second while mounted; answers the server's now, UTC ms. */
export function useNow(every = 250): number {
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(clock.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}

export interface RingProps {
  /** When it is empty, UTC ms by the server's clock. */
  until: number;
  /** The whole length in ms. */
  length: number;
  label: string;
  /** Said instead of `label` in the last ten seconds of a quiz. */
  hurry?: string;
  tone?: "ink" | "wait";
  /** 37, or 0:42. */
  figure?: "seconds" | "stopwatch";
  size?: "small" | "large";
  /** What readers hear at 30 and 10 seconds. */
  announce?: (seconds: number) => string;
  onEnd?: () => void;
}

/** The clock as a ring that empties clockwise; the figure inside is the truth, the ring a picture of it. */
export function TimerRing({ until, length, label, hurry, tone = "ink", figure = "seconds", size = "small", announce, onEnd }: RingProps) {
  const now = useNow(200);
  const left = Math.max(0, until - now);
  const seconds = Math.ceil(left / 1000);
  const last = hurry !== undefined && seconds <= 10;
  const long = seconds >= (figure === "seconds" ? 100 : 600);
  const share = length > 0 ? Math.min(1, left / length) : 0;
  const ended = left <= 0;
  const end = useRef(onEnd);
  end.current = onEnd;
  useEffect(() => {
    if (ended) end.current?.();
  }, [ended, until]);
  const said = useRef("");
  if (announce && (seconds === 30 || seconds === 10)) said.current = announce(seconds);
  return (
    <div class={`timer timer-${size} timer-${tone}${last ? " timer-last" : ""}`}>
      <svg viewBox="0 0 100 100" aria-hidden="true" focusable="false">
        <circle class="timer-track" cx="50" cy="50" r={RADIUS} />
        <circle
          class="timer-left"
          cx="50"
          cy="50"
          r={RADIUS}
          stroke-dasharray={`${(share * ROUND).toFixed(2)} ${ROUND.toFixed(2)}`}
          transform="rotate(-90 50 50)"
        />
      </svg>
      <div class="timer-face" role="timer" aria-live="off">
        <span class={long ? "timer-figure timer-long" : "timer-figure"}>{figure === "seconds" && !long ? seconds : stopwatch(seconds)}</span>
        {figure === "seconds" && long ? null : <span class="timer-label">{last ? hurry : label}</span>}
      </div>
      {announce ? <span class="hear" aria-live="polite">{said.current}</span> : null}
    </div>
  );
}
