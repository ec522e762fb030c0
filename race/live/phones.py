"""What one process knows of the teams' phones: which were removed, what each still holds, who hands over to whom."""

import secrets
from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Engine

from base.database import reading
from base.keys import digest
from race.store.phones import removed_phones

HANDOVER_S = 300
# Beyond these the oldest are forgotten: a phone says again what it holds, and asks for another code.
MOST_SEEN = 50_000
MOST_CODES = 5_000


@dataclass(frozen=True, slots=True)
class Seen:
    """When a phone was last heard of, and how many records it held then that had not been sent."""

    entry: str
    at: int
    unsent: int


class Phones:
    """The teams' phones of all races of this process."""

    def __init__(self, engine: Engine) -> None:
        with reading(engine) as connection:
            self._removed = removed_phones(connection)
        self._seen: dict[int, OrderedDict[str, Seen]] = {}
        self._codes: OrderedDict[str, tuple[int, str, int]] = OrderedDict()

    def is_removed(self, race: int, device: str) -> bool:
        """Tell whether the organizer took this phone off its team."""
        return (race, device) in self._removed

    def remove(self, race: int, devices: Collection[str]) -> None:
        """Know from now on that these were removed, and forget what they held: it comes no more."""
        self._removed.update((race, device) for device in devices)
        for device in devices:
            self._seen.get(race, OrderedDict()).pop(device, None)

    def heard(self, race: int, device: str, entry: str, now: int, *, unsent: int | None = None, sent: int = 0) -> None:
        """Note that a phone asked, what it says that it holds, or that it has just sent so many records."""
        phones = self._seen.setdefault(race, OrderedDict())
        before = phones.pop(device, None)
        held = unsent if unsent is not None else max(0, (before.unsent if before else 0) - sent)
        phones[device] = Seen(entry, now, held)
        while len(phones) > MOST_SEEN:
            phones.popitem(last=False)

    def seen(self, race: int, device: str) -> Seen | None:
        """Return what was last heard of a phone, None if nothing since the server started."""
        return self._seen.get(race, OrderedDict()).get(device)

    def unsent(self, race: int) -> dict[str, int]:
        """Return by entry how many records its phones are known to hold, where there are any."""
        held: dict[str, int] = {}
        for phone in list(self._seen.get(race, OrderedDict()).values()):
            if phone.unsent:
                held[phone.entry] = held.get(phone.entry, 0) + phone.unsent
        return held

    def hand_over(self, race: int, entry: str, now: int) -> str:
        """Return a code that joins one other browser to the team, once, within `HANDOVER_S` seconds."""
        code = secrets.token_urlsafe(18)
        self._codes[digest(code)] = (race, entry, now + HANDOVER_S * 1000)
        while len(self._codes) > MOST_CODES:
            self._codes.popitem(last=False)
        return code

    def take_over(self, code: str, now: int) -> tuple[int, str] | None:
        """Return the race and the entry that a code is for, and use it up; None if it is no longer good."""
        race, entry, until = self._codes.pop(digest(code), (0, "", 0))
        return (race, entry) if now < until else None
