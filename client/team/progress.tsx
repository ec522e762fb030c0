import { Clock, Cross, FlagPost, Next, People, Question, Scan, Speech, Tick, Up, Down, Warning } from "../icons.tsx";
import { minutes, stopwatch, timeOfDay } from "../clock.ts";
import { ActionButton, WordButton } from "../parts/button.tsx";
import { CardCell } from "../parts/card.tsx";
import { later } from "../parts/later.tsx";
import { Flag } from "../parts/marks.tsx";
import { Toast } from "../parts/notes.tsx";
import { useNow } from "../parts/ring.tsx";
import { language } from "../language.ts";
import { elapsed } from "../rules/times.ts";
import type { Checkpoint, Play } from "../types.ts";
import { ordinal, statusWords, t } from "../words.ts";
import { DeliveredToast } from "./app.tsx";
import { byCode, cellState, classOf, current, deadline, hintOf, isDue, nextPoint, phase } from "./course.ts";
import { hasClosed, Head } from "./head.tsx";
import type { TeamState } from "./state.ts";

const STALE_MS = 60_000;

/** What stands after the finish comes after the first page too. */
const Finished = later(() => import("./finish.tsx").then((module) => module.Finished));
/** For who was given an award and has no finish; all others find it on the page of the finish. */
const OwnResult = later(() => import("./result.tsx").then((module) => module.OwnResult));
const FinishUnsent = later(() => import("./finish.tsx").then((module) => module.FinishUnsent));

export function Progress({ state, play }: { state: TeamState; play: Play }) {
  const now = useNow(500);
  const where = phase(play, now);
  if (state.finishing()) return <FinishUnsent state={state} play={play} />;
  if (where === "finished") return <Finished state={state} play={play} />;
  const here = current(play);
  const next = here ?? nextPoint(play, state.chosen, state.here, state.offline.unsent());
  return (
    <>
      <main class="middle">
        <Head state={state} />
        <Figures state={state} play={play} now={now} />
        <Times play={play} now={now} />
        <div class="card-room"><Card state={state} play={play} next={where === "racing" ? next : null} /></div>
        <section class="next-room" aria-label={t(here ? "current" : "nextPoint")}>
          {where === "before" ? (
            <>
            <Notice title={t("beforeGun")} words={t("beforeGunHelp")} more={play.course.first[0] ? t("beforeGunFirst", { code: play.course.first[0] }) : null} />
            {state.reachable ? null : <WordButton line onClick={() => state.offline.started()}>{t("gunHeardNoSignal")}</WordButton>}
            </>
          ) : where === "over" ? (
            <Notice title={play.run.status === "SportingWithdrawal" ? t("withdrawn") : statusWords(play.run.status)} words="" />
          ) : hasClosed(state) ? (
            <Notice title={t("closedTitle")} words={t("closedHelp")} />
          ) : play.race.stopped ? (
            <Notice title={t("stopped")} words={t("stoppedHelp")} />
          ) : next ? (
            <NextPoint state={state} play={play} next={next} isHere={here !== null} now={now} />
          ) : (
            <ToFinish play={play} />
          )}
          {play.result?.certificate ? <OwnResult token={state.joined.token} play={play} result={play.result} /> : null}
          {state.fresh ? <Toast tone="wait" title={t("freshTitle")}>{t("freshHelp")}</Toast> : null}
          <Latest play={play} />
        </section>
      </main>
      <footer class="foot on-mist foot-progress">
        <DeliveredToast state={state} />
        {where === "before" ? (
          <ActionButton onClick={() => state.go("map")}>{play.map?.image ? t("seeMap") : t("seePoints")}</ActionButton>
        ) : play.race.stage === "published" ? (
          <ActionButton href={`/r/${encodeURIComponent(play.race.slug)}/results`}><span>{t("seeResults")}</span><Next stroke={2.8} /></ActionButton>
        ) : here ? (
          <ActionButton onClick={() => state.show({ kind: "checkpoint", code: here.code })}>
            <span>{play.run.checkpoints[here.code]?.state === "open" ? t("goOnQuiz") : t("seeQueue")}</span>
            <Next stroke={2.8} />
          </ActionButton>
        ) : (
          <ActionButton onClick={() => state.open("scan")}>
            <Scan stroke={2.6} />
            <span>{next === null && where === "racing" ? t("scanFinish") : t("scan")}</span>
          </ActionButton>
        )}
      </footer>
    </>
  );
}

