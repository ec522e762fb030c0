"""Questions, banks of them, and the gate (quiz) that draws from a bank."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from base.languages import Text


class QuestionKind(StrEnum):
    """How a question is answered, and so how it is marked."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    TEXT = "text"
    NUMBER = "number"
    ORDER = "order"
    MATCH = "match"


@dataclass(frozen=True, slots=True)
class NumberAnswer:
    """A number that is right within `tolerance`, both exact."""

    number: Fraction
    tolerance: Fraction = Fraction(0)


# single: index from 0; multiple, order, match: indexes; true_false: a truth; text: accepted texts; number: its own.
# order lists choice indexes in the right order; match gives for each left side (choice) the index of its right side.
Answer = int | tuple[int, ...] | bool | tuple[str, ...] | NumberAnswer


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its right answer. `choices` are shown in a keyed order, recorded by their index here."""

    id: str
    kind: QuestionKind
    text: Text
    answer: Answer
    choices: tuple[Text, ...] = ()
    matches: tuple[Text, ...] = ()
    explanation: Text = ""
    image: str | None = None
    # What the picture shows, for those who cannot see it.
    image_alt: Text = ""
    sound: str | None = None
    tags: tuple[str, ...] = ()
    difficulty: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Bank:
    """A set of questions that quizzes draw from."""

    id: str
    questions: tuple[Question, ...]
    name: Text = ""


class StepKind(StrEnum):
    """What may follow a failed sheet."""

    COOL_DOWN_S = "cool_down_s"
    PENALTY_S = "penalty_s"
    POINTS_FACTOR = "points_factor"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Step:
    """One step after a fail: wait `value` seconds, pass with `value` seconds or a share of the points, or lose it."""

    kind: StepKind
    value: Fraction = Fraction(0)


DEFAULT_ON_FAIL = (
    Step(StepKind.COOL_DOWN_S, Fraction(60)),
    Step(StepKind.COOL_DOWN_S, Fraction(60)),
    Step(StepKind.PENALTY_S, Fraction(120)),
)


@dataclass(frozen=True, slots=True)
class Quiz:
    """A quiz gate: `draw` questions from `bank`, `need` right to pass, `limit_s` for the sheet (None: no limit)."""

    id: str
    bank: str
    draw: int = 5
    need: int = 4
    limit_s: int | None = 60
    speed: str = "flat"
    on_fail: tuple[Step, ...] = DEFAULT_ON_FAIL


@dataclass(frozen=True, slots=True)
class Practice:
    """What anybody may practise on before race day: the banks, by id, until an instant (UTC milliseconds)."""

    banks: tuple[str, ...]
    until: int


@dataclass(frozen=True, slots=True)
class Mark:
    """The marking of one sheet: which questions were right, in the sheet's order, and whether that passes."""

    right: tuple[bool, ...]
    passed: bool
