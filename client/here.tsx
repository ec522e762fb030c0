// Standing where a sign will be: the phone measures the spot, and one press puts the checkpoint there.

import { render } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { GOOD_M, guess, kept, type Fix } from "./desk/places/fixes.ts";
import { fieldsOf, nextCode, shown, type State } from "./desk/places/model.ts";
import { Queue } from "./desk/places/queue.ts";
import { Clashes, Notes } from "./desk/places/pieces.tsx";
import type { Clash } from "./desk/places/queue.ts";
import { called, t, type Key } from "./desk/places/words.ts";

function Here({ first, csrf, wanted }: { first: State; csrf: string; wanted: string }) {
  const [state, setState] = useState(first);
  const [, redraw] = useState(0);
  const [fixes, setFixes] = useState<Fix[]>([]);
  const [trouble, setTrouble] = useState<Key | "">("");
  const [told, setTold] = useState("");
  const [clashes, setClashes] = useState<Clash[]>([]);
  const [code, setCode] = useState(wanted);

  const queue = useMemo(() => new Queue(first.slug, csrf, {
    state: setState,
    changed: () => redraw((n) => n + 1),
    done: (change) => {
      const code = change.fields["code"] ?? change.code;
      if ("lat" in change.fields) setTold(t("stored", { code, place: `${Number(change.fields["lat"]).toFixed(6)}, ${Number(change.fields["lon"]).toFixed(6)}` }));
    },
    refused: (change, faults) => setTold(`${change.code}: ${Object.values(faults).join(" ")}`),
    clash: (found) => setClashes((all) => [...all, found]),
  }), []);

  const points = shown(state.points, queue.waiting);
  const fresh = nextCode(points);
  // Whoever walks the course comes to those that have no place yet.
  const chosen = points.some((point) => point.code === code) || code === "+" ? code : (points.find((point) => point.lat === null)?.code ?? "+");

  useEffect(() => {
    void queue.send();
    if (!isSecureContext) return setTrouble("insecure");
    if (!("geolocation" in navigator)) return setTrouble("noGps");
    const watch = navigator.geolocation.watchPosition(
      ({ coords, timestamp }) => {
        setTrouble("");
        setFixes((all) => kept([...all, { lat: coords.latitude, lon: coords.longitude, accuracy: coords.accuracy, at: timestamp }], timestamp));
      },
      (error) => setTrouble(error.code === error.PERMISSION_DENIED ? "denied" : "lost"),
      { enableHighAccuracy: true, maximumAge: 0, timeout: 20_000 },
    );
    return () => navigator.geolocation.clearWatch(watch);
  }, []);

  const found = guess(fixes);
  const good = found !== null && found.accuracy <= GOOD_M;

  function store(): void {
    if (!found) return;
    const place = { lat: found.lat.toFixed(7), lon: found.lon.toFixed(7) };
    const point = points.find((each) => each.code === chosen);
    if (point) {
      const { lat, lon } = fieldsOf(point);
      const seen = state.points.find((each) => each.code === chosen)?.seen ?? "";
      queue.put({ what: "change", code: chosen, seen, fields: place, undo: { lat: lat!, lon: lon! } });
    } else queue.put({ what: "add", code: fresh, seen: "", fields: { code: fresh, kind: "control", ...place }, undo: {} });
    setTold(t("notSent", { code: point ? chosen : fresh }));
    setCode("");
    setFixes([]);
  }

  return (
    <div class="here">
      <Notes queue={queue} reason={state.reason} />
      <Clashes clashes={clashes} onResolve={(clash, mine) => {
        setClashes((all) => all.filter((each) => each !== clash));
        if (mine) queue.put({ ...clash.change, seen: clash.theirs?.seen ?? "" });
      }} />
      <div class="field">
        <label for="which">{t("which")}</label>
        <select id="which" value={chosen} onChange={(event) => setCode(event.currentTarget.value)}>
          {points.map((point) => <option key={point.code} value={point.code} selected={point.code === chosen}>{point.code} {called(point)}{point.lat === null ? ` · ${t("nowhere")}` : ""}</option>)}
          <option value="+" selected={chosen === "+"}>{t("another", { code: fresh })}</option>
        </select>
      </div>
      <p class="here-far" role="status">{trouble ? t(trouble) : found ? t("accuracy", { m: Math.round(found.accuracy), n: found.count }) : t("looking")}</p>
      <button type="button" class="button here-now" disabled={!good} onClick={store}>{found && !good ? t("wait", { m: Math.round(found.accuracy) }) : t("here")}</button>
      <p class="about">{t("standStill")}</p>
      <p class="here-told" role="status">{told}</p>
      {trouble ? <p class="ways"><a href={`/organize/${state.slug}/checkpoint${chosen === "+" ? "" : `?code=${encodeURIComponent(chosen)}`}`}>{t("type")}</a></p> : null}
    </div>
  );
}

const place = document.getElementById("here");
const data = document.getElementById("places-state")?.textContent;
const work = document.querySelector<HTMLElement>("[data-desk]");
if (place && data && work) {
  place.replaceChildren();
  render(<Here first={JSON.parse(data) as State} csrf={work.dataset["csrf"] ?? ""} wanted={place.dataset["code"] ?? ""} />, place);
}
