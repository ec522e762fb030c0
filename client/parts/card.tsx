import { Clock, Cross, People, Question, Tick, Up } from "../icons.tsx";
import { PinPattern } from "./marks.tsx";

/** `none` not visited, `passed`, `unsent` recorded and not sent, `wait` to be done again, `busy` begun or in a queue, `lost`. */
export type CellState = "none" | "passed" | "unsent" | "wait" | "busy" | "lost";

export interface CellProps {
  code: string;
  state: CellState;
  next?: boolean;
  hint?: "quiz" | "game" | "finish" | null;
  /** All that the colours and shapes say, for readers: "36，下一个点，团队游戏". */
  label: string;
  onClick?: () => void;
}

/** One box of the control card. Passed, it holds the pins of its own checkpoint. */
export function CardCell({ code, state, next = false, hint, label, onClick }: CellProps) {
  const inner = (
    <>
      <span class="cell-code">{code}</span>
      {state === "passed" ? <PinPattern code={code} class="cell-pins" /> : null}
      {state === "unsent" ? <Up class="cell-mark" size={20} stroke={2.6} /> : null}
      {state === "wait" ? <Cross class="cell-mark" size={18} stroke={2.6} /> : null}
      {state === "busy" ? <Clock class="cell-mark" size={18} stroke={2.2} /> : null}
      {state === "lost" ? <Cross class="cell-mark" size={18} stroke={2.6} /> : null}
      {state === "none" && !next && hint === "quiz" ? <Question class="cell-mark" size={17} /> : null}
      {state === "none" && !next && hint === "game" ? <People class="cell-mark" size={17} /> : null}
      {next ? (
        <svg class="cell-flag" viewBox="0 0 10 10" aria-hidden="true" focusable="false">
          <path d="M10 0V10H0z" />
        </svg>
      ) : null}
    </>
  );
  const look = `cell cell-${state}${next ? " cell-next" : ""}`;
  if (!onClick) {
    return <span class={look} role="img" aria-label={label}>{inner}</span>;
  }
  return (
    <button class={look} type="button" aria-label={label} onClick={onClick}>
      {inner}
    </button>
  );
}

/** The tick of a verdict, as large as its word. */
export function VerdictTick() {
  return <Tick class="verdict-mark" size={48} stroke={4} />;
}
