"""Places: runs in order, equal keys sharing a place and the next one skipped (1, 2, 2, 4)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

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


# Where a run stands in its class's list: by this first, all different, then the run itself.
Key = tuple[int, tuple[int, ...], int, str, str]
Listed = tuple[Key, Run]


def rank(setup: Setup, runs: Iterable[Run], *, live: bool) -> list[Standing]:
    """Return one class's standings in the order of its list.

    In a closed race only OK is placed. Live, runs that are finished and unchecked, or still out, stand among them by
    the same key, with their time up to the last checkpoint that counted, and are marked provisional.
    """
    return placed(arrange(setup, runs, live=live), live=live)


def arrange(setup: Setup, runs: Iterable[Run], *, live: bool) -> list[Listed]:
    """Return one class's runs in the order of its list, each with its key."""
    return sorted(listed(setup, run, live=live) for run in runs)


def listed(setup: Setup, run: Run, *, live: bool) -> Listed:
    """Return a run with its key in its class's list: who is placed first, then by status, equal ones by number."""
    key = FORMATS[setup.courses[setup.classes[run.class_].course].format].rank_key
    group = 0 if run.status in (PLACED_LIVE if live else PLACED) else 1 + _ORDER[run.status]
    return (group, key(run), *_bib(setup, run), run.entry), run


def placed(
    order: Sequence[Listed], start: int = 0, end: int | None = None, before: Sequence[Standing] = (), *, live: bool
) -> list[Standing]:
    """Return the standings from `start` to `end` of a whole list, where those `before` the start are known."""
    standings: list[Standing] = []
    first_s = order[0][1].time_s if order else None
    first_head = order[0][0][1][:-1] if order else None
    last = before[start - 1].place if start else None
    last_key = order[start - 1][0][1] if start else None
    by_time = last_key is not None and last_key[:-1] == first_head
    for number, (whole_key, run) in enumerate(order[start:end], start=start + 1):
        if whole_key[0]:
            standings.append(Standing(run, None, provisional=False))
            continue
        key = whole_key[1]
        if key != last_key:
            # How far behind the first is a time only where time alone divides the two.
            last, last_key, by_time = number, key, key[:-1] == first_head
        behind = run.time_s - first_s if by_time and first_s is not None and run.time_s is not None else None
        standings.append(Standing(run, last, live or run.status is not Status.OK, behind))
    return standings


def reach(before: Sequence[Listed], after: Sequence[Listed], low: int, high: int) -> tuple[int, int]:
    """Return from where to where the standings of a list may differ from those it had `before`, ties complete.

    Only what stands from `low` to `high` was touched. A new leader moves everybody's time behind, and one more or less
    in the list everybody after it.
    """
    end = max(len(before), len(after))
    if not before or not after or before[0] is not after[0]:
        return 0, end
    if len(before) != len(after):
        return low, end
    # Who shares a place with somebody of that part, or did, may have another one now.
    while high < end and (_tie(before, high) or _tie(after, high)):
        high += 1
    return low, min(high, end)


def _tie(order: Sequence[Listed], number: int) -> bool:
    return order[number][0][:2] == order[number - 1][0][:2]


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
