"""The standings of each class kept in order while runs change: one change costs a step of the list, no new ranking."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from operator import itemgetter

from race.model import Run, Setup, Standing
from race.rules.standing import Listed, arrange, listed, placed, reach

# From this share of all runs on, sorting them anew is quicker.
MANY = 16
_KEY = itemgetter(0)


class Rankings:
    """Every class's standings. Lists that were handed out stay as they were; a change makes new ones."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._live: bool | None = None
        self._at: dict[str, tuple[str, Listed]] = {}
        self._listed: dict[str, list[Listed]] = {}
        self.classes: dict[str, list[Standing]] = {name: [] for name in setup.classes}

    def update(self, runs: Mapping[str, Run], changed: Iterable[str], *, live: bool) -> None:
        """Bring the standings up to `runs`, of which only `changed` are new; all count as new if `live` has turned."""
        changed = set(changed)
        if live is not self._live or len(changed) * MANY > len(runs):
            self._rebuild(runs, live=live)
        else:
            by_class: dict[str, tuple[list[Listed], list[Listed]]] = {}
            for name in changed:
                old_class, old = self._at[name]
                run = runs[name]
                new = listed(self._setup, run, live=live)
                self._at[name] = (run.class_, new)
                by_class.setdefault(old_class, ([], []))[0].append(old)
                by_class.setdefault(run.class_, ([], []))[1].append(new)
            for class_, (gone, come) in by_class.items():
                self._move(class_, gone, come, live=live)

    def of(self, entry: str) -> Standing | None:
        """Return one entry's standing as it was last brought up."""
        if entry not in self._at:
            return None
        class_, (key, _) = self._at[entry]
        return self.classes[class_][bisect_left(self._listed[class_], key, key=_KEY)]

    def _rebuild(self, runs: Mapping[str, Run], *, live: bool) -> None:
        self._live = live
        by_class: dict[str, list[Run]] = {name: [] for name in self._setup.classes}
        for run in runs.values():
            by_class[run.class_].append(run)
        self._listed = {name: arrange(self._setup, in_class, live=live) for name, in_class in by_class.items()}
        self._at = {item[1].entry: (name, item) for name, order in self._listed.items() for item in order}
        self.classes = {name: placed(order, live=live) for name, order in self._listed.items()}

    def _move(self, class_: str, gone: Iterable[Listed], come: Iterable[Listed], *, live: bool) -> None:
        before, order = self._listed[class_], self._listed[class_].copy()
        places = []
        for item in gone:
            places.append(bisect_left(order, item[0], key=_KEY))
            del order[places[-1]]
        for item in come:
            places.append(bisect_left(order, item[0], key=_KEY))
            order.insert(places[-1], item)
        # Each of these steps may have moved the others' places by one.
        low, high = max(0, min(places) - len(places)), max(places) + len(places) + 1
        start, end = reach(before, order, low, high)
        again = placed(order, start, end, self.classes[class_][:start], live=live)
        self._listed[class_] = order
        self.classes[class_] = [*self.classes[class_][:start], *again, *self.classes[class_][end:]]
