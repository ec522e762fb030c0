/** Head, notices and foot: where am I, is everything sent, what was recorded last. */

import { CheckRing, Cross, Pause, Tick, Undo, Up, Warning } from "../icons.tsx";
import { CodeRing } from "../parts/marks.tsx";
import { ErrorBox } from "../parts/notes.tsx";
import type { View } from "./desk.ts";
import { find, lastResult } from "./expected.ts";
import type { Station } from "./station.ts";
import { t } from "./words.ts";

export function StationHead({ station, checkpoint, unsent, online, onMore }: {
  station: Station | null;
  checkpoint: string;
  unsent: number;
  online: boolean;
  onMore: () => void;
}) {
  return (
    <header class="m-head">
      <button class="m-head-place" type="button" onClick={onMore} disabled={!station}>
        <CodeRing code={station?.station.checkpoint.code ?? checkpoint} />
        <span class="m-head-words">
          <b role="heading" aria-level={1}>{station ? headName(station) : " "}</b>
          <span>{t("marshal")}<span class="m-head-race">{station?.race.name}</span></span>
        </span>
      </button>
      <p class="m-head-sent" role="status">
        {unsent ? (
          <span class="m-sent m-sent-waiting"><Up stroke={2.6} /><span>{t("toSend", { n: unsent })}</span></span>
        ) : online ? (
          <span class="m-sent"><CheckRing /><span>{t("allSent")}</span></span>
        ) : (
          <span class="m-sent m-sent-off"><Cross stroke={2.6} /><span>{t("noSignal")}</span></span>
        )}
      </p>
    </header>
  );
}

/** At a game's station teams know the game; elsewhere the place. */
function headName({ station }: Station): string {
  return station.games.length === 1 ? (station.games[0]?.name ?? station.checkpoint.name) : station.checkpoint.name;
}

/** What the marshal should know before the next press. Nothing when all is well. */
export function Notices({ station }: { station: Station | null }) {
  return (
    <>
      {station?.race.stopped ? (
        <div class="m-notice tone-stop" role="status"><Pause stroke={2.6} /><p><b>{t("stopped")}</b> {t("stoppedHelp")}</p></div>
      ) : null}
      {station?.race.stage === "trial" ? <div class="m-notice tone-wait"><Warning /><p><b>{t("trial")}</b></p></div> : null}
      {station && station.gun === null && station.station.checkpoint.kind !== "start" ? (
        <div class="m-notice tone-check"><Warning /><p><b>{t("beforeGun")}</b> {t("beforeGunHelp")}</p></div>
      ) : null}
    </>
  );
}

/** What went wrong. It stands over the foot, so that nothing above moves under the thumb. */
export function Troubles({ view, clockTime, onGotIt }: { view: View; clockTime: (at: number) => string; onGotIt: (id: string) => void }) {
  const { station, online, heardAt, troubles } = view;
  const phone = station?.race.emergency_phone;
  const trouble = troubles[0];
  return (
    <>
      {trouble ? (
        <div class="m-trouble">
          <ErrorBox
            title={trouble.team ? t("notTakenTeam", { team: trouble.team }) : t("notTaken")}
            ways={[{ word: t("gotIt"), onClick: () => onGotIt(trouble.id) }, ...(phone ? [{ word: t("callOrganizer"), href: `tel:${phone}` }] : [])]}
          >
            {trouble.message || t("notTakenHelp")}
          </ErrorBox>
        </div>
      ) : null}
      {online ? null : (
        <div class="m-notice m-notice-foot tone-unsent" role="status">
          <Up stroke={2.6} />
          <p><b>{t("noSignal")}</b> {t("noSignalHelp")}{heardAt === null ? null : ` ${t("lastList", { time: clockTime(heardAt) })}`}</p>
        </div>
      )}
    </>
  );
}

/** "53.6 秒, 过关, 16 分": each part a word of its own, a space apart as on a scoreboard. */
export function Said({ words }: { words: string }) {
  return <span class="m-said">{words.split(/, | {2,}/).map((part) => <span key={part}>{part}</span>)}</span>;
}

/** The last record, and its undo. Pressed, it opens all of them. */
export function Foot({ station, hidden, onUndo, onRecords }: {
  station: Station;
  /** A question stands in its place. */
  hidden: boolean;
  onUndo: (fact: string) => void;
  onRecords: () => void;
}) {
  const last = lastResult(station);
  const entry = last && find(station, last.entry);
  if (!last || !entry) return null;
  return (
    <footer class="m-foot" hidden={hidden}>
      <button class="m-foot-last" type="button" onClick={onRecords}>
        {last.pending ? <Up class="m-foot-unsent" stroke={2.8} /> : <Tick class="m-foot-sent" stroke={3} />}
        <span aria-live="polite">
          <b>{entry.bib} {entry.team}</b> <Said words={last.words} />
          {last.pending ? <span class="hear">{t("onTheWay")}</span> : null}
        </span>
      </button>
      <button class="m-undo" type="button" onClick={() => onUndo(last.fact)}><Undo stroke={2.4} /><span>{t("undo")}</span></button>
    </footer>
  );
}
