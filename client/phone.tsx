/**
 * The phone app: teams at /play, marshals at /station, and what a scanned code opens (/T, /C, /M).
 * The shell page holds only <div id="app">; who somebody is stands in this phone's memory, never in the address.
 */

import { Component, render, type ComponentChildren, type FunctionComponent } from "preact";
import { useEffect, useReducer, useState } from "preact/hooks";
import { codeFault, keyIn, normalise, type Key } from "./codes.ts";
import { OF_RACE, onLanguage, raceLanguage, startLanguage } from "./language.ts";
import type { MarshalProps } from "./marshal/app.tsx";
import { memory, recall, remember } from "./memory.ts";
import { ErrorBox } from "./parts/notes.tsx";
import { loadStyle } from "./parts/style.ts";
import "./phone.css";
import { startWorker } from "./ready.ts";
import { TeamApp } from "./team/app.tsx";
import { Join } from "./team/join.tsx";
import { forgetOffline } from "./team/offline.ts";
import type { Proof } from "./team/pages.ts";
import type { TeamJoined } from "./team/state.ts";
import type { Joined } from "./types.ts";
import { t } from "./words.ts";

type MarshalJoined = Extract<Joined, { role: "marshal" }>;
type Place = "team" | "marshal";
/** That this phone's right to play is gone, with the server's sentence where it has one. */
interface SignedOut { said: string | null }

/** What a team's page leaves behind on the phone; a marshal's own things stay. */
const OF_A_TEAM = ["waypost.tasks", "waypost.next", "waypost.anchor", "waypost.read", OF_RACE];

/** Where a phone keeps why it is not of its team any more. */
const SIGNED_OUT = "waypost.gone";

/** How long a sign scanned before joining waits for the team card: whoever needs longer has walked on. Milliseconds. */
const SIGN_WAITS_MS = 3 * 60_000;

/** The sign this phone scanned before it had joined. The card's QR opens a new page, which must know it still. */
function scannedSign(): Proof | null {
  const kept = recall<{ key: string; at: number } | null>("waypost.scanned", null);
  return kept && Math.abs(Date.now() - kept.at) < SIGN_WAITS_MS ? { key: kept.key } : null;
}

interface Arrival {
  place: Place;
  key: Key | null;
  /** A team's code, typed on the first page: it comes behind the #, which no server ever sees. */
  code: string | null;
  /** A one-time code from another browser of this phone, which had joined already. */
  handover: string | null;
}

/** What the address asks for; a key or code leaves the address at once, so that nobody reads or shares it. */
function arrival(): Arrival {
  const key = keyIn(location.pathname);
  const typed = normalise(location.hash);
  const code = codeFault(typed) === null ? typed : null;
  const place: Place = key?.kind === "M" || location.pathname.startsWith("/station") ? "marshal" : "team";
  const handover = new URLSearchParams(location.search).get("h");
  if (handover) history.replaceState(null, "", "/play");
  else if (key || code) history.replaceState(null, "", (place === "marshal" ? "/station" : "/play") + location.search);
  return { place, key: handover ? null : key, code, handover };
}

function forgetTeam(): void {
  memory.remove("waypost.team");
  for (const key of [...OF_A_TEAM, ...memory.keys("waypost.punch."), ...memory.keys("waypost.sheet.")]) memory.remove(key);
  void forgetOffline();
}

