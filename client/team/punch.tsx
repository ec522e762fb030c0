import { Cross, Next, Pause, Up } from "../icons.tsx";
import { clock, timeOfDay } from "../clock.ts";
import { ActionButton } from "../parts/button.tsx";
import { ErrorBox } from "../parts/notes.tsx";
import { useNow } from "../parts/ring.tsx";
import { Line, VerdictHead } from "../parts/verdict.tsx";
import type { FactResult, OutRecord } from "../types.ts";
import { t } from "../words.ts";
import { Card } from "./progress.tsx";
import { proofOf, type Screen } from "./pages.ts";
import type { TeamState } from "./state.ts";

/** How long we hope for an answer before we say that there is no signal. */
const HOPE_MS = 4000;

/** A record on its way: first a word of patience, then, with no signal, "recorded": never a mark or a place. */
export function Sending({ state, screen }: { state: TeamState; screen: Extract<Screen, { kind: "sending" }> }) {
  useNow(500);
  const waits = Date.now() - screen.since > HOPE_MS || (!state.reachable && Date.now() - screen.since > 800);
  if (!waits) {
    const words = { punch: t("punching"), answer: t("marking"), finish: t("finishing") }[screen.what];
    return (
      <main class="middle sending" aria-busy="true">
        <p class="sending-word" role="status">{words}</p>
        <span class="sending-bar" aria-hidden="true"><span /></span>
      </main>
    );
  }
  return <Recorded state={state} screen={screen} />;
}

function Recorded({ state, screen }: { state: TeamState; screen: Extract<Screen, { kind: "sending" }> }) {
  const play = state.play;
  const pending = state.outbox.pending();
  const own = pending.find((record) => record.id === screen.id);
  const opened = state.offline.openedBy(screen.id);
  const gunless = play !== null && screen.what === "punch" && opened !== null && opened.kind !== "start" && (play.run.start ?? play.gun) === null;
  // A second try has no questions on the phone: they are drawn when the team is back with signal.
  const again = opened !== null && ["cooling", "failed"].includes(play?.run.checkpoints[opened.code]?.state ?? "none");
  // Whoever has finished stays until all is sent: nobody goes on from there.
  const where = screen.what === "finish" ? "uploadHelp" : screen.what === "answer" ? "noSignalHere" : opened ? (again ? "noSignalAgain" : "noSignalHere") : state.offline.able ? "noSignalOdd" : "noSignalQuiz";
  const zone = play?.race.timezone ?? "Asia/Shanghai";
  const point = play?.course.checkpoints.find((each) => each.code === screen.code);
  return (
    <>
      <main class="middle">
        <VerdictHead tone="unsent" code={screen.code} {...(point ?? opened ? { name: (point ?? opened)!.name } : {})} mark={<Up class="verdict-mark" size={44} stroke={4} />} word={t("recorded")}>
          <p>{screen.what === "answer" ? t("recordedAnswer", { n: screen.count }) : screen.what === "finish" ? t("recordedFinish") : t("recordedPunch")}</p>
          <p>{t(where)}</p>
        </VerdictHead>
        <div class="inset page-gap">
          {play ? <Card state={state} play={play} still /> : null}
          <dl class="lines">
            {own ? <Line what={t("recordedAt")}>{timeOfDay(own.at, zone, true)} <span class="second">{unsure()}</span></Line> : null}
            <Line what={t("waitingToSend")}>{waitingWords(pending)}</Line>
          </dl>
          <p class="second-ink">{t(screen.what === "answer" ? "recordedHelpAnswer" : where === "noSignalHere" ? "recordedHelp" : "recordedHelpNear")}</p>
        </div>
      </main>
      <footer class="foot">
        {gunless && own ? (
          <>
            <p class="second">{t("gunUnheard")}</p>
            <ActionButton
              onClick={() => {
                state.offline.started();
                state.offline.goOn(own, proofOf(own));
              }}
            >
              {t("gunHeard")}
            </ActionButton>
            <ActionButton kind="outline" onClick={() => state.go("progress")}>{t("toProgress")}</ActionButton>
          </>
        ) : (
          // Whoever waits for questions is not sent on by the filled button.
          <ActionButton kind={again ? "outline" : "filled"} onClick={() => state.go("progress")}><span>{t(again ? "elsewhereGo" : screen.what === "finish" ? "toProgress" : "toNext")}</span><Next stroke={2.8} /></ActionButton>
        )}
      </footer>
    </>
  );
}

/** "±0.3 秒": how well this phone knows the server's time. */
function unsure(): string {
  const doubt = clock.doubtMs();
  return doubt === null ? "" : t("plusMinus", { s: (Math.ceil(doubt / 100) / 10).toFixed(1) });
}

function waitingWords(pending: OutRecord[]): string {
  const count = (kind: string) => pending.filter((record) => record.kind === kind).length;
  const punches = count("punch");
  const answers = count("answer");
  const others = pending.length - punches - answers;
  return [
    punches ? t("waitPunch", { n: punches }) : "",
    answers ? t("waitAnswer", { n: answers }) : "",
    others ? t("waitOther", { n: others }) : "",
  ].filter(Boolean).join(t("comma"));
}

/** A punch that could not be counted: what happened, what to do, three ways on. */
export function Refused({ state, result }: { state: TeamState; result: FactResult }) {
  const titles: Partial<Record<FactResult["verdict"], string>> = {
    unknown: t("unknownTitle"),
    not_started: t("beforeGun"),
    closed: t("closedTitle"),
    finished: t("finishedTitle"),
    not_on_course: t("notOnCourseTitle"),
  };
  // Here the server's sentence says first what the title says: below it stands only what to do next.
  const ways: Partial<Record<FactResult["verdict"], string>> = {
    unknown: t("unknownHelp"),
    not_started: t("beforeGunHelp"),
    closed: t("closedHelp"),
  };
  const phone = state.play?.race.emergency_phone;
  const calm = result.verdict === "not_started" || result.verdict === "finished";
  const title = titles[result.verdict] ?? t("refused");
  const words = ways[result.verdict] ?? (result.message || t("problemHelp"));
  return (
    <>
      <main class="middle">
        <VerdictHead
          tone={calm ? "check" : "stop"}
          code={result.checkpoint?.code ?? null}
          {...(result.checkpoint ? { name: result.checkpoint.name } : {})}
          mark={calm ? <Pause class="verdict-mark" size={36} stroke={4} /> : <Cross class="verdict-mark" size={36} stroke={4} />}
          word={title}
          small
        >
          <p>{words}</p>
        </VerdictHead>
        {result.verdict === "unknown" ? (
          <div class="inset page-gap">
            <ErrorBox
              title={t("typeTitle")}
              ways={[
                { word: t("typeCode"), onClick: () => { state.go("progress"); state.open("scan"); } },
                ...(phone ? [{ word: t("callMarshal"), href: `tel:${phone}` }] : []),
              ]}
            >
              {t("typeHelp")}
            </ErrorBox>
          </div>
        ) : null}
      </main>
      <footer class="foot">
        <ActionButton onClick={() => state.go("progress")}>{t("toProgress")}</ActionButton>
      </footer>
    </>
  );
}
