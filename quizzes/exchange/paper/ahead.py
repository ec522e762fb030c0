"""What stands further down a sheet tells what a line is: options or an answer make a question of it."""

import re
from collections.abc import Sequence

from quizzes.exchange.paper.keys import looks_answered
from quizzes.exchange.paper.letters import box_marks, option_begins, option_marks
from quizzes.exchange.paper.model import Line
from quizzes.exchange.paper.signs import (
    answers_heading,
    field_of,
    narrow,
    numbered,
    part_of,
)
from quizzes.exchange.words import JUDGED, kind_of

# How far ahead options or an answer have to follow for a line without a number to be a question.
_AHEAD = 4


def is_question(lines: Sequence[Line], place: int) -> bool:
    """Tell whether a line that could head a part is a question numbered in Chinese: options come next."""
    return place + 1 < len(lines) and option_begins(lines[place + 1].text, 0)


def asks(lines: Sequence[Line], place: int) -> bool:
    """Tell whether questions begin again here, after a list of answers."""
    text = lines[place].text
    if part := part_of(text):
        return block_asks(lines, place + 1, kind_of(part.kind) == JUDGED)
    found = numbered(text)
    if not found or looks_answered(text[found.end :]):
        return False
    after = lines[place + 1].text if place + 1 < len(lines) else ""
    return option_begins(after, 0) or len(option_marks(text[found.end :], 0)) > 1


def block_asks(lines: Sequence[Line], place: int, truths: bool) -> bool:
    """Tell whether the lines of a part are questions rather than answers."""
    for line in lines[place : place + 60]:
        text = line.text
        if part_of(text) or (answers_heading(text) is not None and not field_of(text)):
            return False
        if option_begins(text, 0):
            return True
        found = numbered(text)
        rest = narrow(text[found.end :]) if found else ""
        if truths and len(rest) > 4 and not re.match(r"[√×✓✗对错]|正确|错误|[(]", rest) and not field_of(rest):
            return True
        if re.search(r"_{2,}|[(]\s*[)]|\?", rest) or (len(rest) > 12 and re.search(r"[(]\s*[√×✓]\s*[)]", rest)):
            return True
    return False


def leads_on(lines: Sequence[Line], place: int) -> bool:
    """Tell whether options or an answer follow before anything else that is numbered."""
    asked = numbered(lines[place].text)
    for line in lines[place + 1 : place + 1 + _AHEAD]:
        answered = (field_of(line.text) or ("",))[0] == "answer"
        if option_begins(line.text, 0) or answered or box_marks(line.text):
            return True
        found = numbered(line.text)
        if found and found.way == "circled" and asked and asked.way != "circled":
            continue  # ① ② ③ below a question are what it asks about
        if found or part_of(line.text):
            return False
    return False
