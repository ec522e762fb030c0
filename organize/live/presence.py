"""What one process does for the desk: who has which page open now, and what was proposed too long ago."""

import threading
from dataclasses import dataclass

from sqlalchemy import Engine

from base.database import reading, writing
from organize.store.proposals import any_expired, drop_expired

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


def forget_proposals(engine: Engine, now: int) -> None:
    """Forget proposals that ran out, of all races: they hold people's names, and nobody may come to look again."""
    with reading(engine) as connection:
        old = any_expired(connection, now)
    if old:
        with writing(engine) as connection:
            drop_expired(connection, now)
