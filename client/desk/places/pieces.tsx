// The smaller parts of the editor: tools over the map, the list, what is unsent, what somebody else changed.

import type { ComponentChildren } from "preact";
import { Phone, Up, Warning } from "../../icons.tsx";
import type { Mode } from "./editor.tsx";
import type { Point } from "./model.ts";
import type { Clash, Queue } from "./queue.ts";
import { called, t } from "./words.ts";

export function Act({ disabled, onClick, children }: { disabled?: boolean; onClick: () => void; children: ComponentChildren }) {
  return <button type="button" class="link" disabled={disabled} onClick={onClick}>{children}</button>;
}

interface ToolsProps { mode: Mode; placing: string | null; slug: string; drawn: boolean; onMode: (mode: Mode) => void; onZoom: (by: number) => void }

export function Tools({ mode, placing, slug, drawn, onMode, onZoom }: ToolsProps) {
  return (
    <>
      <div class="places-tools">
        {drawn ? (
          <>
            <button type="button" aria-pressed={mode === "add"} onClick={() => onMode("add")}>
              <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M12 5v14M5 12h14" /></svg>{t("add")}
            </button>
            <button type="button" aria-pressed={mode === "move"} onClick={() => onMode("move")}>
              <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M9 5v.1M15 5v.1M9 12v.1M15 12v.1M9 19v.1M15 19v.1" /></svg>{t("move")}
            </button>
          </>
        ) : null}
        <a href={`/organize/${slug}/checkpoints/here`}><Phone size={20} />{t("onSpot")}</a>
      </div>
      {drawn ? (
        <>
          <div class="places-zoom">
            <button type="button" aria-label={t("zoomIn")} onClick={() => onZoom(1)}>+</button>
            <button type="button" aria-label={t("zoomOut")} onClick={() => onZoom(-1)}>−</button>
          </div>
          <p class="places-hint" role="status">{placing ? t("placeHint", { code: placing }) : t(mode === "add" ? "addHint" : "moveHint")}</p>
        </>
      ) : null}
    </>
  );
}

export function Notes({ queue, reason }: { queue: Queue; reason: boolean }) {
  const count = queue.waiting.length;
  return (
    <>
      {reason ? (
        <div class="field reason">
          <label for="places-reason">{t("why")}</label>
          <input id="places-reason" maxLength={400} autocomplete="off" onInput={(event) => { queue.reason = event.currentTarget.value; }} />
        </div>
      ) : null}
      <div role="status">
        {count && queue.trouble ? (
          <p class="places-unsent">
            <Up size={18} stroke={2.6} /><b>{t("waiting", { n: count })}</b>{" "}
            {queue.trouble === "signed-out" ? <>{t("signedOut")} <a href="/organize/signin" target="_blank" rel="noopener">{t("signIn")}</a></> : t("waitingHelp")}
          </p>
        ) : null}
      </div>
    </>
  );
}

export function Clashes({ clashes, onResolve }: { clashes: Clash[]; onResolve: (clash: Clash, mine: boolean) => void }) {
  return (
    <>
      {clashes.map((clash) => (
        <div key={clash.change.id} class="error places-clash" role="alert">
          <p>{t(clash.theirs ? "taken" : "gone", { code: clash.change.code })}</p>
          <p class="ways">
            {clash.theirs ? (
              <>
                <Act onClick={() => onResolve(clash, true)}>{t("keepMine")}</Act>
                <Act onClick={() => onResolve(clash, false)}>{t("takeTheirs")}</Act>
              </>
            ) : <Act onClick={() => onResolve(clash, false)}>{t("fine")}</Act>}
          </p>
        </div>
      ))}
    </>
  );
}

interface ListProps { points: Point[]; chosen: string | null; unsent: Set<string>; off: (point: Point) => boolean; onChoose: (code: string) => void; children: ComponentChildren }

export function List({ points, chosen, unsent, off, onChoose, children }: ListProps) {
  return (
    <>
      <div class="places-heads" aria-hidden="true"><span>{t("code")}</span><span>{t("name")}</span><span>{t("task")}</span></div>
      <ul class="places-list">
        {points.map((point) => (
          <li key={point.code}>
            <button type="button" class="places-row" aria-expanded={point.code === chosen} onClick={() => onChoose(point.code)}>
              <span class="code">{point.code}</span>
              <span class="places-name">{called(point)}</span>
              <Word point={point} unsent={unsent.has(point.code)} off={off(point)} />
            </button>
            {point.code === chosen ? children : null}
          </li>
        ))}
      </ul>
      {points.some((point) => point.kind === "control") ? null : <div class="places-none"><h2>{t("empty")}</h2><p>{t("emptyMap")}</p></div>}
    </>
  );
}

function Word({ point, unsent, off }: { point: Point; unsent: boolean; off: boolean }) {
  if (unsent) return <span class="places-word is-unsent"><Up size={16} stroke={2.6} />{t("unsent")}</span>;
  if (point.lacking) return <Warned>{t("noQuestions")}</Warned>;
  if (point.lat === null) return <Warned>{t("nowhere")}</Warned>;
  if (off) return <Warned>{t("offMap")}</Warned>;
  return <span class="places-word">{taskWord(point)}</span>;
}

function Warned({ children }: { children: string }) {
  return <span class="places-word is-late"><Warning size={16} />{children}</span>;
}

function taskWord(point: Point): string {
  if (point.kind !== "control") return t(point.kind);
  if (point.quiz && point.game) return t("quizAndGame");
  return t(point.quiz ? "quiz" : point.game ? "game" : "justPunch");
}
