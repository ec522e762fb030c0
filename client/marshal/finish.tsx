/** The finish: heads of whoever came in, first come first; who is still out, with a number to call. */

import { useState } from "preact/hooks";
import { Phone } from "../icons.tsx";
import { WordButton } from "../parts/button.tsx";
import { StatusChip } from "../parts/marks.tsx";
import { Empty } from "../parts/notes.tsx";
import { finishers, stillOut } from "./expected.ts";
import { Lists, MainButton, MOST_ROWS, TeamLine } from "./parts.tsx";
import type { Entry } from "./station.ts";
import type { StationProps } from "./view.ts";
import { t } from "./words.ts";

export function FinishStation({ desk, station, clockTime, onOpen }: StationProps) {
  const [list, setList] = useState<"check" | "out" | "back">("check");
  const [inHand, setInHand] = useState<string | null>(null);
  const { toCheck, checked } = finishers(station.entries);
  const out = stillOut(station.entries);
  const hand = toCheck.find((e) => e.entry === inHand) ?? toCheck[0] ?? null;
  const came = (entry: Entry) => <span class="second">{entry.finish === null ? entry.club : t("finishedAt", { time: clockTime(entry.finish) })}</span>;
  const all = (entry: Entry): void => {
    desk.act({ kind: "heads", entry: entry.entry, heads: due(entry) });
    setInHand(null);
  };
  return (
    <div class="m-narrow">
      <Lists
        label={t("finishLists")}
        here={list}
        onGo={setList}
        lists={[
          { id: "check", word: t("toCheckCount", { n: toCheck.length }) },
          { id: "out", word: t("outCount", { n: out.length }) },
          { id: "back", word: t("backCount", { n: checked.length }) },
        ]}
      />
      {list === "check" && hand ? (
        <section aria-label={t("toCheck")}>
          <TeamLine entry={hand} large>
            <p class="m-under second"><span>{hand.finish === null ? null : t("finishedAt", { time: clockTime(hand.finish) })}</span><StatusChip tone="check">{t("toCheck")}</StatusChip></p>
            {due(hand) === hand.team_size ? null : <p class="second">{t("checkedInAs", { n: due(hand) })}</p>}
          </TeamLine>
          <MainButton onPress={() => all(hand)}>{t("allHere", { n: due(hand) })}</MainButton>
          <button class="action outline m-second" type="button" onClick={() => onOpen({ what: "heads", entry: hand.entry })}>{t("headsWrong")}</button>
          <ul class="m-others">
            {toCheck.filter((e) => e !== hand).map((entry) => (
              <li class="m-row" key={entry.entry}>
                <button class="m-row-take" type="button" onClick={() => setInHand(entry.entry)}><TeamLine entry={entry}>{came(entry)}</TeamLine></button>
                <button class="m-small m-small-plain" type="button" aria-label={`${t("heads")} ${entry.bib} ${entry.team}`} onClick={() => setInHand(entry.entry)}>{t("heads")}</button>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {list === "check" && !hand ? (
        <Empty title={checked.length ? t("allChecked") : t("nobodyFinished")}>{t("nobodyFinishedHelp")}</Empty>
      ) : null}
      {list === "out" ? (
        out.length ? (
          <ul>
            {out.slice(0, MOST_ROWS).map((entry) => (
              <li class="m-row" key={entry.entry}>
                <TeamLine entry={entry}><span class="second">{lastSeen(entry, clockTime) ?? entry.club}</span></TeamLine>
                {entry.captain_phone ? (
                  <a class="m-small m-call" href={`tel:${entry.captain_phone}`} aria-label={`${t("callShort")} ${entry.bib} ${entry.team}`}>
                    <Phone /><span>{t("callShort")}</span>
                  </a>
                ) : (
                  <span class="second">{t("noPhone")}</span>
                )}
              </li>
            ))}
            {out.length > MOST_ROWS ? <li class="m-row second">{t("moreTeams", { n: out.length - MOST_ROWS })}</li> : null}
          </ul>
        ) : (
          <Empty title={t("nobodyOut")}>{t("nobodyOutHelp")}</Empty>
        )
      ) : null}
      {list === "back" ? (
        <ul>
          {checked.slice(0, MOST_ROWS).map((entry) => (
            <li class="m-row" key={entry.entry}>
              <TeamLine entry={entry}>{came(entry)}</TeamLine>
              <StatusChip tone={(entry.heads ?? 0) < entry.team_size ? "wait" : "passed"} late>{t("headsN", { n: entry.heads ?? 0 })}</StatusChip>
              <WordButton onClick={() => onOpen({ what: "heads", entry: entry.entry })}>{t("correctShort")}</WordButton>
            </li>
          ))}
        </ul>
      ) : null}
      <div class="m-ways">
        <WordButton onClick={() => onOpen({ what: "number", purpose: "finish" })}>{t("registerFinish")}</WordButton>
        <WordButton onClick={() => onOpen({ what: "carry" })}>{t("carryTitle")}</WordButton>
      </div>
    </div>
  );
}

/** How many should come in: as many as were checked in. */
function due(entry: Entry): number {
  return entry.checkin?.heads ?? entry.team_size;
}

/** "过 8 点，10:02:11 在 37": where to look for them. Null where nobody has seen them. */
function lastSeen(entry: Entry, clockTime: (at: number) => string): string | null {
  const { passed, last_at: at, last_checkpoint: code } = entry;
  return at && code ? t("lastSeen", { n: passed ?? 0, time: clockTime(at), code }) : null;
}
