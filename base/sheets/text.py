"""CSV and its kin: whatever encoding and delimiter the spreadsheet program of the day wrote."""

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from html.parser import HTMLParser
from itertools import islice

from base.faults import Fault, FaultyInput
from base.languages import Words
from base.sheets.model import (
    MOST_COLUMNS,
    MOST_TEXT,
    TABLE,
    Block,
    Most,
    Row,
    Sheet,
    build_rows,
    too_large,
    too_long,
)

DELIMITERS = (",", ";", "\t", "|")
# What Excel is told so that it keeps leading zeros and long numbers: ="138…" or '138…
_KEPT_AS_TEXT = re.compile(r"""^(?:="([^"]*)"|'(\+?[\d\s-]+))$""")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")


def read_text_table(name: str, data: bytes, most: Most = TABLE) -> tuple[Sheet, ...]:
    """Return the one sheet of a CSV, TSV or HTML table.

    Raises:
        FaultyInput: it is no text, or has too many rows.

    """
    text = decode(data)
    if "\x00" in text:
        raise FaultyInput([Fault("", Words("This is neither text nor an Excel workbook."))])
    if re.match(r"\s*(<!doctype html|<html|<table|<meta)", text, re.IGNORECASE):
        return (Sheet("", _html_rows(text, most)),)
    return (Sheet("", _rows(text, "\t" if name.lower().endswith(".tsv") else delimiter_of(text), most)),)


def decode(data: bytes) -> str:
    """Return the text of bytes in UTF-8, UTF-16, GB18030 (of which GBK and GB2312 are parts) or Windows-1252."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if b"\x00" in data[:4000]:
        return _unmarked_utf_16(data) or data.decode("latin-1")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    # In Chinese text bytes above 127 nearly always come in pairs, in western text alone.
    runs = [len(run.group()) for run in _HIGH_RUN.finditer(data[:200_000])]
    if sum(length % 2 == 0 for length in runs) * 2 >= len(runs):
        return data.decode("gb18030", errors="replace")
    return data.decode("windows-1252", errors="replace")


def _unmarked_utf_16(data: bytes) -> str:
    """Return the text of UTF-16 without its mark, or "" if it makes no sense so: it is something else then."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        head = text[:1000]
        strange = sum(unicodedata.category(sign) in {"Cn", "Co", "Cc"} and sign not in "\t\r\n" for sign in head)
        if strange * 50 < len(head) and any(sign in head for sign in "\n,;\t"):
            return text
    return ""


def delimiter_of(text: str) -> str:
    """Return the delimiter that parts most rows, header and all; of equals, the one that makes most cells."""

    def score(delimiter: str) -> tuple[int, int]:
        widths: list[int] = []
        with suppress(csv.Error):  # a cell too long under this delimiter may be none under another
            widths.extend(len(row) for row in islice(_records(text, delimiter), 40))
        return sum(width > 1 for width in widths), sum(widths)

    return max(DELIMITERS, key=score)


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _rows(text: str, delimiter: str, most: Most) -> tuple[Row, ...]:
    rows: list[Row] = []
    taken = 0
    try:
        for number, record in enumerate(_records(text, delimiter), start=1):
            if number > most.rows + 1 or len(record) > MOST_COLUMNS:
                too_large(most)
            cells = tuple(_plain(cell) for cell in record)
            taken += len(cells)
            if taken > most.cells:
                too_large(most)
            if any(len(cell) > MOST_TEXT for cell in cells):
                too_long(number)
            if any(cells):
                rows.append(Row(number, cells))
    except csv.Error as error:
        line = len(rows) + 1
        words = Words("This table cannot be read beyond here; is a quotation mark missing its pair?")
        raise FaultyInput([Fault(f"line {line}", words)]) from error
    return tuple(rows)


def _plain(cell: str) -> str:
    cell = cell.replace("\r\n", "\n").replace("\r", "\n")
    kept = _KEPT_AS_TEXT.match(cell.strip())
    return (kept[1] if kept[1] is not None else kept[2]) if kept else cell


class _Table(HTMLParser):
    """Web systems export a page's table and call it .xls."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self.blocks: list[Block] = []
        self._in_cell = False
        self._at = 0
        # By column: the last row that a cell above reaches down to.
        self._taken: dict[int, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"} and self.rows:
            self._begin_cell(dict(attrs))
            self._in_cell = True
        elif tag == "br" and self._in_cell:
            self.rows[-1][self._at] += "\n"

    def _begin_cell(self, attributes: dict[str, str | None]) -> None:
        cells, row = self.rows[-1], len(self.rows)
        while self._taken.get(len(cells), 0) >= row:
            cells.append("")
        column = len(cells)
        down, across = (
            min(int(said), MOST_COLUMNS) if (said := attributes.get(name) or "1").isdecimal() else 1
            for name in ("rowspan", "colspan")
        )
        cells += [""] * max(1, across)
        if len(cells) > MOST_COLUMNS:
            too_large()
        if down > 1 or across > 1:
            self.blocks.append((row, row + down - 1, column, len(cells) - 1))
            self._taken |= dict.fromkeys(range(column, len(cells)), row + down - 1)
        self._at = column

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th", "tr"}:
            self._in_cell = False

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self.rows[-1][self._at] += data


def _html_rows(text: str, most: Most) -> tuple[Row, ...]:
    table = _Table()
    table.feed(text)
    if len(table.rows) > most.rows:
        too_large(most)
    texts = {
        (number, column): cell.strip()
        for number, row in enumerate(table.rows, start=1)
        for column, cell in enumerate(row)
        if cell.strip()
    }
    return build_rows(texts, table.blocks, most=most)
