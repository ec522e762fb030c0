"""A plain text as the lines of a question sheet."""

import re

from base.sheets.text import DELIMITERS
from quizzes.exchange.paper.letters import box_marks, option_begins, option_marks
from quizzes.exchange.paper.model import Line
from quizzes.exchange.paper.sheet import read_sheet_of
from quizzes.exchange.paper.signs import BEFORE, field_of, fields_within, narrow, numbered, part_of, tag_of
from quizzes.exchange.reading import Reading
from quizzes.exchange.words import column_of

# What is right, in brackets behind a sentence.
_TOLD = re.compile(r"\S\s*[(]\s*(?:[√×✓✗对错TF]|正确|错误|True|False)\s*[)]\s*[.]?\s*$", re.IGNORECASE)
_HEADING_WITHIN = 20
_LOOKED_AT = 300


def looks_like_sheet(text: str) -> bool:
    """Tell whether a text is a question sheet and no table: numbers, options and answers begin its lines."""
    lines = [line.strip()[:_LOOKED_AT] for line in text.splitlines()]
    if any(_is_heading(line) for line in lines[:_HEADING_WITHIN]):
        return False
    asked = any(numbered(line) or BEFORE.match(narrow(line)) for line in lines)
    if asked and any((part := part_of(line)) and part.kind for line in lines):
        return True
    offered = sum(option_begins(line, 0) or len(option_marks(line, 0)) > 1 or bool(box_marks(line)) for line in lines)
    answered = sum((field_of(line) or ("",))[0] == "answer" for line in lines)
    if any((tag := tag_of(line)) and tag.begins for line in lines) and (answered or any(map(fields_within, lines))):
        return True
    parts = sum(bool(_TOLD.search(narrow(line))) for line in lines) > 1
    parts = parts or any(line.rstrip().endswith(("√）", "×）", "√)", "×)", "√ ）", "× ）")) for line in lines)
    parts = parts or sum(bool(BEFORE.match(narrow(line))) for line in lines) > 1
    return bool(offered and (asked or answered)) or bool(answered and (asked or answered > 1)) or (asked and parts)


def read_text_sheet(name: str, text: str) -> Reading | None:
    """Return the questions of a text, or None if it is no question sheet."""
    del name
    if not looks_like_sheet(text):
        return None
    lines: list[Line] = []
    blank = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            lines.append(Line(number, line.rstrip(), wraps=line[:1] in " \t\u3000" and not blank, blank=blank))
        blank = not line.strip()
    return read_sheet_of(lines)


def _is_heading(line: str) -> bool:
    """Tell whether a line heads the columns of a table."""
    for delimiter in DELIMITERS:
        columns = {column_of(cell.strip().strip('"')) for cell in line.split(delimiter) if len(cell) <= 20}
        if {"stem", "answer"} <= columns:
            return True
    return False
