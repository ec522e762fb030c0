"""How often somebody may try: a count of failures in a sliding window, in memory, bounded."""

from collections import OrderedDict, deque

MOST_KEYS = 50_000


class Limit:
    """At most `most` failures in `within_s` seconds for each key; the time is an argument, in milliseconds."""

    def __init__(self, most: int, within_s: int) -> None:
        self._most = most
        self._within_ms = within_s * 1000
        self._failures: OrderedDict[str, deque[int]] = OrderedDict()

    def wait_s(self, key: str, now: int) -> int:
        """Return the seconds this key must wait before it may try again, 0 if it may now."""
        if key not in self._failures:
            return 0
        failures = self._recent(key, now)
        if len(failures) < self._most:
            return 0
        return max(1, (failures[0] + self._within_ms - now) // 1000 + 1)

    def failed(self, key: str, now: int) -> None:
        """Count a failure."""
        self._recent(key, now).append(now)
        self._failures.move_to_end(key)
        while len(self._failures) > MOST_KEYS:
            self._failures.popitem(last=False)

    def forget(self, key: str) -> None:
        """Count anew: it was somebody who knows."""
        self._failures.pop(key, None)

    def _recent(self, key: str, now: int) -> deque[int]:
        failures = self._failures.setdefault(key, deque())
        while failures and failures[0] <= now - self._within_ms:
            failures.popleft()
        return failures
