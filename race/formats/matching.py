"""A line of items against a run's punches: which punch takes which item (IOF rules 20.7: the order is the course's).

An item is a code, a choice of codes, or any code at all. No two *distinct* items are taken by the same code
(butterflies, free groups). Whether a whole line is there is decided exactly: a subsequence is found whenever one
exists. Where none does, the longest part of the line counts: exactly so without distinct items, and with them as far
as a search of bounded width sees.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

WIDE, NARROW = 64, 6
SMALL = 3000

Taken = tuple[int | None, ...]
# A chain of (item, punch, the chain before it): what a part of the line took.
Chain = tuple[int, int, "Chain"] | None


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a line: the codes that take it (None: any), and whether a code may take it only once."""

    codes: frozenset[str] | None
    distinct: bool = False


class Punches:
    """A run's punches by code, asked for the next one after a place. Places count from 0; -1 is before the first."""

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


def match(items: Sequence[Item], codes: Sequence[str]) -> Taken:
    """Return for each item the place of the punch that takes it: for all of them if that can be, else for the most."""
    punches = Punches(codes)
    whole = _whole(items, punches)
    return whole if whole is not None else _longest(items, punches)


def _whole(items: Sequence[Item], punches: Punches) -> tuple[int, ...] | None:
    """Return a place for every item, or None if there is no such subsequence."""
    latest = _latest(items, punches)
    if latest is None:
        return None
    if not any(item.distinct for item in items):
        return _earliest(items, punches)
    return _search(items, punches, latest)


def _earliest(items: Sequence[Item], punches: Punches) -> tuple[int, ...] | None:
    found, after = [], -1
    for item in items:
        place = punches.following(item, after)
        if place is None:
            return None
        found.append(place)
        after = place
    return tuple(found)


def _latest(items: Sequence[Item], punches: Punches) -> list[int] | None:
    """Return the last place each item may take so that all after it still find one, distinct or not."""
    found, before = [0] * len(items), len(punches.codes)
    for number in range(len(items) - 1, -1, -1):
        places = punches.places(items[number])
        at = bisect_right(places, before - 1) - 1
        if at < 0:
            return None
        found[number] = before = places[at]
    return found


def _search(items: Sequence[Item], punches: Punches, latest: Sequence[int]) -> tuple[int, ...] | None:
    """Search depth first, the earliest place first.

    A plain item always takes its first place: a later one opens nothing. Of a distinct item only the first place of
    each code is tried. What failed from an item on is remembered by the codes used so far, and a matching of the items
    left to the codes left tells most dead ends at once.
    """
    count = len(items)
    chosen, used = [-1] * count, [""] * count
    tries: list[Iterator[tuple[int, str]]] = []
    failed: dict[tuple[int, frozenset[str]], int] = {}
    backtracked = True

    def taken(number: int) -> frozenset[str]:
        return frozenset(code for code in used[:number] if code)

    while len(tries) < count:
        number = len(tries)
        after = chosen[number - 1] if number else -1
        item, key = items[number], (number, taken(number))
        dead = failed.get(key, count + len(punches.codes)) <= after
        if not dead and backtracked:
            dead = not _enough_codes(items, number, punches, latest, after, key[1])
            backtracked = False
        options: list[tuple[int, str]] = []
        if not dead and item.distinct:
            options = [choice for choice in punches.choices(item, after, latest[number]) if choice[1] not in key[1]]
        elif not dead:
            place = punches.following(item, after)
            options = [(place, "")] if place is not None and place <= latest[number] else []
        tries.append(iter(options))
        while tries:
            number = len(tries) - 1
            choice = next(tries[-1], None)
            if choice is not None:
                chosen[number], used[number] = choice
                break
            tries.pop()
            used[number] = ""
            key = (number, taken(number))
            after = chosen[number - 1] if number else -1
            failed[key] = min(after, failed.get(key, after))
            backtracked = True
        if not tries:
            return None
    return tuple(chosen)


def _enough_codes(
    items: Sequence[Item], number: int, punches: Punches, latest: Sequence[int], after: int, used: frozenset[str]
) -> bool:
    """Tell whether the distinct items from `number` on can have a code each, order aside (Kuhn's matching)."""
    options: dict[int, list[str]] = {}
    earliest = after
    for later in range(number, len(items)):
        item = items[later]
        if item.distinct:
            found = punches.choices(item, earliest, latest[later])
            options[later] = [code for _, code in found if code not in used]
        place = punches.following(item, earliest)
        if place is None or place > latest[later]:
            return False
        earliest = place
    owner: dict[str, int] = {}
    return all(_give_code(later, options, owner, set()) for later in options)


def _give_code(item: int, options: Mapping[int, list[str]], owner: dict[str, int], seen: set[str]) -> bool:
    for code in options[item]:
        if code not in seen:
            seen.add(code)
            if code not in owner or _give_code(owner[code], options, owner, seen):
                owner[code] = item
                return True
    return False


def _longest(items: Sequence[Item], punches: Punches) -> Taken:
    """Return the longest part of the line that is there.

    For each set of codes used, `ends[k]` is the earliest place at which k items can have been taken. Without distinct
    items there is one set, and that is the longest common subsequence.
    """
    wide = WIDE if len(items) * len(punches.codes) <= SMALL else NARROW
    states: dict[frozenset[str], list[tuple[int, Chain]]] = {frozenset(): [(-1, None)]}
    for number, item in enumerate(items):
        if item.distinct:
            states = _widened(states, number, item, punches, wide)
        else:
            for ends in states.values():
                for count in range(len(ends) - 1, -1, -1):
                    place = punches.following(item, ends[count][0])
                    if place is not None:
                        _put(ends, count + 1, (place, (number, place, ends[count][1])))
    best = max(states.values(), key=lambda ends: (len(ends), -ends[-1][0]))
    taken: list[int | None] = [None] * len(items)
    chain = best[-1][1]
    while chain is not None:
        number, place, chain = chain
        taken[number] = place
    return tuple(taken)


def _widened(
    states: Mapping[frozenset[str], list[tuple[int, Chain]]], number: int, item: Item, punches: Punches, wide: int
) -> dict[frozenset[str], list[tuple[int, Chain]]]:
    grown = {used: list(ends) for used, ends in states.items()}
    for used, ends in states.items():
        for count in range(max(0, len(ends) - wide), len(ends)):
            after, chain = ends[count]
            free = (choice for choice in punches.choices(item, after, len(punches.codes)) if choice[1] not in used)
            for _, (place, code) in zip(range(wide), free, strict=False):
                there = grown.setdefault(used | {code}, [])
                while len(there) <= count:
                    there.append((len(punches.codes), None))
                _put(there, count + 1, (place, (number, place, chain)))
    ranked = sorted(grown.items(), key=lambda pair: (-len(pair[1]), pair[1][-1][0], sorted(pair[0])))
    return dict(ranked[:wide])


def _put(ends: list[tuple[int, Chain]], count: int, end: tuple[int, Chain]) -> None:
    if count == len(ends):
        ends.append(end)
    elif end[0] < ends[count][0]:
        ends[count] = end
