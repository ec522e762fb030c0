import type { ComponentChildren } from "preact";

export interface ActionProps {
  children: ComponentChildren;
  onClick?: () => void;
  /** `filled` once a page; `outline` for the other way on; `danger` to confirm what cannot be taken back. */
  kind?: "filled" | "outline" | "danger";
  /** Stands beside the verb while the button cannot be pressed: "42 秒后". */
  waiting?: string | null;
  /** True while the answer is on its way; the button keeps its place and takes no second press. */
  busy?: boolean;
  disabled?: boolean;
  type?: "button" | "submit";
  href?: string;
}

/** The one thing to press: verb first. Waiting or busy it stays focusable and says why it does nothing. */
export function ActionButton({ children, onClick, kind = "filled", waiting, busy, disabled, type = "button", href }: ActionProps) {
  const still = Boolean(waiting || busy || disabled);
  const look = still && !busy ? "action waiting" : `action ${kind}`;
  if (href && !still) {
    return (
      <a class={look} href={href} onClick={onClick}>
        {children}
      </a>
    );
  }
  return (
    <button
      class={look}
      type={still ? "button" : type}
      aria-disabled={still ? "true" : undefined}
      aria-busy={busy ? "true" : undefined}
      onClick={() => {
        if (!still) onClick?.();
      }}
    >
      {children}
      {waiting ? <span class="action-wait">{waiting}</span> : null}
    </button>
  );
}

/** A word to press: a way on beside the main one. 48 px high all the same. */
export function WordButton({ children, onClick, href, line = false }: { children: ComponentChildren; onClick?: () => void; href?: string; line?: boolean }) {
  const look = line ? "word underlined" : "word";
  return href ? (
    <a class={look} href={href} onClick={onClick}><span>{children}</span></a>
  ) : (
    <button class={look} type="button" onClick={onClick}><span>{children}</span></button>
  );
}
