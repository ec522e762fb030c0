"""What the answers of a race say of its questions: share right, time, discrimination, and what was chosen instead.

Discrimination is the upper-lower index (Johnson 1951; Kelley 1939): the share right among the better half of those who
were asked, less that among the other half. Halves, not the usual 27 %, because a question of a race is asked of few.
How good a team is goes by all its other answers, so that a question does not judge itself. Everything is exact.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from statistics import median
from typing import Any

from base import canonical
from base.languages import Text
from quizzes.model import Question, QuestionKind
from quizzes.rules import answer_words, fold, mark
from quizzes.rules.marking import RIGHT, WRONG
from race.model import QuizTask, Run, Try, Whole
from race.rules.visits import Ground, with_keys

# Fewer answers than this say nothing of a question.
ENOUGH = 4
# Of answers that are typed or ordered so many different ones are named, the most frequent first.
MOST_GIVEN = 6


class Health(StrEnum):
    """What is to be thought of a question by its answers, the first that fits."""

    FEW = "few"
    NEVER_RIGHT = "never_right"
    ALWAYS_RIGHT = "always_right"
    AMBIGUOUS = "ambiguous"
    SOUND = "sound"


@dataclass(frozen=True, slots=True)
class Asking:
    """A question put to an entry and decided. `given` is the answer as it came, None if there was none.

    `right` goes by the right answer as it now stands, not by voiding; `seconds` is the sheet's time shared evenly among
    its questions, None where that is not known.
    """

    entry: str
    bank: str
    question: Question
    given: Any
    right: bool
    seconds: Fraction | None


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that was given, in words, how often, and whether it is right."""

    words: Text
    count: int
    right: bool


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """One question by its answers. `seconds` is the median; `discrimination` from -1 to 1, None of too few."""

    bank: str
    question: Question
    asked: int
    right: int
    unanswered: int
    seconds: Fraction | None
    discrimination: Fraction | None
    given: tuple[Given, ...]
    health: Health
    voided: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """The answers of an entry or a club together: how many asked, how many right, the median seconds of one."""

    name: str
    asked: int
    right: int
    seconds: Fraction | None


