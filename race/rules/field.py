"""What all entries did at each checkpoint, where points depend on it: who came in as which."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from base.clock import whole_seconds
from facts.model import Fact
from race.model import GameTask, Run, TaskState, Whole
from race.rules.fold import fold
from race.rules.rulings import own_facts
from race.rules.visits import Ground, played

Ranks = Mapping[str, Mapping[str, int]]


def field_of(ground: Ground, runs: Iterable[Run]) -> dict[str, dict[str, int]]:
    """Return by entry and checkpoint as which it came in there, from 1, among its class.

    Who arrives in the same second shares a rank, and the next one is skipped. A visit whose task was not passed, and
    one of a team that withdrew or is disqualified, still came in: what it took is not handed to those behind.
    Where a game ranks all who played, who passed it is ranked there by its measure, under the name `played` gives it.
    """
    arrivals: dict[tuple[str, str], list[tuple[Fraction, str]]] = defaultdict(list)
    for run in runs:
        if run.class_ in ground.contested:
            for visit in run.visits.values():
                arrivals[run.class_, visit.checkpoint].append((Fraction(whole_seconds(visit.at)), run.entry))
                for task in visit.tasks:
                    value = task.outcome.ranked if isinstance(task, GameTask) and task.outcome else None
                    if isinstance(task, GameTask) and task.state is TaskState.PASSED and value is not None:
                        arrivals[run.class_, played(visit.checkpoint, task.game)].append((value, run.entry))
    ranks: dict[str, dict[str, int]] = defaultdict(dict)
    for (_, checkpoint), came in arrivals.items():
        rank = 0
        last: Fraction | None = None
        for number, (at, entry) in enumerate(sorted(came), start=1):
            if at != last:
                rank, last = number, at
            ranks[entry][checkpoint] = rank
    return dict(ranks)


def fold_all(ground: Ground, whole: Whole, facts: Mapping[str, Sequence[Fact]]) -> dict[str, Run]:
    """Fold every entry's run from its facts by entry, with the Field where a class's points depend on it."""
    entries = ground.setup.entries
    runs = {name: fold(ground, whole, entry, own_facts(whole.rulings, name, facts)) for name, entry in entries.items()}
    if ground.contested:
        for name, ranks in field_of(ground, runs.values()).items():
            runs[name] = fold(ground, whole, entries[name], own_facts(whole.rulings, name, facts), ranks)
    return runs
