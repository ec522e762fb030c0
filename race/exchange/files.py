"""Any file that may hold a part of a race: what it is, and what it holds."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from base.faults import Fault, FaultyInput
from base.languages import Words
from base.sheets import BANK, Sheet, is_workbook, read_sheets
from base.sheets.model import MOST_BYTES
from base.sheets.text import decode
from base.translate import put
from base.xml import root_name
from checkpoints.exchange.gpx import read_gpx
from checkpoints.exchange.iof import read_course_data
from checkpoints.exchange.kml import is_kmz, read_kml
from checkpoints.exchange.table import looks_like_points, read_point_table
from quizzes.exchange import Told, read_bank_file, to_nobody
from quizzes.exchange.markdown import is_markdown
from quizzes.exchange.paper.docx import is_document
from quizzes.exchange.paper.text import looks_like_sheet
from quizzes.exchange.qti.package import ROOTS, is_package
from quizzes.exchange.strangers import what_to_do
from quizzes.forms import bank_to_json
from quizzes.model import Bank
from race.exchange.iof import read_entry_list
from race.exchange.sheets import looks_like_entries, read_entry_table

__all__ = ["KINDS", "MOST_BYTES", "Part", "kind_of", "read_file", "refused_to_json"]

# What FILE can be said to be; each is also what `kind_of` finds.
KINDS = ("race", "courses", "entries", "kml", "gpx", "points", "bank")

_ROOTS = {"CourseData": "courses", "EntryList": "entries", "kml": "kml", "gpx": "gpx"} | dict.fromkeys(ROOTS, "bank")
# Web systems export a page's table and call it .xls.
_TABLE_ROOTS = {"html", "head", "body", "meta", "table", "div"}
# The words over the columns of a bank of questions.
_ASKS = re.compile(r"^\s*(?:题目|题干|试题|问题|题目内容|question\b)", re.MULTILINE | re.IGNORECASE)
_ANSWERS = re.compile(r"答案|正确选项|answer|correct", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """What a file holds: its kind, and its data in the race file's form.

    `refused` is what could not be taken, each with its place; `notes` is what wants a look all the same. `places` says
    of each entry of a table where it stands.
    """

    kind: str
    data: Mapping[str, Any]
    refused: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()
    places: tuple[str, ...] = ()

    def to_json(self, language: str = "en") -> dict[str, Any]:
        """Return what `waypost read` prints."""
        refused = [refused_to_json(fault, language) for fault in self.refused]
        notes = [refused_to_json(fault, language) for fault in self.notes]
        return {**self.data, "refused": refused, **({"notes": notes} if notes else {})}


def read_file(name: str, data: bytes, kind: str | None = None, told: Told = to_nobody) -> Part:
    """Return the part of a race file that a file holds. `kind`, one of KINDS, overrules what the file looks like.

    A race file is returned as it stands; `race.forms` judges it. `told` hears how far a bank of questions is.

    Raises:
        FaultyInput: it is too large, broken, or nothing that is known here.

    """
    if len(data) > MOST_BYTES:
        raise _fault(Words("This file is larger than %(megabytes)s MB.", {"megabytes": MOST_BYTES // 1_000_000}))
    if not data.strip():
        raise _fault(Words("This file is empty."))
    guessed = kind or kind_of(name, data)
    try:
        return _read_bank(name, data, told) if guessed == "bank" else _READERS[guessed](name, data)
    except FaultyInput as faulty:
        if kind or guessed != "bank" or is_document(data) or any(fault.path for fault in faulty.faults):
            raise
        # A bank is what is left when a file is nothing else.
        words = Words("This is no race file, CourseData, EntryList, KML, GPX, table of teams or bank of questions.")
        raise FaultyInput([Fault("", words), *faulty.faults]) from None


def kind_of(name: str, data: bytes) -> str:
    """Return what a file is, told by its bytes.

    Raises:
        FaultyInput: it is known to be something that no race is set up from.

    """
    if data.startswith(b"PK") and is_kmz(data):
        return "kml"
    if is_workbook(data):
        if is_document(data) or is_package(data) or what_to_do(name, data):
            return "bank"  # whose reader says what to do with what it does not take
        return _table_kind(read_sheets(name, data, BANK))
    root = root_name(data)
    if root in _ROOTS:
        return _ROOTS[root]
    if root and root.lower() not in _TABLE_ROOTS:
        words = Words(
            "This XML is a “%(root)s”. CourseData, EntryList, KML and GPX are read here.", {"root": root[:40]}
        )
        raise _fault(words)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return "race" if _is_race_file(data) else "bank"
    text = decode(data)
    if is_markdown(name, text) or looks_like_sheet(text):
        return "bank"
    return _table_kind(read_sheets(name, data, BANK))


def _table_kind(sheets: tuple[Sheet, ...]) -> str:
    if looks_like_points(sheets):
        return "points"
    asked = any(_ASKS.search(line) and _ANSWERS.search(line) for line in _first_lines(sheets))
    return "entries" if not asked and looks_like_entries(sheets) else "bank"


def _first_lines(sheets: tuple[Sheet, ...]) -> list[str]:
    return ["\n".join(row.cells) for sheet in sheets for row in sheet.rows[:30]]


def _is_race_file(data: bytes) -> bool:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        # A broken race file is still one: its faults should be told as such.
        return b'"waypost"' in data[:2000]
    return isinstance(found, dict) and "waypost" in found


def _fault(words: Words, path: str = "") -> FaultyInput:
    return FaultyInput([Fault(path, words)])


def _read_race(name: str, data: bytes) -> Part:
    del name
    try:
        found = json.loads(data)
    except json.JSONDecodeError as error:
        words = Words("This is no whole JSON: %(why)s.", {"why": error.msg})
        raise _fault(words, f"line {error.lineno}") from error
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise _fault(Words("This is no readable JSON.")) from error
    if not isinstance(found, dict):
        raise _fault(Words("A race file is an object with named parts."))
    return Part("race", found)


def _read_entries(name: str, data: bytes) -> Part:
    if root_name(data) == "EntryList":
        return _part("entries", *read_entry_list(data))
    table = read_entry_table(name, data)
    return Part("entries", {"entries": list(table.entries)}, table.refused, table.notes, table.places)


def _read_bank(name: str, data: bytes, told: Told) -> Part:
    reading = read_bank_file(name, data, told)
    stem = re.sub(r"\.[^.]*$", "", name.replace("\\", "/").rsplit("/", 1)[-1])[:64] or "bank"
    refused, notes = ([Fault(remark.place, remark.words) for remark in of] for of in (reading.refused, reading.notes))
    return Part("bank", {"banks": [bank_to_json(Bank(stem, reading.questions))]}, tuple(refused), tuple(notes))


def _part(kind: str, data: dict[str, Any], refused: list[Fault]) -> Part:
    return Part(kind, data, tuple(refused))


_READERS: dict[str, Callable[[str, bytes], Part]] = {
    "race": _read_race,
    "courses": lambda _, data: _part("courses", *read_course_data(data)),
    "entries": _read_entries,
    "kml": lambda _, data: _part("kml", *read_kml(data)),
    "gpx": lambda _, data: _part("gpx", *read_gpx(data)),
    "points": lambda name, data: _part("points", *read_point_table(name, data)),
}

_PLACE = re.compile(r"(?:sheet (?P<sheet>.+?))?(?:(?:^|, )(?:line (?P<line>\d+)|column (?P<column>.+)))?", re.DOTALL)


def refused_to_json(fault: Fault, language: str = "en") -> dict[str, Any]:
    """Return a fault as `waypost read` prints it: line (or null), sheet and column where there are any, and reason."""
    found = _PLACE.fullmatch(fault.path)
    if not found:
        return {"line": None, "path": fault.path, "reason": put(fault.words, language)}
    line = int(found["line"]) if found["line"] else None
    place = {"sheet": found["sheet"], "column": found["column"]}
    known = {key: value for key, value in place.items() if value}
    return {"line": line, **known, "reason": put(fault.words, language)}
