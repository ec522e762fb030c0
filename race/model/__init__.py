"""A race's set-up, its entries, and the runs that facts make of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any, NamedTuple

from base.languages import Text, Words
from checkpoints.model import Checkpoint, Course
from games.model import Game, Outcome
from maps.model import ParkMap
from quizzes.model import Bank, Quiz
from race.model.about import About, Award, Host, Recipient, RecipientKind
from race.model.doubts import Doubt

# Beside what stands here, what has files of its own.
__all__ = ["About", "Award", "Doubt", "Host", "Recipient", "RecipientKind"]


class StartKind(StrEnum):
    """How the clock of an entry starts."""

    MASS = "mass"
    WAVE = "wave"
    INTERVAL = "interval"
    PUNCH = "punch"


@dataclass(frozen=True, slots=True)
class Incomplete:
    """What a team short of heads gets: it is allowed, costs `penalty_s` a missing head, or does not compete."""

    rule: str = "allow"
    penalty_s: int = 0


@dataclass(frozen=True, slots=True)
class Class:
    """Who competes against whom, on which course, and how they start."""

    id: str
    course: str
    name: Text = ""
    start: StartKind = StartKind.MASS
    time_limit_s: int | None = None
    team_size: int | None = None
    incomplete: Incomplete = Incomplete()


@dataclass(frozen=True, slots=True)
class Member:
    """One person of a team. Personal data: it never goes into the log."""

    name: str
    phone: str = ""
    gender: str = ""
    role: str = ""
    emergency: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A team entered in a class. `draw_no` decides its slice of each bank; `card_version` its card's key."""

    id: str
    class_: str
    bib: str = ""
    team: str = ""
    club: str = ""
    wave: str | None = None
    first: tuple[str, ...] = ()
    starts_at: int | None = None
    contact: Member | None = None
    members: tuple[Member, ...] = ()
    draw_no: int = 0
    card_version: int = 1


