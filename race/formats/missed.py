"""A missing checkpoint: a missing punch (IOF rules 20.7), or a price in seconds where the organizer set one."""

from base.languages import Words
from checkpoints.model import Course
from race.model import Status

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


def judge_missing(course: Course, missing: int) -> tuple[int, Status]:
    """Return what `missing` checkpoints cost in seconds, and the status they leave."""
    missed = course.options.get("missed", MISPUNCH)
    if missed == MISPUNCH:
        return 0, Status.MISSING_PUNCH if missing else Status.OK
    return missing * int(missed["penalty_s"]), Status.OK
