"""What one process knows of the teams' phones: which were removed, what each still holds, when it was last heard of."""

from collections import OrderedDict
from collections.abc import Callable, Collection

from sqlalchemy import Engine

from base.database import reading
from race.store.phones import holding_phones, removed_phones

# Beyond these the oldest are forgotten: only a page shows when a phone was last heard of.
MOST_SEEN = 50_000


class Phones:
    """The teams' phones of all races. What others write is fetched when they say so, and now and then: a poll asks no
    database. `tell` has the other processes hear that phones were removed.
    """

    def __init__(self, engine: Engine, tell: Callable[[], None] = lambda: None) -> None:
        self._engine = engine
        self._tell = tell
        self._removed: set[tuple[int, str]] = set()
        self._seen: OrderedDict[tuple[int, str], int] = OrderedDict()
        self.catch_up()

    def catch_up(self) -> None:
        """Fetch what this and other processes have written."""
        with reading(self._engine) as connection:
            # Nobody comes back on: what was removed here while this was read stays so.
            self._removed |= removed_phones(connection)
            self._held = holding_phones(connection)

    def is_removed(self, race: int, device: str) -> bool:
        """Tell whether the organizer took this phone off its team."""
        return (race, device) in self._removed

    def remove(self, race: int, devices: Collection[str]) -> None:
        """Know at once that these were removed; what they held does not come any more."""
        for device in devices:
            self._removed.add((race, device))
            self._held.pop((race, device), None)
        self._tell()

    def heard(
        self, race: int, device: str, entry: str, now: int, *, unsent: int | None = None, sent: int = 0
    ) -> int | None:
        """Note that a phone asked, says what it holds, or has just sent so many records.

        Returns how many it holds where that has changed and must be written down, else None.
        """
        self._seen[race, device] = now
        self._seen.move_to_end((race, device))
        while len(self._seen) > MOST_SEEN:
            self._seen.popitem(last=False)
        before = self._held.get((race, device), (entry, 0))[1]
        held = unsent if unsent is not None else max(0, before - sent)
        if held == before:
            return None
        if held:
            self._held[race, device] = (entry, held)
        else:
            self._held.pop((race, device), None)
        return held

    def seen(self, race: int, device: str) -> int | None:
        """Return when this process last heard of a phone, None if it has not."""
        return self._seen.get((race, device))

    def held_by(self, race: int, device: str) -> int:
        """Return how many records a phone holds."""
        return self._held.get((race, device), ("", 0))[1]

    def unsent(self, race: int) -> dict[str, int]:
        """Return by entry how many records its phones are known to hold, where there are any."""
        held: dict[str, int] = {}
        for (of_race, _), (entry, count) in list(self._held.items()):
            if of_race == race:
                held[entry] = held.get(entry, 0) + count
        return held