def by_share(items: Sequence[ItemFigures]) -> list[tuple[str, int]]:
    """Return how many questions had which share right, in steps of ten percent; all right stands alone."""
    tenths = Counter(10 * item.right // item.asked for item in items)
    names = [*(f"{10 * tenth}–{10 * tenth + 9}%" for tenth in range(10)), "100%"]
    return [(name, tenths[tenth]) for tenth, name in enumerate(names)] if items else []


def askings_of(ground: Ground, whole: Whole, runs: Iterable[Run]) -> Iterator[Asking]:
    """Yield every question on a decided sheet. Sheets that a marshal asked by word of mouth name no question."""
    banks: dict[str, Mapping[str, Question]] = {
        name: with_keys(questions, name, whole) for name, questions in ground.questions.items()
    }
    for run in runs:
        for visit in run.visits.values():
            for task in visit.tasks:
                if isinstance(task, QuizTask):
                    bank = ground.setup.quizzes[task.quiz].bank
                    for one in task.tries:
                        yield from _askings(run.entry, bank, banks[bank], one)


def _askings(entry: str, bank: str, questions: Mapping[str, Question], one: Try) -> Iterator[Asking]:
    asked = [questions[name] for name in one.questions if name in questions]
    if one.right is None or not asked:
        return
    # A sheet that ran out took as long as it might; that says nothing of its questions.
    timed = one.answered_at if one.answers else None
    seconds = Fraction(timed - one.given_at, 1000 * len(one.questions)) if timed is not None else None
    for question in asked:
        given = one.answers.get(question.id)
        yield Asking(entry, bank, question, given, mark(question, given), seconds)


def item_figures(askings: Iterable[Asking], voided: frozenset[tuple[str | None, str]]) -> list[ItemFigures]:
    """Return the figures of each question that was asked, as banks and questions first came up."""
    by_item: dict[tuple[str, str], list[Asking]] = defaultdict(list)
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for one in askings:
        by_item[one.bank, one.question.id].append(one)
        asked[one.entry] += 1
        right[one.entry] += one.right
    return [
        _figures(name, found, asked, right, voided=name in voided or (None, name[1]) in voided)
        for name, found in by_item.items()
    ]


def _figures(
    name: tuple[str, str], found: Sequence[Asking], asked: Counter[str], right: Counter[str], *, voided: bool
) -> ItemFigures:
    rest = [
        (Fraction(right[one.entry] - one.right, asked[one.entry] - 1) if asked[one.entry] > 1 else None, one.right)
        for one in found
    ]
    halves = upper_and_lower([(score, was) for score, was in rest if score is not None])
    good = sum(one.right for one in found)
    return ItemFigures(
        bank=name[0],
        question=found[0].question,
        asked=len(found),
        right=good,
        unanswered=sum(_is_empty(one.given) for one in found),
        seconds=_median(found),
        discrimination=halves[0] - halves[1] if halves else None,
        given=tuple(_given(found)),
        health=_health(len(found), good, halves),
        voided=voided,
    )


def upper_and_lower(scored: Sequence[tuple[Fraction, bool]]) -> tuple[Fraction, Fraction] | None:
    """Return the share right among the better half and among the other half of (score, right), or None.

    Who has the same score is divided evenly between the halves, so the order in which they come changes nothing. None
    with fewer than `ENOUGH`, and where all score alike: nobody is better then.
    """
    if len(scored) < ENOUGH or len({score for score, _ in scored}) == 1:
        return None
    by_score: dict[Fraction, list[bool]] = defaultdict(list)
    for score, right in scored:
        by_score[score].append(right)
    half = Fraction(len(scored), 2)
    above = upper = Fraction(0)
    for score in sorted(by_score, reverse=True):
        alike = by_score[score]
        part = min(Fraction(1), max(Fraction(0), half - above) / len(alike))
        upper += part * sum(alike)
        above += len(alike)
    return upper / half, (sum(right for _, right in scored) - upper) / half


def _health(asked: int, right: int, halves: tuple[Fraction, Fraction] | None) -> Health:
    """Ambiguous is what most of the better half got wrong, and no fewer of the others got right."""
    if asked < ENOUGH:
        return Health.FEW
    if not right:
        return Health.NEVER_RIGHT
    if right == asked:
        return Health.ALWAYS_RIGHT
    if halves and halves[0] < Fraction(1, 2) and halves[0] <= halves[1]:
        return Health.AMBIGUOUS
    return Health.SOUND


def _is_empty(given: Any) -> bool:
    return given is None or given in ("", [])


def _given(found: Sequence[Asking]) -> Iterator[Given]:
    """Yield every choice there is with how often it was chosen; of other kinds the answers given most often."""
    question = found[0].question
    given = [one.given for one in found if not _is_empty(one.given)]
    if question.kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE):
        key = question.answer if isinstance(question.answer, tuple) else (question.answer,)
        chosen = Counter(index for answer in given for index in _indexes(answer))
        for index, choice in enumerate(question.choices):
            yield Given(choice, chosen[index], index in key)
    elif question.kind is QuestionKind.TRUE_FALSE:
        for truth, words in ((True, RIGHT), (False, WRONG)):
            yield Given(words, sum(answer is truth for answer in given), question.answer is truth)
    else:
        alike: dict[str, list[Any]] = defaultdict(list)
        for answer in given:
            alike[fold(answer) if isinstance(answer, str) else canonical.encode(answer)].append(answer)
        for answers in sorted(alike.values(), key=len, reverse=True)[:MOST_GIVEN]:
            yield Given(answer_words(question, answers[0]), len(answers), mark(question, answers[0]))


def _indexes(answer: Any) -> set[int]:
    """Return the choices that an answer names, each once."""
    chosen = answer if isinstance(answer, list | tuple) else (answer,)
    return {index for index in chosen if isinstance(index, int) and not isinstance(index, bool)}


def _median(askings: Iterable[Asking]) -> Fraction | None:
    seconds = [one.seconds for one in askings if one.seconds is not None]
    return median(seconds) if seconds else None


def scores(askings: Iterable[Asking], named: Mapping[str, str]) -> list[Score]:
    """Return the answers of entries together under the name of each, the best share first; "" is left out."""
    by_name: dict[str, list[Asking]] = defaultdict(list)
    for one in askings:
        if named.get(one.entry):
            by_name[named[one.entry]].append(one)
    found = [Score(name, len(own), sum(one.right for one in own), _median(own)) for name, own in by_name.items()]
    return sorted(found, key=lambda score: (-Fraction(score.right, score.asked), -score.asked, score.name))
