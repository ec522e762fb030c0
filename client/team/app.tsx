import { useEffect, useReducer, useState } from "preact/hooks";
import { Bars, Grid, MapSheet, Phone } from "../icons.tsx";
import { Empty, ErrorBox, Toast } from "../parts/notes.tsx";
import { later } from "../parts/later.tsx";
import { TabBar, type Tab } from "../parts/tabs.tsx";
import { timeOfDay } from "../clock.ts";
import { memory } from "../memory.ts";
import { t } from "../words.ts";
import { Head } from "./head.tsx";
import { Help } from "./help.tsx";
import { MapTab } from "./maptab.tsx";
import { PickSheet, PointSheet } from "./pick.tsx";
import { Places } from "./places.tsx";
import { Progress } from "./progress.tsx";
import { Refused, Sending } from "./punch.tsx";
import { ScanSheet } from "./scan.tsx";
import type { Proof, TabId } from "./pages.ts";
import { TeamState, type TeamJoined } from "./state.ts";

const FinishConfirm = later(() => import("./finish.tsx").then((module) => module.FinishConfirm));
/** What a punch opens: a chunk that comes right after the first page, so that the page itself stands sooner. */
const CheckpointPage = later(() => import("./checkpoint.tsx").then((module) => module.CheckpointPage));

export interface TeamProps {
  joined: TeamJoined;
  /** A sign opened by the phone's camera: punched as soon as the app runs. */
  proof: Proof | null;
  onPunched: () => void;
  onSignedOut: (why: string | null) => void;
  onLeave: () => void;
}

export function TeamApp({ joined, proof, onPunched, onSignedOut, onLeave }: TeamProps) {
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const [state] = useState(() => new TeamState(joined, onSignedOut));
  useEffect(() => {
    const stop = state.subscribe(() => redraw(0));
    state.start();
    // Both are asked for again when they are shown.
    void CheckpointPage.fetch().catch(() => undefined);
    void FinishConfirm.fetch().catch(() => undefined);
    if (proof) {
      state.punch(proof);
      onPunched();
    }
    return () => {
      stop();
      state.stop();
    };
  }, [state]);
  const { bib, team } = state.joined.team;
  useEffect(() => {
    document.title = `${bib} ${team}`;
  }, [bib, team]);
  return (
    <div class="frame">
      <Page state={state} onLeave={onLeave} />
      <OverPage state={state} />
    </div>
  );
}

/** The sheet over the page, if one is open. It is drawn by itself, so that it stands at once. */
function OverPage({ state }: { state: TeamState }) {
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  useEffect(() => state.subscribe(() => redraw(0), true), [state]);
  const { sheet } = state;
  if (sheet === null) return null;
  if (sheet === "scan") return <ScanSheet state={state} />;
  return sheet === "pick" ? <PickSheet state={state} /> : <PointSheet state={state} code={sheet.point} />;
}

function Page({ state, onLeave }: { state: TeamState; onLeave: () => void }) {
  const { screen } = state;
  // A sign's punch may be answered before the race itself has come: its page waits for it.
  if (!state.play && (screen.kind === "checkpoint" || screen.kind === "finish")) return <Waiting state={state} />;
  switch (screen.kind) {
    case "sending":
      return <Sending key={screen.id} state={state} screen={screen} />;
    case "refused":
      return <Refused state={state} result={screen.result} />;
    case "finish":
      return <FinishConfirm state={state} proof={screen.proof} at={screen.at} />;
    case "checkpoint":
      return <CheckpointPage key={screen.code} state={state} code={screen.code} again={screen.again ?? false} />;
    case "tab":
      return <Tabs state={state} onLeave={onLeave} />;
  }
}

function Tabs({ state, onLeave }: { state: TeamState; onLeave: () => void }) {
  const { play, tab } = state;
  const newest = play?.messages.reduce((latest, each) => Math.max(latest, each.at), 0) ?? 0;
  const tabs: Tab<TabId>[] = [
    { id: "progress", word: t("progress"), icon: Grid },
    { id: "map", word: play && !play.map?.image ? t("points") : t("map"), icon: MapSheet },
    { id: "places", word: t("places"), icon: Bars },
    { id: "help", word: t("help"), icon: Phone, news: newest > Number(memory.get("waypost.read") ?? 0) },
  ];
  return (
    <>
      {play ? <Body state={state} onLeave={onLeave} /> : <Waiting state={state} />}
      <TabBar tabs={tabs} here={tab} onGo={(id) => state.go(id)} label={t("tabs")} />
    </>
  );
}

function Body({ state, onLeave }: { state: TeamState; onLeave: () => void }) {
  switch (state.tab) {
    case "progress":
      return <Progress state={state} play={state.play!} />;
    case "map":
      return <MapTab state={state} play={state.play!} />;
    case "places":
      return <Places state={state} play={state.play!} />;
    case "help":
      return <Help state={state} play={state.play!} onLeave={onLeave} />;
  }
}

/** Before the first answer: who we are, and what is going on. */
function Waiting({ state }: { state: TeamState }) {
  const again = [{ word: t("tryAgain"), onClick: () => state.refresh() }];
  return (
    <>
      <Head state={state} />
      <main class="middle inset">
        <div class="page-gap">
          {state.failure ? (
            <ErrorBox title={state.failure.status === 0 ? t("unreachable") : t("problem")} ways={again}>
              {state.failure.detail || (state.failure.status === 0 ? t("unreachableHelp") : t("problemHelp"))}
            </ErrorBox>
          ) : (
            <Empty title={t("loading")} />
          )}
        </div>
      </main>
    </>
  );
}

/** "Already sent, and it cost you nothing": after records that waited for signal. */
export function DeliveredToast({ state }: { state: TeamState }) {
  const zone = state.play?.race.timezone ?? "Asia/Shanghai";
  const news = state.delivered;
  if (!news) return null;
  return (
    <Toast tone="passed" title={t("sentAt", { time: timeOfDay(news.sentAt, zone, true) })}>
      {t("sentLate", { time: timeOfDay(news.at, zone, true) })}
    </Toast>
  );
}
