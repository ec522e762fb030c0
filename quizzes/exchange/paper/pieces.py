"""Lines cut where something else begins within them, and without their widest gaps."""

import re
from collections.abc import Sequence
from dataclasses import replace

from quizzes.exchange.paper.letters import far_marks, option_begins
from quizzes.exchange.paper.model import Line
from quizzes.exchange.paper.signs import fields_within, narrow

_WIDEST = 12
# The word before the options themselves: 选项：A. …
_HEADED = re.compile(r"\s*[\[【]?\s*(?:备选)?(?:选项|答案选项|options)\s*[\]】]?\s*:?\s*", re.IGNORECASE)
_GAP = re.compile(rf"\s{{{_WIDEST + 1},}}")


def parted(line: Line) -> list[Line]:
    """Part a line where an answer or an explanation begins within it."""
    line = _narrowed(line)
    if (found := _HEADED.match(narrow(line.text))) and option_begins(line.text[found.end() :], 0):
        line = line.cut(found.end(), len(line.text))
    ends = [*fields_within(line.text), len(line.text)]
    begin = 0
    parts: list[Line] = []
    for end in ends:
        if line.text[begin:end].strip() or not parts:
            parts.append(replace(line.cut(begin, end), wraps=line.wraps and not begin))
        begin = end
    return parts


def sorted_options(lines: Sequence[Line]) -> list[Line]:
    """Return lines with options in the order of their letters where a sheet sets them in columns read downwards.

    `A. 甲    C. 丙` above `B. 乙    D. 丁`: only where the letters of some lines in a row are A to the last, each once.
    """
    out: list[Line] = []
    place = 0
    while place < len(lines):
        pieces: list[tuple[int, Line]] = []
        begin = place
        while place < len(lines) and (found := _pieces(lines[place])) and not (pieces and lines[place].blank):
            if found[0][0] == 0 and pieces:
                break
            pieces += found
            place += 1
        letters = [letter for letter, _ in pieces]
        if letters != sorted(letters) and letters[0] == 0 and sorted(letters) == list(range(len(letters))):
            out += [line for _, line in sorted(pieces, key=lambda piece: piece[0])]
        else:
            place = max(place, begin + 1)
            out += lines[begin:place]
    return out


def _pieces(line: Line) -> list[tuple[int, Line]]:
    """Return the options of a line that begins with one, each with its letter from 0."""
    marks = far_marks(line.text)
    if not marks or line.text[: marks[0][1]].strip():
        return []
    ends = [mark[1] for mark in marks[1:]] + [len(line.text)]
    return [
        (letter, replace(line.cut(begin if place else 0, end), wraps=False))
        for place, ((letter, begin), end) in enumerate(zip(marks, ends, strict=True))
    ]


def _narrowed(line: Line) -> Line:
    """Return a line without its widest gaps: they say no more than narrow ones, and cost the patterns time."""
    if not _GAP.search(line.text):
        return line
    gone = {place for gap in _GAP.finditer(line.text) for place in range(gap.start() + _WIDEST, gap.end())}
    text = "".join(sign for place, sign in enumerate(line.text) if place not in gone)
    styles = tuple(style for place, style in enumerate(line.styles) if place not in gone)
    held = tuple((at - sum(place < at for place in gone), name) for at, name in line.pictures)
    return replace(line, text=text, styles=styles, pictures=held)
