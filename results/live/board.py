"""The live board: worked out in one place at most five times a second, encoded once, handed to everybody.

Readers never cause work: they get the bytes of the last revision worked out. Watchers are sent the next chunk, and one
who was away longer than the chunks go back gets the whole board again.
"""

from collections import deque
from collections.abc import Mapping
from typing import Any

from base import canonical
from base.languages import say
from race.live.race import LiveRace
from race.live.races import Live
from race.model import Standing
from race.rules.standing import club_table
from results.live.publications import Publications
from results.live.streams import Streams
from results.model import Publication
from results.rules import news_of, row_of
from results.rules.publication import board_rows, public

EVERY_MS = 200
# When its time has come, a change waits so much longer for the next one, unless that came just now or it is old itself.
GATHER_MS = 30
MOVED_FOR_MS = 120_000
KEPT_CHUNKS = 50
KEPT_BYTES = 4 * 1024 * 1024
KEPT_NEWS = 12


class Board:
    """One race's board as it was last worked out, and who watches it."""

    def __init__(self, live: LiveRace, now: int, published: Publication | None = None) -> None:
        self.live = live
        self.revision = -1
        self.at = 0
        self._noticed = -1
        self._oldest_at = self._newest_at = self._next_at = 0
        self.rows: dict[str, dict[str, Any]] = {}
        self.order: dict[str, list[str]] = {}
        self.clubs: list[dict[str, Any]] = []
        self.stations: dict[str, dict[str, int]] = {}
        self.news: deque[dict[str, Any]] = deque(maxlen=KEPT_NEWS)
        self.streams = Streams(self.lacking)
        self._standings: dict[str, Standing] = {}
        self._moved: dict[str, tuple[int, int]] = {}
        self._row_texts: dict[str, str] = {}
        self._encoded: dict[str, bytes] = {}
        self._chunks: deque[tuple[int, bytes]] = deque()
        self.work_out(live, now, published)

    def work_out(self, live: LiveRace, now: int, published: Publication | None = None) -> bool:
        """Bring the board up to the race's revision, if it is behind and not too soon; tell whether it did.

        Once something is `published` the board shows that, whatever the log comes to since. Of thousands of rows only
        those are made anew whose standing is another than before.
        """
        if live is self.live and not self._is_due(live.revision, now):
            return False
        earlier, anew = self.revision, live is not self.live
        self.live, self.revision, self.at = live, live.revision, now
        before = {} if anew else self._standings
        standings = {s.run.entry: s for in_class in live.standings(fresh=True).values() for s in in_class}
        touched = {name: standing for name, standing in standings.items() if before.get(name) != standing}
        # A board that is new, as after a restart, tells what happened last.
        fresh_news = news_of(live.setup, self._standings, touched, now)
        turned = self._note_moves(touched, now)
        self._standings = standings
        if anew:
            self.rows = {name: row for name, row in self.rows.items() if name in standings}
            self._row_texts = {name: self._row_texts[name] for name in self.rows}
        if published:
            frozen = board_rows(published.body)
            rows = {row["entry"]: row for in_class in frozen.values() for row in in_class}
            self.order = {name: [row["entry"] for row in frozen.get(name, ())] for name in live.setup.classes}
            self.clubs, fresh_news = public(published.body)["clubs"], []
            self.news.clear()
        else:
            rows = {
                name: {**row_of(live.setup, standings[name]), "moved": self._moved.get(name, (0, 0))[0]}
                for name in (touched.keys() | turned) & standings.keys()
            }
            self.order = {name: [s.run.entry for s in in_class] for name, in_class in live.standings().items()}
            self.clubs = [
                {"place": place, "club": club, "checkpoints": passed, "time_s": time_s, "teams": teams}
                for place, club, passed, time_s, teams in club_table(live.setup, standings.values())
            ]
        changed = {name: row for name, row in rows.items() if row != self.rows.get(name)}
        self.rows.update(changed)
        self._row_texts.update((name, canonical.encode(row)) for name, row in changed.items())
        self.stations = _stations(live)
        self.news.extendleft(reversed(fresh_news[:KEPT_NEWS]))
        self._encoded = {}
        self._publish(earlier, changed, fresh_news)
        return True

    def _is_due(self, revision: int, now: int) -> bool:
        """Tell whether it is time for what is new: at once when it comes, unless something was told just now."""
        if revision == self.revision:
            return False
        if self._noticed <= self.revision:
            self._oldest_at = now
        if self._noticed != revision:
            self._noticed, self._newest_at = revision, now
        # Never further ahead than that, unless the server's clock was set back: no board waits for it to come round.
        self._next_at = min(self._next_at, now + EVERY_MS)
        late = now - self._next_at
        nobody_to_wait_for = now - self._newest_at <= GATHER_MS or now - self._oldest_at > EVERY_MS - GATHER_MS
        if late < 0 or (late < GATHER_MS and not nobody_to_wait_for):
            return False
        # The beat is kept: a look that came late must not make the next one later still.
        self._next_at = (now if late >= EVERY_MS else self._next_at) + EVERY_MS
        return True

    def _note_moves(self, touched: Mapping[str, Standing], now: int) -> set[str]:
        """Remember for two minutes by how many places a team last rose (+) or fell (−); return whose move has aged."""
        aged = {name for name, (_, at) in self._moved.items() if now - at >= MOVED_FOR_MS}
        for name in aged:
            del self._moved[name]
        for name, standing in touched.items():
            old = self._standings.get(name)
            if old and old.place and standing.place and old.place != standing.place:
                self._moved[name] = (old.place - standing.place, now)
        return aged

    def _head(self) -> dict[str, Any]:
        live = self.live
        return {
            "race": live.race.slug,
            "revision": self.revision,
            "at": self.at,
            "stage": live.race.stage.value,
            "gun": live.gun,
            "closing": live.closing,
            "closed": live.whole.closed_at is not None,
        }

    def _class_head(self, name: str, language: str) -> dict[str, Any]:
        setup = self.live.setup
        course = setup.courses[setup.classes[name].course]
        return {
            "id": name,
            "name": say(setup.classes[name].name, language),
            "format": course.format,
            "total": len(course.checkpoints),
            "entries": len(self.order.get(name, ())),
        }

    def full(self, language: str) -> bytes:
        """Return the whole board as JSON, put together once a revision and language from rows that are encoded."""
        if language not in self._encoded:
            classes = []
            for name, order in self.order.items():
                rows = ",".join([self._row_texts[entry] for entry in order])
                classes.append(f'{{"results":[{rows}],{canonical.encode(self._class_head(name, language))[1:]}')
            rest = {**self._head(), "clubs": self.clubs, "news": list(self.news), "stations": self.stations}
            text = f'{{"classes":[{",".join(classes)}],{canonical.encode(rest)[1:]}'
            self._encoded[language] = text.encode()
        return self._encoded[language]

    def part(
        self, language: str, class_: str | None = None, around: str | None = None, top: int = 20
    ) -> dict[str, Any]:
        """Return the board, or one class of it, or a phone's share: the first `top` and an entry's neighbours."""
        if around in self.rows:
            class_ = self.rows[around]["class"]
        classes = []
        for name, order in self.order.items():
            if class_ in (None, name):
                shown = _around(order, around, top) if around else order
                rows = [self.rows[entry] for entry in shown]
                classes.append({**self._class_head(name, language), "results": rows})
        return {
            **self._head(),
            "classes": classes,
            "clubs": self.clubs if around is None else [],
            "news": list(self.news),
            "stations": self.stations,
        }

    def _publish(self, earlier: int, changed: Mapping[str, dict[str, Any]], news: list[dict[str, Any]]) -> None:
        by_class: dict[str, list[dict[str, Any]]] = {name: [] for name in self.order}
        for row in changed.values():
            by_class[row["class"]].append(row)
        data = {
            **self._head(),
            "classes": [{"id": name, "results": rows} for name, rows in by_class.items() if rows],
            "clubs": self.clubs,
            "news": news[:KEPT_NEWS],
            "stations": self.stations,
        }
        self._chunks.append((earlier, _event(self.revision, canonical.encode(data).encode())))
        # A new leader changes every row; a few such changes are more than the whole board.
        while len(self._chunks) > KEPT_CHUNKS or sum(len(chunk) for _, chunk in self._chunks) > KEPT_BYTES:
            self._chunks.popleft()

    def lacking(self, seen: int | None, language: str) -> tuple[int, bytes]:
        """Return the events that a watcher lacks who has seen revision `seen`, and which one it has seen then.

        Those are the changes since, nothing if there were none, and the whole board where they no longer go back that
        far. After a break the whole crowd comes back at once, so the board's own bytes stand in that event as they are.
        """
        if seen == self.revision:
            return self.revision, b""
        if seen is not None and any(earlier == seen for earlier, _ in self._chunks):
            return self.revision, b"".join(chunk for earlier, chunk in self._chunks if earlier >= seen)
        whole = b'{"full":true,' + self.full(language).removeprefix(b"{")
        return self.revision, _event(self.revision, whole)


