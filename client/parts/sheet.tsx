import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Cross } from "../icons.tsx";

const FOCUSABLE = "a[href],button:not([disabled]),input:not([disabled]),select,textarea,[tabindex='0']";

interface SheetProps {
  title: string;
  closeWord: string;
  onClose: () => void;
  /** As high as it may be from the start: what it shows comes bit by bit. */
  tall?: boolean;
  children: ComponentChildren;
}

/** A sheet from below, over the page: keeps the focus inside, closes on Escape or the cross, gives the focus back. */
export function Sheet({ title, closeWord, onClose, tall = false, children }: SheetProps) {
  const box = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    box.current?.querySelector<HTMLElement>("h2")?.focus();
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") close.current();
      if (event.key !== "Tab" || !box.current) return;
      const stops = [...box.current.querySelectorAll<HTMLElement>(FOCUSABLE)];
      const first = stops[0];
      const last = stops[stops.length - 1];
      if (event.shiftKey && (document.activeElement === first || document.activeElement?.tagName === "H2")) {
        event.preventDefault();
        last?.focus();
      } else if (!event.shiftKey && document.activeElement === last) {
        event.preventDefault();
        first?.focus();
      }
    };
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("keydown", onKey);
      before?.focus?.();
    };
  }, []);
  return (
    <div class="sheet-over">
      <div class="sheet-shade" onClick={onClose} />
      <div class={tall ? "sheet sheet-tall" : "sheet"} role="dialog" aria-modal="true" aria-label={title} ref={box}>
        <div class="sheet-head">
          <h2 tabIndex={-1}>{title}</h2>
          <button class="tool" type="button" aria-label={closeWord} onClick={onClose}><Cross /></button>
        </div>
        <div class="sheet-body">{children}</div>
      </div>
    </div>
  );
}
