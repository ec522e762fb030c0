"""What a run is flagged for: never refused, shown to the jury. Each flag is a code; `flags.py` says it in words."""

from collections.abc import Mapping

from checkpoints.model import Course
from checkpoints.rules import codes_of
from race.model import Class, Entry, Visit

SHORT, FIRST, UNSURE_LINE = "short", "first", "unsure_line"


def flags_of(
    entry: Entry,
    class_: Class,
    course: Course,
    visits: Mapping[str, Visit],
    waived: frozenset[str],
    *,
    short: bool,
    sure: bool,
) -> tuple[str, ...]:
    """Return a run's flags: a team short of members, `first` not kept, a line that could not be searched to its end."""
    flags = []
    if short and class_.incomplete.rule == "allow":
        flags.append(SHORT)
    if breaks_first(entry, course, visits, waived):
        flags.append(FIRST)
    if not sure:
        flags.append(UNSURE_LINE)
    return tuple(flags)


def breaks_first(entry: Entry, course: Course, visits: Mapping[str, Visit], waived: frozenset[str]) -> bool:
    """Tell whether another checkpoint was visited before all that the entry was to visit first.

    Their own order is free; what is waived, or not on the course, is not awaited. `visits` are in order of arrival.
    """
    if not entry.first:
        return False
    on_course = {code for item in course.checkpoints for code in codes_of(item)}
    open_to = any(isinstance(item, dict) and item.get("any") for item in course.checkpoints)
    wanted = {code for code in entry.first if code not in waived and (open_to or code in on_course)}
    begun = list(visits)[: len(wanted)]
    return not wanted.issuperset(begun)
