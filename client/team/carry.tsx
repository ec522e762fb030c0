import encodeQR from "qr";
import { useEffect, useState } from "preact/hooks";
import { partsOf } from "../carry.ts";
import { WordButton } from "../parts/button.tsx";
import type { OutRecord } from "../types.ts";
import { t } from "./carry_words.ts";

export interface CarryProps { token: string; records: OutRecord[] }

/** One code is shown this long before the next: the marshal's phone reads several a second. Milliseconds. */
const SHOWN_MS = 1200;
const BORDER = 4;

/** The records as QR codes, one after the other, for the marshal at the finish. */
export function CarryCode({ token, records }: CarryProps) {
  const [parts, setParts] = useState<string[] | null>(null);
  const [at, setAt] = useState(0);
  const ids = records.map((record) => record.id).join();
  useEffect(() => {
    setAt(0);
    partsOf({ token, records }).then(setParts, () => setParts([]));
  }, [ids]);
  const several = (parts?.length ?? 0) > 1;
  useEffect(() => {
    if (!several || matchMedia("(prefers-reduced-motion: reduce)").matches) return undefined;
    const timer = setInterval(() => setAt((now) => now + 1), SHOWN_MS);
    return () => clearInterval(timer);
  }, [several]);
  if (parts === null) return null;
  if (parts.length === 0) return <p class="second">{t("uploadNoQr")}</p>;
  const shown = at % parts.length;
  const label = t("uploadLabel", { i: shown + 1, n: parts.length });
  // The code first: whole on a small phone, where the words may be scrolled to.
  return (
    <section class="carry">
      <Code text={parts[shown]!} label={label} />
      {several ? <p class="carry-which"><span>{label}</span><WordButton onClick={() => setAt(at + 1)}>{t("uploadNext")}</WordButton></p> : null}
      <p>{t("uploadQr")}</p>
    </section>
  );
}

/** Dark on white in every light: a scanner wants it so. */
function Code({ text, label }: { text: string; label: string }) {
  const rows = encodeQR(text, "raw", { ecc: "low", encoding: "alphanumeric", border: BORDER });
  const path = rows.map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")).join("")).join("");
  return (
    <svg class="carry-code" viewBox={`0 0 ${rows.length} ${rows.length}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <path d={path} fill="#000" />
    </svg>
  );
}
