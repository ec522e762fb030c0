"""What the desk keeps in memory: who has which page open, and what of a race is open, worked out once a change."""

import threading
from dataclasses import dataclass

from organize.rules.open_matters import Matter, open_matters
from race.live.races import LiveRace

# A page asks every few seconds; who has not asked for so long is gone.
HERE_MS = 20_000


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody at the desk: which page, and when last heard of (UTC milliseconds)."""

    page: str
    at: int


class Presence:
    """Who is at the desk of each race. Lives in memory only: it is forgotten when the process ends."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: dict[tuple[int, str], Seen] = {}

    def here(self, race: int, by: str, page: str, now: int) -> dict[str, str]:
        """Note that `by` has `page` of a race open; return the page of everybody else who is at that race."""
        with self._lock:
            self._seen[race, by] = Seen(page, now)
            for key in [key for key, seen in self._seen.items() if now - seen.at > HERE_MS]:
                del self._seen[key]
            return {who: seen.page for (where, who), seen in self._seen.items() if where == race and who != by}


class Matters:
    """What is open in each race. Every page of the desk counts it, so it is worked out once a revision."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[LiveRace, int, list[Matter]]] = {}

    def of(self, live: LiveRace) -> list[Matter]:
        """Return what is open now; the list is shared and must not be changed."""
        known = self._known.get(live.race.id)
        if known is None or known[0] is not live or known[1] != live.revision:
            revision, standings = live.revision, live.standings(fresh=True)
            found = open_matters(live.setup, live.whole, live.runs, standings, live.facts) if live.counts else []
            known = self._known[live.race.id] = (live, revision, found)
        return known[2]
