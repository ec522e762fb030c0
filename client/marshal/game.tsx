/** A station with a game: the team in hand, the others at it, the queue. 开始, 停表, 确认: three presses a result. */

import { useState } from "preact/hooks";
import { clock } from "../clock.ts";
import { WordButton } from "../parts/button.tsx";
import { Empty } from "../parts/notes.tsx";
import { begunFact, type Draft, type Drafts, draftOf, load, save } from "./drafts.ts";
import { cap, find } from "./expected.ts";
import { figures } from "./describe.ts";
import { IdleBox } from "./measures_box.tsx";
import { hasWatch, untouchedAll } from "./measures.ts";
import { MainButton, Pick, TeamLine } from "./parts.tsx";
import { PlayCard, Steps, WaitSoFar, waitWords, worth } from "./play_card.tsx";
import { type Preview } from "./preview.ts";
import { PlayingRow, QueueList } from "./queue_list.tsx";
import type { Entry, Game, Measure } from "./station.ts";
import { begin, stop, tenths } from "./stopwatch.ts";
import { TypeSheet } from "./type_sheet.tsx";
import type { StationProps } from "./view.ts";
import { t } from "./words.ts";

export function GameStation({ desk, station, owner, token, language, clockTime, onOpen, onAsk }: StationProps) {
  const games = station.station.games;
  const [drafts, setDrafts] = useState<Drafts>(() => load(owner));
  const [inHand, setInHand] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string[] | null>(null);
  const [gameId, setGameId] = useState(games[0]?.id ?? "");
  const [typing, setTyping] = useState<Measure | null>(null);

  const keep = (change: Drafts): void =>
    setDrafts((old) => {
      const next = { ...old, ...change };
      save(owner, next);
      return next;
    });
  const entries = (ids: readonly string[]): Entry[] => ids.map((id) => find(station, id)).filter((e): e is Entry => e !== undefined);
  const offset = clock.now() - Date.now();
  const playing = entries(station.playing)
    .map((entry) => ({ entry, draft: draftOf(entry, drafts[entry.entry], games, offset) }))
    .filter((p): p is { entry: Entry; draft: Draft } => p.draft !== null)
    .sort((a, b) => a.draft.begunAt - b.draft.begunAt);
  const waiting = entries(station.queue);
  const hand = playing.find((p) => p.entry.entry === inHand) ?? playing[0] ?? null;
  const others = playing.filter((p) => p !== hand);
  const gameOf = (draft: Draft): Game => games.find((g) => g.id === draft.game) ?? games[0]!;
  const game = games.find((g) => g.id === gameId) ?? games[0]!;

  const start = (ids: readonly string[]): void => {
    const [at, phone] = [clock.now(), Date.now()];
    const begun: Drafts = {};
    for (const id of ids) {
      const begunFact = desk.act({ kind: "stamp", entry: id, what: "begun" }, at);
      begun[id] = { game: game.id, begunFact, endedFact: null, begunAt: at, watch: begin(phone), values: untouchedAll(game.measures) };
    }
    keep(begun);
    setChosen(null);
    if (!hand) setInHand(ids[0] ?? null);
  };
  const halt = (id: string, draft: Draft): void => {
    const watch = stop(draft.watch, Date.now());
    const endedFact = desk.act({ kind: "stamp", entry: id, what: "ended" });
    keep({ [id]: { ...draft, watch, endedFact } });
  };
  const confirm = (entry: Entry, draft: Draft, measures: Record<string, unknown>, preview: Preview | null): void => {
    const said = preview?.figure ? `${preview.figure}  ${worth(preview)}` : figures(gameOf(draft), measures);
    desk.act({ kind: "game", entry: entry.entry, game: draft.game, measures }, clock.now(), said);
    keep({ [entry.entry]: draft });
    setInHand(null);
  };
  const wrongTeam = (entry: Entry, draft: Draft): void =>
    onAsk({
      question: t("askWrongTeam", { team: `${entry.bib} ${entry.team}` }),
      yes: t("undo"),
      onYes: () => {
        if (draft.endedFact) desk.undo(entry.entry, draft.endedFact);
        const begun = begunFact(station, entry, draft);
        if (begun) desk.undo(entry.entry, begun);
        setInHand(null);
      },
    });

  const first = hand ? null : (waiting[0] ?? null);
  const rest = first && !chosen ? waiting.slice(1) : waiting;
  const wait = (entry: Entry): string => waitWords(entry, cap(station), clockTime);

  return (
    <div class="m-columns">
      <div class="m-hand">
        {hand ? (
          <PlayCard
            entry={hand.entry}
            game={gameOf(hand.draft)}
            draft={hand.draft}
            token={token}
            language={language}
            wait={wait(hand.entry)}
            onDraft={(draft) => keep({ [hand.entry.entry]: draft })}
            onStop={() => halt(hand.entry.entry, hand.draft)}
            onConfirm={(measures, preview) => confirm(hand.entry, hand.draft, measures, preview)}
            onWrongTeam={begunFact(station, hand.entry, hand.draft) ? () => wrongTeam(hand.entry, hand.draft) : null}
            onType={setTyping}
          />
        ) : first && !chosen ? (
          <section aria-label={t("nextUp")}>
            <Steps at={0} watch={hasWatch(game.measures)} />
            <TeamLine entry={first} large>
              {first.here?.arrived_at ? <WaitSoFar arrived={first.here.arrived_at} clockTime={clockTime} /> : <p class="second">{first.club}</p>}
            </TeamLine>
            {games.length > 1 ? <Pick label={t("whichGame")} options={games.map((g) => ({ value: g.id, word: g.name }))} chosen={game.id} onPick={setGameId} /> : null}
            <IdleBox measures={game.measures} />
            <MainButton onPress={() => start([first.entry])}>{t("begin")}</MainButton>
            <div class="m-ways">{waiting.length > 1 ? <WordButton onClick={() => setChosen([])}>{t("together")}</WordButton> : null}</div>
          </section>
        ) : null}
        {others.length ? (
          <ul class="m-others">
            {others.map(({ entry, draft }) => (
              <PlayingRow key={entry.entry} entry={entry} draft={draft} game={gameOf(draft)} onStop={() => halt(entry.entry, draft)} onTake={() => setInHand(entry.entry)} />
            ))}
          </ul>
        ) : null}
      </div>
      <div class="m-beside">
        {waiting.length === 0 && playing.length === 0 ? (
          <Empty title={t("nobodyYet")} ways={[{ word: t("register"), onClick: () => onOpen({ what: "number", purpose: "punch" }) }]}>
            {t("nobodyHelp", { code: station.station.checkpoint.code })}
          </Empty>
        ) : null}
        {rest.length || chosen ? (
          <QueueList
            waiting={rest}
            behind={first !== null && !chosen}
            clockTime={clockTime}
            chosen={chosen}
            onChoose={(id) => setChosen((old) => (old?.includes(id) ? old.filter((o) => o !== id) : [...(old ?? []), id]))}
            onTogether={chosen || (hand && waiting.length > 1) ? () => setChosen((old) => (old ? null : [])) : null}
            onBegin={(id) => start([id])}
          />
        ) : null}
        {waiting.length + playing.length > 0 && !chosen ? (
          <div class="m-ways"><WordButton onClick={() => onOpen({ what: "number", purpose: "punch" })}>{t("register")}</WordButton></div>
        ) : null}
        {chosen ? <MainButton first={chosen.length ? null : t("chooseFirst")} onPress={() => start(chosen)}>{t("beginTeams", { n: chosen.length })}</MainButton> : null}
      </div>
      {typing && hand ? (
        <TypeSheet
          measure={typing}
          start={typing.kind === "seconds" ? tenths(hand.draft.watch, Date.now()) : (hand.draft.values[typing.id] as number | null)}
          onClose={() => setTyping(null)}
          onValue={(value) => {
            const { draft } = hand;
            const next = typing.kind === "seconds" ? { ...draft, watch: { ...draft.watch, byHand: value } } : { ...draft, values: { ...draft.values, [typing.id]: value } };
            keep({ [hand.entry.entry]: next });
            setTyping(null);
          }}
          onGoOn={
            typing.kind === "seconds"
              ? () => {
                  keep({ [hand.entry.entry]: { ...hand.draft, watch: { ...hand.draft.watch, stopped: null, byHand: null } } });
                  setTyping(null);
                }
              : null
          }
        />
      ) : null}
    </div>
  );
}

