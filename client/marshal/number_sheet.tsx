/** A team by the number on its bib: for those without a phone, and for whoever is quickest with a keypad. */

import { useState } from "preact/hooks";
import { WordButton } from "../parts/button.tsx";
import { Sheet } from "../parts/sheet.tsx";
import { byNumber } from "./expected.ts";
import { Keypad, MainButton, TeamLine } from "./parts.tsx";
import type { Entry } from "./station.ts";
import { t } from "./words.ts";

export interface Offer {
  verb: string;
  /** What is already known about the team here, or null. */
  note: string | null;
  /** Why it cannot be done, or null. */
  first?: string | null;
}

export interface FinderProps {
  entries: readonly Entry[];
  offer: (entry: Entry) => Offer;
  onPick: (entry: Entry) => void;
  /** Another way on, once the team is known. */
  other?: (entry: Entry) => { word: string; onPick: () => void } | null;
}

/** Type a number, see the team, press once. Empties itself for the next team. */
export function Finder({ entries, offer, onPick, other }: FinderProps) {
  const [typed, setTyped] = useState("");
  const entry = byNumber(entries, typed);
  const offered = entry && offer(entry);
  const another = entry && other ? other(entry) : null;
  const pick = (): void => {
    if (!entry || offered?.first) return;
    setTyped("");
    onPick(entry);
  };
  return (
    <div class="m-finder">
      <div class="m-found">
        <output class="m-number" aria-label={t("number")}>{typed || <span class="m-typed-before">00</span>}</output>
        <div class="m-found-team" aria-live="polite">
          {entry ? (
            <>
              <b>{entry.team}</b>
              <span class="second">{offered?.note ?? entry.club}</span>
            </>
          ) : (
            <span class="second">{typed ? t("noSuchNumber", { n: typed }) : t("registerHelp")}</span>
          )}
        </div>
      </div>
      <Keypad value={typed} onValue={setTyped} onEnter={pick} most={4} />
      <MainButton first={entry ? offered?.first : t("typeNumber")} onPress={pick}>{offered?.verb}</MainButton>
      {entry && another ? (
        <div class="m-ways">
          <WordButton
            onClick={() => {
              setTyped("");
              another.onPick();
            }}
          >
            {another.word}
          </WordButton>
        </div>
      ) : null}
    </div>
  );
}

export function NumberSheet({ title, onClose, ...finder }: FinderProps & { title: string; onClose: () => void }) {
  return (
    <Sheet title={title} closeWord={t("close")} onClose={onClose}>
      <Finder {...finder} />
    </Sheet>
  );
}

/** The team a sheet is about. */
export function Subject({ entry }: { entry: Entry }) {
  return (
    <TeamLine entry={entry} large>
      <p class="second">{[entry.club, entry.class_name].filter(Boolean).join(" · ")}</p>
    </TeamLine>
  );
}