function Figures({ state, play, now }: { state: TeamState; play: Play; now: number }) {
  const own = classOf(state.standings, play.run.entry);
  const place = state.place();
  const at = state.standings?.at ?? null;
  const stale = at !== null && now - at > STALE_MS && !state.reachable;
  const moved = own?.row.moved ?? 0;
  const zone = play.race.timezone;
  return (
    <div class="figures head-rule">
      <p class="figure-box">
        <span class="figure-label">{t("passedPoints")}</span>
        <span class="figure-line"><b class="figure">{play.run.passed}</b><span class="figure-unit">{t("ofTotal", { n: play.run.total })}</span></span>
      </p>
      <p class="figure-box">
        <span class="figure-label">
          {stale ? t("placeAt", { time: timeOfDay(at, zone) }) : play.run.provisional || place === null ? t("placeNow") : t("placeFinal")}
          {moved !== 0 && place !== null ? <Moved n={moved} /> : null}
        </span>
        <span class="figure-line">
          {place === null ? (
            <><b class="figure" aria-hidden="true">–</b><span class="hear">{t("noPlace")}</span></>
          ) : (
            <><b class="figure">{place}</b><span class="figure-unit unit-word">{language() === "zh" ? t("placeUnit") : ordinal(place)}</span></>
          )}
        </span>
      </p>
    </div>
  );
}

/** ↑2: places gained, with the word for readers. */
export function Moved({ n }: { n: number }) {
  return (
    <span class={n > 0 ? "moved moved-up" : "moved"}>
      {n > 0 ? <Up size={16} stroke={3} /> : <Down size={16} stroke={3} />}
      <span aria-hidden="true">{Math.abs(n)}</span>
      <span class="hear">{n > 0 ? t("up", { n }) : t("down", { n: -n })}</span>
    </span>
  );
}

function Times({ play, now }: { play: Play; now: number }) {
  const start = play.run.start ?? play.gun;
  const limit = deadline(play);
  const left = limit ? (limit.at - now) / 1000 : 0;
  const running = start !== null && start <= now;
  return (
    <div class="times">
      {start !== null && start > now ? (
        <p><span>{t("toGun")}</span> <b>{stopwatch(Math.ceil((start - now) / 1000))}</b></p>
      ) : (
        <p><span>{t("elapsed")}</span> <b>{running ? stopwatch(elapsed(start, now)) : "0:00"}</b></p>
      )}
      {limit === null ? null : limit.kind === "limit" ? (
        <p><span>{left < 0 ? t("limitOver") : t("limitIn")}</span> <b>{stopwatch(Math.abs(left))}</b></p>
      ) : left > 0 ? (
        <p>
          <span>{running ? t("closesIn") : t("closesAt")}</span>{" "}
          <b>{running ? stopwatch(left) : timeOfDay(limit.at, play.race.timezone)}</b>
        </p>
      ) : (
        <p><b>{t("closedFor")}</b></p>
      )}
    </div>
  );
}

/** The control card: one box a checkpoint, in code order. */
export function Card({ state, play, next = null, still = false }: { state: TeamState; play: Play; next?: Checkpoint | null; still?: boolean }) {
  const unsent = state.offline.unsent();
  if (state.screen.kind === "sending" && state.screen.code) unsent.add(state.screen.code);
  const words = { none: "cellNone", passed: "cellPassed", unsent: "cellUnsent", wait: "cellWait", busy: "cellBusy", lost: "cellLost" } as const;
  return (
    <div class={still ? "card card-still" : "card"} role="group" aria-label={t("card")}>
      {[...play.course.checkpoints].filter((point) => point.kind === "control").sort(byCode).map((point) => {
        const look = cellState(play.run, point.code, unsent);
        const isNext = next?.code === point.code && (look === "none" || look === "wait");
        const hint = hintOf(point);
        const label = t(isNext ? "cellNext" : words[look], { code: point.code }) + (hint === "quiz" ? t("cellQuiz") : hint === "game" ? t("cellGame") : "");
        return (
          <CardCell
            key={point.code}
            code={point.code}
            state={isNext ? "none" : look}
            next={isNext}
            hint={still ? null : hint}
            label={label}
            {...(still ? {} : { onClick: () => state.open({ point: point.code }) })}
          />
        );
      })}
    </div>
  );
}

