"""Lateness, as rogaining counts it (IRF rules B28-29): a started minute, or in proportion, in exact fractions."""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from base.languages import Words
from checkpoints.model import Course

MINUTE_S = 60
UNITS = ("points_per_minute", "seconds_per_minute")


@dataclass(frozen=True, slots=True)
class Late:
    """What a late minute costs, in which unit, how it is rounded, after which lateness nothing counts, and
    whether what is passed after the limit scores at all.
    """

    per_minute: Fraction
    unit: str
    linear: bool = False
    cut_off_s: int | None = None
    after_counts: bool = True

    def cost(self, late_s: int) -> int:
        """Return what `late_s` seconds cost: p·⌈ℓ/60⌉, or linear ⌈p·ℓ/60⌉, rounded up to a whole unit."""
        minutes = Fraction(late_s, MINUTE_S) if self.linear else Fraction(-(-late_s // MINUTE_S))
        cost = self.per_minute * minutes
        return -(-cost.numerator // cost.denominator)


def read_late(course: Course) -> Late | None:
    """Return a course's `late` option, which `check_late` has found sound, or None."""
    data = course.options.get("late")
    if not data:
        return None
    unit = next(unit for unit in UNITS if unit in data)
    return Late(
        per_minute=Fraction(data[unit]),
        unit=unit,
        linear=data.get("rounding", "started") == "linear",
        cut_off_s=data.get("cut_off_s"),
        after_counts=data.get("after_counts", True),
    )


def check_late(course: Course, unit: str) -> list[Words]:
    """Name what is wrong with a course's `late` option, where the format counts lateness in `unit`."""
    data = course.options.get("late")
    if data is None:
        return []
    words: list[Words] = []
    if not isinstance(data, dict) or set(data) - {*UNITS, "rounding", "cut_off_s", "after_counts"}:
        return [Words("“late” holds %(unit)s, and if wanted rounding and cut_off_s.", {"unit": unit})]
    if unit not in data or len(set(UNITS) & set(data)) != 1:
        words.append(Words("This format counts lateness as %(unit)s.", {"unit": unit}))
    elif not _is_rate(data[unit]):
        words.append(Words('A late minute costs a whole number or a fraction, as 10 or "1/4".'))
    if data.get("rounding", "started") not in ("started", "linear"):
        words.append(Words("“rounding” is started or linear."))
    if not isinstance(data.get("after_counts", True), bool):
        words.append(Words("“after_counts” is true or false: whether punches after the limit score."))
    cut_off = data.get("cut_off_s")
    if cut_off is not None and (isinstance(cut_off, bool) or not isinstance(cut_off, int) or cut_off < 0):
        words.append(Words("“cut_off_s” is a whole number of seconds."))
    return words


def _is_rate(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | str):
        return False
    try:
        return Fraction(value) >= 0
    except (ValueError, ZeroDivisionError):
        return False


def is_over_time(course: Course, late_s: int) -> bool:
    """Tell whether a run is OverTime: past the cut-off, or late at all where no price of lateness is set."""
    late = read_late(course)
    if late is None:
        return late_s > 0
    return late.cut_off_s is not None and late_s > late.cut_off_s


def late_seconds(course: Course, late_s: int) -> tuple[int, list[Words]]:
    """Return what lateness costs in seconds, and the step that says so."""
    return _cost(course, late_s, Words("Late by %(late)s s: %(cost)s s added."))


def late_points(course: Course, late_s: int) -> tuple[int, list[Words]]:
    """Return what lateness costs in points, and the step that says so."""
    return _cost(course, late_s, Words("Late by %(late)s s: %(cost)s points off."))


def _cost(course: Course, late_s: int, words: Words) -> tuple[int, list[Words]]:
    if not late_s:
        return 0, []
    late = read_late(course)
    cost = late.cost(late_s) if late else 0
    return cost, [replace(words, arguments={"late": late_s, "cost": cost})]
