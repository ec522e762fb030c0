"""The figures of a race as a report tells them."""

from dataclasses import dataclass

from base.languages import Text


@dataclass(frozen=True, slots=True)
class QuizFigures:
    """How a checkpoint's questions were answered, by all teams and at all attempts."""

    code: str
    name: Text
    asked: int
    right: int


@dataclass(frozen=True, slots=True)
class Figures:
    """A race in numbers. Expected are those entered and not cancelled; present those checked in or seen on the course.

    `punches` counts each team's visits to checkpoints; `task_heads` counts people at checkpoints with a task, once a
    visit. Times are net, in whole seconds, of those who finished well; None where nobody did. The fastest is looked for
    among those who passed most checkpoints: who left half of them out is no winner. `passed` says how many teams passed
    so many checkpoints, `times` how many needed from so many seconds up to so many.
    """

    teams: int
    teams_present: int
    heads: int
    heads_present: int
    clubs: int
    clubs_present: int
    finished: int
    punches: int
    task_heads: int
    asked: int
    right: int
    fastest_s: int | None
    average_s: int | None
    passed: tuple[tuple[int, int], ...]
    quizzes: tuple[QuizFigures, ...]
    times: tuple[tuple[int, int, int], ...]
