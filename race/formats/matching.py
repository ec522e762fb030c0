"""A line of items against a run's punches: which punch takes which item (IOF rules 20.7: the order is the course's).

An item is a code, a choice of codes, or any code at all. No two *distinct* items are taken by the same code
(butterflies, free groups). A whole line is found whenever there is one; where there is none, the longest part of it
counts. Both are exact without distinct items. With them they are exact as far as a bounded search goes, which is
farther than any course that a person would set, and a match says whether it is (`sure`): see
`docs/decisions/0008-a-line-of-distinct-choices.md`.
"""

from collections.abc import Sequence

from race.formats.distinct import find_whole, longest_part
from race.formats.punches import Item, Match, Punches, earliest_places, latest_places

__all__ = ["Item", "Match", "match"]


def match(items: Sequence[Item], codes: Sequence[str]) -> Match:
    """Return for each item the place of the punch that takes it: for all of them if that can be, else for the most."""
    punches = Punches(codes)
    latest = latest_places(items, punches)
    most, sure = len(items), True
    if latest is not None:
        if not any(item.distinct for item in items):
            return Match(earliest_places(items, punches))
        whole, sure = find_whole(items, punches, latest)
        if whole is not None:
            return Match(whole)
        most -= 1 if sure else 0
    part = longest_part(items, punches, most)
    return Match(part.taken, sure=(sure and part.sure) or None not in part.taken)
