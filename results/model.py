"""What results are told in: the figures of a race for its report, and published versions of its list."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from base.languages import Text
from facts.model import Fact
from maps.model import Picture
from race.model import Setup


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


@dataclass(frozen=True, slots=True)
class Publication:
    """One published version of a race's result list: the how many-eth, from which revision of the log, when (UTC ms).

    `body` is as `results.rules.publication.freeze` makes it; `reason` says why there is another version than the first.
    """

    version: int
    revision: int
    at: int
    by: str
    reason: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Packing:
    """What is packed: the set-up, pictures, the contract's list as of now, what was published; `facts` begins the log.

    `log` is the one that counts; the others are of set-up and trials.
    """

    setup: Setup
    log: str
    picture: Picture | None
    logo: Picture | None
    now: Mapping[str, Any]
    versions: Sequence[Publication]
    facts: Callable[[], Iterable[Fact]]
