"""What a format is told and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass

from checkpoints.model import Checkpoint, Course
from race.model import Class, Status, Visit


@dataclass(frozen=True, slots=True)
class Tally:
    """A finished or running race as a format sees it.

    `passed` holds the visits whose tasks are passed, in the order of passing; `punches` every punch of a checkpoint
    between start and finish, in order. Lengths are whole seconds; `late_s` is the lateness ℓ, zero for who is out.
    """

    course: Course
    class_: Class
    checkpoints: Mapping[str, Checkpoint]
    passed: tuple[Visit, ...]
    punches: tuple[str, ...]
    late_s: int


@dataclass(frozen=True, slots=True)
class Judged:
    """The format's answer: what counts, points, seconds to add, and the status once all heads are in."""

    counted: tuple[str, ...]
    points: int
    penalty_s: int
    status: Status