function NextPoint({ state, play, next, isHere, now }: { state: TeamState; play: Play; next: Checkpoint; isHere: boolean; now: number }) {
  return (
    <>
      <div class="next-head">
        <span class="second">{t(isHere ? "current" : "nextPoint")}</span>
        {isHere ? null : <WordButton line onClick={() => state.open("pick")}>{t("pickAnother")}</WordButton>}
      </div>
      <div class="next-point">
        <Flag code={next.code} />
        <div class="next-words">
          <h2 class="title">{next.name}</h2>
          <p class="second-ink">{next.description}</p>
        </div>
      </div>
      <ul class="facts">
        {isHere ? <HereFacts state={state} code={next.code} now={now} /> : <PointFacts state={state} point={next} />}
        {play.course.checkpoints.map((point) => {
          const seen = play.run.checkpoints[point.code];
          if (seen?.state !== "cooling" || !seen.until) return null;
          const left = (seen.until - now) / 1000;
          return (
            <li key={point.code}>
              {left > 0 ? <Cross /> : <Tick />}
              <button type="button" class="fact-button" onClick={() => state.show({ kind: "checkpoint", code: point.code })}>
                {left > 0 ? t("coolingHint", { code: point.code, time: stopwatch(left) }) : t("readyHint", { code: point.code })}
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** Where we are already: our own place in the queue, or what is left on the sheet's clock. */
function HereFacts({ state, code, now }: { state: TeamState; code: string; now: number }) {
  const due = state.tasks[code]?.find(isDue);
  if (due?.kind === "quiz" && due.state === "open") {
    const left = due.sheet.deadline === null ? null : (due.sheet.deadline - now) / 1000;
    return left === null ? null : <li><Clock /><span>{t("secondsLeft", { n: Math.max(0, Math.ceil(left)) })}</span></li>;
  }
  if (due?.kind !== "game") return null;
  const ahead = due.ahead ?? 0;
  const wait = due.state === "playing" ? t("gamePlaying") : ahead === 0 ? t("gameFirst") : due.wait_s ? t("aheadWait", { ahead, min: minutes(due.wait_s) }) : t("ahead", { ahead });
  return (
    <li>
      <Clock />
      <span>{wait}{due.state === "playing" ? null : <><br />{due.credit_cap_s ? t("creditedUpTo", { min: minutes(due.credit_cap_s) }) : t("credited")}</>}</span>
    </li>
  );
}

/** What waits at a checkpoint: the queue now, or what the task asks. */
export function PointFacts({ state, point }: { state: TeamState; point: Checkpoint }) {
  const station = state.standings?.stations?.[point.code];
  const game = point.tasks.find((task) => task.kind === "game");
  const quiz = point.tasks.find((task) => task.kind === "quiz");
  return (
    <>
      {game ? (
        station && station.ahead > 0 ? (
          <li>
            <Clock />
            <span>
              {station.wait_s ? t("aheadWait", { ahead: station.ahead, min: minutes(station.wait_s) }) : t("ahead", { ahead: station.ahead })}
              {language() === "zh" ? <br /> : " "}
              {game.credit_cap_s ? t("creditedUpTo", { min: minutes(game.credit_cap_s) }) : t("credited")}
            </span>
          </li>
        ) : (
          <li><People /><span>{t("gameHint")}{station ? ` ${t("noQueue")}` : ""}</span></li>
        )
      ) : null}
      {quiz ? (
        <li><Question /><span>{quiz.limit_s ? t("quizHint", { draw: quiz.draw, need: quiz.need, s: quiz.limit_s }) : t("quizHintFree", { draw: quiz.draw, need: quiz.need })}</span></li>
      ) : null}
      {!game && !quiz && point.kind === "control" ? <li><Tick /><span>{t("plainHint")}</span></li> : null}
    </>
  );
}

function ToFinish({ play }: { play: Play }) {
  const { finish } = play.course;
  return (
    <>
      <div class="next-head"><span class="second">{t("nextPoint")}</span></div>
      <div class="next-point">
        <span class="finish-mark"><FlagPost size={40} /></span>
        <div class="next-words">
          <h2 class="title">{t("allPassed")}</h2>
          <p class="second-ink">{finish?.description ?? ""}</p>
        </div>
      </div>
      <ul class="facts"><li><People /><span>{t("allPassedHelp")}</span></li></ul>
    </>
  );
}

function Notice({ title, words, more = null }: { title: string; words: string; more?: string | null }) {
  return (
    <div class="notice">
      <h2 class="title"><Warning size={28} /><span>{title}</span></h2>
      {words ? <p>{words}</p> : null}
      {more ? <p><b>{more}</b></p> : null}
    </div>
  );
}

/** The organizer's latest word, with its time. */
function Latest({ play }: { play: Play }) {
  const last = [...play.messages].sort((a, b) => b.at - a.at)[0];
  if (!last) return null;
  return (
    <p class="latest">
      <Speech />
      <span><span class="latest-time">{timeOfDay(last.at, play.race.timezone)}</span>{last.text}</span>
    </p>
  );
}

