import L from "leaflet";
import { render } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { stopwatch } from "../clock.ts";
import { Locate } from "../icons.tsx";
import { useNow } from "../parts/ring.tsx";
import type { Checkpoint, Play } from "../types.ts";
import { loadStyle } from "../parts/style.ts";
import { t } from "../words.ts";
import { fit, northOf, pixel, pixelsPerMetre, scaleBar, type Affine } from "./affine.ts";
import { cellState, deadline } from "./course.ts";
import type { TeamState } from "./state.ts";

export interface MapProps {
  state: TeamState;
  play: Play;
  chosen: string | null;
  next: string | null;
  onChoose: (code: string) => void;
}

/** Circles are at least this large on the screen, so that a thumb in the rain finds them. Pixels. */
const CIRCLE = 46;
const BAR_MOST = 110;

/** Picture pixels, y downwards, to Leaflet's plane, y upwards. */
const at = ([x, y]: [number, number]): L.LatLngExpression => [-y, x];

export function MapView({ state, play, chosen, next, onChoose }: MapProps) {
  const box = useRef<HTMLDivElement>(null);
  const map = useRef<L.Map | null>(null);
  const marks = useRef<L.LayerGroup | null>(null);
  const own = useRef<L.LayerGroup | null>(null);
  const [bar, setBar] = useState<{ metres: number; pixels: number } | null>(null);
  const [note, setNote] = useState("");
  const choose = useRef(onChoose);
  choose.current = onChoose;
  const park = play.map!;
  const affine = useRef<Affine | null>(null);
  affine.current ??= fit(park.corners, [[0, 0], [park.width, 0], [park.width, park.height], [0, park.height]]);

  useEffect(() => {
    let alive = true;
    let made: L.Map | null = null;
    void loadStyle("leaflet/leaflet.css").then(() => {
      if (!alive || !box.current) return;
      made = L.map(box.current, { crs: L.CRS.Simple, minZoom: -6, maxZoom: 3, zoomSnap: 0.25, zoomControl: false, attributionControl: false, maxBoundsViscosity: 0.8 });
      const bounds = L.latLngBounds(at([0, park.height]), at([park.width, 0]));
      L.imageOverlay(park.image!, bounds).addTo(made);
      made.setMaxBounds(bounds.pad(0.15));
      // The picture fills the view, the next checkpoint in its middle: seen whole on a phone, it would be too small to run by.
      const first = placed(play, affine.current).find(({ point }) => point.code === chosen);
      made.setView(first ? at(first.spot) : bounds.getCenter(), made.getBoundsZoom(bounds, true), { animate: false });
      made.panInsideBounds(bounds.pad(0.02), { animate: false });
      const measure = () => {
        if (affine.current && made && park.measured) setBar(scaleBar(pixelsPerMetre(affine.current) * made.getZoomScale(made.getZoom(), 0), BAR_MOST));
      };
      made.on("zoomend", measure);
      measure();
      own.current = L.layerGroup().addTo(made);
      marks.current = L.layerGroup().addTo(made);
      map.current = made;
      state.changed();
    });
    return () => {
      alive = false;
      made?.remove();
      map.current = null;
    };
  }, []);

  // Redrawn only when something shown has changed: a marker that is rebuilt loses the focus.
  const look = JSON.stringify([chosen, next, play.course.checkpoints.map((point) => play.run.checkpoints[point.code]?.state), map.current !== null]);
  useEffect(() => {
    const layer = marks.current;
    if (!layer) return;
    layer.clearLayers();
    for (const { point, spot } of placed(play, affine.current)) {
      const mark = L.marker(at(spot), { icon: icon(play, point, point.code === chosen), keyboard: true, title: point.name, alt: `${point.code} ${point.name}` });
      if (point.kind === "control") mark.on("click", () => choose.current(point.code));
      mark.addTo(layer);
    }
  }, [look]);

  const { here } = state;
  useEffect(() => {
    const layer = own.current;
    if (!layer || !here || !affine.current) return;
    layer.clearLayers();
    const spot = pixel(affine.current, here.lat, here.lon);
    L.circle(at(spot), { radius: here.accuracy * pixelsPerMetre(affine.current), className: "map-doubt", interactive: false }).addTo(layer);
    L.marker(at(spot), { icon: L.divIcon({ className: "map-own", iconSize: [20, 20], html: "" }), interactive: false, keyboard: false }).addTo(layer);
    const inside = spot[0] >= 0 && spot[1] >= 0 && spot[0] <= park.width && spot[1] <= park.height;
    setNote(inside ? t("accuracy", { m: Math.round(here.accuracy) }) : t("locateFar"));
    if (inside) map.current?.panTo(at(spot));
  }, [here, map.current]);

  const north = affine.current ? northOf(affine.current) : 0;
  return (
    <>
      <div class="map-box" ref={box} role="region" aria-label={t("mapLabel")} />
      <MapTimes play={play} />
      {park.measured ? <div class="map-tools">
        <span class="map-tool" role="img" aria-label={t("northUp")}>
          <svg viewBox="0 0 24 24" width="30" height="30" aria-hidden="true"><g transform={`rotate(${north.toFixed(1)} 12 12)`}><path d="M12 1.5 6.5 21 12 17z" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round" /><path d="M12 1.5 17.5 21 12 17z" fill="currentColor" /></g></svg>
        </span>
        <button
          type="button"
          class="map-tool"
          aria-label={t("locate")}
          onClick={() => {
            setNote(t("locating"));
            state.locate(() => setNote(t("locateOff")));
          }}
        >
          <Locate size={28} />
        </button>
      </div> : null}
      {note ? <p class="map-note" role="status">{note}</p> : null}
      {bar ? <Bar metres={bar.metres} pixels={bar.pixels} /> : null}
    </>
  );
}

