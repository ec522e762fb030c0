"""Question sheets as people write them for a paper test: lines become questions, and lists of answers find theirs."""

from collections.abc import Sequence
from dataclasses import replace

from base.languages import Words
from quizzes.exchange.bank import judged
from quizzes.exchange.paper.asked import Asked, short
from quizzes.exchange.paper.cells import as_lines, as_questions
from quizzes.exchange.paper.colours import by_colour
from quizzes.exchange.paper.model import Block, Line
from quizzes.exchange.paper.pictured import left_out, take_pictures
from quizzes.exchange.paper.pieces import parted, sorted_options
from quizzes.exchange.paper.rows import spread
from quizzes.exchange.paper.signs import Part
from quizzes.exchange.paper.walk import Walk
from quizzes.exchange.paper.within import settle
from quizzes.exchange.pictures import Files
from quizzes.exchange.reading import Raw, Reading, Remark

# No question has so long a line; what is longer costs the patterns time that nobody waits for.
_LONGEST = 3000


def read_sheet_of(blocks: Sequence[Block], files: Files | None = None, within: str = "") -> Reading | None:
    """Return the questions of a sheet, or None if nothing in it looks like one.

    `files` are the pictures beside it by their names, `within` the folder among them that the sheet stands in.
    """
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
    spread(sheet.asked)
    by_colour(sheet.asked)
    raws, told = take_pictures([*raws, *(_named(item, sheet.parts) for item in sheet.asked)], files or {}, within)
    notes += [*sheet.pictures.notes, *told]
    cropped = Words("Its picture is cropped or turned in Word, and was taken as it is in the file: look at it.")
    notes += [Remark(item.line, cropped) for item in sheet.asked if "cropped" in item.signs and item.pictures]
    if not raws:
        return None
    notes += [Remark(item.line, left_out(item.stem)) for item in sheet.asked if "picture" in item.signs]
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
            words=Words("“%(text)s”: %(why)s", {"text": short(stems.get(remark.line, "")), "why": remark.words}),
        )
        for remark in reading.refused
    )
    return replace(reading, refused=refused)


def _named(item: Asked, parts: Sequence[Part]) -> Raw:
    return item.raw(parts[item.part].title)
