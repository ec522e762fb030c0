"""The races of one process: loaded at start, kept up with what this process commits and with what others wrote.

Facts of another process are fetched by revision; a set-up that changed has its race read anew.
"""

import logging
import threading
from collections.abc import Callable, Collection

from sqlalchemy import Connection, Engine

from base.database import Line, reading
from facts.model import Fact, Race
from facts.store import races, revisions, since
from race.live.race import LiveRace, load_race

logger = logging.getLogger(__name__)


class Live:
    """All races of one process. `tell` is called with race and revision after each of its own commits of facts."""

    def __init__(self, engine: Engine, tell: Callable[[int, int], None] = lambda _race, _revision: None) -> None:
        self._tell = tell
        self._lock = threading.RLock()
        self.races: dict[int, LiveRace] = {}
        self.slugs: dict[str, int] = {}
        self._engine = engine
        self._line = Line(engine)
        self._unreadable: dict[int, int] = {}
        self.catch_up()

    def catch_up(self) -> None:
        """Fetch what other processes wrote: new facts, whole set-ups where a `setup` fact says so, and what is gone."""
        with self._lock:
            known = self._line.look(revisions)
            self._forget(self.races.keys() - known.keys())
            ahead = {race for race, last in known.items() if self._reached(race) < last}
            anew = {race for race in ahead if not self._follow(race)}
            if anew:
                self._load_all(anew)

    def _follow(self, race: int) -> bool:
        """Take in the facts that are missing here, by one look; False if nothing but loading the race anew will do."""
        live = self.races.get(race)
        if live is None:
            return False
        facts = self._line.look(lambda connection: list(since(connection, race, live.revision, whole=True)))
        if any(fact.kind == "setup" for fact in facts):
            return False
        try:
            live.hear(facts)
        except Exception:
            logger.exception("The race %s cannot go on; it is read anew", live.race.slug)
            return False
        return True

    def _load_all(self, wanted: Collection[int]) -> None:
        with reading(self._engine) as connection:
            last = revisions(connection)
            for race in races(connection):
                try:
                    if race.id in wanted:
                        self._load(connection, race)
                except Exception:
                    # One race that cannot be read must not take the others down with it.
                    logger.exception("The race %s cannot be read", race.slug)
                    self._unreadable[race.id] = last[race.id]

    def _forget(self, gone: Collection[int]) -> None:
        """Let go of races that were deleted. Others may be going through the tables, so these are made anew."""
        if gone:
            self.slugs = {slug: race for slug, race in self.slugs.items() if race not in gone}
            self.races = {race: live for race, live in self.races.items() if race not in gone}

    def hear(self, race: int, facts: list[Fact]) -> None:
        """Take in the facts of a commit of this process."""
        with self._lock:
            live = self.races.get(race)
            following = live is not None and facts[0].revision == live.revision + 1
            if live and following and not any(fact.kind == "setup" for fact in facts):
                live.hear(facts)
            elif live is None or (live.revision < facts[-1].revision and not self._follow(race)):
                self.catch_up()
        self._tell(race, facts[-1].revision)

    def hear_of(self, race: int, revision: int) -> None:
        """Catch up if another process says that a race is further than it is here."""
        with self._lock:
            if self._reached(race) < revision and not self._follow(race):
                self.catch_up()

    def _reached(self, race: int) -> int:
        """Return up to where a race was read or tried: an unreadable one is tried again when something new stands."""
        return max(self._revision(race), self._unreadable.get(race, -1))

    def _revision(self, race: int) -> int:
        return self.races[race].revision if race in self.races else -1

    def _load(self, connection: Connection, race: Race) -> None:
        live = load_race(connection, race)
        self.races[race.id] = live
        for slug in [slug for slug, number in self.slugs.items() if number == race.id and slug != race.slug]:
            del self.slugs[slug]
        self.slugs[race.slug] = race.id

    def by_slug(self, slug: str) -> LiveRace | None:
        """Return the race of this slug, or None."""
        race = self.slugs.get(slug.lower())
        return self.races[race] if race is not None else None
