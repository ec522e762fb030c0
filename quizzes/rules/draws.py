"""Which questions stand on whose sheet, and in which order their options are shown.

A sheet is a slice of a keyed order of the bank, so it follows from the race's secret, the checkpoint, the entry's
number and the attempt alone: nobody can guess it, everybody can check it, and nothing has to be stored to draw again.

Within one difficulty the subjects (first tags) are laid into one row, each in its own keyed order and evenly spread,
like cards dealt from several packs; every sheet takes the same number from each difficulty, so all weigh the same, and
consecutive pieces of the row, so all hold much the same of every subject. Neighbours hold no question in common as long
as a difficulty has at least twice what a sheet takes of it.
"""

import hmac
import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from base.languages import Text
from quizzes.model import Bank, Question, QuestionKind, Quiz
from quizzes.rules.gate import attempts

# Into how many parts a row is cut for the attempts of a quiz that may be tried without end.
_PARTS_WITHOUT_END = 5

_LAST = re.compile(
    r"(以上|上述|前面)(各项|各?选项|答案|说法|几项|所有|全部|三项|四项|三者|都|均|皆|全|答|选)*"
    r"(都|均|皆|全|全部)?(对|是|正确|包括|可以|可|有|不对|不是|错误?|不正确|没有)?[。.]?"
    r"|(全部?|都|均)(正确|都?是|都?对)[。.]?|(都|均|全)(不对|不是|错误|错)[。.]?"
    r"|(all|none|both|neither|any) of (the )?(above|these)( options| answers)?\.?|all (are )?(correct|right)\.?",
    re.IGNORECASE,
)
# “A和C”, “ABD都对”, "A and B": these name other options by their letters, which must then stay where they are.
_NAMES_LETTERS = re.compile(
    r"\W*(选项)?[A-H](\s*(、|,|，|和|与|及|或|&|/|\+|and|or|)\s*[A-H])+\W*(都|均|皆|全|两项|三项|both|all|are)?.{0,6}"
    r"|(?i:both|either|neither) [A-H] (and|or|nor) [A-H].*"
)


# Places in a row are whole numbers, so fine that no two of one stratum fall together.
_FINE = 1 << 64
_KEY_BITS = 256


def _key(secret: bytes, *names: object) -> bytes:
    return hmac.digest(secret, "\x00".join(map(str, names)).encode(), "sha256")


@dataclass(frozen=True, slots=True)
class Order:
    """A bank laid out for one checkpoint: a row of questions for each difficulty, easy ones first."""

    rows: tuple[tuple[Question, ...], ...]


class Orders:
    """Keeps the orders that were computed, so that a draw from a large bank is no more than taking a slice.

    It knows a bank by its identity, so a bank read anew is laid out anew. At most `most` orders are kept, the oldest go
    first.
    """

    def __init__(self, most: int = 64) -> None:
        self._most = most
        self._kept: dict[tuple[int, bytes, str], tuple[Bank, Order]] = {}

    def of(self, bank: Bank, secret: bytes, checkpoint: str) -> Order:
        """Return the order of `bank` at `checkpoint`."""
        name = (id(bank), secret, checkpoint)
        kept = self._kept.get(name)
        if kept is None:
            while len(self._kept) >= self._most:
                self._kept.pop(next(iter(self._kept)))
            # Holding the bank keeps its identity from being given to another.
            kept = self._kept[name] = (bank, lay_out(bank, secret, checkpoint))
        return kept[1]


