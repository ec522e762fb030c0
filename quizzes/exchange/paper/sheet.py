"""Question sheets as people write them for a paper test: lines become questions, and lists of answers find theirs."""

from collections.abc import Sequence
from dataclasses import replace

from base.languages import Words
from quizzes.exchange.bank import judged
from quizzes.exchange.paper.asked import Asked
from quizzes.exchange.paper.cells import as_lines, as_questions
from quizzes.exchange.paper.colours import by_colour
from quizzes.exchange.paper.model import Block, Line
from quizzes.exchange.paper.pieces import parted, sorted_options
from quizzes.exchange.paper.signs import Part
from quizzes.exchange.paper.walk import Walk
from quizzes.exchange.paper.within import settle
from quizzes.exchange.reading import Raw, Reading, Remark
from quizzes.exchange.words import clean

_SHOWN = 24
# No question has so long a line; what is longer costs the patterns time that nobody waits for.
_LONGEST = 3000


def read_sheet_of(blocks: Sequence[Block]) -> Reading | None:
    """Return the questions of a sheet, or None if nothing in it looks like one."""
    raws: list[Raw] = []
    notes: list[Remark] = []
    lines: list[Line] = []
    for block in blocks:
        if isinstance(block, Line):
            if len(block.text) <= _LONGEST:
                lines += parted(block)
            else:
                words = Words("A line of more than %(longest)s characters was left out.", {"longest": _LONGEST})
                notes.append(Remark(block.number, words))
        elif found := as_questions(block):
            raws += found[0]
            notes += found[1]
        else:
            lines += [part for line in as_lines(block) if len(line.text) <= _LONGEST for part in parted(line)]
    sheet = Walk(sorted_options(lines))
    sheet.read()
    for item in sheet.asked:
        settle(item)
    sheet.apply_all()
    by_colour(sheet.asked)
    raws += [_named(item, sheet.parts) for item in sheet.asked]
    if not raws:
        return None
    pictured = [item for item in sheet.asked if "picture" in item.signs]
    notes += [
        Remark(
            item.line,
            Words("A picture belongs to “%(text)s”; it was left out. Add it by hand.", {"text": _short(item.stem)}),
        )
        for item in pictured
    ]
    notes += [
        Remark(item.line, Words("Struck-out words were left out.")) for item in sheet.asked if "struck" in item.signs
    ]
    notes += sheet.notes
    reading = judged(raws, notes)
    return _telling(reading, {raw.line: raw.stem for raw in raws})


def _telling(reading: Reading, stems: dict[int, str]) -> Reading:
    """Return a reading whose refusals quote the question: nobody counts paragraphs in Word."""
    refused = tuple(
        replace(
            remark,
            words=Words("“%(text)s”: %(why)s", {"text": _short(stems.get(remark.line, "")), "why": remark.words}),
        )
        for remark in reading.refused
    )
    return replace(reading, refused=refused)


def _named(item: Asked, parts: Sequence[Part]) -> Raw:
    return item.raw(parts[item.part].title)


def _short(text: str) -> str:
    line = " ".join(clean(text).split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
