"""Banks of questions in the files that people have. `READERS` is the table of formats; add a format by adding a line.

A reader takes (name, text) of a text file and answers with a `Reading`, or None if the file is not of its format.
Tables (.xlsx, .xls, .csv) come last: nearly any text can be taken for one.
"""

import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from base.faults import Fault, FaultyInput
from base.languages import Words
from base.sheets import BANK, Sheet, is_workbook, read_sheets
from base.sheets.model import MOST_BYTES
from base.sheets.text import decode
from base.xml import root_name
from quizzes.exchange.aiken import read_aiken
from quizzes.exchange.archive import Pictures
from quizzes.exchange.bank import judged, together
from quizzes.exchange.bundle import is_bundle, read_bundle
from quizzes.exchange.gift import read_gift
from quizzes.exchange.markdown import read_markdown
from quizzes.exchange.paper.docx import is_document, read_document
from quizzes.exchange.paper.drawn import MEDIA
from quizzes.exchange.paper.model import Line
from quizzes.exchange.paper.sheet import read_sheet_of
from quizzes.exchange.paper.text import looks_like_sheet, read_text_sheet
from quizzes.exchange.qti.package import ROOTS, is_package, read_package, read_xml
from quizzes.exchange.reading import Raw, Reading, Remark, Told, to_nobody
from quizzes.exchange.strangers import what_to_do
from quizzes.exchange.table import read_sheet
from quizzes.exchange.tree import Lines, own_questions, raw_questions

__all__ = ["READERS", "Reading", "Remark", "Told", "read_bank_file", "to_nobody"]

MOST_QUESTIONS = 200_000
# Other texts begin with a bracket too, as GIFT's [html]; JSON goes on with another bracket or a quotation mark.
_JSON = re.compile(r"\s*(\{\s*[\"}]|\[\s*[\[{\"\]])")


def read_bank_file(name: str, data: bytes, told: Told = to_nobody) -> Reading:
    """Return the questions of a file, known by its bytes rather than by its name; `told` hears how far a table is.

    Raises:
        FaultyInput: it is too large, cannot be read, or holds nothing that looks like questions.

    """
    reading = _read(name, data, told)
    if not reading.questions and not reading.refused:
        raise _refused(
            Words("No questions were found. A table needs a column for the question and one for the answer.")
        )
    if len(reading.questions) > MOST_QUESTIONS:
        raise _refused(Words("This file holds more than %(most)s questions.", {"most": MOST_QUESTIONS}))
    return reading


def _refused(words: Words) -> FaultyInput:
    return FaultyInput([Fault("", words)])


def _read(name: str, data: bytes, told: Told) -> Reading:
    if is_bundle(data):
        return read_bundle(data)
    if not is_package(data) and (words := what_to_do(name, data)):
        raise _refused(words)
    if is_document(data):
        return _read_document(data)
    if is_package(data):
        return read_package(data)
    if is_workbook(data):
        return _read_tables(name, data, told)
    if len(data) > MOST_BYTES:
        raise _refused(Words("This file is larger than %(megabytes)s MB.", {"megabytes": MOST_BYTES // 1_000_000}))
    if root_name(data) in ROOTS:
        return read_xml(data)
    text = decode(data)
    for read in READERS.values():
        reading = read(name, text)
        if reading is not None:
            return reading
    return _read_tables(name, data, told)


def _read_document(data: bytes) -> Reading:
    if len(data) > MOST_BYTES:
        words = Words(
            "This document is larger than %(megabytes)s MB. Make its pictures smaller and save it again.",
            {"megabytes": MOST_BYTES // 1_000_000},
        )
        raise _refused(words)
    blocks = read_document(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        reading = read_sheet_of(blocks, Pictures(archive, MEDIA))
    if reading is None:
        raise _refused(
            Words("No questions were found. Begin each with its number, options with A. B. C., the answer with 答案：.")
        )
    return reading


def _read_tables(name: str, data: bytes, told: Told) -> Reading:
    raws: list[Raw] = []
    notes: list[Remark] = []
    tables = 0
    sheets = read_sheets(name, data, BANK)
    for sheet in sheets:
        found = read_sheet(sheet)
        if found:
            tables += 1
            raws += found[0]
            notes += found[1]
        elif sheet.rows:
            words = Words("This sheet does not look like questions and was not read.")
            notes.append(Remark(sheet.rows[0].number, words, sheet.name))
    if not tables and (reading := _read_pasted(sheets)):
        return reading
    if len(sheets) == 1:
        # Lines of an only sheet need not repeat its name.
        raws = [replace(raw, sheet="") for raw in raws]
        notes = [Remark(note.line, note.words) for note in notes]
    return judged(raws, notes, told)


def _read_pasted(sheets: Sequence[Sheet]) -> Reading | None:
    """Return the questions of a workbook that a paper was pasted into, line below line, or None if it is none."""
    placed, refused, notes = [], [], []
    for sheet in sheets:
        name = sheet.name if len(sheets) > 1 else ""
        lines = [
            Line(row.number, line.rstrip())
            for row in sheet.rows
            for line in "  ".join(filter(None, map(str.strip, row.cells))).splitlines()
            if line.strip()
        ]
        found = read_sheet_of(lines) if looks_like_sheet("\n".join(line.text for line in lines)) else None
        if found is None:
            if sheet.rows:
                words = Words("This sheet does not look like questions and was not read.")
                notes.append(Remark(sheet.rows[0].number, words, name))
            continue
        lined = [line for _, line in found.places]
        placed += [(line, name, question) for line, question in zip(lined, found.questions, strict=True)]
        refused += [replace(remark, sheet=name) for remark in found.refused]
        notes += [replace(remark, sheet=name) for remark in found.notes]
    return together(placed, refused, notes) if placed or refused else None


def read_json(name: str, text: str) -> Reading | None:
    """Read JSON: a bank in the race file's form, or questions nested in any way."""
    del name
    if not _JSON.match(text):
        return None
    try:
        data = json.loads(text)
    except RecursionError as error:
        raise _refused(Words("This JSON is nested too deeply.")) from error
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        raise FaultyInput([Fault(f"line {line}", Words("This is no whole JSON."))]) from error
    if isinstance(data, Mapping) and "waypost" in data:
        raise _refused(Words("This is a race file; import it as a race."))
    own = own_questions(data, Lines(text))
    if own:
        return together([(line, "", question) for line, question in own[0]], own[1], ())
    return judged(raw_questions(data, Lines(text)))


READERS: dict[str, Callable[[str, str], Reading | None]] = {
    "json": read_json,
    "aiken": read_aiken,
    "gift": read_gift,
    "markdown": read_markdown,
    "sheet": read_text_sheet,
}