@dataclass(frozen=True, slots=True)
class Setup:
    """All that the organizer laid down for one race. Each mapping is by id, in the order it was given."""

    about: About
    map: ParkMap | None = None
    checkpoints: Mapping[str, Checkpoint] = field(default_factory=dict)
    quizzes: Mapping[str, Quiz] = field(default_factory=dict)
    banks: Mapping[str, Bank] = field(default_factory=dict)
    games: Mapping[str, Game] = field(default_factory=dict)
    courses: Mapping[str, Course] = field(default_factory=dict)
    classes: Mapping[str, Class] = field(default_factory=dict)
    entries: Mapping[str, Entry] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of the set-up: by whom, when (UTC ms). `value` is a short word or None; `digests` of banks are by id."""

    revision: int
    at: int
    by: str
    part: str
    value: str | None = None
    digests: Mapping[str, str] = field(default_factory=dict)


class Status(StrEnum):
    """The status of a run, with the names of IOF Data Standard 3.0."""

    INACTIVE = "Inactive"
    ACTIVE = "Active"
    FINISHED = "Finished"
    OK = "OK"
    MISSING_PUNCH = "MissingPunch"
    OVER_TIME = "OverTime"
    DID_NOT_FINISH = "DidNotFinish"
    DID_NOT_START = "DidNotStart"
    DISQUALIFIED = "Disqualified"
    NOT_COMPETING = "NotCompeting"
    SPORTING_WITHDRAWAL = "SportingWithdrawal"
    CANCELLED = "Cancelled"


class Verdict(StrEnum):
    """What a record came to. Computed, never stored."""

    ACCEPTED = "accepted"
    REPEATED = "repeated"
    NOT_STARTED = "not_started"
    CLOSED = "closed"
    FINISHED = "finished"
    UNKNOWN = "unknown"
    NOT_ON_COURSE = "not_on_course"
    REFUSED = "refused"
    CONFLICT = "conflict"
    MALFORMED = "malformed"


class TaskState(StrEnum):
    """How far a task at a checkpoint has come."""

    LATER = "later"
    DUE = "due"
    OPEN = "open"
    COOLING = "cooling"
    WAITING = "waiting"
    PLAYING = "playing"
    PASSED = "passed"
    PASSED_WITH_PENALTY = "passed_with_penalty"
    FAILED = "failed"
    LOST = "lost"


PASSED_STATES = frozenset({TaskState.PASSED, TaskState.PASSED_WITH_PENALTY})


@dataclass(frozen=True, slots=True)
class Try:
    """One sheet and what came of it: `right` is None until decided; `answer` (a fact's id), `deadline` may be None.

    `took_ms` decides on its limit and its speed; `by_phone` says that a phone without signal took that time itself.
    """

    attempt: int
    given_at: int
    sheet: str | None = None
    questions: tuple[str, ...] = ()
    deadline: int | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    answered_at: int | None = None
    right: int | None = None
    passed: bool = False
    answer: str | None = None
    took_ms: int | None = None
    by_phone: bool = False


@dataclass(frozen=True, slots=True)
class QuizTask:
    """A quiz at a checkpoint, as far as this entry has come with it. `until` ends a cool-down; passed in `seconds`."""

    quiz: str
    state: TaskState
    tries: tuple[Try, ...] = ()
    until: int | None = None
    decided_at: int | None = None
    penalty_s: int = 0
    points_factor: Fraction = Fraction(1)
    seconds: Fraction | None = None

    @property
    def next_attempt(self) -> int:
        """The number of the sheet to hand out next."""
        return self.tries[-1].attempt + 1 if self.tries else 1


@dataclass(frozen=True, slots=True)
class GameTask:
    """A game at a checkpoint: when the team arrived, began and ended, and its outcome."""

    game: str
    state: TaskState
    arrived_at: int
    begun_at: int | None = None
    ended_at: int | None = None
    outcome: Outcome | None = None
    decided_at: int | None = None
    credit: tuple[int, int] | None = None
    penalty_s: int = 0


@dataclass(frozen=True, slots=True)
class Timed:
    """A quiz whose points depend on speed: seconds taken, seconds allowed, and by which measure."""

    seconds: Fraction
    limit_s: int | None
    speed: str


@dataclass(frozen=True, slots=True)
class Visit:
    """One checkpoint as this entry found it. `passed_at` is None until all its tasks are passed."""

    checkpoint: str
    at: int
    proof: str
    tasks: tuple[QuizTask | GameTask, ...] = ()
    passed_at: int | None = None
    points_factor: Fraction = Fraction(1)
    timed: tuple[Timed, ...] = ()

    @property
    def game_points(self) -> int:
        """Points that the games here gave."""
        return sum(task.outcome.points for task in self.tasks if isinstance(task, GameTask) and task.outcome)

    @property
    def penalty_s(self) -> int:
        """Seconds that the tasks here cost."""
        return sum([task.penalty_s for task in self.tasks]) if self.tasks else 0


class Punched(NamedTuple):
    """One punch between start and finish: the checkpoint's id (known or not) and when."""

    checkpoint: str
    at: int


@dataclass(frozen=True, slots=True)
class Checkin:
    """A head count: how many, who of the members (by index), and new names for swapped ones."""

    heads: int
    members: tuple[int, ...] = ()
    at: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """One entry's race so far. Instants are UTC milliseconds, lengths whole seconds; absent is None.

    `passed` lists the checkpoints that count, in the order they were passed; `verdicts` judges each punch and finish by
    fact id; `points` is the format's own figure. `taken` gives for each item of the course which of `punches` takes it;
    `waived` are checkpoints that the jury took off. `why` are the steps that led to all this, in order.
    """

    entry: str
    class_: str
    status: Status
    start: int | None = None
    finish: int | None = None
    checkin: Checkin | None = None
    heads: int | None = None
    visits: Mapping[str, Visit] = field(default_factory=dict)
    passed: tuple[str, ...] = ()
    points: int = 0
    elapsed_s: int | None = None
    credit_s: int = 0
    penalty_s: int = 0
    late_s: int = 0
    time_s: int | None = None
    last_at: int | None = None
    withdrawn: tuple[int, ...] = ()
    flags: tuple[str, ...] = ()
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    punches: tuple[Punched, ...] = ()
    taken: tuple[int | None, ...] = ()
    waived: frozenset[str] = frozenset()
    why: tuple[Words, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def heads_confirmed(self) -> bool:
        """Whether a marshal counted the team at the finish."""
        return self.heads is not None


class Standing(NamedTuple):
    """A run and its place. `place` is None where it has none; `provisional` while it may still move.

    A plain tuple: one change may move thousands, and these are made three times as fast.
    """

    run: Run
    place: int | None
    provisional: bool
    behind_s: int | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the jury decided about one entry, each the last word on its matter; adjustments add up."""

    status: Status | None = None
    class_: str | None = None
    start: int | None = None
    finish: int | None = None
    penalty_s: int = 0
    points: int = 0
    credit_s: int = 0
    merged: tuple[str, ...] = ()
    merged_into: str | None = None
    why: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Whole:
    """What facts say of the whole race.

    `guns` are instants by (class, wave), None meaning all, in the order of the last word on each; `stops` are (from,
    to) while all clocks stood, an open one without its end; `undone` are the ids of facts that were taken back.
    `postponed` is in milliseconds; `neutral` are legs (from, to, class or all); `voided` and `keys` are by (bank or
    any, question); `flags` says of each flag, by id, whether the jury accepted or refused it.
    """

    guns: Mapping[tuple[str | None, str | None], int] = field(default_factory=dict)
    closed_at: int | None = None
    stops: tuple[tuple[int, int | None], ...] = ()
    undone: frozenset[str] = frozenset()
    postponed: int = 0
    waived: frozenset[str] = frozenset()
    neutral: tuple[tuple[str, str, str | None], ...] = ()
    voided: frozenset[tuple[str | None, str]] = frozenset()
    keys: Mapping[tuple[str | None, str], Any] = field(default_factory=dict)
    rulings: Mapping[str, Ruling] = field(default_factory=dict)
    flags: Mapping[str, bool] = field(default_factory=dict)
