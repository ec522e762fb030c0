/** The start: 检录 by number or from the list. A whole team is four presses: two digits, look, confirm. */

import { useState } from "preact/hooks";
import { StatusChip } from "../parts/marks.tsx";
import { Finder, type Offer } from "./number_sheet.tsx";
import { Lists, MOST_ROWS, TeamLine } from "./parts.tsx";
import type { Entry } from "./station.ts";
import type { StationProps } from "./view.ts";
import { t } from "./words.ts";

/** Those who have not come yet first, each part by number; what is typed narrows both. */
export function found(entries: readonly Entry[], typed: string): Entry[] {
  const wanted = typed.trim().toLocaleLowerCase();
  const fits = (e: Entry): boolean => !wanted || e.bib.includes(wanted) || [e.team, e.club].some((word) => word.toLocaleLowerCase().includes(wanted));
  return entries
    .filter(fits)
    .sort((a, b) => Number(a.checkin !== null) - Number(b.checkin !== null) || Number(a.bib) - Number(b.bib) || (a.bib < b.bib ? -1 : 1));
}

export function StartStation({ desk, station, onOpen }: StationProps) {
  const [list, setList] = useState<"number" | "list">("number");
  const [typed, setTyped] = useState("");
  const whole = (entry: Entry): void => {
    const members = entry.members.map((_, i) => i);
    desk.act({ kind: "checkin", entry: entry.entry, heads: entry.members.length || entry.team_size, members });
  };
  const offer = (entry: Entry): Offer => ({
    verb: entry.checkin ? t("correct") : t("checkIn", { n: entry.members.length || entry.team_size }),
    note: entry.checkin ? t("checkedInAs", { n: entry.checkin.heads }) : null,
  });
  const matches = list === "list" ? found(station.entries, typed) : [];
  return (
    <div class="m-narrow">
      <dl class="m-counts">
        <div><dt>{t("checkedIn")}</dt><dd>{station.checked_in}<span>/ {station.expected}</span></dd></div>
        <div><dt>{t("toCome")}</dt><dd>{Math.max(0, station.expected - station.checked_in)}</dd></div>
      </dl>
      <Lists label={t("findTeam")} here={list} onGo={setList} lists={[{ id: "number", word: t("byNumber") }, { id: "list", word: t("list") }]} />
      {list === "number" ? (
        <Finder
          entries={station.entries}
          offer={offer}
          onPick={(entry) => (entry.checkin ? onOpen({ what: "checkin", entry: entry.entry }) : whole(entry))}
          other={(entry) => (entry.checkin ? null : { word: t("changed"), onPick: () => onOpen({ what: "checkin", entry: entry.entry }) })}
        />
      ) : (
        <>
          <label class="m-search">
            <span class="hear">{t("findTeam")}</span>
            <input class="m-input" type="search" autocomplete="off" placeholder={t("findTeam")} value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
          </label>
          {matches.length === 0 ? <p class="second">{t("nothingFound")}</p> : null}
          <ul>
            {matches.slice(0, MOST_ROWS).map((entry) => (
              <li class="m-row" key={entry.entry}>
                <button class="m-row-take" type="button" onClick={() => onOpen({ what: "checkin", entry: entry.entry })}>
                  <TeamLine entry={entry}><span class="second">{entry.club}</span></TeamLine>
                </button>
                {entry.checkin ? (
                  <StatusChip tone={entry.checkin.heads < entry.team_size ? "wait" : "passed"} late>{t("headsN", { n: entry.checkin.heads })}</StatusChip>
                ) : (
                  <StatusChip tone="check">{t("notCheckedIn")}</StatusChip>
                )}
              </li>
            ))}
            {matches.length > MOST_ROWS ? <li class="m-row second">{t("moreTeams", { n: matches.length - MOST_ROWS })}</li> : null}
          </ul>
        </>
      )}
    </div>
  );
}
