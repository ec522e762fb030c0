"""How even a draw is: what a course setter wants to see before the race, counted from the very sheets it will give."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quizzes.model import Bank, Question, Quiz
from quizzes.rules.draws import Orders, draw, shares

# What a question weighs whose difficulty nobody gave: the middle of 1 easy, 2 medium, 3 hard.
UNSAID = 2


@dataclass(frozen=True, slots=True)
class Evenness:
    """The first sheets of all teams at all checkpoints of one quiz.

    `held` is by question id, in the bank's order, on how many sheets it stands; `weights` how many sheets have which
    sum of difficulties. The others count pairs of sheets by how many questions they have in common: `neighbours` are
    teams that follow one another at one checkpoint, `again` is a team's first and second try, `elsewhere` a team at two
    checkpoints. `questions` is how many a sheet has.
    """

    sheets: int
    questions: int
    held: Mapping[str, int]
    weights: Mapping[int, int]
    neighbours: Mapping[int, int]
    again: Mapping[int, int]
    elsewhere: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Narrow:
    """A difficulty (None: unsaid) with too few questions for neighbours to get different ones, and how many it wants.

    What a sheet takes of a difficulty goes by its size, so this many is what would do as things stand.
    """

    difficulty: int | None
    has: int
    wants: int


def evenness(bank: Bank, quiz: Quiz, secret: bytes, checkpoints: Sequence[str], draw_nos: Iterable[int]) -> Evenness:
    """Draw the sheets of the entries with these numbers at these checkpoints and count them."""
    orders, numbers = Orders(most=max(1, len(checkpoints))), sorted(draw_nos)
    held: Counter[str] = Counter()
    weights: Counter[int] = Counter()
    common: dict[str, Counter[int]] = {"neighbours": Counter(), "again": Counter(), "elsewhere": Counter()}
    asked = 0
    before: list[list[frozenset[str]]] = []
    for checkpoint in checkpoints:
        first: list[frozenset[str]] = []
        for number in numbers:
            sheet = draw(bank, quiz, secret, checkpoint, number, 1, orders)
            asked = len(sheet)
            held.update(question.id for question in sheet)
            weights[sum(map(_weight, sheet))] += 1
            first.append(_ids(sheet))
            second = _ids(draw(bank, quiz, secret, checkpoint, number, 2, orders))
            common["again"][len(first[-1] & second)] += 1
        common["neighbours"].update(len(one & other) for one, other in pairwise(first))
        for there in before:
            common["elsewhere"].update(len(one & other) for one, other in zip(there, first, strict=True))
        before.append(first)
    return Evenness(
        sheets=len(checkpoints) * len(numbers),
        questions=asked,
        held={question.id: held[question.id] for question in bank.questions},
        weights=dict(sorted(weights.items())),
        **{name: dict(sorted(counted.items())) for name, counted in common.items()},
    )


def _weight(question: Question) -> int:
    return UNSAID if question.difficulty is None else question.difficulty


def _ids(sheet: Sequence[Question]) -> frozenset[str]:
    return frozenset(question.id for question in sheet)


def narrow(bank: Bank, quiz: Quiz) -> list[Narrow]:
    """Return the difficulties of which a bank holds too few: neighbours will meet the same questions."""
    sizes = Counter(-1 if question.difficulty is None else question.difficulty for question in bank.questions)
    levels = sorted(sizes)
    taken = shares([sizes[level] for level in levels], quiz.draw)
    return [
        Narrow(None if level == -1 else level, sizes[level], 2 * share)
        for level, share in zip(levels, taken, strict=True)
        if share and sizes[level] < 2 * share
    ]


def spread(held: Mapping[str, int]) -> dict[int, int]:
    """Return how many questions stand on how many sheets, without gaps from the fewest to the most."""
    counts = Counter(held.values())
    return {sheets: counts[sheets] for sheets in range(min(counts, default=0), max(counts, default=-1) + 1)}
