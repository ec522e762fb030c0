/** The sheets over the page: which one is open, and what its press records. */

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { clock } from "../clock.ts";
import { Globe, Leave, Next, People, Question, Undo } from "../icons.tsx";
import { language, setLanguage } from "../language.ts";
import { StatusChip } from "../parts/marks.tsx";
import { WordButton } from "../parts/button.tsx";
import { Sheet } from "../parts/sheet.tsx";
import { CarrySheet } from "./carry_sheet.tsx";
import { stateWord } from "./control.tsx";
import { kindWord } from "./describe.ts";
import { find } from "./expected.ts";
import { Said } from "./frame.tsx";
import { NumberSheet, type Offer } from "./number_sheet.tsx";
import { MainButton } from "./parts.tsx";
import { CheckinSheet, HeadsSheet, WithdrawSheet } from "./people_sheets.tsx";
import { QuizSheet } from "./quiz_sheet.tsx";
import type { Act, Entry } from "./station.ts";
import type { NumberPurpose, Opened, StationProps } from "./view.ts";
import { t } from "./words.ts";

interface SheetsProps extends StationProps {
  opened: Opened;
  onUndo: (fact: string) => void;
  onLeave: () => void;
}

export function Sheets(props: SheetsProps) {
  const { desk, station, opened, onOpen } = props;
  const close = (): void => onOpen(null);
  const record = (act: Act): void => {
    desk.act(act);
    close();
  };
  const emergency = station.race.emergency_phone ?? null;
  if (opened.what === "records") return <RecordsSheet {...props} onClose={close} />;
  if (opened.what === "more") return <MoreSheet {...props} onClose={close} />;
  if (opened.what === "carry") return <CarrySheet desk={desk} onClose={close} />;
  if (opened.what === "number") return <ByNumber {...props} purpose={opened.purpose} onClose={close} />;
  const entry = find(station, opened.entry);
  if (!entry) return null;
  switch (opened.what) {
    case "quiz":
      // One millisecond after an arrival registered in the same breath, so that the order of facts is the order of acts.
      return <QuizSheet entry={entry} quizzes={station.station.quizzes} onClose={close} onAct={(act) => (desk.act(act, clock.now() + 1), close())} />;
    case "checkin":
      return <CheckinSheet entry={entry} onAct={record} onClose={close} />;
    case "heads":
      return <HeadsSheet entry={entry} emergency={emergency} onAct={record} onClose={close} />;
    case "withdraw":
      return <WithdrawSheet entry={entry} emergency={emergency} onAct={record} onClose={close} />;
  }
}

function ByNumber({ desk, station, clockTime, onOpen, purpose, onClose }: StationProps & { purpose: NumberPurpose; onClose: () => void }) {
  const quiz = station.station.quizzes.length > 0 && station.station.games.length === 0;
  const time = (at: number | null | undefined): string => (at ? clockTime(at) : "");
  const offers: Record<NumberPurpose, { title: string; offer: (entry: Entry) => Offer; pick: (entry: Entry) => void }> = {
    punch: {
      title: t("register"),
      offer: (entry) => {
        const { here } = entry;
        if (!here) return { verb: t("registerTeam"), note: null };
        const note = here.arrived_at ? t("alreadyHere", { time: time(here.arrived_at) }) : stateWord(here.state);
        return quiz && here.state !== "passed" ? { verb: t("askQuiz"), note } : { verb: "", note, first: stateWord(here.state) };
      },
      pick: (entry) => {
        if (!entry.here) desk.act({ kind: "punch", entry: entry.entry });
        onOpen(quiz ? { what: "quiz", entry: entry.entry } : null);
      },
    },
    finish: {
      title: t("registerFinish"),
      offer: (entry) => {
        const note = entry.finish === null ? null : t("alreadyFinished", { time: time(entry.finish) });
        return { verb: t("finishTeam"), note, first: note };
      },
      pick: (entry) => {
        desk.act({ kind: "finish", entry: entry.entry });
        onClose();
      },
    },
    quiz: {
      title: t("askQuiz"),
      offer: (entry) => ({ verb: t("askQuiz"), note: entry.here && stateWord(entry.here.state) }),
      pick: (entry) => {
        if (!entry.here) desk.act({ kind: "punch", entry: entry.entry });
        onOpen({ what: "quiz", entry: entry.entry });
      },
    },
    withdraw: {
      title: t("withdraw"),
      offer: () => ({ verb: t("whoAndWhy"), note: null }),
      pick: (entry) => onOpen({ what: "withdraw", entry: entry.entry }),
    },
  };
  const { title, offer, pick } = offers[purpose];
  return <NumberSheet title={title} entries={station.entries} offer={offer} onPick={pick} onClose={onClose} />;
}

