"""Dealing first checkpoints and waves, so that 38 teams do not storm the nearest checkpoint together.

Each is dealt as often as the others, give or take one. Teams of one club get different ones as long as there are
enough, and neighbours in the list get different ones where that leaves it possible. The same entries in the same order
are always dealt the same.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from race.rules.knowing import plain

Item = Mapping[str, Any]


def deal_first(
    entries: Sequence[Item], checkpoints: Sequence[str], each: int = 1, *, again: bool = False
) -> dict[str, tuple[str, ...]]:
    """Return by entry id the `each` checkpoints to visit first, in order; further ones follow in the order of the list.

    `entries` are as the race file spells them. Who has been dealt a first checkpoint keeps what they have, unless
    `again`; they count all the same. Without checkpoints nobody gets any.
    """
    held = {} if again else {_id(entry): tuple(map(str, entry["first"])) for entry in entries if entry.get("first")}
    dealt = _deal(entries, checkpoints, {name: first[0] for name, first in held.items()})
    round_trip = {code: [*checkpoints[place:], *checkpoints[:place]] for place, code in enumerate(checkpoints)}
    return {name: held.get(name) or tuple(round_trip[code][:each]) for name, code in dealt.items()}


def deal_waves(entries: Sequence[Item], waves: Sequence[str], *, again: bool = False) -> dict[str, str]:
    """Return by entry id its wave. Where classes start apart, deal the entries of each class by themselves.

    Who has a wave keeps it, unless `again`.
    """
    held = {} if again else {_id(entry): str(entry["wave"]) for entry in entries if entry.get("wave")}
    return _deal(entries, waves, held)


def _id(entry: Item) -> str:
    return str(entry.get("id"))


def _deal(entries: Sequence[Item], values: Sequence[str], held: Mapping[str, str]) -> dict[str, str]:
    """Return a value for each entry by its id, as evenly as those that are `held` allow."""
    names = [_id(entry) for entry in entries]
    # A team without a club is a club of its own.
    clubs = {_id(entry): plain(entry.get("club")) or f"\n{_id(entry)}" for entry in entries}
    dealt = dict(held)
    load = Counter(held.values())
    of_club = Counter((clubs[name], value) for name, value in held.items())
    beside: dict[str, list[str]] = {name: [] for name in names}
    for one, other in pairwise(names):
        beside[one].append(other)
        beside[other].append(one)
    # Club after club: then all of a club's teams lie within one round of the deal, or two that follow each other, and
    # as many different values are left as it has teams.
    order = list(dict.fromkeys(clubs.values()))
    for name in sorted((name for name in names if name not in held), key=lambda name: order.index(clubs[name])):
        if not values:
            break
        least = min(load[value] for value in values)
        free = [value for value in values if load[value] == least]
        near = [dealt.get(neighbour) for neighbour in beside[name]]
        value = min(free, key=lambda value: (of_club[clubs[name], value], near.count(value)))
        dealt[name] = value
        load[value] += 1
        of_club[clubs[name], value] += 1
    return dealt
