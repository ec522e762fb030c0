"""The table of teams: who is shown, which pages there are, and what stands there twice."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from race.model import Entry
from race.rules.knowing import plain

PAGE = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which teams somebody looks for: a text in number, team, club, or a member's name; a club; a class. "" is any."""

    text: str = ""
    club: str = ""
    class_: str = ""

    def fits(self, entry: Entry) -> bool:
        """Tell whether a team is among them."""
        if (self.club and entry.club != self.club) or (self.class_ and entry.class_ != self.class_):
            return False
        said = plain(self.text)
        return not said or said in _said_of(entry)


def _said_of(entry: Entry) -> str:
    people = [member.name for member in entry.members] + ([entry.contact.name] if entry.contact else [])
    # A bar between, so that no text is found across two of them.
    return "|".join(map(plain, (entry.bib, entry.team, entry.club, *people)))


def found(entries: Iterable[Entry], wanted: Wanted) -> list[Entry]:
    """Return the teams that fit, by number; the one that wears just the number that was typed comes first."""
    fitting = [entry for entry in entries if wanted.fits(entry)]
    return sorted(fitting, key=lambda entry: (entry.bib != wanted.text.strip(), by_bib(entry.bib)))


def by_bib(bib: str) -> tuple[int, int, str]:
    """Return what numbers are sorted by: 2 before 10, those without digits last."""
    return (0, int(bib), bib) if bib.isdecimal() else (1, 0, bib)


def pages(many: int) -> int:
    """Return how many pages so many teams fill, one at least."""
    return max(1, -(-many // PAGE))


def one_page(entries: Sequence[Entry], number: int) -> Sequence[Entry]:
    """Return the teams of a page, from 1; beyond the last it is the last."""
    last = min(max(number, 1), pages(len(entries)))
    return entries[(last - 1) * PAGE : last * PAGE]


@dataclass(frozen=True, slots=True)
class Twice:
    """What stands there more than once, each with the numbers of its teams: names of a club's teams, and people."""

    teams: Mapping[str, tuple[str, ...]]
    people: Mapping[str, tuple[str, ...]]


def twice(entries: Collection[Entry]) -> Twice:
    """Return what wants a look. Two people may share a name across clubs, so only those of one club are named."""
    teams: dict[tuple[str, str], list[str]] = {}
    people: dict[tuple[str, str], list[str]] = {}
    for entry in entries:
        if entry.team:
            teams.setdefault((plain(entry.club), entry.team), []).append(entry.bib)
        for name in {member.name for member in entry.members if member.name}:
            people.setdefault((plain(entry.club), name), []).append(entry.bib)
    return Twice(
        *({name: tuple(bibs) for (_, name), bibs in each.items() if len(bibs) > 1} for each in (teams, people))
    )


def clubs_of(entries: Iterable[Entry]) -> dict[str, int]:
    """Return each club with the number of its teams, in the order they come."""
    return dict(Counter(entry.club for entry in entries if entry.club))


def free_id(entries: Iterable[Mapping[str, Any]], named: Collection[str]) -> str:
    """Return an id that no team has, none had (`named` are those in the log), and no number looks like."""
    used = {str(entry.get(what)) for entry in entries for what in ("id", "bib")}.union(named)
    return next(name for name in map(str, count(1)) if name not in used)
