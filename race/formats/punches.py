"""Items of a line and a run's punches by code, as the matching reads them. Places of punches count from 0."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

Taken = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a line: the codes that take it (None: any), and whether a code may take it only once."""

    codes: frozenset[str] | None
    distinct: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """For each item the place of the punch that takes it, or None. Not `sure`: more might be taken than was found."""

    taken: Taken
    sure: bool = True


class Punches:
    """A run's punches by code, asked for the next one after a place; -1 is before the first."""

    def __init__(self, codes: Sequence[str]) -> None:
        self.codes = codes
        self._by_code: dict[str, list[int]] = {}
        for place, code in enumerate(codes):
            self._by_code.setdefault(code, []).append(place)
        self._by_item: dict[frozenset[str] | None, Sequence[int]] = {None: range(len(codes))}

    def places(self, item: Item) -> Sequence[int]:
        """Return all places where the item could be taken, in order."""
        if item.codes not in self._by_item:
            own = (self._by_code.get(code, ()) for code in item.codes or ())
            self._by_item[item.codes] = sorted(place for places in own for place in places)
        return self._by_item[item.codes]

    def following(self, item: Item, after: int) -> int | None:
        """Return the first place after `after` that takes the item."""
        places = self.places(item)
        at = bisect_right(places, after)
        return places[at] if at < len(places) else None

    def choices(self, item: Item, after: int, last: int) -> list[tuple[int, str]]:
        """Return for each code that takes the item its first place in (after, last], earliest first."""
        found = []
        for code in self._by_code if item.codes is None else item.codes:
            places = self._by_code.get(code, ())
            at = bisect_right(places, after)
            if at < len(places) and places[at] <= last:
                found.append((places[at], code))
        return sorted(found)


def earliest_places(items: Sequence[Item], punches: Punches) -> tuple[int, ...]:
    """Return the first place each item may take after those before it, distinct or not; short where one finds none."""
    found, after = [], -1
    for item in items:
        place = punches.following(item, after)
        if place is None:
            break
        found.append(place)
        after = place
    return tuple(found)


def latest_places(items: Sequence[Item], punches: Punches) -> list[int] | None:
    """Return the last place each item may take so that all after it still find one, distinct or not; None: never."""
    found, before = [0] * len(items), len(punches.codes)
    for number in range(len(items) - 1, -1, -1):
        places = punches.places(items[number])
        at = bisect_right(places, before - 1) - 1
        if at < 0:
            return None
        found[number] = before = places[at]
    return found
