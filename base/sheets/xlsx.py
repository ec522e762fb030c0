"""Excel's .xlsx, as Excel, WPS, LibreOffice and web systems write it."""

import io
import re
import warnings
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

from base.faults import Fault, FaultyInput
from base.languages import Words
from base.sheets.model import MOST_CELLS, MOST_UNPACKED, Sheet, build_rows, too_large
from base.sheets.numbers import date_text, number_text

MOST_PARTS = 5_000
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^<>]*?ref=["']([A-Za-z]+)(\d+):([A-Za-z]+)(\d+)""")
_CHUNK = 1 << 20


def read_xlsx(data: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of an .xlsx workbook.

    Raises:
        FaultyInput: it is broken, no workbook, or would unpack to something huge.

    """
    try:
        _check(data)
        with warnings.catch_warnings():
            # openpyxl remarks on every extension it does not know; none of them changes a cell's text.
            warnings.simplefilter("ignore")
            return _sheets(data)
    except FaultyInput:
        raise
    except Exception as error:  # a broken file breaks openpyxl in a dozen ways: zip, XML, key, type, value …
        words = Words("This .xlsx file cannot be read. Open it in a spreadsheet program and save it again.")
        raise FaultyInput([Fault("", words)]) from error


def _check(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise FaultyInput([Fault("", Words("This file would unpack to something too large to read."))])
        if not any(part.filename.lower() == "xl/workbook.xml" for part in parts):
            words = Words("This archive is no Excel workbook. Save the table as .xlsx or .csv.")
            raise FaultyInput([Fault("", words)])
        for part in parts:
            if part.filename.lower().startswith("xl/worksheets/"):
                _check_cells(archive, part)


def _check_cells(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Refuse a sheet of too many cells, before openpyxl makes an object for each, and for each place in a merged block.

    A tag that two chunks part is found in the rest that the first leaves over.
    """
    cells, rest = 0, b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            text = rest + chunk
            end = text.rfind(b"<") if len(text) < 2 * _CHUNK else len(text)
            whole, rest = text[:end], text[end:]
            cells += len(_CELL.findall(whole)) + sum(_area(*found) for found in _MERGED.findall(whole))
            if cells > MOST_CELLS:
                too_large()


def _area(left: bytes, top: bytes, right: bytes, bottom: bytes) -> int:
    from openpyxl.utils import column_index_from_string

    columns = column_index_from_string(right.decode()) - column_index_from_string(left.decode()) + 1
    return max(0, columns) * max(0, int(bottom) - int(top) + 1)


def _sheets(data: bytes) -> tuple[Sheet, ...]:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), data_only=False)
    with_formulas = any(cell.data_type == "f" for sheet in book.worksheets for cell in _cells(sheet))
    # The first reading tells which cells are formulas, the second what came of them.
    results = openpyxl.load_workbook(io.BytesIO(data), data_only=True) if with_formulas else book
    return tuple(_sheet(sheet, results[sheet.title]) for sheet in book.worksheets)


def _cells(sheet: Any) -> list[Any]:
    # Its public ways make a cell for every empty place, a million of them where somebody coloured whole columns.
    return list(sheet._cells.values())  # noqa: SLF001


def _sheet(sheet: Any, results: Any) -> Sheet:
    texts: dict[tuple[int, int], str] = {}
    lost: set[tuple[int, int]] = set()
    cells = _cells(results)
    if len(cells) > MOST_CELLS:
        too_large()
    for cell in cells:
        text = _text(cell.value)
        if text:
            texts[cell.row, cell.column - 1] = text
    if results is not sheet:
        lost = {
            (cell.row, cell.column - 1)
            for cell in _cells(sheet)
            if cell.data_type == "f" and results[cell.coordinate].value is None
        }
    blocks = [
        (block.min_row, block.max_row, block.min_col - 1, block.max_col - 1) for block in sheet.merged_cells.ranges
    ]
    hidden = frozenset(number for number, row in sheet.row_dimensions.items() if row.hidden or row.height == 0)
    rows = build_rows(texts, blocks, hidden, frozenset(lost))
    return Sheet(sheet.title, rows, hidden=sheet.sheet_state != "visible")


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, datetime | date | time):
        return date_text(value)
    if isinstance(value, timedelta):
        return str(value)
    return str(value).replace("\r\n", "\n").replace("_x000D_", "")
