import { useState } from "preact/hooks";
import { download, Problem } from "../api.ts";
import { stopwatch } from "../clock.ts";
import { ActionButton } from "../parts/button.tsx";
import { Line } from "../parts/verdict.tsx";
import type { Play, Result, Split } from "../types.ts";
import { t } from "./result_words.ts";

/** Formats that rank by points: elsewhere they mean nothing. */
const POINTED = ["score", "composite"];

/** A team's own result: final or not yet, its way leg by leg, how the score came about, its certificate. */
export function OwnResult({ token, play, result }: { token: string; play: Play; result: Result }) {
  const { run, race } = play;
  const final = race.stage === "published";
  const pointed = POINTED.includes(play.course.format);
  return (
    <section class="result" aria-labelledby="result-title">
      <h2 class="review-title" id="result-title">{t(final ? "final" : "provisional")}</h2>
      {final ? null : <p class="second">{t("provisionalHelp")}</p>}
      <dl class="lines">
        {run.status === "OK" ? <Line what={t("status")}>{t("isOK")}</Line> : null}
        {pointed ? <Line what={t("score")}>{t("points", { n: run.points })}</Line> : null}
      </dl>
      <Certificate token={token} slug={race.slug} result={result} final={final} />
      <Splits splits={result.splits} pointed={pointed} />
      {result.why.length > 0 ? (
        <details class="result-why">
          <summary>{t("why")}</summary>
          <ol>{result.why.map((step) => <li key={step}>{step}</li>)}</ol>
        </details>
      ) : null}
    </section>
  );
}

/** The way in the order it was run; what was not visited stands where it belongs. */
function Splits({ splits, pointed }: { splits: Split[]; pointed: boolean }) {
  if (splits.every((split) => split.state === "Missing")) return <p class="second">{t("noSplits")}</p>;
  return (
    <table class="result-splits">
      <caption>{t("splits")}</caption>
      <thead>
        <tr><th scope="col">{t("point")}</th><th scope="col">{t("leg")}</th><th scope="col">{t("split")}</th></tr>
      </thead>
      <tbody>
        {splits.map((split, i) => (
          <tr key={i}>
            <th scope="row"><b>{split.state === "Finish" ? t("finish") : (split.checkpoint ?? "–")}</b> <span class="second">{noteOf(split, splits, pointed)}</span></th>
            <td>{split.leg_s === null ? "–" : stopwatch(split.leg_s)}{split.leg_place ? <LegPlace place={split.leg_place} behind={split.leg_behind_s ?? 0} /> : null}</td>
            <td>{split.split_s === null ? "–" : stopwatch(split.split_s)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** "2nd, 0:05 behind the fastest": below the leg's time. */
function LegPlace({ place, behind }: { place: number; behind: number }) {
  if (place === 1) return <b class="leg-place">{t("legFirst")}</b>;
  return <span class="leg-place second">{t("legPlace", { n: place, time: stopwatch(behind) })}</span>;
}

function noteOf(split: Split, all: Split[], pointed: boolean): string {
  if (split.state === "Finish") return "";
  if (split.state === "Missing") return t("missing");
  if (split.state === "Additional") {
    const taken = all.some((each) => each.state === "OK" && each.checkpoint === split.checkpoint);
    return t(taken ? "repeated" : "additional");
  }
  if (split.task === "failed") return t("taskFailed");
  return pointed ? t("points", { n: split.points }) : "";
}

/** The PDF needs the team's own token, which no link carries: it is fetched and handed to the browser as a file. */
function Certificate({ token, slug, result, final }: { token: string; slug: string; result: Result; final: boolean }) {
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<{ good: boolean; words: string } | null>(null);
  if (!result.certificate) return <p class="second">{t(final ? "certificateNone" : "certificateSoon")}</p>;
  const fetchIt = async () => {
    setBusy(true);
    try {
      save(await download(result.certificate!, token), `${slug}-certificate.pdf`);
      setSaid({ good: true, words: t("certificateHere") });
    } catch (error) {
      setSaid({ good: false, words: (error instanceof Problem && error.detail) || t("certificateFailed") });
    }
    setBusy(false);
  };
  return (
    <>
      <ActionButton kind="outline" busy={busy} onClick={() => void fetchIt()}>{t("certificate")}</ActionButton>
      {said ? <p class={said.good ? "second" : "field-fault"} role={said.good ? "status" : "alert"}>{said.words}</p> : null}
    </>
  );
}

function save(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
