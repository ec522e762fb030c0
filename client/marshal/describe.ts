/** A record in a few words, for the foot of the page and the list of records, until the server's own words arrive. */

import type { Act, Game, RecentKind, Station } from "./station.ts";
import { face } from "./stopwatch.ts";
import { t } from "./words.ts";

export function describe(act: Act, station: Station | null): string {
  switch (act.kind) {
    case "punch":
      return t("punched");
    case "stamp":
      return t("begin");
    case "game":
      return figures(station?.station.games.find((g) => g.id === act.game) ?? null, act.measures);
    case "answer":
      return t("rightOnly", { n: act.right });
    case "checkin":
      return t("checkedInAs", { n: act.heads });
    case "heads":
      return t("headsAre", { n: act.heads });
    case "finish":
      return t("finished");
    case "withdraw":
      return act.members ? t("withdrewSome", { n: act.members.length }) : t("withdrew");
    case "decision":
      return t("undo");
  }
}

/** "48.6 秒 掉球 1": the bare measures, where nobody has scored them yet. */
export function figures(game: Game | null, measures: Record<string, unknown>): string {
  const said = (game?.measures ?? []).map(({ id, kind, name }) => {
    const value = measures[id];
    if (kind === "seconds") return `${face(Math.round(Number(value) * 10))} ${t("seconds")}`;
    if (kind === "grid3x3") return t("hits", { n: Array.isArray(value) ? value.length : 0 });
    if (kind === "pass") return t(value ? "passedYes" : "passedNo");
    return `${name} ${String(value)}`;
  });
  return said.join("  ");
}

/** What kind of record a line is about, where its own words do not say. */
export function kindWord(kind: RecentKind): string {
  const words = {
    game: t("done"),
    punch: t("punched"),
    heads: t("heads"),
    checkin: t("checkedIn"),
    finish: t("finished"),
    answer: t("answered"),
    withdraw: t("withdrew"),
    stamp: t("begin"),
  };
  return words[kind];
}