function MapTimes({ play }: { play: Play }) {
  const now = useNow(1000);
  const limit = deadline(play);
  const left = limit ? (limit.at - now) / 1000 : 0;
  return (
    <p class="map-times">
      <span>{t("passedOf")} <b>{play.run.passed}/{play.run.total}</b></span>
      {limit && left > 0 ? <span>{t(limit.kind === "closing" ? "closesIn" : "limitIn")} <b>{stopwatch(left)}</b></span> : null}
    </p>
  );
}

/** Its length is set through the DOM: a style attribute would be stopped by the page's policy. */
function Bar({ metres, pixels }: { metres: number; pixels: number }) {
  const line = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (line.current) line.current.style.width = `${Math.round(pixels)}px`;
  }, [pixels]);
  return <p class="map-bar"><span>{t("scale", { m: metres })}</span><span class="map-line" ref={line} /></p>;
}

function placed(play: Play, affine: Affine | null): { point: Checkpoint; spot: [number, number] }[] {
  if (!affine) return [];
  const { start, finish, checkpoints } = play.course;
  return [start, ...checkpoints.filter((point) => point.kind === "control"), finish].flatMap((point) =>
    point && point.lat !== null && point.lon !== null ? [{ point, spot: pixel(affine, point.lat, point.lon) }] : [],
  );
}

const CROSS = <path class="map-cross" d="m16.5 16.5 13 13m0-13-13 13" />;

const SHAPES = {
  start: <path class="map-ring" d="M23 6 42 39H4z" />,
  finish: <><circle class="map-ring" cx="23" cy="23" r="20" /><circle class="map-ring" cx="23" cy="23" r="14" /></>,
  passed: <><circle class="map-full" cx="23" cy="23" r="20" /><path class="map-tick" d="m14.5 23.5 6 6 11-12" /></>,
  wait: <><circle class="map-ring map-wait" cx="23" cy="23" r="19" />{CROSS}</>,
  lost: <><circle class="map-ring" cx="23" cy="23" r="19" />{CROSS}</>,
  busy: <><circle class="map-ring map-wait" cx="23" cy="23" r="19" /><path class="map-hands" d="M23 15v8.5l5.5 3" /></>,
  unsent: <><circle class="map-ring map-sent" cx="23" cy="23" r="19" /><path class="map-arrow" d="M23 32V15m-7 7 7-7 7 7" /></>,
  none: <circle class="map-ring" cx="23" cy="23" r="18.5" />,
};

function icon(play: Play, point: Checkpoint, chosen: boolean): L.DivIcon {
  const look = point.kind === "control" ? cellState(play.run, point.code, new Set()) : point.kind;
  const box = document.createElement("div");
  render(
    <>
      <svg viewBox="0 0 46 46" width={CIRCLE} height={CIRCLE} aria-hidden="true">{SHAPES[look]}</svg>
      {point.kind === "control" ? <span class="map-code">{point.code}</span> : null}
    </>,
    box,
  );
  return L.divIcon({ className: chosen ? "map-mark map-chosen" : "map-mark", iconSize: [CIRCLE, CIRCLE], html: box });
}