def lay_out(bank: Bank, secret: bytes, checkpoint: str) -> Order:
    """Return the bank in its keyed order for a checkpoint. Takes time in proportion to n·log n of its size.

    A large bank is laid out while a team waits for its questions, so nothing is made here for each question but its key
    and its place: numbers and bytes, which the collector of garbage need not look at.
    """
    key = _key(secret, "draw", checkpoint)
    strata: dict[tuple[int, str], list[Question]] = defaultdict(list)
    for question in bank.questions:
        tag = question.tags[0] if question.tags else ""
        strata[-1 if question.difficulty is None else question.difficulty, tag].append(question)
    rows: dict[int, list[Question]] = defaultdict(list)
    places: dict[int, list[int]] = defaultdict(list)
    keyed = hmac.new(key, b"question\x00", "sha256")

    def key_of(question: Question) -> bytes:
        own = keyed.copy()
        own.update(question.id.encode())
        return own.digest()

    for (difficulty, tag), questions in sorted(strata.items(), key=lambda item: item[0]):
        # Of two at one place the stratum decides, whose key fills the lower digits.
        tie = int.from_bytes(_key(key, "stratum", difficulty, tag), "big")
        questions.sort(key=key_of)
        size = 2 * len(questions)
        rows[difficulty] += questions
        places[difficulty] += [((2 * n + 1) * _FINE // size << _KEY_BITS) + tie for n in range(len(questions))]
    return Order(tuple(_by_place(row, places[difficulty]) for difficulty, row in sorted(rows.items())))


def _by_place(row: Sequence[Question], places: Sequence[int]) -> tuple[Question, ...]:
    return tuple(row[index] for index in sorted(range(len(row)), key=places.__getitem__))


def shares(sizes: Sequence[int], number: int) -> tuple[int, ...]:
    """Return how many of `number` fall to each size in proportion, by largest remainder; the earlier wins a tie."""
    total = sum(sizes)
    if number >= total:
        return tuple(sizes)
    quotas = [Fraction(number * size, total) for size in sizes]
    whole = [int(quota) for quota in quotas]
    by_remainder = sorted(range(len(sizes)), key=lambda index: (whole[index] - quotas[index], index))
    for index in by_remainder[: number - sum(whole)]:
        whole[index] += 1
    return tuple(whole)


def draw(
    bank: Bank,
    quiz: Quiz,
    secret: bytes,
    checkpoint: str,
    draw_no: int,
    attempt: int,
    orders: Orders | None = None,
) -> tuple[Question, ...]:
    """Return the questions of one sheet: `quiz.draw` of them, or all that the bank has.

    `draw_no` numbers the entries from 0, `attempt` counts from 1. The same arguments give the same sheet, no question
    stands on it twice. With `orders` the layout of the bank is kept for the next draw.
    """
    order = orders.of(bank, secret, checkpoint) if orders is not None else lay_out(bank, secret, checkpoint)
    parts = attempts(quiz) or _PARTS_WITHOUT_END
    sheet: list[Question] = []
    for row, share in zip(order.rows, shares([len(row) for row in order.rows], quiz.draw), strict=True):
        if share:
            start = _start(len(row), share, parts, draw_no, attempt - 1)
            sheet += (row[(start + step) % len(row)] for step in range(share))
    return tuple(sheet)


def _start(size: int, share: int, parts: int, draw_no: int, again: int) -> int:
    """Return where in a row of `size` a slice of `share` begins.

    Entries follow one another without a gap. A further attempt begins a whole part of the row away, so a team meets
    its own earlier questions, and those of its neighbours, as late as can be. When a lap of the row has used every
    slice that its length allows, the next lap is shifted by one, so that not the same sheets come back.
    """
    lap = draw_no // (size // math.gcd(size, share)) if size > 2 * share else 0
    away = max(1, size // parts)
    return (draw_no * share + lap + again * away + again // parts * share) % size


def choice_order(question: Question, secret: bytes, sheet_id: str) -> tuple[int, ...]:
    """Return the bank's own numbers of the choices, in the order in which this sheet shows them.

    True-or-false keeps its natural order; so do choices that name each other by letter. “All of the above” stays last.
    """
    natural = tuple(range(len(question.choices)))
    if question.kind is QuestionKind.TRUE_FALSE or any(_is(_NAMES_LETTERS, choice) for choice in question.choices):
        return natural
    key = _key(secret, "choices", sheet_id, question.id)
    last = [_is(_LAST, choice) for choice in question.choices]
    return tuple(sorted(natural, key=lambda index: (last[index], index if last[index] else 0, _key(key, index))))


def _is(pattern: re.Pattern[str], choice: Text) -> bool:
    said = (choice,) if isinstance(choice, str) else choice.values()
    return any(pattern.fullmatch(text.strip()) for text in said)
