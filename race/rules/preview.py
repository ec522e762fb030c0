"""What a decision would do, before it is made: whoever would move, from where to where."""

from collections.abc import Iterable
from dataclasses import dataclass

from facts.model import Fact
from race.model import Setup, Standing, Status
from race.rules.scored import Scored, score_race


@dataclass(frozen=True, slots=True)
class Where:
    """Where an entry stands: its class, place (None: unplaced), status and what it is ranked by."""

    class_: str
    place: int | None
    status: Status
    checkpoints: int
    points: int
    time_s: int | None


@dataclass(frozen=True, slots=True)
class Move:
    """One entry that would stand differently."""

    entry: str
    before: Where
    after: Where


def preview(setup: Setup, facts: Iterable[Fact], decision: Fact, at: int | None = None) -> list[Move]:
    """Return who would move if `decision` were made, in the order of the list as it would be.

    The race is scored as it stands at `at`, or as if it were closed.
    """
    known = [fact for fact in facts if at is None or fact.received_at <= at]
    now = None if at is None else max(at, decision.received_at)
    return moves(score_race(setup, known, now), score_race(setup, [*known, decision], now))


def moves(earlier: Scored, later: Scored) -> list[Move]:
    """Return who stands differently in one scoring of a race than in another, in the order of the later list."""
    before, after = _places(earlier), _places(later)
    return [Move(name, before[name], there) for name, there in after.items() if before[name] != there]


def _places(scored: Scored) -> dict[str, Where]:
    return {standing.run.entry: _where(standing) for in_class in scored.classes.values() for standing in in_class}


def _where(standing: Standing) -> Where:
    run = standing.run
    return Where(run.class_, standing.place, run.status, len(run.passed), run.points, run.time_s)
