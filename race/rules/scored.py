"""A whole race scored at once, from set-up and facts alone: what `waypost score` prints and what a preview compares."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from facts.model import Fact
from race.model import Run, Setup, Standing, Whole
from race.rules.field import fold_all
from race.rules.fold import ground_of
from race.rules.standing import rank
from race.rules.whole import closing_of, whole_of

# Closed, and yet nothing came after it.
NEVER = 2**62


@dataclass(frozen=True, slots=True)
class Scored:
    """A race at one instant: every run by entry, every class's standings in the order of its list.

    `last_received` is when the last of its facts came in, None without any.
    """

    whole: Whole
    runs: Mapping[str, Run]
    classes: Mapping[str, list[Standing]]
    last_received: int | None = None


def score_race(setup: Setup, facts: Iterable[Fact], at: int | None = None) -> Scored:
    """Score a race as it stood at `at`, from the facts received up to then.

    Without an instant it counts as closed: at its closing if it has one, else after everything that was recorded.
    """
    known = [fact for fact in facts if at is None or fact.received_at <= at]
    whole = whole_of(fact for fact in known if fact.entry is None or fact.kind == "decision")
    if at is None and whole.closed_at is None:
        closing = closing_of(setup.about, whole)
        whole = replace(whole, closed_at=NEVER if closing is None else closing)
    own: dict[str, list[Fact]] = defaultdict(list)
    for fact in known:
        if fact.entry is not None and fact.kind != "decision":
            own[fact.entry].append(fact)
    ground = ground_of(setup)
    runs = fold_all(ground, whole, own)
    received = max((fact.received_at for fact in known), default=None)
    return Scored(whole, runs, listed(setup, whole, runs), received)


def listed(setup: Setup, whole: Whole, runs: Mapping[str, Run]) -> dict[str, list[Standing]]:
    """Return each class in the order of its list: places for those who are OK, provisional until the race is closed."""
    by_class: dict[str, list[Run]] = {name: [] for name in setup.classes}
    for run in runs.values():
        by_class[run.class_].append(run)
    provisional = whole.closed_at is None
    return {
        name: [item._replace(provisional=provisional) for item in rank(setup, in_class, live=False)]
        for name, in_class in by_class.items()
    }
