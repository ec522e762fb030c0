"""What a format is told and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass

from checkpoints.model import Checkpoint, Course
from race.model import Class, Status, Visit


@dataclass(frozen=True, slots=True)
class Tally:
    """A finished or running race as a format sees it.

    `passed` holds the visits that count, in the order they were passed; lengths are whole seconds; `late_s` is the
    lateness of rules.md (ℓ), zero while the run is out.
    """

    course: Course
    class_: Class
    checkpoints: Mapping[str, Checkpoint]
    passed: tuple[Visit, ...]
    late_s: int


@dataclass(frozen=True, slots=True)
class Judged:
    """The format's answer: points, seconds to add, and the status of a run that has finished with all heads."""

    points: int
    penalty_s: int
    status: Status