function RecordsSheet({ station, clockTime, onUndo, onClose }: SheetsProps & { onClose: () => void }) {
  return (
    <Sheet title={t("records")} closeWord={t("close")} onClose={onClose}>
      {station.recent.length === 0 ? <p class="second">{t("noRecords")}</p> : null}
      <ul>
        {station.recent.map((line) => {
          const entry = find(station, line.entry);
          const team = entry ? `${entry.bib} ${entry.team}` : "";
          return (
            <li class="m-row" key={line.fact}>
              <div class={line.undone ? "m-record m-record-undone" : "m-record"}>
                <b>{team}</b>
                <span class="second">{clockTime(line.at)} <Said words={line.words || kindWord(line.kind)} /></span>
              </div>
              {line.undone ? (
                <span class="second">{t("undone")}</span>
              ) : line.kind === "stamp" && entry?.here?.state !== "playing" ? null : (
                <>
                  {line.pending ? <StatusChip tone="unsent">{t("onTheWay")}</StatusChip> : null}
                  <button class="m-undo" type="button" aria-label={`${t("undo")} ${team} ${line.words}`} onClick={() => onUndo(line.fact)}>
                    <Undo stroke={2.4} /><span>{t("undo")}</span>
                  </button>
                </>
              )}
            </li>
          );
        })}
      </ul>
    </Sheet>
  );
}

/** Everything that is not needed every minute. */
function MoreSheet({ station, onOpen, onLeave, onClose }: SheetsProps & { onClose: () => void }) {
  const [leaving, setLeaving] = useState(false);
  const { checkpoint, games, quizzes } = station.station;
  return (
    <Sheet title={checkpoint.name} closeWord={t("close")} onClose={onClose}>
      {checkpoint.description ? <p class="second">{checkpoint.description}</p> : null}
      {games.map((game) => (game.instructions ? <p key={game.id}>{game.instructions}</p> : null))}
      <ul class="m-menu">
        <MenuRow icon={<Leave />} word={t("withdraw")} onGo={() => onOpen({ what: "number", purpose: "withdraw" })} />
        {checkpoint.kind === "control" ? <MenuRow icon={<People />} word={t("register")} onGo={() => onOpen({ what: "number", purpose: "punch" })} /> : null}
        {games.length && quizzes.length ? <MenuRow icon={<Question />} word={t("askQuiz")} onGo={() => onOpen({ what: "number", purpose: "quiz" })} /> : null}
        <MenuRow icon={<Undo />} word={t("records")} onGo={() => onOpen({ what: "records" })} />
        <MenuRow icon={<Globe />} word={t("language")} onGo={() => setLanguage(language() === "zh" ? "en" : "zh")} />
      </ul>
      <p class="second">{t("handOver")}</p>
      {leaving ? (
        <>
          <p>{t("askLeave")}</p>
          <MainButton onPress={onLeave}>{t("leaveYes")}</MainButton>
        </>
      ) : (
        <WordButton onClick={() => setLeaving(true)}>{t("leave")}</WordButton>
      )}
    </Sheet>
  );
}

function MenuRow({ icon, word, onGo }: { icon: ComponentChildren; word: string; onGo: () => void }) {
  return (
    <li class="m-row">
      <button class="m-menu-row" type="button" onClick={onGo}>{icon}<b>{word}</b><Next /></button>
    </li>
  );
}
