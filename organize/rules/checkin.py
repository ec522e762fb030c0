"""Check-in at the desk: how each team stands, who is missing, and the name of the next count of its heads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from base import canonical
from facts.model import Fact
from facts.rules import order
from race.model import Checkin, Entry


@dataclass(frozen=True, slots=True)
class Counted:
    """How a team stands at check-in.

    `size` is how many it should be; `heads` how many were counted, None before; `missing` names who is not here;
    `swapped` are the names of those who stand in for somebody. `fact` is the id of the count, None before; `next` the
    id of the next one.
    """

    size: int
    heads: int | None
    missing: tuple[str, ...]
    swapped: tuple[str, ...]
    fact: str | None
    next: str

    @property
    def short(self) -> int:
        """How many are missing of a team that was counted."""
        return 0 if self.heads is None else max(0, self.size - self.heads)


def counted(
    entry: Entry, size: int | None, checkin: Checkin | None, facts: Iterable[Fact], log: str, undone: frozenset[str]
) -> Counted:
    """Return how a team stands; `facts` are its own of this log, `size` is its class's."""
    counts = sorted((fact for fact in facts if fact.kind == "checkin"), key=order)
    last = next((fact for fact in reversed(counts) if fact.id not in undone), None)
    here = set(checkin.members) if checkin else set()
    swapped = _places(last.body.get("swapped", ())) if last else ()
    return Counted(
        size=size or len(entry.members),
        heads=checkin.heads if checkin else None,
        missing=tuple(m.name for place, m in enumerate(entry.members) if here and place not in here),
        swapped=tuple(entry.members[place].name for place in swapped if place < len(entry.members)),
        fact=last.id if last else None,
        next=next_id(log, entry.id, len(counts)),
    )


def next_id(log: str, entry: str, counts: int) -> str:
    """Return the id of a team's next count. Two people who count a team at once give it one id, so one count stands."""
    return f"desk-{canonical.sha256(canonical.encode([log, entry, counts]))[:24]}"


def _places(value: object) -> Sequence[int]:
    return [place for place in value if isinstance(place, int)] if isinstance(value, Iterable) else []
