"""What comes of reading a file of questions: those that are whole, those refused with their reasons, and remarks."""

from collections.abc import Callable
from dataclasses import dataclass, field

from base.languages import Words
from base.sheets import place
from quizzes.model import Question

# Hears how many questions of how many have been read.
Told = Callable[[int, int], None]


def to_nobody(done: int, of: int) -> None:
    """Tell nobody."""
    del done, of


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said of one place of a file. `line` counts from 1 as the program that shows the file does."""

    line: int
    words: Words
    sheet: str = ""

    @property
    def place(self) -> str:
        """Return `line 8`, or `sheet NAME, line 8`."""
        return place(self.sheet, self.line)


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that was read: every row that looks like a question is in `questions`, in `refused`, or a noted copy.

    `places` are (sheet, line) of each question; `asked` what each asks and offers, folded, so that it is folded once.
    """

    questions: tuple[Question, ...] = ()
    refused: tuple[Remark, ...] = ()
    notes: tuple[Remark, ...] = ()
    places: tuple[tuple[str, int], ...] = ()
    asked: tuple[tuple[str, frozenset[str]], ...] = ()


@dataclass(frozen=True, slots=True)
class Raw:
    """A question as a file spells it, nothing understood yet. `options` are by their label: A, B, C …"""

    line: int
    stem: str
    answer: str
    options: dict[str, str] = field(default_factory=dict)
    kind: str = ""
    explanation: str = ""
    tags: tuple[str, ...] = ()
    difficulty: str = ""
    source: str = ""
    sheet: str = ""
    lost: bool = False
    # Why the reader of its format will not have it taken, whatever else it holds.
    fault: Words | None = None
    # The names of its pictures among the files beside it; the `data:` address of the one that was read.
    pictures: tuple[str, ...] = ()
    image: str | None = None


class Refused(Exception):  # noqa: N818  it is not an error of the program
    """Raised while a question is understood, with the reason why it cannot be taken."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.message)
        self.words = words


def label_of(number: int) -> str:
    """Return the letter of the option with this number, from 1; what has none is called by its number."""
    return chr(64 + number) if 1 <= number <= 26 else str(number)
