"""Who has which page open now: so that two organizers at once see each other."""

import threading
from dataclasses import dataclass

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
