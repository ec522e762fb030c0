"""A missing checkpoint: a missing punch (IOF rules 20.7), or a price in seconds where the organizer set one."""

from base.languages import Words
from checkpoints.model import Course
from race.model import Run, Status

MISPUNCH = "mispunch"


def check_missed(course: Course) -> list[Words]:
    """Name what is wrong with a course's `missed` option."""
    missed = course.options.get("missed", MISPUNCH)
    if missed == MISPUNCH:
        return []
    price = missed.get("penalty_s") if isinstance(missed, dict) and set(missed) == {"penalty_s"} else None
    if isinstance(price, bool) or not isinstance(price, int) or price < 0:
        return [Words('“missed” is mispunch, or a price in whole seconds as {"penalty_s": 300}.')]
    return []


def judge_missing(course: Course, missing: int) -> tuple[int, Status, list[Words]]:
    """Return what `missing` checkpoints cost in seconds, the status they leave, and the step that says so."""
    missed = course.options.get("missed", MISPUNCH)
    if not missing:
        return 0, Status.OK, []
    if missed == MISPUNCH:
        return 0, Status.MISSING_PUNCH, [Words("Checkpoints missing: %(missing)s.", {"missing": missing})]
    each = int(missed["penalty_s"])
    numbers = {"missing": missing, "each": each, "cost": missing * each}
    return missing * each, Status.OK, [Words("Checkpoints missing: %(missing)s × %(each)s s = %(cost)s s.", numbers)]


def by_time(run: Run) -> tuple[int, ...]:
    """Rank by net time. Who is not there yet, or not in order, stands behind: the further along the earlier."""
    if run.status is Status.OK:
        return (0, run.time_s or 0)
    return (1, -len(run.passed), run.time_s or 0)
