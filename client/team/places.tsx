import { useEffect, useRef } from "preact/hooks";
import { Next } from "../icons.tsx";
import { stopwatch, timeOfDay } from "../clock.ts";
import { Bib } from "../parts/marks.tsx";
import { Empty } from "../parts/notes.tsx";
import type { Play, Row } from "../types.ts";
import { t } from "../words.ts";
import { classOf } from "./course.ts";
import { Head } from "./head.tsx";
import { Moved } from "./progress.tsx";
import type { TeamState } from "./state.ts";

/** The top of our class, then our own row with its neighbours. */
export function Places({ state, play }: { state: TeamState; play: Play }) {
  const { standings } = state;
  const own = classOf(standings, play.run.entry);
  const class_ = own?.class_ ?? standings?.classes.find((each) => each.id === play.team.class) ?? null;
  const rows = class_?.results ?? [];
  const known = rows.filter((row) => row.place !== null || row.entry === play.run.entry);
  // Far down the list one would look for oneself in vain: the page opens at our own row, once.
  const table = useRef<HTMLTableElement>(null);
  const shown = known.length > 0;
  useEffect(() => {
    const row = table.current?.querySelector(".places-own");
    const foot = table.current?.closest(".middle")?.getBoundingClientRect().bottom ?? innerHeight;
    if (row && row.getBoundingClientRect().bottom > foot) row.scrollIntoView({ block: "center" });
  }, [shown]);
  return (
    <main class="middle">
      <Head state={state} />
      <div class="places-head head-rule">
        <h2 class="title">{class_?.name || t("placesTitle")}</h2>
        <p class="second">{standings ? t("placesAt", { time: timeOfDay(standings.at, play.race.timezone, true) }) : t("loading")}</p>
      </div>
      {standings && known.length === 0 ? (
        <div class="inset page-gap"><Empty title={t("placesEmpty")}>{t("placesEmptyHelp")}</Empty></div>
      ) : known.length > 0 ? (
        <>
          <table class="places" ref={table}>
            <thead>
              <tr>
                <th scope="col">{t("place")}</th>
                <th scope="col">{t("team")}</th>
                <th scope="col" class="places-number">{t("passedShort")}</th>
                <th scope="col" class="places-number">{t("time")}</th>
              </tr>
            </thead>
            <tbody>{withGaps(known).map((item) => typeof item === "number" ? <GapRow key={`gap ${item}`} n={item} /> : <TeamRow key={item.entry} row={item} total={class_!.total} own={item.entry === play.run.entry} />)}</tbody>
          </table>
          <div class="inset places-foot">
            {standings?.closed ? null : <p class="second">{t("placesProvisional")}</p>}
            <a class="word" href={`/r/${encodeURIComponent(play.race.slug)}/results`}><span>{t("allPlaces")}</span><Next size={20} stroke={3} /></a>
          </div>
        </>
      ) : null}
    </main>
  );
}

/** Rows in order, with the number of teams left out between the top and our neighbours. */
export function withGaps(rows: Row[]): (Row | number)[] {
  const shown: (Row | number)[] = [];
  let before: Row | null = null;
  let placed = 0;
  for (const row of rows) {
    // Teams that share a place make the number of rows and the place drift apart, so only larger steps are gaps.
    if (before?.place != null && row.place !== null && row.place - before.place > 1 && row.place > placed + 1) {
      const missing = row.place - placed - 1;
      shown.push(missing);
      placed += missing;
    }
    shown.push(row);
    if (row.place !== null) placed += 1;
    before = row;
  }
  return shown;
}

function GapRow({ n }: { n: number }) {
  return <tr class="places-gap"><td colSpan={4}>{t("gapMore", { n })}</td></tr>;
}

function TeamRow({ row, total, own }: { row: Row; total: number; own: boolean }) {
  const said = row.status === "Active" ? t("statusActive") : row.status === "Inactive" ? t("statusInactive") : row.status === "Finished" ? t("statusFinished") : row.status === "OK" ? "" : t("statusOther");
  return (
    <tr class={own ? "places-own" : undefined}>
      <td class="places-place"><b>{row.place ?? "–"}</b>{row.moved !== 0 && row.place !== null ? <Moved n={row.moved} /> : null}</td>
      <th scope="row">
        <span class="places-team">{own ? <Bib n={row.bib} /> : null}<b>{row.team}</b></span>
        <span class="second places-club">{row.club}</span>
      </th>
      <td class="places-number"><b>{row.checkpoints ?? "–"}</b>{row.checkpoints === null ? null : <span class="places-total">/{total}</span>}</td>
      <td class="places-number">{row.time_s === null ? "–" : stopwatch(row.time_s)}{said ? <span class="places-said">{said}</span> : null}</td>
    </tr>
  );
}
