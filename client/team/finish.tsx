import { Clock, FlagPost, Next, Tick, Up } from "../icons.tsx";
import { stopwatch, timeOfDay } from "../clock.ts";
import { ActionButton } from "../parts/button.tsx";
import { later } from "../parts/later.tsx";
import { StatusChip } from "../parts/marks.tsx";
import { Toast } from "../parts/notes.tsx";
import { Rich } from "../parts/rich.tsx";
import { useNow } from "../parts/ring.tsx";
import { Line, VerdictHead } from "../parts/verdict.tsx";
import type { Play } from "../types.ts";
import { placeWords, statusWords, t } from "../words.ts";
import { DeliveredToast } from "./app.tsx";
import { Head } from "./head.tsx";
import { Card } from "./progress.tsx";
import type { Proof } from "./pages.ts";
import type { TeamState } from "./state.ts";

/** The question before the finish: with its figures, and a way back. The finish counts from the scan, not from the press. */
export function FinishConfirm({ state, proof, at }: { state: TeamState; proof: Proof; at: number }) {
  const now = useNow(1000);
  const play = state.play!;
  const unsent = state.offline.unsent().size;
  const left = Math.max(0, play.run.total - play.run.passed - unsent);
  const start = play.run.start ?? play.gun;
  return (
    <>
      <main class="middle">
        <VerdictHead tone="check" mark={<FlagPost class="verdict-mark" size={40} stroke={2.6} />} word={t("finishAsk")} small>
          <p><Rich>{left > 0 ? t("finishLeft", { n: play.run.passed, left }) : t("finishAll", { n: play.run.passed })}</Rich></p>
        </VerdictHead>
        <div class="inset page-gap">
          <Card state={state} play={play} still />
          <dl class="lines">{start === null ? null : <Line what={t("finishTime")}>{stopwatch((Math.min(now, at) - start) / 1000)}</Line>}</dl>
          {unsent > 0 ? <p>{t("finishAlsoUnsent", { n: unsent })}</p> : null}
          <p>{t("finishTogether")}</p>
          {left > 0 ? <p class="second">{t("finishWarn")}</p> : null}
        </div>
      </main>
      <footer class="foot">
        <ActionButton onClick={() => state.finish(proof, at)}><FlagPost stroke={2.6} /><span>{t("finishGo")}</span></ActionButton>
        <ActionButton kind="outline" onClick={() => state.go("progress")}>{left > 0 ? t("finishBack") : t("cancel")}</ActionButton>
      </footer>
    </>
  );
}

/** After the finish: to be checked until a marshal has counted heads; then the result. */
export function Finished({ state, play }: { state: TeamState; play: Play }) {
  const { run } = play;
  const place = state.place();
  const zone = play.race.timezone;
  const checked = run.heads_confirmed;
  const odd = ["OK", "Finished", "Active"].includes(run.status) ? null : statusWords(run.status);
  return (
    <>
      <main class="middle">
        <Head state={state} />
        <VerdictHead
          tone={checked ? "passed" : "check"}
          mark={checked ? <Tick class="verdict-mark" size={44} stroke={4} /> : <Clock class="verdict-mark" size={40} stroke={2.6} />}
          word={checked ? t("finished") : t("toCheck")}
        >
          <p>{t(checked ? "finishedOk" : "finishedCheck")}</p>
        </VerdictHead>
        <div class="inset page-gap">
          {odd ? <p><StatusChip tone="wait" late>{odd}</StatusChip></p> : null}
          <Uploaded state={state} />
          <dl class="lines">
            {place !== null && checked ? <Line what={t(run.provisional ? "rowPlace" : "finishedPlace")}>{placeWords(place)} <span class="second">{t("finishedOf", { n: run.of })}</span></Line> : null}
            <Line what={t("passedPoints")}>{run.passed} {t("ofTotal", { n: run.total })}</Line>
            {run.time_s !== null ? <Line what={t("netTime")}>{stopwatch(run.time_s)}</Line> : null}
            {run.elapsed_s !== null ? <Line what={t("finishedTime")}>{stopwatch(run.elapsed_s)}</Line> : null}
            {run.credit_s ? <Line what={t("finishedCredit")}>−{stopwatch(run.credit_s)}</Line> : null}
            {run.penalty_s ? <Line what={t("finishedPenalty")}>+{stopwatch(run.penalty_s)}</Line> : null}
            {run.finish !== null ? <Line what={t("finishedAt")}>{timeOfDay(run.finish, zone, true)}</Line> : null}
          </dl>
          <Card state={state} play={play} />
          {play.result ? <OwnResult token={state.joined.token} play={play} result={play.result} /> : null}
          <DeliveredToast state={state} />
        </div>
      </main>
      <footer class="foot">
        <ActionButton href={`/r/${encodeURIComponent(play.race.slug)}/results`}><span>{t("seeResults")}</span><Next stroke={2.8} /></ActionButton>
      </footer>
    </>
  );
}

/** In, and the server does not know it yet: nobody leaves before it does. */
export function FinishUnsent({ state, play }: { state: TeamState; play: Play }) {
  const zone = play.race.timezone;
  const record = state.outbox.pending().find((each) => each.kind === "finish");
  return (
    <>
      <main class="middle">
        <Head state={state} />
        {/* Small, so that the whole code for the marshal stands on the page. */}
        <VerdictHead tone="unsent" mark={<Up class="verdict-mark" size={36} stroke={4} />} word={t("recorded")} small>
          <p>{t("recordedFinish")}</p>
        </VerdictHead>
        <div class="inset page-gap">
          <Uploaded state={state} />
          <dl class="lines">{record ? <Line what={t("finishedAt")}>{timeOfDay(record.at, zone, true)}</Line> : null}</dl>
          <Card state={state} play={play} still />
        </div>
      </main>
    </>
  );
}

/** "All sent", or how many are not: with a code for the marshal while there is no signal. */
function Uploaded({ state }: { state: TeamState }) {
  const waiting = state.outbox.pending();
  if (waiting.length === 0) return <Toast tone="passed" title={t("allUploaded")} />;
  return (
    <>
      <Toast tone="unsent" title={t("uploadLeft", { n: waiting.length })}>{t("uploadHelp")}</Toast>
      {state.reachable ? null : <CarryQr token={state.joined.token} records={waiting} />}
    </>
  );
}

/** The code of what is not sent. Drawing it is a chunk of its own. */
const CarryQr = later(() => import("./carry.tsx").then((module) => module.CarryCode));

/** Splits, why this score, and the certificate: nobody needs them before the finish. */
const OwnResult = later(() => import("./result.tsx").then((module) => module.OwnResult));
