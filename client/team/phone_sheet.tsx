import { useEffect, useState } from "preact/hooks";
import { Cross, Tick } from "../icons.tsx";
import { handOver } from "../api.ts";
import { canStayAwake } from "../parts/awake.ts";
import { ActionButton } from "../parts/button.tsx";
import { Sheet } from "../parts/sheet.tsx";
import { hasCamera, reader } from "../scanner/scanner.ts";
import { canOpen } from "../sealed.ts";
import { whereKept } from "../shelf.ts";
import { t as common } from "../words.ts";
import { t } from "./phone_words.ts";
import type { TeamState } from "./state.ts";

interface Part { what: string; good: boolean; word: string }

const KEPT = { database: "keepDatabase", storage: "keepStorage", page: "keepPage" } as const;

/** What this phone has, found out by trying, and by which way it punches. No name of a phone or browser is ever read. */
export function PhoneSheet({ state, onClose }: { state: TeamState; onClose: () => void }) {
  const [parts, setParts] = useState<Part[] | null>(null);
  const [rung, setRung] = useState("");
  useEffect(() => {
    void (async () => {
      const [read, kept] = [await reader(), await whereKept()];
      const secure = globalThis.isSecureContext;
      const missing = t(secure ? "hasNot" : "needsHttps");
      const yes = (good: boolean, otherwise = missing): Pick<Part, "good" | "word"> => ({ good, word: good ? t("has") : otherwise });
      const scans = read !== null && hasCamera();
      const photo = read !== null && typeof createImageBitmap === "function";
      setRung(t(scans ? "hasScan" : photo ? "hasPhoto" : "hasTyped"));
      setParts([
        { what: t("hasScan"), ...yes(scans) },
        { what: t("hasPhoto"), ...yes(photo, t("hasNot")) },
        { what: t("hasTyped"), ...yes(true) },
        { what: t("hasSealed"), ...yes(canOpen() && Boolean(state.play?.sealed)) },
        { what: t("hasReload"), ...yes(state.offline.ready, "serviceWorker" in navigator ? t("notYet") : missing) },
        { what: t("hasKeep"), good: kept === "database", word: t(KEPT[kept]) },
        { what: t("hasPlace"), ...yes(secure && "geolocation" in navigator) },
        { what: t("hasAwake"), ...yes(canStayAwake()) },
        { what: t("hasBuzz"), ...yes(typeof navigator.vibrate === "function", t("hasNot")) },
      ]);
    })();
  }, []);
  return (
    <Sheet title={t("phoneParts")} closeWord={common("close")} onClose={onClose}>
      {parts === null ? <p role="status">{common("loading")}</p> : (
        <>
          <p><b>{t("rungNow", { way: rung })}</b></p>
          <ul class="phone-parts">
            {parts.map((part) => (
              <li key={part.what}>{part.good ? <Tick /> : <Cross />}<span>{part.what}</span><b>{part.word}</b></li>
            ))}
          </ul>
          {state.offline.ready ? null : <p class="second-ink">{t("phoneKeepOpen")}</p>}
        </>
      )}
      <HandOver state={state} />
    </Sheet>
  );
}

/** To another browser of the same phone: an in-app browser opens the address of its page there, so the link becomes it. */
function HandOver({ state }: { state: TeamState }) {
  const [link, setLink] = useState<{ url: string; minutes: number } | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!link) return undefined;
    history.replaceState(null, "", link.url);
    return () => history.replaceState(null, "", "/play");
  }, [link]);
  const waiting = state.outbox.pending().length;
  const ask = async () => {
    setFault(null);
    setBusy(true);
    try {
      const { url, expires_s } = await handOver(state.joined.token);
      setLink({ url, minutes: Math.floor(expires_s / 60) });
    } catch {
      setFault(t("handOverFailed"));
    }
    setBusy(false);
  };
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(new URL(link!.url, location.href).href);
      setCopied(true);
    } catch {
      // It stands there to be marked and copied by hand.
    }
  };
  return (
    <section class="typed">
      <h3>{t("handOver")}</h3>
      <p>{link ? t("handOverReady", { min: link.minutes }) : t("handOverHelp")}</p>
      {link ? (
        <>
          <p class="phone-link">{new URL(link.url, location.href).href}</p>
          <ActionButton kind="outline" onClick={() => void copy()}>{t(copied ? "handOverCopied" : "handOverCopy")}</ActionButton>
        </>
      ) : (
        <>
          {waiting > 0 ? <p class="field-fault">{t("handOverPending", { n: waiting })}</p> : fault ? <p class="field-fault" role="alert">{fault}</p> : null}
          <ActionButton kind="outline" busy={busy} disabled={waiting > 0} onClick={() => void ask()}>{t("handOverGo")}</ActionButton>
        </>
      )}
    </section>
  );
}
