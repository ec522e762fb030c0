"""Courses whose checkpoints may be visited in any order."""

from collections.abc import Sequence

from base.languages import Words
from checkpoints.model import Course
from race.formats.model import Tally
from race.formats.punches import Match


def check_plain_list(course: Course) -> list[Words]:
    """Name what is wrong with a course that must be a plain list of different codes."""
    words: list[Words] = []
    if any(not isinstance(item, str) for item in course.checkpoints):
        words.append(Words("Only a course in line has choices; here each checkpoint is a code."))
    elif len(set(course.checkpoints)) != len(course.checkpoints):
        words.append(Words("A checkpoint stands twice on a course that is free in its order."))
    return words


def take_first(course: Course, codes: Sequence[str], _done: frozenset[str], _waived: frozenset[str]) -> Match:
    """Return for each checkpoint of the course the number of its first punch."""
    first = {code: number for number, code in reversed([*enumerate(codes)])}
    return Match(tuple(map(first.get, course.checkpoints)))


def counted(tally: Tally) -> tuple[str, ...]:
    """Return what counts: the checkpoints passed, and those waived, which every starter gets in full."""
    passed = [visit.checkpoint for visit in tally.passed]
    given = [code for code in tally.course.checkpoints if code in tally.waived and code not in passed]
    return (*passed, *given)


def say_counted(codes: Sequence[str], tally: Tally) -> Words:
    """Say how many checkpoints count, and which."""
    arguments = {"count": len(codes), "total": len(tally.course.checkpoints), "codes": " ".join(codes) or "–"}
    return Words("Checkpoints that count: %(count)s of %(total)s (%(codes)s).", arguments)
