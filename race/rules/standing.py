"""Places: runs in order, equal keys sharing a place and the next one skipped (1, 2, 2, 4)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from race.formats import FORMATS
from race.model import Entry, Run, Setup, Standing, Status

LISTED = (
    Status.OK,
    Status.FINISHED,
    Status.ACTIVE,
    Status.NOT_COMPETING,
    Status.OVER_TIME,
    Status.MISSING_PUNCH,
    Status.DID_NOT_FINISH,
    Status.SPORTING_WITHDRAWAL,
    Status.DISQUALIFIED,
    Status.DID_NOT_START,
    Status.CANCELLED,
    Status.INACTIVE,
)
_ORDER = {status: number for number, status in enumerate(LISTED)}
PLACED = frozenset({Status.OK})
PLACED_LIVE = frozenset({Status.OK, Status.FINISHED, Status.ACTIVE})


def rank(setup: Setup, runs: Iterable[Run], *, live: bool) -> list[Standing]:
    """Return one class's standings in the order of its list.

    In a closed race only OK is placed. Live, runs that are finished and unchecked, or still out, stand among them by
    the same key, with their time up to the last checkpoint that counted, and are marked provisional.
    """
    runs = list(runs)
    if not runs:
        return []
    key = FORMATS[setup.courses[setup.classes[runs[0].class_].course].format].rank_key
    placed_states = PLACED_LIVE if live else PLACED
    placed = sorted((run for run in runs if run.status in placed_states), key=lambda run: (key(run), _bib(setup, run)))
    rest = sorted(
        (run for run in runs if run.status not in placed_states),
        key=lambda run: (_ORDER[run.status], key(run), _bib(setup, run)),
    )
    return [
        *_places(placed, key, live=live),
        *(Standing(run, None, provisional=False) for run in rest),
    ]


def _places(placed: Sequence[Run], key: Callable[[Run], tuple[int, ...]], *, live: bool) -> list[Standing]:
    standings: list[Standing] = []
    place, last_key = 0, None
    first = placed[0] if placed else None
    for number, run in enumerate(placed, start=1):
        own_key = key(run)
        if own_key != last_key:
            place, last_key = number, own_key
        provisional = live or run.status is not Status.OK
        standings.append(Standing(run, place, provisional=provisional, behind_s=_behind(key, first or run, run)))
    return standings


def _behind(key: Callable[[Run], tuple[int, ...]], first: Run, run: Run) -> int | None:
    """Return how long after the first this run came in; None where something other than time divides them."""
    if first.time_s is None or run.time_s is None or key(first)[:-1] != key(run)[:-1]:
        return None
    return run.time_s - first.time_s


def _bib(setup: Setup, run: Run) -> tuple[int, str]:
    bib = setup.entries[run.entry].bib or run.entry
    return (int(bib) if bib.isdecimal() else 10**9, bib)


def club_table(
    setup: Setup, standings: Iterable[Standing], best: int | None = 1
) -> list[tuple[int, str, int, int, int]]:
    """Return (place, club, checkpoints, net seconds, teams) of each club from its `best` placed runs, or all."""
    by_club: dict[str, list[Run]] = defaultdict(list)
    for standing in standings:
        entry: Entry = setup.entries[standing.run.entry]
        if entry.club and standing.place is not None:
            by_club[entry.club].append(standing.run)
    sums = []
    for club, runs in by_club.items():
        counted = sorted(runs, key=lambda run: (-len(run.passed), run.time_s or 0))[:best]
        sums.append(
            (-sum(len(run.passed) for run in counted), sum(run.time_s or 0 for run in counted), club, len(runs))
        )
    table, place, last = [], 0, None
    for number, (passed, time_s, club, teams) in enumerate(sorted(sums), start=1):
        if (passed, time_s) != last:
            place, last = number, (passed, time_s)
        table.append((place, club, -passed, time_s, teams))
    return table
