"""The one way into the log of a server process: whoever comes first commits for all who wait.

Concurrent requests share one commit; then it is handed over to the next who came meanwhile.
"""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from sqlalchemy import Connection, Engine

from base.database import LOG
from base.languages import Words
from base.problems import Problem
from facts.model import Draft, Fact
from facts.store import Appended, append

# So many requests may wait for the next commit, about a second's work. Whoever comes later is asked to come again: a
# phone keeps what it has to say, and a queue that only grows would keep everybody waiting.
MOST_WAITING = 2000
BUSY_S = 2
_BUSY = Words("The race's computer has more to write down than it can just now. Nothing is lost: please try again.")


@dataclass(slots=True)
class _Request:
    race: int
    drafts: Sequence[Draft]
    turn: threading.Event = field(default_factory=threading.Event)
    results: list[Appended] = field(default_factory=list)
    error: Exception | None = None
    done: bool = False


def _at_once(work: Callable[[], None]) -> None:
    work()


class Writer:
    """The one way facts get into the log in a server process: grouped commits, in order.

    `outside` runs the commit where it does not stop the others (a thread pool under gevent). `heard` is called after
    each commit, before anybody is answered, with the race and its fresh facts in the order of the log.
    """

    def __init__(
        self,
        engine: Engine,
        heard: Callable[[int, list[Fact]], None] = lambda _race, _facts: None,
        outside: Callable[[Callable[[], None]], None] = _at_once,
    ) -> None:
        self._engine = engine
        self._heard = heard
        self._outside = outside
        self._lock = threading.Lock()
        self._waiting: list[_Request] = []
        self._busy = False
        self._connection: Connection | None = None

    def append(self, race: int, drafts: Sequence[Draft]) -> list[Appended]:
        """Append and return when it is on disk. Requests of other threads or greenlets may share the commit.

        Raises:
            Problem: too many wait already; nothing was taken.

        """
        if not drafts:
            return []
        request = _Request(race, drafts)
        with self._lock:
            if len(self._waiting) >= MOST_WAITING:
                raise Problem(503, "busy", _BUSY, retry_after_s=BUSY_S)
            self._waiting.append(request)
            leads, self._busy = not self._busy, True
        if not leads:
            request.turn.wait()
        if not request.done:
            self._lead()
        if request.error:
            raise request.error
        return request.results

    def _lead(self) -> None:
        with self._lock:
            batch, self._waiting = self._waiting, []
        try:
            self._outside(lambda: self._commit_all(batch))
            for race, facts in _fresh(batch).items():
                self._heard(race, facts)
        finally:
            for request in batch:
                request.done = True
                request.turn.set()
            with self._lock:
                if self._waiting:
                    self._waiting[0].turn.set()
                else:
                    self._busy = False

    def _commit_all(self, batch: list[_Request]) -> None:
        try:
            self._commit(batch)
        except Exception as error:
            for request in batch:
                try:
                    if len(batch) == 1:
                        raise error
                    self._commit([request])
                except Exception as own:
                    request.error = own

    def _commit(self, batch: list[_Request]) -> None:
        # One connection for the writer's life: it is only ever used by the one who leads, and needs no pool's locks.
        if self._connection is None:
            self._connection = self._engine.connect().execution_options(writing=LOG)
        by_race: dict[int, list[_Request]] = defaultdict(list)
        for request in batch:
            by_race[request.race].append(request)
        with self._connection.begin():
            # By race, as all processes go: two that want the same two rows never wait for each other.
            for race, requests in sorted(by_race.items()):
                # One look at the race and at the ids that are known, one insert: whoever shares a commit shares these.
                drafts = [draft for request in requests for draft in request.drafts]
                results = iter(append(self._connection, race, drafts))
                for request in requests:
                    request.results = list(islice(results, len(request.drafts)))

    def close(self) -> None:
        """Give the writer's connection back."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _fresh(batch: Iterable[_Request]) -> dict[int, list[Fact]]:
    facts: dict[int, list[Fact]] = defaultdict(list)
    for request in batch:
        if request.error is None:
            facts[request.race].extend(item.fact for item in request.results if item.fresh)
    return {race: found for race, found in facts.items() if found}
