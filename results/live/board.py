"""The live board: worked out in one place at most five times a second, encoded once, handed to everybody.

Readers never cause work: they get the bytes of the last revision worked out. Watchers wait for the next chunk, and one
who was away longer than the chunks go back gets the whole board again.
"""

import threading
from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any

from base import canonical
from base.languages import say
from race.live.races import Live, LiveRace
from race.model import GameTask, Standing, TaskState
from race.rules.standing import club_table
from results.live.publications import Publications
from results.model import Publication
from results.rules import news_of, row_of
from results.rules.publication import board_rows, public

EVERY_MS = 200
MOVED_FOR_MS = 120_000
KEPT_CHUNKS = 50
KEPT_NEWS = 12
BEAT_S = 15.0


class Board:
    """One race's board as it was last worked out."""

    def __init__(self, live: LiveRace, now: int, published: Publication | None = None) -> None:
        self.live = live
        self.revision = -1
        self.at = 0
        self.rows: dict[str, dict[str, Any]] = {}
        self.order: dict[str, list[str]] = {}
        self.clubs: list[dict[str, Any]] = []
        self.stations: dict[str, dict[str, int]] = {}
        self.news: deque[dict[str, Any]] = deque(maxlen=KEPT_NEWS)
        self._standings: dict[str, Standing] = {}
        self._moved: dict[str, tuple[int, int]] = {}
        self._encoded: dict[str, bytes] = {}
        self._chunks: deque[tuple[int, int, bytes]] = deque(maxlen=KEPT_CHUNKS)
        self._changed = threading.Condition()
        self._over = False
        self.work_out(live, now, published)

    def work_out(self, live: LiveRace, now: int, published: Publication | None = None) -> bool:
        """Bring the board up to the race's revision, if it is behind and not too soon; tell whether it did.

        Once something is `published` the board shows that, whatever the log comes to since.
        """
        if live is self.live and (self.revision == live.revision or now - self.at < EVERY_MS):
            return False
        earlier = self.revision
        self.live, self.revision, self.at = live, live.revision, now
        standings = {s.run.entry: s for in_class in live.standings(fresh=True).values() for s in in_class}
        # A board that is new, as after a restart, tells what happened last.
        fresh_news = news_of(live.setup, self._standings, standings, now)
        self._note_moves(standings, now)
        rows = {
            name: {**row_of(live.setup, standing), "moved": self._moved.get(name, (0, 0))[0]}
            for name, standing in standings.items()
        }
        changed = {name: row for name, row in rows.items() if row != self.rows.get(name)}
        self.rows, self._standings = rows, standings
        self.order = {name: [s.run.entry for s in in_class] for name, in_class in live.standings().items()}
        self.clubs = [
            {"place": place, "club": club, "checkpoints": passed, "time_s": time_s, "teams": teams}
            for place, club, passed, time_s, teams in club_table(live.setup, standings.values())
        ]
        if published:
            frozen = board_rows(published.body)
            rows = {row["entry"]: row for in_class in frozen.values() for row in in_class}
            changed = {name: row for name, row in rows.items() if row != self.rows.get(name)}
            self.rows, self.order = rows, {name: [row["entry"] for row in frozen.get(name, ())] for name in self.order}
            self.clubs, fresh_news = public(published.body)["clubs"], []
            self.news.clear()
        self.stations = _stations(live)
        self.news.extendleft(reversed(fresh_news[:KEPT_NEWS]))
        self._encoded = {}
        self._publish(earlier, changed, fresh_news)
        return True

    def _note_moves(self, standings: Mapping[str, Standing], now: int) -> None:
        """Remember for two minutes by how many places a team last rose (+) or fell (−)."""
        for name, standing in standings.items():
            old = self._standings.get(name)
            if old and old.place and standing.place and old.place != standing.place:
                self._moved[name] = (old.place - standing.place, now)
        self._moved = {name: move for name, move in self._moved.items() if now - move[1] < MOVED_FOR_MS}

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
        """Return the whole board as JSON, encoded once a revision and language."""
        if language not in self._encoded:
            self._encoded[language] = _encode(self.part(language))
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
        chunk = _event(self.revision, _encode(data))
        with self._changed:
            self._chunks.append((earlier, self.revision, chunk))
            self._changed.notify_all()

    def watch(self, seen: int | None, language: str) -> Iterator[bytes]:
        """Yield events for one watcher till the race is deleted: what it lacks since revision `seen`, then each change.

        It begins with a comment: the headers leave with the first bytes, and a reader who lacks nothing would otherwise
        not know until the first beat that it is connected.
        """
        yield b": here\n\n"
        while not self._over:
            missing = self._since(seen) if seen is not None else None
            if missing is None:
                seen = self.revision
                # Put in front of the bytes that all share: after a break the whole crowd comes back at once.
                yield _event(seen, b'{"full":true,' + self.full(language).removeprefix(b"{"))
                continue
            if missing:
                seen = self.revision
                yield b"".join(missing)
                continue
            with self._changed:
                came = self._changed.wait_for(lambda: self._over or self.revision != seen, BEAT_S)  # noqa: B023  at once
            if not came:
                yield b": still here\n\n"

    def end(self) -> None:
        """Send the watchers home: the race was deleted."""
        with self._changed:
            self._over = True
            self._changed.notify_all()

    def _since(self, seen: int) -> list[bytes] | None:
        """Return the chunks after revision `seen`, or None where they no longer go back that far."""
        if seen == self.revision:
            return []
        chunks = [chunk for earlier, _, chunk in self._chunks if earlier >= seen]
        reaches_back = any(earlier == seen for earlier, _, _ in self._chunks)
        return chunks if reaches_back else None


def _stations(live: LiveRace) -> dict[str, dict[str, int]]:
    """Return for each station with a game how many teams wait and about how long a newcomer would."""
    setup = live.setup
    waiting: dict[str, int] = {}
    for run in live.runs.values():
        for name, visit in run.visits.items() if run.finish is None else ():
            if any(isinstance(task, GameTask) and task.state is TaskState.WAITING for task in visit.tasks):
                waiting[name] = waiting.get(name, 0) + 1
    found = {}
    for name, ahead in waiting.items():
        checkpoint = setup.checkpoints[name]
        each = max((setup.games[task.id].typical_s for task in checkpoint.tasks if task.id in setup.games), default=0)
        found[checkpoint.code] = {"ahead": ahead, "wait_s": ahead * each}
    return found


def _around(order: list[str], entry: str, top: int) -> list[str]:
    """Return the first `top` of a class, and an entry with its neighbours if it is not among them."""
    if entry not in order:
        return order[:top]
    at = order.index(entry)
    return order[:top] if at < top else [*order[:3], *order[max(3, at - top // 2) : at + top // 2]]


def _encode(data: Any) -> bytes:
    return canonical.encode(data).encode()


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
            board.end()
            board = None
        if board is None:
            board = self._boards[live.race.id] = Board(live, now, published)
        else:
            board.work_out(live, now, published)
        return board

    def refresh(self, races: Live, now: int) -> None:
        """Work out every board somebody has looked at, so that watchers hear of changes nobody asked for."""
        for number in list(self._boards):
            if number in races.races:
                self.of(races.races[number], now)
            else:
                self._boards.pop(number).end()
