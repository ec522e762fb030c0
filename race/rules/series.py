"""Several classes as one list, and several races as one series. All exact; half rounds up."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from race.model import Run, Setup, Standing
from race.rules.standing import rank

MOST = 1000


def overall(setup: Setup, runs: Iterable[Run]) -> list[Standing]:
    """Return all classes as one list, ranked by the one format they share.

    Raises:
        ValueError: their formats differ, so there is nothing to compare them by.

    """
    runs = list(runs)
    formats = {setup.courses[setup.classes[run.class_].course].format for run in runs}
    if len(formats) > 1:
        raise ValueError(f"classes of formats {', '.join(sorted(formats))} make no one list")
    return rank(setup, runs, live=False)


def points_by_time(standings: Iterable[Standing]) -> dict[str, int]:
    """Return by entry 1000 · best time / own time of a class's placed runs; nothing for others."""
    times = {item.run.entry: item.run.time_s for item in standings if item.place is not None}
    known = {entry: time_s for entry, time_s in times.items() if time_s}
    best = min(known.values(), default=0)
    return {entry: (Fraction(MOST * best, time_s) + Fraction(1, 2)).__floor__() for entry, time_s in known.items()}


def points_by_place(standings: Iterable[Standing], table: Sequence[int]) -> dict[str, int]:
    """Return by entry the points of its place: `table` begins with the first; places beyond it get none.

    Who share a place all get its points.
    """
    placed = {item.run.entry: item.place for item in standings if item.place is not None}
    return {entry: table[place - 1] if place <= len(table) else 0 for entry, place in placed.items()}


def series_table(races: Sequence[Mapping[str, int]], best: int | None = None) -> list[tuple[int, str, int]]:
    """Return (place, who, points) over races that each give points by the same names; the `best` so many count."""
    totals: dict[str, int] = {}
    for name in dict.fromkeys(name for race in races for name in race):
        gained = sorted((race[name] for race in races if name in race), reverse=True)
        totals[name] = sum(gained[:best])
    table: list[tuple[int, str, int]] = []
    for number, (name, total) in enumerate(sorted(totals.items(), key=lambda pair: (-pair[1], pair[0])), start=1):
        place = table[-1][0] if table and table[-1][2] == total else number
        table.append((place, name, total))
    return table
