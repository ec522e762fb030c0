"""Plots as pages draw them: where each bar and point lies, in percent of the room there is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from base.translate import Said

# A bar that is not nothing is at least this long, in percent, so that it is seen.
LEAST = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, what stands at its end, and its length in percent of the longest."""

    label: Said
    shown: str
    length: float
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a field: from the left and from the top in percent, what it is called, and whether it stands out."""

    left: float
    top: float
    name: str
    target: str
    marked: bool = False


def bars(rows: Iterable[tuple[Said, int, bool]], most: int | None = None) -> list[Bar]:
    """Return bars of (label, count, marked); `most` is what a full bar stands for, the largest count if not given."""
    found = list(rows)
    full = most if most is not None else max((count for _, count, _ in found), default=0)
    return [Bar(label, str(count), _percent(count, full), marked) for label, count, marked in found]


def _percent(part: int, whole: int) -> float:
    if part <= 0 or whole <= 0:
        return 0.0
    return round(float(max(LEAST, min(Fraction(100), Fraction(100 * part, whole)))), 2)


def points(items: Sequence[tuple[Fraction, Fraction, str, str, bool]]) -> list[Point]:
    """Return points of (share from 0 to 1, index from -1 to 1, name, target, marked): to the right, and upwards."""
    return [
        Point(round(float(100 * share), 2), round(float(50 - 50 * index), 2), name, target, marked)
        for share, index, name, target, marked in items
    ]
