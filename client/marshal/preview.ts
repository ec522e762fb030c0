/**
 * What a result would be worth, asked of the server while the marshal still holds the thumb over the button; without a
 * signal the phone reckons it by the game's own rule.
 */

import { useEffect, useState } from "preact/hooks";
import { call } from "../api.ts";
import { scoreGame } from "../rules/game.ts";
import type { Game } from "./station.ts";

export interface Preview {
  passed: boolean;
  points: number;
  penalty_s: number;
  figure: string | null;
}

/** A marshal does not wait for a figure: without an answer by then the button says 确认成绩 alone. */
const PATIENCE_MS = 1_500;
const SETTLE_MS = 80;

/** The preview of these measures, or null while there is none (not complete, no signal, too slow). */
export function usePreview(token: string, game: Game, measures: Record<string, unknown> | null, language: string): Preview | null {
  const wanted = measures && JSON.stringify({ game: game.id, measures });
  const [known, setKnown] = useState<{ key: string; preview: Preview } | null>(null);
  const key = `${language} ${wanted ?? ""}`;
  useEffect(() => {
    if (wanted === null) return undefined;
    let late = false;
    const asked = setTimeout(() => {
      call<Preview>("/games/preview", { method: "POST", token, body: JSON.parse(wanted) as unknown })
        .then((answer) => {
          if (!late && answer) setKnown({ key, preview: answer.body });
        })
        .catch(() => {
          if (!late && game.score && measures) setKnown({ key, preview: { ...scoreGame(game.measures, game.score, measures), figure: null } });
        });
    }, SETTLE_MS);
    const patience = setTimeout(() => (late = true), PATIENCE_MS);
    return () => {
      late = true;
      clearTimeout(asked);
      clearTimeout(patience);
    };
  }, [key, token]);
  return known?.key === key ? known.preview : null;
}
