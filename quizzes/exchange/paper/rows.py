"""One row of answers below several questions, `答案：对 错 对`: each question gets its own, if nobody can doubt it."""

import re
from collections.abc import Iterator, Sequence

from base.languages import Words
from quizzes.exchange.paper.asked import Asked
from quizzes.exchange.paper.signs import narrow
from quizzes.exchange.words import FILLED, JUDGED, MULTIPLE, SINGLE, WRITTEN, kind_of, ticked, truth_of

_TRUTH = "正确|错误|[√×✓✔✗✘对错]"
_TRUTHS = re.compile(rf"\s*(?:(?:{_TRUTH})[\s,、;.]*){{2,}}")
_GAP = r"[\s,、;]+"


def is_row(text: str) -> bool:
    """Tell whether a line without any word before it can be nothing but the answers of several questions.

    Two truths or more, or letters of which one comes twice: no question has such an answer.
    """
    plain = narrow(text)
    if _TRUTHS.fullmatch(plain):
        return True
    letters = re.sub(_GAP, "", plain)
    return bool(re.fullmatch("[A-Z]{3,}", letters)) and len(set(letters)) < len(letters)


def spread(asked: Sequence[Asked]) -> None:
    """Give the answers of a row to their questions: those without an answer down to the one that the row stands below.

    Where the row may as well be the one answer of its question, that question is refused and says so.
    """
    for block in _blocks(asked):
        row = block[-1].answers[0]
        for found in _ways(narrow(row), kind_of(block[-1].kind)):
            if len(found) != len(block):
                continue
            if _sure(found, block):
                for item, answer in zip(block, found, strict=True):
                    item.answers = [answer]
            else:
                words = Words(
                    "“%(text)s” may be the answer of this question, or of %(count)s questions one each. "
                    "Write the number before each answer.",
                    {"text": row[:60], "count": len(block)},
                )
                block[-1].fault = block[-1].fault or words
            break


def _blocks(asked: Sequence[Asked]) -> Iterator[list[Asked]]:
    """Yield each question with one answer together with those above it, in its part, that have none."""
    block: list[Asked] = []
    for item in asked:
        if block and item.part != block[-1].part:
            block = []
        block.append(item)
        if item.answers or item.fault:
            if len(block) > 1 and len(item.answers) == 1 and not any(one.fault for one in block):
                yield block
            block = []


def _ways(plain: str, kind: str | None) -> Iterator[list[str]]:
    """Yield the ways in which a row may be parted: by its gaps, or sign by sign."""
    parts = [part for part in re.split(_GAP, plain.strip(" .,、;")) if part]
    if len(parts) > 1:
        yield parts
    rest = "".join(parts).replace(".", "")
    signs = re.findall(f"{_TRUTH}|[A-Z]", rest)
    if "".join(signs) == rest and kind != MULTIPLE:
        yield signs


def _sure(row: Sequence[str], block: Sequence[Asked]) -> bool:
    """Tell whether a row can be nothing but one answer of each question."""
    kind = kind_of(block[-1].kind)
    if not any(item.options for item in block):
        said = ticked if kind == JUDGED else truth_of
        return kind not in (FILLED, WRITTEN) and all(said(answer) is not None for answer in row)
    if not all(item.options and set(answer) <= _letters(item) for item, answer in zip(block, row, strict=True)):
        return False
    letters = "".join(row)
    if kind != MULTIPLE and any(len(answer) > 1 for answer in row):
        return False
    return kind == SINGLE or len(set(letters)) < len(letters) or not set(letters) <= _letters(block[-1])


def _letters(item: Asked) -> set[str]:
    return {chr(65 + place) for place in range(len(item.options))}
