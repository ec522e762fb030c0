import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Next, Scan } from "../icons.tsx";
import { ActionButton } from "../parts/button.tsx";
import { CodeRing, Flag } from "../parts/marks.tsx";
import { Empty, ErrorBox } from "../parts/notes.tsx";
import type { Checkpoint, Play } from "../types.ts";
import { distanceWords, t } from "../words.ts";
import { away, byCode, nextPoint, phase } from "./course.ts";
import { Head } from "./head.tsx";
import type { MapProps } from "./map.tsx";
import type { TeamState } from "./state.ts";
import { clock } from "../clock.ts";

/** The map with the chosen checkpoint below it, or the list where there is no map. Leaflet comes only when it is opened. */
export function MapTab({ state, play }: { state: TeamState; play: Play }) {
  return play.map?.image && play.map.corners.length >= 3 ? <WithMap state={state} play={play} /> : <OnlyList state={state} play={play} />;
}

function WithMap({ state, play }: { state: TeamState; play: Play }) {
  const [MapView, setMapView] = useState<FunctionComponent<MapProps> | null>(null);
  const [failed, setFailed] = useState(false);
  const [tries, setTries] = useState(0);
  const [shown, setShown] = useState<string | null>(null);
  useEffect(() => {
    let here = true;
    setFailed(false);
    import("./map.tsx").then(
      (module) => here && setMapView(() => module.MapView),
      () => here && setFailed(true),
    );
    return () => void (here = false);
  }, [tries]);
  const next = nextPoint(play, state.chosen, state.here, state.offline.unsent());
  const code = shown ?? next?.code ?? play.course.checkpoints[0]?.code ?? null;
  const point = play.course.checkpoints.find((each) => each.code === code) ?? null;
  return (
    <>
      <Head state={state} />
      <main class="map-main">
        {failed ? (
          <div class="inset map-failed">
            <ErrorBox title={t("mapFailed")} ways={[{ word: t("retryLoad"), onClick: () => setTries(tries + 1) }]}>{t("mapFailedHelp")}</ErrorBox>
            <List state={state} play={play} />
          </div>
        ) : MapView ? (
          <MapView state={state} play={play} chosen={code} next={next?.code ?? null} onChoose={setShown} />
        ) : (
          <p class="map-loading" role="status">{t("mapLoading")}</p>
        )}
      </main>
      {point && !failed ? <Chosen state={state} play={play} point={point} isNext={point.code === next?.code} /> : null}
    </>
  );
}

function Chosen({ state, play, point, isNext }: { state: TeamState; play: Play; point: Checkpoint; isNext: boolean }) {
  const far = away(point, state.here);
  const queue = state.standings?.stations?.[point.code]?.ahead ?? 0;
  const racing = phase(play, clock.now()) === "racing";
  const open = point.code !== state.chosen && !isNext && racing;
  return (
    <section class="map-sheet" aria-label={point.name}>
      <button type="button" class="map-point" onClick={() => state.open({ point: point.code })}>
        {isNext ? <Flag code={point.code} small /> : <CodeRing code={point.code} />}
        <span class="map-words">
          <b class="map-name">{point.name}</b>
          <span class="second">{point.description}</span>
        </span>
        <span class="map-far">
          {far === null ? null : <b>{distanceWords(far)}</b>}
          {queue > 0 ? <span class="second">{t("gameWaiting", { n: queue })}</span> : null}
        </span>
      </button>
      {open && (play.run.checkpoints[point.code]?.state ?? "none") === "none" ? (
        <ActionButton onClick={() => state.choose(point.code)}><span>{t("goHere")}</span><Next stroke={2.8} /></ActionButton>
      ) : (
        <ActionButton onClick={() => state.open("scan")}><Scan stroke={2.6} /><span>{t("scan")}</span></ActionButton>
      )}
    </section>
  );
}

/** Every checkpoint in words: without a map, and for whoever cannot see one. */
function OnlyList({ state, play }: { state: TeamState; play: Play }) {
  return (
    <main class="middle">
      <Head state={state} />
      <div class="inset list-room head-rule">
        <Empty title={t("noMap")}>{t("noMapHelp")}</Empty>
      </div>
      <div class="inset"><List state={state} play={play} /></div>
    </main>
  );
}

function List({ state, play }: { state: TeamState; play: Play }) {
  const { start, finish, checkpoints } = play.course;
  return (
    <ul class="picks" aria-label={t("list")}>
      {start ? <li class="pick"><span class="pick-words"><b>{t("start")}</b><span class="second">{start.description}</span></span></li> : null}
      {[...checkpoints].filter((point) => point.kind === "control").sort(byCode).map((point) => (
        <li key={point.code}>
          <button type="button" class="pick" onClick={() => state.open({ point: point.code })}>
            <CodeRing code={point.code} />
            <span class="pick-words"><b>{point.name}</b><span class="second">{point.description}</span></span>
            <Next />
          </button>
        </li>
      ))}
      {finish ? <li class="pick"><span class="pick-words"><b>{t("finishName")}</b><span class="second">{finish.description}</span></span></li> : null}
    </ul>
  );
}
