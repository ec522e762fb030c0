"""Places on each leg, as the sport's result services show them: who ran it fastest, and how much longer others took."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from race.formats.legs import voided_legs
from race.model import Run, Setup, Status, Whole
from race.rules.fold import Ground
from race.rules.splits import splits_of

Leg = tuple[str, str, int]
# Their legs are run and shown, and compared with nobody's.
UNCOMPARED = frozenset({Status.DISQUALIFIED, Status.NOT_COMPETING, Status.CANCELLED})
START, FINISH = "S", "F"


def with_leg_places(
    rows: Iterable[Mapping[str, Any]], voided: Collection[tuple[str, str]] = ()
) -> list[dict[str, Any]]:
    """Return the rows of one class, each with {"status", "splits"}, its splits with place and time behind on their leg.

    A leg goes from one taken checkpoint, or the start, to the next one taken, or to the finish: where teams choose
    their order, only those are compared that went the same way. `leg_place` is shared by equal times, and the next
    place skips; `leg_behind_s` are whole seconds behind the fastest. Both are None where nobody else ran that leg,
    where a checkpoint of a line was missed on it, for a punch that is not on the course, for `voided` legs, and for who
    is out of the competition.
    """
    rows = list(rows)
    legs = [{} if Status(row["status"]) in UNCOMPARED else _legs_of(row["splits"], voided) for row in rows]
    times: dict[Leg, list[int]] = defaultdict(list)
    for own in legs:
        for leg, leg_s in own.values():
            times[leg].append(leg_s)
    for ran in times.values():
        ran.sort()
    return [
        {**row, "splits": [{**split, **_place(own.get(n), times)} for n, split in enumerate(row["splits"])]}
        for row, own in zip(rows, legs, strict=True)
    ]


def with_finish(splits: Sequence[Mapping[str, Any]], elapsed_s: int | None, *, in_line: bool) -> list[dict[str, Any]]:
    """Return a run's splits with the leg to its finish, `elapsed_s` after its start; None where it has not finished.

    In a line it stands behind what was missed last, which makes that leg another one; elsewhere before all that was not
    visited.
    """
    found = [dict(split) for split in splits]
    if elapsed_s is None:
        return found
    last_s = next((split["split_s"] for split in reversed(found) if split["state"] == "OK"), 0)
    leg = {
        "checkpoint": FINISH,
        "state": "Finish",
        "split_s": elapsed_s,
        "leg_s": elapsed_s - last_s if last_s is not None else None,
        "task": "none",
        "points": 0,
    }
    place = len(found)
    while not in_line and place and found[place - 1]["state"] == "Missing":
        place -= 1
    return [*found[:place], leg, *found[place:]]


def _legs_of(splits: Sequence[Mapping[str, Any]], voided: Collection[tuple[str, str]]) -> dict[int, tuple[Leg, int]]:
    """Return by number in `splits` which leg ends there, and its seconds; a leg run twice is two legs."""
    found: dict[int, tuple[Leg, int]] = {}
    before, whole, times_run = START, True, Counter[tuple[str, str]]()
    for number, split in enumerate(splits):
        if split["state"] == "Missing":
            whole = False
        elif split["state"] in ("OK", "Finish"):
            leg = (before, split["checkpoint"])
            if whole and split["leg_s"] is not None and leg not in voided:
                found[number] = ((*leg, times_run[leg]), split["leg_s"])
            times_run[leg] += 1
            before, whole = split["checkpoint"], True
    return found


def _place(own: tuple[Leg, int] | None, times: Mapping[Leg, list[int]]) -> dict[str, int | None]:
    if own is None or len(times[own[0]]) < 2:
        return {"leg_place": None, "leg_behind_s": None}
    leg, leg_s = own
    return {"leg_place": bisect_left(times[leg], leg_s) + 1, "leg_behind_s": leg_s - times[leg][0]}


def uncounted_legs(ground: Ground, whole: Whole, class_: str) -> frozenset[tuple[str, str]]:
    """Return the legs that do not count for a class, by course or by the jury, in the codes that result lists show."""
    legs = voided_legs(ground.setup.courses[ground.setup.classes[class_].course])
    legs |= {(one, two) for one, two, of in whole.neutral if of in (None, class_)}
    codes = {name: checkpoint.code for name, checkpoint in ground.setup.checkpoints.items()} | dict(ground.ends)
    return frozenset((codes.get(one, one), codes.get(two, two)) for one, two in legs)


def way_of(setup: Setup, run: Run) -> list[dict[str, Any]]:
    """Return the splits of a run, to its finish if it has come there."""
    elapsed_s = run.elapsed_s if run.start is not None and run.finish is not None else None
    return with_finish(splits_of(setup, run), elapsed_s, in_line=is_line(setup, run.class_))


def is_line(setup: Setup, class_: str) -> bool:
    """Tell whether the order of a class's course is prescribed."""
    return setup.courses[setup.classes[class_].course].format == "line"


def ways_of(ground: Ground, whole: Whole, class_: str, runs: Iterable[Run]) -> dict[str, list[dict[str, Any]]]:
    """Return by entry the splits of each run of a class, with places on their legs."""
    rows = [
        {"entry": run.entry, "status": run.status, "splits": way_of(ground.setup, run)}
        for run in runs
        if run.class_ == class_
    ]
    return {row["entry"]: row["splits"] for row in with_leg_places(rows, uncounted_legs(ground, whole, class_))}
