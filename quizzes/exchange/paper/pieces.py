"""Lines cut where something else begins within them, and without their widest gaps."""

import re
from dataclasses import replace

from quizzes.exchange.paper.model import Line
from quizzes.exchange.paper.signs import fields_within

_WIDEST = 12
_GAP = re.compile(rf"\s{{{_WIDEST + 1},}}")


def parted(line: Line) -> list[Line]:
    """Part a line where an answer or an explanation begins within it."""
    line = _narrowed(line)
    ends = [*fields_within(line.text), len(line.text)]
    begin = 0
    parts: list[Line] = []
    for end in ends:
        if line.text[begin:end].strip() or not parts:
            marks = line.styles[begin:end] if line.styles else ()
            parts.append(replace(line, text=line.text[begin:end], styles=marks, wraps=line.wraps and not begin))
        begin = end
    return parts


def _narrowed(line: Line) -> Line:
    """Return a line without its widest gaps: they say no more than narrow ones, and cost the patterns time."""
    if not _GAP.search(line.text):
        return line
    gone = {place for gap in _GAP.finditer(line.text) for place in range(gap.start() + _WIDEST, gap.end())}
    text = "".join(sign for place, sign in enumerate(line.text) if place not in gone)
    return replace(line, text=text, styles=tuple(style for place, style in enumerate(line.styles) if place not in gone))
