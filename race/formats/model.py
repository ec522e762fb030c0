"""What a format is told and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from base.languages import Words
from checkpoints.model import Checkpoint, Course
from race.model import Class, Punched, Status, Visit


@dataclass(frozen=True, slots=True)
class Tally:
    """A finished or running race as a format sees it.

    `passed` holds the visits whose tasks are passed, in the order of passing; `punches` every punch between start and
    finish, in order; `taken` for each item of the course the number of the punch that takes it. Lengths are whole
    seconds; `late_s` is the lateness ℓ, zero for who is out; `time_s` the net time before the format's own penalties,
    None for who is out. `waived` are checkpoints of this course that the jury took off, `adjust` the points it gave,
    `ranks` at which checkpoint the run came in as which (from 1). Where not `sure`,
    a longer part of a line may be there.
    """

    course: Course
    class_: Class
    checkpoints: Mapping[str, Checkpoint]
    passed: tuple[Visit, ...]
    punches: tuple[Punched, ...]
    taken: tuple[int | None, ...]
    late_s: int
    time_s: int | None = None
    limit_s: int | None = None
    waived: frozenset[str] = frozenset()
    adjust: int = 0
    ranks: Mapping[str, int] = field(default_factory=dict)
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Judged:
    """The format's answer: what counts, points, seconds to add, the status once all heads are in, and the steps."""

    counted: tuple[str, ...]
    points: int
    penalty_s: int
    status: Status
    why: tuple[Words, ...] = ()
