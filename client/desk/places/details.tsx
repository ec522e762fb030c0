// The chosen checkpoint: what is done there, its name, where it stands. Each field is a change of its own.

import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { OWN, type Choice, type Fields, type Point, type State } from "./model.ts";
import { called, t } from "./words.ts";

const PAUSE_MS = 900;

export interface DetailsProps {
  point: Point;
  state: State;
  points: Point[];
  faults: Record<string, string>;
  drawn: boolean;
  onChange(fields: Fields): void;
  onDelete(): void;
  onPlace(): void;
  onNudge(): void;
  onClose(): void;
}

type Kinds = "none" | "quiz" | "game" | "both";

function kindsOf(point: Point): Kinds {
  if (point.quiz) return point.game ? "both" : "quiz";
  return point.game ? "game" : "none";
}

/** What a point gets when a quiz is wanted there: the one most points have, else one whose questions come later. */
export function usualQuiz(state: State, points: Point[]): string {
  const counts = new Map<string, number>();
  for (const point of points) if (point.quiz) counts.set(point.quiz, (counts.get(point.quiz) ?? 0) + 1);
  const most = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
  return most ?? state.quizzes[0]?.id ?? OWN;
}

/** What a point gets when a game is wanted there: one that no other point has, where there is one. */
export function freeGame(state: State, points: Point[]): string {
  const taken = new Set(points.map((point) => point.game));
  return (state.games.find((game) => !taken.has(game.id)) ?? state.games[0])?.id ?? "";
}

export function Details(props: DetailsProps) {
  const { point, state, points, faults, onChange } = props;
  const kinds = kindsOf(point);
  const form = `/organize/${state.slug}/checkpoint?code=${encodeURIComponent(point.code)}`;
  const choose = (wanted: Kinds) =>
    onChange({
      quiz: wanted === "quiz" || wanted === "both" ? point.quiz || usualQuiz(state, points) : "",
      game: wanted === "game" || wanted === "both" ? point.game || freeGame(state, points) : "",
    });
  return (
    <section class="point" aria-label={`${point.code} ${called(point)}`}>
      <div class="point-head">
        <h2>{point.code} {called(point)}</h2>
        <button type="button" class="link" onClick={props.onClose}>{t("close")}</button>
      </div>
      {Object.entries(faults).map(([name, words]) => <p key={name} class="point-fault" role="alert">{words}</p>)}
      <Row label={t("name")} id="p-name"><Text id="p-name" value={point.name} most={60} onChange={(name) => onChange({ name, name_en: point.name_en })} /></Row>
      {point.kind === "control" ? (
        <div class="point-row">
          <span id="p-task">{t("task")}</span>
          <div class="segments" role="radiogroup" aria-labelledby="p-task">
            {(["none", "quiz", "game", "both"] as const).map((each) => (
              <label key={each} class={kinds === each ? "on" : ""}>
                <input type="radio" name="p-kinds" checked={kinds === each} onChange={() => choose(each)} />
                {t(each === "none" ? "none" : each === "quiz" ? "quizOf" : each === "game" ? "gameOf" : "both")}
              </label>
            ))}
          </div>
        </div>
      ) : null}
      {point.quiz ? <Row label={t("quizOf")} id="p-quiz"><Select id="p-quiz" value={point.quiz} choices={state.quizzes} onChange={(quiz) => onChange({ quiz })} /></Row> : null}
      {point.game ? <Row label={t("gameOf")} id="p-game"><Select id="p-game" value={point.game} choices={state.games} onChange={(game) => onChange({ game })} /></Row> : null}
      <Row label={t("where")} id="p-where"><Text id="p-where" value={point.description} most={300} onChange={(description) => onChange({ description, description_en: point.description_en })} /></Row>
      <p class="point-acts">
        {!props.drawn ? <a href={form}>{t("type")}</a> : point.lat === null ? <button type="button" class="link" onClick={props.onPlace}>{t("place")}</button> : <button type="button" class="link" onClick={props.onNudge}>{t("nudge")}</button>}
        {state.reason ? null : <button type="button" class="link danger" onClick={props.onDelete}>{t("remove")}</button>}
      </p>
      <details class="more">
        <summary>{t("more")}</summary>
        <Row label={t("code")} id="p-code"><Text id="p-code" value={point.code} most={20} late onChange={(code) => code && onChange({ code })} /></Row>
        <Row label={t("english")} id="p-en"><Text id="p-en" value={point.name_en} most={60} lang="en" onChange={(name_en) => onChange({ name: point.name, name_en })} /></Row>
        <Row label={t("whereEnglish")} id="p-where-en"><Text id="p-where-en" value={point.description_en} most={300} lang="en" onChange={(description_en) => onChange({ description: point.description, description_en })} /></Row>
        <Row label={t("kind")} id="p-kind"><Select id="p-kind" value={point.kind} choices={[{ id: "control", label: t("control") }, { id: "start", label: t("start") }, { id: "finish", label: t("finish") }]} onChange={(kind) => onChange({ kind })} /></Row>
        <Row label={t("points")} id="p-points"><Text id="p-points" value={String(point.points)} most={5} onChange={(given) => onChange({ points: given })} /></Row>
        <p class="point-acts"><a href={form}>{t("byForm")}</a></p>
      </details>
    </section>
  );
}

function Row({ label, id, children }: { label: string; id: string; children: ComponentChildren }) {
  return <div class="point-row"><label for={id}>{label}</label>{children}</div>;
}

function Select({ id, value, choices, onChange }: { id: string; value: string; choices: Choice[]; onChange: (value: string) => void }) {
  return (
    <select id={id} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
      {choices.map((choice) => <option key={choice.id} value={choice.id} selected={choice.id === value}>{choice.label}</option>)}
    </select>
  );
}

/** A text that is a change after a pause in typing, or when it is left; `late`: only when it is left. */
function Text({ id, value, most, lang, late, onChange }: { id: string; value: string; most: number; lang?: string; late?: boolean; onChange: (value: string) => void }) {
  const [typed, setTyped] = useState<string | null>(null);
  const timer = useRef(0);
  const latest = useRef({ typed, onChange, value });
  latest.current = { typed, onChange, value };
  const commit = () => {
    clearTimeout(timer.current);
    const now = latest.current;
    if (now.typed !== null && now.typed !== now.value) now.onChange(now.typed);
    setTyped(null);
  };
  // Whoever chooses another point in mid-word has not lost the word.
  useEffect(() => () => {
    const now = latest.current;
    clearTimeout(timer.current);
    if (now.typed !== null && now.typed !== now.value) now.onChange(now.typed);
  }, []);
  return (
    <input
      id={id} value={typed ?? value} maxLength={most} lang={lang} autocomplete="off"
      onInput={(event) => {
        setTyped(event.currentTarget.value);
        clearTimeout(timer.current);
        if (!late) timer.current = window.setTimeout(() => latest.current.typed !== null && latest.current.onChange(latest.current.typed), PAUSE_MS);
      }}
      onBlur={commit}
      onKeyDown={(event) => event.key === "Enter" && commit()}
    />
  );
}
