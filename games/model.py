"""A team game: the measures a marshal takes and the rule that scores them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any

from base.languages import Text, Words


class MeasureKind(StrEnum):
    """What sort of thing is measured, and so which buttons the marshal sees."""

    COUNT = "count"
    SECONDS = "seconds"
    GRID3X3 = "grid3x3"
    ATTEMPTS = "attempts"
    FOUL = "foul"
    PASS = "pass"  # noqa: S105  a measure, no password


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of a game. `least` and `most` bound it (seconds in whole or tenth seconds, counts in ones)."""

    id: str
    kind: MeasureKind
    name: Text = ""
    least: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Game:
    """A game as set up for a race. `score` is the rule's own data, `rules.py` says what it may hold."""

    id: str
    name: Text
    measures: tuple[Measure, ...]
    score: Mapping[str, Any]
    instructions: Text = ""
    template: str | None = None
    credit_cap_s: int = 600
    attempts: int = 1
    keep: str = "last"
    typical_s: int = 180


@dataclass(frozen=True, slots=True)
class Outcome:
    """What measures are worth: `figure` is the decisive number in words ("53.6 s"), `why` the steps that led there.

    `ranked` is what teams are compared by where points depend on all of them, the least first; None elsewhere.
    """

    passed: bool
    points: int = 0
    penalty_s: int = 0
    figure: Words | None = None
    why: tuple[Words, ...] = field(default=())
    ranked: Fraction | None = None
