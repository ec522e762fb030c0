// The editor of checkpoints: the map, the list beside it, the chosen one in the list. Every change is sent at once.

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Board, ScaleBar, type Hands } from "./board.tsx";
import { Details } from "./details.tsx";
import { affineOf, fieldsOf, ground, nearest, nextCode, onPicture, opposite, shown, type Change, type Fields, type Point, type State } from "./model.ts";
import { Queue, type Clash } from "./queue.ts";
import { Act, Clashes, List, Notes, Tools } from "./pieces.tsx";
import { t } from "./words.ts";

const METRES_A_DEGREE = 111_320;
const SETTLED_MS = 400;

export type Mode = "add" | "move";
interface Done { change: Change; back: string | null }

export function Editor({ first, csrf, onSaved, onPage }: { first: State; csrf: string; onSaved: () => void; onPage: (page: Document) => void }) {
  const [state, setState] = useState(first);
  const [, redraw] = useState(0);
  const [chosen, setChosen] = useState<string | null>(null);
  const [mode, setMode] = useState<Mode>(first.points.some((point) => point.kind === "control") ? "move" : "add");
  const [placing, setPlacing] = useState<string | null>(null);
  const [clashes, setClashes] = useState<Clash[]>([]);
  const [faults, setFaults] = useState<{ code: string; faults: Record<string, string> } | null>(null);
  const [bar, setBar] = useState<{ metres: number; pixels: number } | null>(null);
  const stack = useRef<Done[]>([]);
  /** The deletion that is to be taken back as soon as the server has answered it. */
  const hurried = useRef("");
  const latestUndo = useRef(() => {});
  const box = useRef<HTMLDivElement>(null);
  const board = useRef<Board | null>(null);

  const queue = useMemo(() => {
    let timer = 0;
    return new Queue(first.slug, csrf, {
      state: setState,
      changed: () => redraw((n) => n + 1),
      done(change, back) {
        const done = stack.current.find((item) => item.change.id === change.id);
        if (done) done.back = back;
        onSaved();
        if (done && hurried.current === change.id) latestUndo.current();
        clearTimeout(timer);
        timer = window.setTimeout(() => queue.waiting.length || void queue.refresh().then((page) => page && onPage(page)), SETTLED_MS);
      },
      refused(change, found) {
        stack.current = stack.current.filter((item) => item.change.id !== change.id);
        setFaults({ code: change.code, faults: found });
      },
      clash(found) {
        stack.current = stack.current.filter((item) => item.change.id !== found.change.id);
        setClashes((all) => [...all, found]);
      },
    });
  }, []);

  const points = shown(state.points, queue.waiting);
  // Built anew only for another picture or place: a map that begins again would lose where somebody has zoomed to.
  const lies = JSON.stringify({ ...state.map, image: "" });
  const park = useMemo(() => state.map ?? ground(points), [lies, state.map === null && points.some((point) => point.lat !== null)]);
  const affine = park ? affineOf(park) : null;
  const unsent = new Set(queue.waiting.flatMap((change) => [change.code, change.fields["code"] ?? change.code]));
  const off = (point: Point) => park !== null && affine !== null && state.map !== null && !onPicture(park, affine, point);

  function put(what: Change["what"], code: string, fields: Fields, undo: Fields, undoing = false): void {
    setFaults(null);
    const seen = state.points.find((point) => point.code === code)?.seen ?? "";
    const change = queue.put({ what, code, seen, fields, undo, undoing });
    if (!undoing && !stack.current.some((item) => item.change.id === change.id)) stack.current.push({ change, back: null });
  }

  function add(place: Fields): void {
    const code = nextCode(points);
    put("add", code, { code, kind: "control", ...place }, {});
    setChosen(code);
  }

  function change(code: string, fields: Fields): void {
    const point = points.find((each) => each.code === code);
    if (!point) return;
    const before = fieldsOf(point);
    const undo = Object.fromEntries(Object.keys(fields).map((name) => [name, before[name] ?? ""]));
    if (Object.keys(fields).every((name) => fields[name] === undo[name])) return;
    put("change", code, fields, undo);
    if (fields["code"]) setChosen(fields["code"]);
  }

  function remove(code: string): void {
    const point = points.find((each) => each.code === code);
    if (!point || state.reason) return;
    put("delete", code, {}, fieldsOf(point));
    setChosen(null);
  }

  function undo(): void {
    const last = stack.current.pop();
    if (!last) return;
    if (queue.drop(last.change.id)) return;
    const turned = opposite(last.change, last.back);
    if (!turned) {
      stack.current.push(last);
      hurried.current = last.change.id;
      return;
    }
    hurried.current = "";
    put(turned.what, turned.code, turned.fields, turned.undo, true);
    setChosen(turned.what === "delete" ? null : (turned.fields["code"] ?? turned.code));
  }

  const hands: Hands = {
    click(lat, lon) {
      const place = { lat: String(lat), lon: String(lon) };
      if (placing) {
        change(placing, place);
        setPlacing(null);
      } else if (mode === "add") add(place);
      else setChosen(null);
    },
    choose: setChosen,
    drop: (code, lat, lon) => change(code, { lat: String(lat), lon: String(lon) }),
    nudge(code, east, north) {
      const point = points.find((each) => each.code === code);
      if (!point || point.lat === null || point.lon === null) return;
      const lat = point.lat + north / METRES_A_DEGREE;
      const lon = point.lon + east / (METRES_A_DEGREE * Math.cos((point.lat * Math.PI) / 180));
      setChosen(code);
      change(code, { lat: lat.toFixed(7), lon: lon.toFixed(7) });
    },
    remove,
  };
  const latest = useRef(hands);
  latest.current = hands;
  latestUndo.current = undo;

  useEffect(() => {
    if (!box.current || !park) return;
    board.current = new Board(box.current, park, {
      click: (...given) => latest.current.click(...given),
      choose: (...given) => latest.current.choose(...given),
      drop: (...given) => latest.current.drop(...given),
      nudge: (...given) => latest.current.nudge(...given),
      remove: (...given) => latest.current.remove(...given),
    }, setBar);
    const watch = new ResizeObserver(() => board.current?.resized());
    watch.observe(box.current);
    redraw((n) => n + 1);
    return () => {
      watch.disconnect();
      board.current?.remove();
      board.current = null;
    };
  }, [park]);

  useEffect(() => {
    board.current?.draw(points.map((point) => ({ point, warned: point.lacking, unsent: unsent.has(point.code) })), chosen, mode === "move");
  });

  useEffect(() => {
    void queue.send();
    const onHeard = (event: Event) => {
      event.preventDefault();
      const { revision } = (event as CustomEvent<{ revision: number }>).detail;
      if (revision !== state.revision && !queue.waiting.length && !document.querySelector(".leaflet-drag-target")) {
        void queue.refresh().then((page) => page && onPage(page));
      }
    };
    document.addEventListener("desk:heard", onHeard);
    return () => document.removeEventListener("desk:heard", onHeard);
  }, [state.revision]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.matches("input,textarea,select");
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !typing) {
        event.preventDefault();
        undo();
      } else if (event.key === "Escape" && !typing) setPlacing(null);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  });

  const near = park?.measured !== false ? nearest(points) : null;
  const last = stack.current[stack.current.length - 1];
  const selected = points.find((point) => point.code === chosen) ?? null;
  const resolve = (clash: Clash, mine: boolean) => {
    setClashes((all) => all.filter((each) => each !== clash));
    if (mine) queue.put({ ...clash.change, seen: clash.theirs?.seen ?? "" });
  };
  const details = selected ? (
    <Details
      key={selected.code} point={selected} state={state} points={points} drawn={park !== null}
      faults={faults && faults.code === selected.code ? faults.faults : {}}
      onChange={(fields) => change(selected.code, fields)}
      onDelete={() => remove(selected.code)}
      onPlace={() => setPlacing(selected.code)}
      onNudge={() => {
        setMode("move");
        board.current?.show(selected);
        board.current?.focus(selected.code);
      }}
      onClose={() => setChosen(null)}
    />
  ) : null;

  return (
    <div class={selected ? "places has-chosen" : "places"}>
      <div class="places-map">
        {park ? <div class="places-box" ref={box} role="region" aria-label={t("mapLabel")} /> : <NoGround slug={state.slug} onAdd={() => add({})} />}
        <Tools mode={mode} placing={placing} slug={state.slug} drawn={park !== null} onMode={(wanted) => { setMode(wanted); setPlacing(null); }} onZoom={(by) => board.current?.zoom(by)} />
        {bar && park?.measured ? <ScaleBar bar={bar} /> : null}
        {near ? <p class="places-near">{t("nearest", { a: near.a, b: near.b })}<b>{t("metres", { m: Math.round(near.m) })}</b></p> : null}
        {park && !park.measured ? <p class="places-near">{t("notMeasured")}</p> : null}
      </div>
      <div class="places-side">
        <Notes queue={queue} reason={state.reason} />
        <Clashes clashes={clashes} onResolve={resolve} />
        {faults && faults.code !== chosen ? <p class="point-fault" role="alert">{faults.code}: {Object.values(faults.faults).join(" ")}</p> : null}
        <p class="places-undo"><Act disabled={!last} onClick={undo}>{last ? t("undone", { what: said(last.change) }) : t("undo")}</Act></p>
        <List points={points} chosen={chosen} unsent={unsent} off={off} onChoose={(code) => {
          setChosen(code === chosen ? null : code);
          const point = points.find((each) => each.code === code);
          // One that lies nowhere is chosen to be put somewhere: the next click is its place, not another checkpoint's.
          setPlacing(park && point && point.lat === null && code !== chosen ? code : null);
          if (point) board.current?.show(point);
        }}>{details}</List>
      </div>
    </div>
  );
}

function said({ what, code, fields }: Change): string {
  if (what === "add" || what === "back") return t("didAdd", { code });
  if (what === "delete") return t("didDelete", { code });
  return t("lat" in fields ? "didMove" : "didChange", { code });
}

function NoGround({ slug, onAdd }: { slug: string; onAdd: () => void }) {
  return (
    <div class="places-empty">
      <h2>{t("noGround")}</h2>
      <p>{t("noGroundHelp")}</p>
      <p class="ways">
        <a class="button plain" href={`/organize/${slug}/map`}>{t("upload")}</a>
        <a class="button plain" href={`/organize/${slug}/checkpoint`}>{t("type")}</a>
        <button type="button" class="button plain" onClick={onAdd}>{t("addWithout")}</button>
      </p>
    </div>
  );
}
