"""Points of checkpoints: the course's, else the checkpoint's own; by arrival, by speed, after a failed sheet."""

from collections.abc import Mapping
from typing import Any

from base.languages import Words
from checkpoints.model import Course
from checkpoints.rules import codes_of
from quizzes.rules import speed_points
from race.formats.model import Tally
from race.model import Visit


def points_of(tally: Tally, *, with_games: bool = False) -> tuple[int, list[Words]]:
    """Return the points of all that counts, with the jury's adjustment, and the steps that led there.

    A half rounds up at each checkpoint. A waived checkpoint is worth all it can be to everybody.
    """
    total, parts, own = 0, [], tally.course.options.get("points", {})
    for visit in tally.passed:
        if visit.checkpoint not in tally.waived:
            points = _worth(tally, visit, own) + (visit.game_points if with_games else 0)
            total += points
            parts.append(f"{visit.checkpoint}: {points}")
    for code in _waived(tally):
        points = _value(tally, code, own, 1)
        total += points
        parts.append(f"{code}: {points}")
    said = {"parts": parts, "total": total}
    # Where no checkpoint is worth anything, a list of noughts explains nothing.
    why = [Words("Points of checkpoints: %(parts)s; together %(total)s.", said)] if total else []
    if tally.adjust:
        why.append(Words("The jury's points: %(points)s.", {"points": tally.adjust}))
    return total + tally.adjust, why


def _waived(tally: Tally) -> list[str]:
    """Return the waived checkpoints of the course, each once."""
    if not tally.waived:
        return []
    named = dict.fromkeys(code for item in tally.course.checkpoints for code in codes_of(item))
    return [code for code in named if code in tally.waived]


def _value(tally: Tally, code: str, own: Mapping[str, Any], rank: int) -> int:
    """Return what a checkpoint is worth to whom came in as `rank`; the last of a list holds for all later."""
    value = own.get(code)
    if value is None:
        return tally.checkpoints[code].points
    return int(value[min(rank, len(value)) - 1] if isinstance(value, list) else value)


def _worth(tally: Tally, visit: Visit, own: Mapping[str, Any]) -> int:
    value = _value(tally, visit.checkpoint, own, tally.ranks.get(visit.checkpoint, 1))
    if not visit.tasks:
        return value
    for timed in visit.timed:
        value = speed_points(value, timed.seconds, timed.limit_s, timed.speed)
    # ⌊value × factor + ½⌋ in whole numbers: fractions take many times as long, and each fold does it for each visit.
    factor = visit.points_factor
    return (2 * value * factor.numerator + factor.denominator) // (2 * factor.denominator)


def is_contested(course: Course) -> bool:
    """Tell whether points of the course depend on who came first."""
    return any(isinstance(value, list) for value in course.options.get("points", {}).values())


def check_points(course: Course) -> list[Words]:
    """Name what is wrong with a course's `points`."""
    points = course.options.get("points", {})
    if not isinstance(points, dict):
        return [Words('“points” gives points by checkpoint, as {"31": 10}.')]
    words = [
        Words("“points” names %(code)s, which is not on the course.", {"code": code})
        for code in points
        if code not in course.checkpoints
    ]
    words.extend(
        Words("The points of %(code)s must be a whole number from 0.", {"code": code})
        for code, value in points.items()
        if not _are_points(value)
    )
    return words


def _are_points(value: Any) -> bool:
    if isinstance(value, list):
        return bool(value) and all(_are_points(item) and not isinstance(item, list) for item in value)
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
