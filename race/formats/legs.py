"""Legs whose time does not count, in any format."""

from collections.abc import Sequence
from typing import Any

from base.languages import Words
from checkpoints.model import Course
from race.model import Punched

Leg = tuple[str, str]


def check_legs(course: Course) -> list[Words]:
    """Name what is wrong with a course's `voided_legs`."""
    legs = course.options.get("voided_legs", [])
    if isinstance(legs, list) and all(_is_leg(leg) for leg in legs):
        return []
    return [Words('“voided_legs” lists legs from where to where, as [["S", "31"], ["31", "32"]].')]


def _is_leg(leg: Any) -> bool:
    return isinstance(leg, list) and len(leg) == 2 and all(isinstance(end, str | int) for end in leg)


def voided_legs(course: Course) -> set[Leg]:
    """Return the legs that a course, which `check_legs` has found sound, leaves out of the time."""
    return {(str(one), str(two)) for one, two in course.options.get("voided_legs", ())}


def route_of(
    punches: Sequence[Punched], taken: Sequence[int | None], start: int | None, finish: int | None
) -> list[tuple[str, int | None]]:
    """Return where a run was when, of what takes an item of the course: from "S", its start, to "F", its finish."""
    places = sorted(place for place in taken if place is not None)
    return [("S", start), *((punches[place].checkpoint, punches[place].at) for place in places), ("F", finish)]
