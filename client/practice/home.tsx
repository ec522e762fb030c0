import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Problem } from "../api.ts";
import { timeOfDay } from "../clock.ts";
import { Globe } from "../icons.tsx";
import { language, setLanguage } from "../language.ts";
import { recall, remember } from "../memory.ts";
import { ActionButton } from "../parts/button.tsx";
import { ErrorBox } from "../parts/notes.tsx";
import { t } from "../words.ts";
import { getTable, joinDuel, openDuel, type BankName, type Open, type Row, type Seat } from "./calls.ts";
import { Evening } from "./parts.tsx";
import { w } from "./words.ts";

/** Which bank, and alone or as two. */
export function Home({ open, bank, onBank, onPractise, onDuel }: { open: Open; bank: BankName; onBank: (bank: BankName) => void; onPractise: () => void; onDuel: () => void }) {
  return (
    <>
      <main class="middle">
        <Top title={w("title")}>
          <p class="second">{open.race} · {w("openUntil", { time: dayAndTime(open.until, open.timezone) })}</p>
        </Top>
        <div class="inset page-gap">
          <p>{w("lead")}</p>
          <div class="tiles" role="radiogroup" aria-label={w("bank")}>
            {open.banks.map((each) => (
              <label key={each.id} class={each.id === bank.id ? "tile tile-on" : "tile"}>
                <input class="tile-input" type="radio" name="bank" checked={each.id === bank.id} onChange={() => onBank(each)} />
                <span class="tile-text bank-name">{each.name}<span class="second"> · {w("count", { n: each.count })}</span></span>
                <span class="tile-mark" aria-hidden="true" />
              </label>
            ))}
          </div>
        </div>
      </main>
      <footer class="foot">
        <ActionButton onClick={onPractise}>{w("practise")}</ActionButton>
        <ActionButton kind="outline" onClick={onDuel}>{w("duel")}</ActionButton>
      </footer>
    </>
  );
}

function dayAndTime(at: number, zone: string): string {
  const day = new Intl.DateTimeFormat(language() === "zh" ? "zh-CN" : "en-GB", { month: "short", day: "numeric", timeZone: zone }).format(at);
  return `${day} ${timeOfDay(at, zone)}`;
}

function Top({ title, children }: { title: string; children?: preact.ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <header class="join-head head-rule">
      <button type="button" class="word join-language" lang={language() === "zh" ? "en" : "zh-Hans"} onClick={() => setLanguage(language() === "zh" ? "en" : "zh")}>
        <Globe /><span class="word-text">{t("otherLanguage")}</span>
      </button>
      <h1 tabIndex={-1} ref={heading}>{title}</h1>
      {children}
    </header>
  );
}

/** The way into a duel: a name, then a room of one's own or the other's code. */
export function DuelDoor({ slug, bank, onSeat, onLeave }: { slug: string; bank: BankName; onSeat: (seat: Seat) => void; onLeave: () => void }) {
  const [name, setName] = useState(() => recall("waypost.duel.name", ""));
  const [code, setCode] = useState("");
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);
  const [rows, setRows] = useState<Row[]>([]);
  useEffect(() => void getTable(slug).then(setRows, () => undefined), []);
  const go = (joining: boolean) => {
    if (busy) return;
    if (!name.trim()) return setFault(w("nameEmpty"));
    if (joining && !code.trim()) return setFault(w("codeEmpty"));
    remember("waypost.duel.name", name.trim());
    setFault("");
    setBusy(true);
    (joining ? joinDuel(slug, code.trim(), name.trim()) : openDuel(slug, bank.id, name.trim())).then(
      ({ code: room, token }) => onSeat({ code: room, token }),
      (problem: Problem) => {
        setBusy(false);
        setFault(problem.detail || t("unreachableHelp"));
      },
    );
  };
  return (
    <>
      <main class="middle">
        <Top title={w("duelTitle")}><p>{w("duelLead", { n: 5 })}</p></Top>
        <div class="inset page-gap">
          {fault ? <ErrorBox title={fault} /> : null}
          <div class="code-field">
            <label for="duel-name">{w("name")}</label>
            <input id="duel-name" maxLength={16} autocomplete="off" value={name} aria-describedby="duel-name-help" onInput={(event) => setName(event.currentTarget.value)} />
            <p class="second" id="duel-name-help">{w("nameHelp")}</p>
          </div>
          <form
            class="duel-join"
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              go(true);
            }}
          >
            <p class="second">{w("orJoin")}</p>
            <div class="code-field">
              <label for="duel-code">{w("code")}</label>
              <input id="duel-code" maxLength={8} autocomplete="off" autocapitalize="characters" value={code} aria-describedby="duel-code-help" onInput={(event) => setCode(event.currentTarget.value)} />
              <p class="second" id="duel-code-help">{w("codeHelp")}</p>
            </div>
            <ActionButton kind="outline" type="submit" busy={busy}>{w("joinRoom")}</ActionButton>
          </form>
          <Evening rows={rows} />
        </div>
      </main>
      <footer class="foot">
        <ActionButton busy={busy} onClick={() => go(false)}>{w("openRoom")}</ActionButton>
        <ActionButton kind="outline" onClick={onLeave}>{w("backHome")}</ActionButton>
      </footer>
    </>
  );
}