def _stations(live: LiveRace) -> dict[str, dict[str, int]]:
    """Return for each station with a game how many teams wait and about how long a newcomer would."""
    setup = live.setup
    found = {}
    for name, queue in live.waiting.items():
        checkpoint = setup.checkpoints[name]
        each = max((setup.games[task.id].typical_s for task in checkpoint.tasks if task.id in setup.games), default=0)
        if queue:
            found[checkpoint.code] = {"ahead": len(queue), "wait_s": len(queue) * each}
    return found


def _around(order: list[str], entry: str, top: int) -> list[str]:
    """Return the first `top` of a class, and an entry with its neighbours if it is not among them."""
    if entry not in order:
        return order[:top]
    at = order.index(entry)
    return order[:top] if at < top else [*order[:3], *order[max(3, at - top // 2) : at + top // 2]]


def _event(revision: int, data: bytes) -> bytes:
    return b"id: %d\ndata: %s\n\n" % (revision, data)


class Boards:
    """The boards of all races of this process."""

    def __init__(self, publications: Publications) -> None:
        self._boards: dict[int, Board] = {}
        self._publications = publications

    def of(self, live: LiveRace, now: int) -> Board:
        """Return a race's board, made if it is new and worked out if it is behind."""
        board, published = self._boards.get(live.race.id), self._publications.last(live)
        # A race that was deleted leaves its number to a new one, but never its secret.
        if board and board.live.race.secret != live.race.secret:
            board.streams.end()
            board = None
        if board is None:
            board = self._boards[live.race.id] = Board(live, now, published)
        else:
            board.work_out(live, now, published)
        return board

    def refresh(self, races: Live, now: int) -> None:
        """Work out every board somebody has looked at, and send its watchers what is new.

        To be called often: a change that comes after a quiet while is told at once, and `EVERY_MS` bounds the rest.
        """
        for number in list(self._boards):
            if number in races.races:
                board = self.of(races.races[number], now)
                board.streams.push(board.revision)
            else:
                self._boards.pop(number).streams.end()
