import { useEffect, useRef, useState } from "preact/hooks";
import { Globe, Scan } from "../icons.tsx";
import { join, type JoinBy, Problem } from "../api.ts";
import { keyIn, normalise } from "../codes.ts";
import { language, setLanguage } from "../language.ts";
import { ActionButton } from "../parts/button.tsx";
import { ErrorBox } from "../parts/notes.tsx";
import { Camera } from "../scanner/later.tsx";
import { hasCamera, type CameraFault } from "../scanner/scanner.ts";
import { FAULTS, t as scannerWords } from "../scanner/words.ts";
import { useNow } from "../parts/ring.tsx";
import type { Joined } from "../types.ts";
import { t } from "../words.ts";
import { CodeField, PhotoInput } from "./scan.tsx";

export interface JoinProps {
  /** A key of a card or a station, opened by the phone's camera: joined without a press. */
  cardKey: string | null;
  /** A team's code typed on the first page: joined without another press. */
  code: string | null;
  /** Brought over from another browser of this phone: joined without a press. */
  handover: string | null;
  /**
   * `sign`: a sign was scanned first; `again`: the team's old token no longer holds; `station`: the marshal's;
   * `first`: a marshal's link is opened.
   */
  why: "sign" | "again" | "station" | "first" | null;
  /** The server's own sentence about it, where it has one. */
  said: string | null;
  onJoined: (joined: Joined) => void;
  /** The link of a hand-over was used: it stood in the address of the page that handed over, which has its team still. */
  onUsed: (() => void) | null;
}

/** Not joined yet: the team card, or the code on it. */
export function Join({ cardKey, code, handover, why, said, onJoined, onUsed }: JoinProps) {
  const [typed, setTyped] = useState(code ?? "");
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(cardKey !== null || code !== null || handover !== null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [last, setLast] = useState<JoinBy | null>(cardKey === null ? null : { key: cardKey });
  const field = useRef<HTMLInputElement>(null);
  const ask = async (how: JoinBy) => {
    setBusy(true);
    setProblem(null);
    setLast(how);
    try {
      onJoined(await join(how));
    } catch (error) {
      if (onUsed && error instanceof Problem && error.code === "bad_handover") return onUsed();
      setProblem(error instanceof Problem ? error : new Problem(0, "unreachable", ""));
      setBusy(false);
    }
  };
  useEffect(() => {
    if (cardKey !== null) void ask({ key: cardKey });
    else if (code !== null) void ask({ join_code: code });
    else if (handover !== null) void ask({ handover });
  }, []);
  const send = () => {
    const code = normalise(typed);
    if (code === "") {
      setFault(t("joinEmpty"));
      field.current?.focus();
      return;
    }
    const race = new URLSearchParams(location.search).get("race");
    void ask(race ? { join_code: code, race } : { join_code: code });
  };
  const marshal = why === "first" || why === "station"; // a station has no code to type
  const again = why === "again" || why === "station";
  const title = why === "first" ? t("stationOpen") : why === "station" ? t("stationAgain") : again ? t("joinAgain") : t("joinTitle");
  return (
    <div class="frame">
      <main class="middle">
        <header class="join-head head-rule">
          <button type="button" class="word join-language" lang={language() === "zh" ? "en" : "zh-Hans"} onClick={() => setLanguage(language() === "zh" ? "en" : "zh")}>
            <Globe /><span class="word-text">{t("otherLanguage")}</span>
          </button>
          <h1>{title}</h1>
          <p>{why === "first" ? t("stationOpenHelp") : why === "station" ? t("stationAgainHelp") : again ? (said ?? t("joinAgainHelp")) : why === "sign" ? t("joinFirst") : t("joinHelp")}</p>
        </header>
        <div class="inset page-gap">
          {problem ? <JoinProblem problem={problem} station={marshal} byKey={last !== null && "key" in last} retry={() => last && void ask(last)} /> : null}
          {busy && !problem ? <Patience /> : marshal ? null : (
            <>
              {why !== null ? <p class="way"><Scan size={32} /><span>{t("joinHelp")}</span></p> : null}
              <CardScan onKey={(key) => void ask({ key })} />
              <PhotoInput kind="T" onKey={(key) => void ask({ key })} />
              <form
                id="join"
                noValidate
                onSubmit={(event) => {
                  event.preventDefault();
                  send();
                }}
              >
                <CodeField label={t("joinLabel")} help={t("joinNoCard")} value={typed} fault={fault} field={field} onType={(text) => { setTyped(text); setFault(null); }} />
                <p class="second-ink">{t("joinKeepOpen")}</p>
              </form>
            </>
          )}
        </div>
      </main>
      {marshal ? null : <footer class="foot"><ActionButton busy={busy && !problem} onClick={send}>{busy && !problem ? t("joining") : t("joinGo")}</ActionButton></footer>}
    </div>
  );
}

/** The card read by the camera: opened by a press, since the phone may ask whether it is allowed. */
function CardScan({ onKey }: { onKey: (key: string) => void }) {
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState<string | null>(null);
  const [fault, setFault] = useState<CameraFault | "reader" | null>(null);
  if (!hasCamera()) return null;
  if (fault) return <p class="field-fault" role="alert">{scannerWords(FAULTS[fault])}</p>;
  if (!open) return <ActionButton kind="outline" onClick={() => setOpen(true)}><Scan /><span>{t("joinScan")}</span></ActionButton>;
  const onCode = (text: string) => {
    const key = keyIn(text);
    if (key?.kind === "T") onKey(key.key);
    else setNote(t("joinOther"));
    return key?.kind === "T";
  };
  return <Camera onCode={onCode} note={note} onFault={setFault} />;
}

function Patience() {
  const now = useNow(1000);
  const since = useRef(now);
  return <p class="join-wait" role="status">{now - since.current > 5000 ? t("loadingSlow") : t("joining")}</p>;
}

function JoinProblem({ problem, station, byKey, retry }: { problem: Problem; station: boolean; byKey: boolean; retry: () => void }) {
  if (problem.passing) {
    return <ErrorBox title={t("unreachable")} ways={[{ word: t("tryAgain"), onClick: retry }]}>{problem.detail || t("unreachableHelp")}</ErrorBox>;
  }
  // The server takes an unknown key for a card's; whoever opened a station's link is no team.
  if (station && problem.code === "bad_key") return <ErrorBox title={t("stationBadKey")} ways={[{ word: t("home"), href: "/" }]}>{t("stationBadKeyHelp")}</ErrorBox>;
  return (
    <ErrorBox title={byKey ? t("joinBadKey") : t("joinFailed")} ways={[{ word: t("home"), href: "/" }]}>
      {problem.detail || (byKey ? t("joinBadKeyHelp") : t("joinNoCard"))}
    </ErrorBox>
  );
}
