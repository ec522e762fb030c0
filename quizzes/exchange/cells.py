"""Answer cells taken apart, and answers taken out of where they do not belong."""

import re
import unicodedata
from dataclasses import dataclass

from quizzes.exchange.words import clean, is_noise, truth_of
from quizzes.rules import fold

LABELLED = re.compile(r"([A-Z])\s*[.．、:：)）]\s*(.+)", re.DOTALL)
_EXPLAINED = re.compile(r"^(?:【?(?:答案|试题|题目)?解析】?|explanation)\s*[:：]?\s*", re.IGNORECASE)
_PREFIX = re.compile(r"^(?:【?(?:正确|参考|标准)?答案】?|answer|ans)\s*[:：]\s*", re.IGNORECASE)
_NEXT_QUESTION = re.compile(r"^(\d{1,3}\s*[.．、]|[A-H]\s*[、.．)）]\s*\S.*[B-H]\s*[、.．)）])")
_EMPTY = re.compile(r"[(（]\s*[)）]|_{2,}")
_IN_BRACKETS = re.compile(r"([(（])\s*([A-Z]{1,8}|[√×✓✗对错]|正确|错误)\s*([)）])")


@dataclass(frozen=True, slots=True)
class Cell:
    """An answer cell taken apart."""

    answer: str
    explanation: str
    left_out: str


def take_apart(text: str, options: dict[str, str]) -> Cell:
    """Split an answer cell into the answer, an explanation after it, and noise. The answer is its first line.

    An option that itself has several lines is an answer as a whole.
    """
    text = clean(text)
    if "\n" in text and any(fold(text) == fold(option) for option in options.values()):
        return Cell(text, "", "")
    answer: list[str] = []
    explanation: list[str] = []
    left_out: list[str] = []
    into = answer
    for line in text.split("\n"):
        if is_noise(line):
            left_out.append(line)
        elif found := _EXPLAINED.match(line):
            into = explanation
            if rest := line[found.end() :].strip():
                explanation.append(rest)
        elif line:
            into.append(line)
    first = _PREFIX.sub("", answer[0]).strip() if answer else ""
    kept: list[str] = []
    for place, line in enumerate(explanation):
        if _NEXT_QUESTION.match(line):
            left_out += explanation[place:]
            break
        if _repeats(line, first, options):
            left_out.append(line)
        else:
            kept.append(line)
    if len(answer) > 1 and options and all(re.fullmatch("[A-Z]", line) for line in answer):
        return Cell(",".join(answer), "\n".join(kept), "\n".join(left_out))
    if len(answer) > 1 and not options and truth_of(first) is None:
        return Cell("\n".join([first, *answer[1:]]), "\n".join(kept), "\n".join(left_out))
    return Cell(first, "\n".join(kept), "\n".join([*answer[1:], *left_out]))


def _repeats(line: str, answer: str, options: dict[str, str]) -> bool:
    """Tell whether an explanation's line only says the answer again; its letters would be wrong once options move."""
    labelled = LABELLED.fullmatch(line)
    return line == answer or bool(labelled and options.get(labelled[1]) == labelled[2].strip())


def without_answer(stem: str, answer: str) -> tuple[str, bool]:
    """Empty a bracket that holds just the answer, which would give it away; any other bracket stays as it is."""

    def emptied(found: re.Match[str]) -> str:
        said, right = truth_of(found[2]), truth_of(answer)
        same = found[2] == answer or (said is not None and said == right)
        return f"{found[1]}  {found[3]}" if same else found[0]

    held = {unicodedata.normalize("NFKC", found[2]) for found in _IN_BRACKETS.finditer(stem)}
    if len(held) > 1 and _EMPTY.search(stem):
        return stem, False  # they name things: 甲（A）和乙（B）哪个大？（ ）
    without = _IN_BRACKETS.sub(emptied, stem)
    return without, without != stem
