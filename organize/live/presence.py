"""Who has which page open now: so that two organizers at once see each other."""

import json
import threading
from dataclasses import dataclass

import redis

# A page asks every few seconds; who has not asked for so long is gone.
HERE_MS = 20_000


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody at the desk: which page, and when last heard of (UTC milliseconds)."""

    page: str
    at: int


class Presence:
    """Who is at the desk of each race. Lives in memory, and in Redis where processes share it: it may be lost."""

    def __init__(self, far: redis.Redis | None = None) -> None:
        self._far = far
        self._lock = threading.Lock()
        self._seen: dict[tuple[int, str], Seen] = {}

    def here(self, race: int, by: str, page: str, now: int) -> dict[str, str]:
        """Note that `by` has `page` of a race open; return the page of everybody else who is at that race."""
        with self._lock:
            self._seen[race, by] = Seen(page, now)
            for key in [key for key, seen in self._seen.items() if now - seen.at > HERE_MS]:
                del self._seen[key]
            here = {who: seen for (where, who), seen in self._seen.items() if where == race}
        if self._far is not None:
            here = self._elsewhere(self._far, race, by, now) | here
        return {who: seen.page for who, seen in here.items() if who != by}

    def _elsewhere(self, far: redis.Redis, race: int, by: str, now: int) -> dict[str, Seen]:
        """Tell the other processes, and return whom they see; nobody where Redis is down."""
        key = f"waypost:here:{race}"
        try:
            far.hset(key, by, json.dumps([self._seen[race, by].page, now]))
            far.pexpire(key, HERE_MS)
            told = far.hgetall(key)
        except redis.RedisError:
            return {}
        seen = {str(who): Seen(*json.loads(text)) for who, text in told.items()}
        return {who: found for who, found in seen.items() if now - found.at <= HERE_MS}
