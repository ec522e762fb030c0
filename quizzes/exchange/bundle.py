"""A zip of Markdown sheets with the pictures they show beside them, as note-taking programs export it."""

import io
import re
import zipfile
from dataclasses import replace

from base.faults import Fault, FaultyInput
from base.languages import Words
from base.sheets.text import decode
from quizzes.exchange.archive import BROKEN, Pictures, check_size, name_of, unpacked
from quizzes.exchange.bank import together
from quizzes.exchange.markdown import read_markdown
from quizzes.exchange.reading import Reading, Remark

MOST_TEXT = 5_000_000
_LOCKED = 1
_SHEET = re.compile(r"\.(?:md|markdown)$", re.IGNORECASE)
# A zip that holds any of these too is another thing, or several files of questions.
_OTHERS = re.compile(r"\.(?:docx?|xlsx?|txt|csv|json|gift|pdf|wps|xml|qti|dat|kml)$|(?:^|/)mimetype$", re.IGNORECASE)


def is_bundle(data: bytes) -> bool:
    """Tell whether these bytes are a zip with Markdown in it and no other file of questions, locked by no password."""
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [part for part in archive.infolist() if _is_theirs(part.filename)]
    except BROKEN:
        return False
    if any(part.flag_bits & _LOCKED or _OTHERS.search(part.filename) for part in parts):
        return False
    return any(_SHEET.search(part.filename) for part in parts)


def read_bundle(data: bytes) -> Reading:
    """Return the questions of such a zip; where it holds several sheets, each by its name.

    Raises:
        FaultyInput: it is broken, or would unpack to something huge: nothing is unpacked then.

    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_size(archive)
            return _read(archive)
    except BROKEN as error:
        raise FaultyInput([Fault("", Words("This zip cannot be read. Export the questions once more."))]) from error


def _read(archive: zipfile.ZipFile) -> Reading:
    parts = [part for part in archive.infolist() if _SHEET.search(part.filename) and _is_theirs(part.filename)]
    files = Pictures(archive)
    placed, refused, notes = [], [], []
    for part in sorted(parts, key=name_of):
        name = name_of(part)
        sheet = name if len(parts) > 1 else ""
        reading = read_markdown(name, decode(unpacked(archive, part, MOST_TEXT)), files, name.rpartition("/")[0])
        if reading is None:
            notes.append(Remark(1, Words("This sheet does not look like questions and was not read."), sheet))
            continue
        lines = [line for _, line in reading.places]
        placed += [(line, sheet, question) for line, question in zip(lines, reading.questions, strict=True)]
        refused += [replace(remark, sheet=sheet) for remark in reading.refused]
        notes += [replace(remark, sheet=sheet) for remark in reading.notes]
    return together(placed, refused, notes)


def _is_theirs(name: str) -> bool:
    """Tell whether a part is what somebody put in, not what a Mac writes beside it."""
    return not name.startswith("__MACOSX/") and not name.rsplit("/", 1)[-1].startswith("._")
