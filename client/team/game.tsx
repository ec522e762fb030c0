import { Clock, Next } from "../icons.tsx";
import { minutes, stopwatch, timeOfDay } from "../clock.ts";
import { ActionButton } from "../parts/button.tsx";
import { Bib, CodeRing } from "../parts/marks.tsx";
import { useNow } from "../parts/ring.tsx";
import type { GameTask } from "../types.ts";
import { t } from "../words.ts";
import type { TeamState } from "./state.ts";

/** A team game: our number for the marshal, the queue, how it is played. The result comes by itself. */
export function Game({ state, code, task }: { state: TeamState; code: string; task: GameTask }) {
  const now = useNow(1000);
  const play = state.play!;
  const zone = play.race.timezone;
  const point = play.course.checkpoints.find((each) => each.code === code);
  const playing = task.state === "playing";
  const ahead = task.ahead ?? 0;
  const arrived = task.arrived_at ?? null;
  const waited = arrived === null ? null : stopwatch((now - arrived) / 1000);
  return (
    <>
      <main class="middle">
        <header class="task-head head-rule">
          {point && point.name !== task.name ? <p class="second">{point.name}</p> : null}
          <h1 class="title task-where"><CodeRing code={code} /><span>{task.name}</span></h1>
        </header>
        <div class="game-bib">
          <p class="second-ink">{t("gameShow")}</p>
          <Bib n={play.team.bib} size="huge" />
          <p class="game-team">{play.team.team}</p>
        </div>
        <div class={playing ? "game-state game-now" : "game-state"} role="status">
          <p class="game-word">{playing ? t("gamePlaying") : ahead > 0 ? t("gameWaiting", { n: ahead }) : t("gameFirst")}</p>
          <p>{playing ? t("gamePlayingHelp") : ahead > 0 && task.wait_s ? t("gameAbout", { min: minutes(task.wait_s) }) : t("gameResultHere")}</p>
        </div>
        <div class="inset">
          {!playing && waited ? (
            <ul class="facts game-waited">
              <li>
                <Clock />
                <span>
                  {t("arrived", { time: timeOfDay(arrived!, zone, true) })}{t("comma")}
                  {task.credit_cap_s ? t("waitedCap", { time: waited, min: minutes(task.credit_cap_s) }) : t("waited", { time: waited })}
                </span>
              </li>
            </ul>
          ) : null}
          <h2 class="second">{t("gameHow")}</h2>
          <p class="game-how">{task.instructions}</p>
        </div>
      </main>
      <footer class="foot">
        {playing ? null : <p class="second">{t("gameLeaveHelp")}</p>}
        <ActionButton kind="outline" onClick={() => state.go("progress")}><span>{t(playing ? "toProgress" : "gameLeave")}</span><Next size={20} stroke={3} /></ActionButton>
      </footer>
    </>
  );
}
