/** The marshal's phone: one app for the start, a station and the finish. */

import { useCallback, useEffect, useState } from "preact/hooks";
import { timeOfDay } from "../clock.ts";
import { followRace, type Language, language, onLanguage } from "../language.ts";
import { useStayAwake } from "../parts/awake.ts";
import { Desk } from "./desk.ts";
import { ControlStation } from "./control.tsx";
import { find } from "./expected.ts";
import { FinishStation } from "./finish.tsx";
import { GameStation } from "./game.tsx";
import { Foot, Notices, StationHead, Troubles } from "./frame.tsx";
import { AskBar } from "./parts.tsx";
import { Sheets } from "./sheets.tsx";
import { StartStation } from "./start.tsx";
import type { Asked, Opened, StationProps } from "./view.ts";
import { t } from "./words.ts";

export interface MarshalProps {
  token: string;
  /** The race's slug and the checkpoint's code: whose records and drafts these are. */
  race: string;
  checkpoint: string;
  /** The marshal left the station, or the token is no longer good ("gone"). */
  onLeave: (why: "left" | "gone") => void;
}

export function MarshalApp({ token, race, checkpoint, onLeave }: MarshalProps) {
  const owner = `${race}/${checkpoint}`;
  const [desk] = useState(() => new Desk({ token, owner }));
  const [view, setView] = useState(() => desk.view);
  const [lang, setLang] = useState<Language>(language);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);

  useEffect(() => {
    const look = (): void => setView(desk.view);
    const stopLooking = desk.onChange(look);
    const stopHearing = onLanguage(() => setLang(language()));
    const close = desk.open();
    look();
    return () => {
      stopLooking();
      stopHearing();
      close();
    };
  }, [desk]);
  useEffect(() => {
    if (view.gone) onLeave("gone");
  }, [view.gone]);
  useStayAwake();

  const { station } = view;
  const zone = station?.race.timezone ?? "Asia/Shanghai";
  const clockTime = useCallback((at: number) => timeOfDay(at, zone, true), [zone]);
  useEffect(() => {
    if (station) document.title = `${station.station.checkpoint.code} ${station.station.checkpoint.name}`;
  }, [station?.station.checkpoint.name]);
  const spoken = station?.race.language;
  useEffect(() => {
    if (spoken) followRace(spoken);
  }, [spoken]);

  const undo = (fact: string): void => {
    const line = station?.recent.find((r) => r.fact === fact);
    const entry = line && station && find(station, line.entry);
    if (!line || !entry) return;
    setOpened(null);
    setAsked({
      question: t("askUndo", { what: `${entry.bib} ${entry.team} ${line.words}` }),
      yes: t("undo"),
      onYes: () => desk.undo(entry.entry, fact),
    });
  };
  const props: StationProps | null = station && { desk, station, owner, token, language: lang, clockTime, onOpen: setOpened, onAsk: setAsked };

  return (
    <div class="frame m-frame">
      <StationHead station={station} checkpoint={checkpoint} unsent={view.unsent} online={view.online} onMore={() => setOpened({ what: "more" })} />
      <main class="middle m-middle" tabIndex={-1}>
        <Notices station={station} />
        {props ? <StationView {...props} /> : <p class="m-loading" role="status">{t(view.online ? "loading" : "noSignal")}</p>}
      </main>
      <Troubles view={view} clockTime={clockTime} onGotIt={(id) => desk.dismiss(id)} />
      {asked ? (
        <AskBar
          question={asked.question}
          yes={asked.yes}
          no={t("keep")}
          onNo={() => setAsked(null)}
          onYes={() => {
            asked.onYes();
            setAsked(null);
          }}
        />
      ) : null}
      {station ? <Foot station={station} hidden={asked !== null} onUndo={undo} onRecords={() => setOpened({ what: "records" })} /> : null}
      {props && opened ? <Sheets {...props} opened={opened} onUndo={undo} onLeave={() => onLeave("left")} /> : null}
    </div>
  );
}

function StationView(props: StationProps) {
  const { checkpoint, games } = props.station.station;
  if (checkpoint.kind === "start") return <StartStation {...props} />;
  if (checkpoint.kind === "finish") return <FinishStation {...props} />;
  return games.length ? <GameStation {...props} /> : <ControlStation {...props} />;
}
