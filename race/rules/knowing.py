"""Knowing a team again that comes in a second time: by its club and name, its people, its number, or its club alone."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Item = Mapping[str, Any]


def plain(value: object) -> str:
    """Return a name for comparing: no white space, no full-width letters, lower case; nothing for None."""
    return "".join(unicodedata.normalize("NFKC", str(value or "")).split()).casefold()


def people_of(entry: Item) -> list[dict[str, Any]]:
    """Return an entry's members, each as an object."""
    return [{"name": member} if isinstance(member, str) else dict(member) for member in entry.get("members") or ()]


@dataclass(frozen=True, slots=True)
class _Who:
    """What an entry may be known by."""

    id: str
    club: str
    team: str
    bib: str
    people: frozenset[str]

    @property
    def waits(self) -> bool:
        """A race file may give number 1 its class, and the sheet who it is."""
        return not (self.club or self.team or self.people)


def known_again(entries: Sequence[Item], known: Sequence[Item]) -> list[int | None]:
    """Return for each of `entries`, which are all different teams, its number from 0 among `known`; None if it is new.

    The surest signs are tried first, for all entries; of several that fit, those with the most people in common.
    """
    coming, standing = [_who(entry) for entry in entries], [_who(entry) for entry in known]
    found: list[int | None] = [None] * len(coming)
    taken: set[int] = set()
    for signs, fits in _ways(standing):
        places: dict[Hashable, list[int]] = {}
        for number, who in enumerate(standing):
            for sign in signs(who):
                places.setdefault(sign, []).append(number)
        pairs = {
            (-len(one.people & standing[number].people), place, number)
            for place, one in enumerate(coming)
            if found[place] is None
            for sign in signs(one)
            for number in places.get(sign, ())
            if number not in taken and fits(one, standing[number])
        }
        for _, place, number in sorted(pairs):
            if found[place] is None and number not in taken:
                found[place] = number
                taken.add(number)
    return found


def _who(entry: Item) -> _Who:
    people = frozenset(plain(person.get("name")) for person in people_of(entry)) - {""}
    club, team, bib = (plain(entry.get(what)) for what in ("club", "team", "bib"))
    return _Who(str(entry.get("id")), club, team, bib, people)


_Way = tuple[Callable[[_Who], Iterable[Hashable]], Callable[[_Who, _Who], bool]]


def _ways(standing: Sequence[_Who]) -> tuple[_Way, ...]:
    """Return the ways to know a team again: the signs it shares with the one it is, and what else must be so."""
    teams = Counter(who.club for who in standing)

    def same_people(one: _Who, other: _Who) -> bool:
        # Most of its people: the team, or its club, took another name.
        common = len(one.people & other.people)
        return common * 2 > max(len(one.people), len(other.people)) and (common > 1 or one.club == other.club)

    def only_team(one: _Who, other: _Who) -> bool:
        # Where one of the two has no name or nobody yet, they gainsay each other nowhere.
        return teams[other.club] == 1 and not (one.team and other.team and one.people and other.people)

    def yes(one: _Who, other: _Who) -> bool:
        del one, other
        return True

    return (
        (lambda who: [(who.club, who.team)] if who.team else [], yes),
        (lambda who: who.people, same_people),
        (lambda who: [(who.club, who.bib)] if who.bib else [], yes),
        (lambda who: [who.club] if who.club else [], only_team),
        (lambda who: [who.id], lambda _, other: other.waits),
    )