function App({ start }: { start: Arrival }) {
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const [place, setPlace] = useState(start.place);
  const [team, setTeam] = useState(() => recall<TeamJoined | null>("waypost.team", null));
  const [marshal, setMarshal] = useState(() => recall<MarshalJoined | null>("waypost.marshal", null));
  // A card or a station's link is joined even when this phone has joined before: it may be another team's.
  const [card, setCard] = useState(start.key && start.key.kind !== "C" ? start.key.key : null);
  const [code, setCode] = useState(start.code);
  const [handover, setHandover] = useState(start.handover);
  // Punched once: whoever leaves and joins again on the same page has not scanned again.
  const [proof, setProof] = useState<Proof | null>(start.key?.kind === "C" ? { key: start.key.key } : null);
  // Whoever was signed out reads why until the phone joins again, however often the page is loaded meanwhile.
  const [out] = useState(() => (start.place === "team" ? recall<SignedOut | null>(SIGNED_OUT, null) : null));
  const [again, setAgain] = useState(out !== null);
  const [said, setSaid] = useState(out?.said ?? null);
  useEffect(() => onLanguage(() => redraw(0)), []);
  useEffect(() => {
    if (proof && "key" in proof && !team) remember("waypost.scanned", { key: proof.key, at: Date.now() });
  }, []);

  const onJoined = (joined: Joined) => {
    setCard(null);
    setCode(null);
    setHandover(null);
    setAgain(false);
    remember(joined.role === "team" ? "waypost.team" : "waypost.marshal", joined);
    if (joined.role === "team") {
      const other = team && (team.team.entry !== joined.team.entry || team.race.slug !== joined.race.slug);
      if (other) {
        forgetTeam();
        remember("waypost.team", joined);
      }
      setProof(proof ?? scannedSign());
      memory.remove("waypost.scanned");
      memory.remove(SIGNED_OUT);
      setTeam(joined);
      setPlace("team");
      history.replaceState(null, "", "/play");
    } else {
      setMarshal(joined);
      setPlace("marshal");
      history.replaceState(null, "", "/station");
    }
  };

  if (card === null && place === "marshal" && marshal) {
    return (
      <Marshal
        key={marshal.token}
        token={marshal.token}
        race={marshal.race.slug}
        checkpoint={marshal.station.checkpoint}
        onLeave={(why) => {
          memory.remove("waypost.marshal");
          setMarshal(null);
          setAgain(why === "gone");
        }}
      />
    );
  }
  if (card === null && code === null && handover === null && place === "team" && team) {
    return (
      <TeamApp
        key={team.token}
        joined={team}
        proof={proof}
        onPunched={() => setProof(null)}
        onSignedOut={(why) => {
          setSaid(why);
          memory.remove("waypost.team"); // what waits to be sent is kept for when the team is back
          remember(SIGNED_OUT, { said: why } satisfies SignedOut);
          setTeam(null);
          setAgain(true);
        }}
        onLeave={() => {
          forgetTeam();
          setTeam(null);
        }}
      />
    );
  }
  const why = place === "marshal" ? (again ? "station" : "first") : again ? "again" : proof || scannedSign() ? "sign" : null;
  const onUsed = () => {
    setHandover(null);
    history.replaceState(null, "", "/play");
  };
  return <Join key={card ?? ""} cardKey={card} code={code} handover={handover} why={why} said={said} onJoined={onJoined} onUsed={team ? onUsed : null} />;
}

/** Should a page break, the person gets words and a way on instead of an empty screen; nothing recorded is lost by it. */
class Fence extends Component<{ children: ComponentChildren }, { broken: boolean }> {
  override state = { broken: false };

  override componentDidCatch(fault: unknown): void {
    console.error(fault);
    this.setState({ broken: true });
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <main class="frame">
        <div class="inset page-gap">
          <ErrorBox title={t("problem")} ways={[{ word: t("tryAgain"), onClick: () => location.reload() }]}>{t("problemHelp")}</ErrorBox>
        </div>
      </main>
    );
  }
}

/** The marshal's part is a chunk of its own: teams never load it. */
function Marshal(props: MarshalProps) {
  const [View, setView] = useState<FunctionComponent<MarshalProps> | null>(null);
  const [tries, setTries] = useState(0);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    setFailed(false);
    Promise.all([import("./marshal/app.tsx"), loadStyle("marshal.css")]).then(([module]) => setView(() => module.MarshalApp), () => setFailed(true));
  }, [tries]);
  if (View) return <View {...props} />;
  return (
    <main class="frame">
      <div class="inset page-gap">
        {failed ? <ErrorBox title={t("unreachable")} ways={[{ word: t("tryAgain"), onClick: () => setTries(tries + 1) }]}>{t("unreachableHelp")}</ErrorBox> : <p role="status">{t("loading")}</p>}
      </div>
    </main>
  );
}

/** Marks the page when its text is set large, in the browser or in the chat app: some heads then scroll away. */
function watchTextSize(): void {
  if (typeof ResizeObserver !== "function") return;
  const probe = document.createElement("span");
  probe.className = "text-probe";
  probe.textContent = "一";
  probe.setAttribute("aria-hidden", "true");
  document.body.append(probe);
  new ResizeObserver(() => document.documentElement.classList.toggle("large-text", probe.offsetWidth > 25)).observe(probe);
}

startLanguage(raceLanguage());
watchTextSize();
startWorker();
render(<Fence><App start={arrival()} /></Fence>, document.getElementById("app")!);
