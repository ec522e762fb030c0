// The map of the editor: the organizer's picture, or an empty grid, with the checkpoints on it. Leaflet, without tiles.

import L from "leaflet";
import { render } from "preact";
import { pixel, pixelsPerMetre, place, scaleBar, type Affine } from "../../team/affine.ts";
import { affineOf, type Park, type Point } from "./model.ts";
import { called, t } from "./words.ts";

export interface Mark { point: Point; warned: boolean; unsent: boolean }
export interface Hands {
  click(lat: number, lon: number): void;
  choose(code: string): void;
  drop(code: string, lat: number, lon: number): void;
  nudge(code: string, east: number, north: number): void;
  remove(code: string): void;
}

/** Circles are at least this large on the screen. Pixels. */
const SIZE = 46;
const BAR_MOST = 110;
const GRID_M = 100;
const ARROWS: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

const at = (x: number, y: number): L.LatLngExpression => [-y, x];

const SHAPES = {
  start: <path class="pin-ring" d="M23 6 42 39H4z" />,
  finish: <><circle class="pin-ring" cx="23" cy="23" r="20" /><circle class="pin-ring" cx="23" cy="23" r="14" /></>,
  control: <circle class="pin-ring" cx="23" cy="23" r="18.5" />,
};

export class Board {
  private map: L.Map;
  private marks = L.layerGroup();
  private affine: Affine;
  private drawn = "";
  private dragging = false;
  private park: Park;
  private hands: Hands;

  constructor(box: HTMLElement, park: Park, hands: Hands, onScale: (bar: { metres: number; pixels: number } | null) => void) {
    this.park = park;
    this.hands = hands;
    this.affine = affineOf(park)!;
    this.map = L.map(box, {
      crs: L.CRS.Simple, minZoom: -7, maxZoom: 4, zoomSnap: 0.1, zoomDelta: 0.7, zoomControl: false, attributionControl: false, doubleClickZoom: false,
    });
    const bounds = L.latLngBounds(at(0, park.height), at(park.width, 0));
    if (park.image) L.imageOverlay(park.image, bounds).addTo(this.map);
    else this.grid();
    this.map.setMaxBounds(bounds.pad(0.5));
    this.map.fitBounds(bounds, { animate: false });
    this.marks.addTo(this.map);
    this.map.on("click", (event) => {
      const [lat, lon] = place(this.affine, event.latlng.lng, -event.latlng.lat);
      hands.click(lat, lon);
    });
    const measure = () => onScale(park.measured ? scaleBar(pixelsPerMetre(this.affine) * this.map.getZoomScale(this.map.getZoom(), 0), BAR_MOST) : null);
    this.map.on("zoomend", measure);
    measure();
  }

  /** Draws the marks anew where anything shown changed; the one that had the focus keeps it. */
  draw(marks: Mark[], chosen: string | null, movable: boolean): void {
    const look = JSON.stringify([marks, chosen, movable]);
    // A mark in somebody's hand is not taken away; it is drawn anew when it is let go.
    if (look === this.drawn || this.dragging) return;
    this.drawn = look;
    const focused = (document.activeElement as HTMLElement | null)?.dataset["code"];
    this.marks.clearLayers();
    for (const mark of marks) this.mark(mark, mark.point.code === chosen, movable);
    if (focused !== undefined) this.focus(focused);
  }

  private mark({ point, warned, unsent }: Mark, chosen: boolean, movable: boolean): void {
    if (point.lat === null || point.lon === null) return;
    const [x, y] = pixel(this.affine, point.lat, point.lon);
    const box = document.createElement("div");
    render(
      <>
        <svg viewBox="0 0 46 46" width={SIZE} height={SIZE} aria-hidden="true">{SHAPES[point.kind]}</svg>
        {point.kind === "control" ? <span class="pin-code">{point.code}</span> : null}
        {warned ? <svg class="pin-warn" viewBox="0 0 24 24" aria-hidden="true"><path d="M12 3L2 21h20z" /><path d="M12 9.5v5M12 17.6v.2" /></svg> : null}
        {unsent ? <svg class="pin-unsent" viewBox="0 0 24 24" aria-hidden="true"><path d="M12 20V5M5.5 11 12 4.5l6.5 6.5" /></svg> : null}
      </>,
      box,
    );
    const marker = L.marker(at(x, y), {
      icon: L.divIcon({ className: chosen ? "pin chosen" : "pin", iconSize: [SIZE, SIZE], html: box }),
      draggable: movable, autoPan: true, keyboard: true, title: `${point.code} ${called(point)}`, alt: `${point.code} ${called(point)}`, bubblingMouseEvents: false,
    });
    marker.on("click", () => {
      this.hands.choose(point.code);
      this.focus(point.code);
    });
    marker.on("dragstart", () => {
      this.dragging = true;
      this.hands.choose(point.code);
    });
    marker.on("dragend", () => {
      this.dragging = false;
      const { lat, lng } = marker.getLatLng();
      const [north, east] = place(this.affine, lng, -lat);
      this.hands.drop(point.code, north, east);
    });
    marker.addTo(this.marks);
    const element = marker.getElement();
    if (!element) return;
    element.dataset["code"] = point.code;
    element.setAttribute("role", "button");
    element.setAttribute("aria-label", `${point.code} ${called(point)}`.trim());
    element.addEventListener("keydown", (event) => this.key(event, point.code));
  }

  private key(event: KeyboardEvent, code: string): void {
    const arrow = ARROWS[event.key];
    const far = event.shiftKey ? 10 : 1;
    if (arrow) this.hands.nudge(code, arrow[0] * far, arrow[1] * far);
    else if (event.key === "Delete" || event.key === "Backspace") this.hands.remove(code);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Gives the mark of a point the focus, so that arrow keys move it. */
  focus(code: string): void {
    this.map.getContainer().querySelector<HTMLElement>(`[data-code="${CSS.escape(code)}"]`)?.focus({ preventScroll: true });
  }

  /** Brings a point into view. */
  show(point: Point): void {
    if (point.lat === null || point.lon === null) return;
    const [x, y] = pixel(this.affine, point.lat, point.lon);
    const spot = L.latLng(at(x, y) as L.LatLngTuple);
    if (!this.map.getBounds().pad(-0.1).contains(spot)) this.map.panTo(spot);
  }

  zoom(by: number): void {
    this.map.setZoom(this.map.getZoom() + by);
  }

  resized(): void {
    this.map.invalidateSize();
  }

  remove(): void {
    this.map.remove();
  }

  private grid(): void {
    const { width, height } = this.park;
    const box = this.map.getContainer();
    box.classList.add("places-grid");
    const line = (from: L.LatLngExpression, to: L.LatLngExpression) => L.polyline([from, to], { className: "grid-line", interactive: false }).addTo(this.map);
    for (let x = 0; x <= width; x += GRID_M) line(at(x, 0), at(x, height));
    for (let y = 0; y <= height; y += GRID_M) line(at(0, y), at(width, y));
  }
}

/** Its length is set through the DOM: a style attribute would be stopped by the page's policy. */
export function ScaleBar({ bar }: { bar: { metres: number; pixels: number } }) {
  return (
    <p class="places-bar">
      <span>{t("metres", { m: bar.metres })}</span>
      <span class="places-bar-line" ref={(line) => { if (line) line.style.width = `${Math.round(bar.pixels)}px`; }} />
    </p>
  );
}
