"""What a run punched, in order, with split and leg times, and what it missed. Lengths are whole seconds."""

from typing import Any

from base.clock import whole_seconds
from checkpoints.model import Course
from checkpoints.rules import codes_of
from race.model import PASSED_STATES, Punched, Run, Setup, Visit


def splits_of(setup: Setup, run: Run) -> list[dict[str, Any]]:
    """Return what a run punched, in order, with split and leg times, and what it missed.

    OK is a punch that takes an item of the course; any other is Additional. What is Missing stands in a line before the
    next item that was taken, elsewhere at the end. What the jury waived is missing to nobody.
    """
    course = setup.courses[setup.classes[run.class_].course]
    taken = {place: number for number, place in enumerate(run.taken) if place is not None}
    missing = [
        number
        for number, (item, place) in enumerate(zip(course.checkpoints, run.taken, strict=False))
        if place is None and run.waived.isdisjoint(codes_of(item))
    ]
    in_line = course.format == "line"
    splits: list[dict[str, Any]] = []
    before = run.start
    for place, punch in enumerate(run.punches):
        number = taken.get(place)
        while in_line and number is not None and missing and missing[0] < number:
            splits.append(_missing(course.checkpoints[missing.pop(0)]))
        splits.append(_split(setup, course, run, punch, before if number is not None else None, number))
        before = punch.at if number is not None else before
    return [*splits, *(_missing(course.checkpoints[number]) for number in missing)]


def _split(
    setup: Setup, course: Course, run: Run, punch: Punched, before: int | None, number: int | None
) -> dict[str, Any]:
    checkpoint, visit = setup.checkpoints.get(punch.checkpoint), run.visits.get(punch.checkpoint)
    counts = number is not None and punch.checkpoint in run.passed and checkpoint is not None
    own = course.options.get("points", {}).get(punch.checkpoint)
    worth = own if isinstance(own, int) else checkpoint.points if checkpoint else 0
    return {
        "checkpoint": checkpoint.code if checkpoint else punch.checkpoint,
        "state": "Additional" if number is None else "OK",
        "split_s": _between(run.start, punch.at),
        "leg_s": _between(before, punch.at),
        "task": _task(visit) if visit else "none",
        "points": worth if counts else 0,
    }


def _missing(item: Any) -> dict[str, Any]:
    code = "/".join(codes_of(item)) or None
    return {"checkpoint": code, "state": "Missing", "split_s": None, "leg_s": None, "task": "none", "points": 0}


def _between(earlier: int | None, later: int) -> int | None:
    return whole_seconds(later) - whole_seconds(earlier) if earlier is not None else None


def _task(visit: Visit) -> str:
    if not visit.tasks:
        return "none"
    return "passed" if all(task.state in PASSED_STATES for task in visit.tasks) else "failed"
