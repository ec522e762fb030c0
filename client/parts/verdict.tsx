import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { CodeRing } from "./marks.tsx";

/** The coloured head of a verdict. The focus moves to its word, so that readers and keyboards start there. */
export function VerdictHead({ tone, code, name, mark, word, aside, children, small = false, below = false }: {
  tone: "passed" | "wait" | "stop" | "unsent" | "check";
  code?: string | null;
  name?: string;
  mark?: ComponentChildren;
  word: string;
  aside?: ComponentChildren;
  children?: ComponentChildren;
  small?: boolean;
  /** The words stand below word and aside together, over the whole width. */
  below?: boolean;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus({ preventScroll: true }), [word]);
  return (
    <header class={`verdict verdict-${tone}${small ? " verdict-small" : ""}`}>
      {code || name ? <p class="verdict-where">{code ? <CodeRing code={code} quiet /> : null}<span>{name}</span></p> : null}
      <div class="verdict-line">
        <div class="verdict-main">
          <h1 tabIndex={-1} ref={heading}>{mark}<span>{word}</span></h1>
          {children && !below ? <div class="verdict-words">{children}</div> : null}
        </div>
        {aside}
      </div>
      {children && below ? <div class="verdict-words">{children}</div> : null}
    </header>
  );
}

/** A line of a verdict's table: what, and the figure. */
export function Line({ what, children }: { what: string; children: ComponentChildren }) {
  return (
    <div class="line">
      <dt>{what}</dt>
      <dd>{children}</dd>
    </div>
  );
}
