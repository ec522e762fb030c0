import { Bib, StatusChip } from "../parts/marks.tsx";
import { clock } from "../clock.ts";
import { t } from "../words.ts";
import type { TeamState } from "./state.ts";

/** Who, and what is the matter: the first line of every tab. */
export function Head({ state }: { state: TeamState }) {
  const { team } = state.joined;
  const waiting = state.outbox.pending().length;
  const play = state.play;
  return (
    <header class="head">
      <Bib n={team.bib} />
      <h1 class="head-team">{play?.team.team ?? team.team}</h1>
      <span class="head-chips" role="status">
        {play?.race.stage === "trial" ? <StatusChip tone="check">{t("trial")}</StatusChip> : null}
        {play?.race.stopped ? <StatusChip tone="stop">{t("stopped")}</StatusChip> : null}
        {state.reachable && waiting === 0 && state.offline.ready ? <StatusChip tone="passed">{t("readyOffline")}</StatusChip> : null}
        {!state.reachable && waiting === 0 ? <StatusChip tone="wait" late>{t("noSignal")}</StatusChip> : null}
        {waiting > 0 ? <StatusChip tone="unsent">{t("toSend", { n: waiting })}</StatusChip> : null}
      </span>
    </header>
  );
}

/** True once the closing has passed. */
export function hasClosed(state: TeamState): boolean {
  if (state.standings?.closed || state.play?.race.closed) return true;
  const closing = state.play?.closing ?? null;
  return closing !== null && clock.now() > closing && state.play?.race.stage !== "trial";
}
