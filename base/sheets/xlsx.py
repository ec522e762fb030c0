"""Excel's .xlsx, as Excel, WPS, LibreOffice and web systems write it."""

import io
import re
import warnings
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

from base.faults import Fault, FaultyInput
from base.languages import Words
from base.sheets.model import TABLE, Most, Sheet, build_rows, too_large
from base.sheets.numbers import date_text, number_text
from base.sheets.shown import shown_text

MOST_PARTS = 5_000
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^<>]*?ref=["']([A-Za-z]+)(\d+):([A-Za-z]+)(\d+)""")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_CHUNK = 1 << 20


def read_xlsx(data: bytes, most: Most = TABLE) -> tuple[Sheet, ...]:
    """Return the sheets of an .xlsx workbook.

    Raises:
        FaultyInput: it is broken, no workbook, or would unpack to something huge.

    """
    try:
        large = _check(data, most) > TABLE.cells
        with warnings.catch_warnings():
            # openpyxl remarks on every extension it does not know; none of them changes a cell's text.
            warnings.simplefilter("ignore")
            return _by_row(data, most) if large else _sheets(data, most)
    except FaultyInput:
        raise
    except Exception as error:  # a broken file breaks openpyxl in a dozen ways: zip, XML, key, type, value …
        words = Words("This .xlsx file cannot be read. Open it in a spreadsheet program and save it again.")
        raise FaultyInput([Fault("", words)]) from error


def _check(data: bytes, most: Most) -> int:
    """Return how many cells a workbook has, unless there are too many or it holds macros."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        names = {part.filename.lower() for part in parts}
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > most.unpacked:
            raise _fault("This file would unpack to something too large to read.")
        if "xl/workbook.xml" not in names:
            raise _fault("This archive is no Excel workbook. Save the table as .xlsx or .csv.")
        if "xl/vbaproject.bin" in names:
            raise _fault("This workbook holds macros. Save it as .xlsx, without macros.")
        sheets = [part for part in parts if part.filename.lower().startswith("xl/worksheets/")]
        return sum(_cells_of(archive, part, most) for part in sheets)


def _fault(message: str) -> FaultyInput:
    return FaultyInput([Fault("", Words(message))])


def _cells_of(archive: zipfile.ZipFile, part: zipfile.ZipInfo, most: Most) -> int:
    """Count the cells of a sheet and refuse too many, before openpyxl makes an object of each, merged ones too.

    A tag that two chunks part is found in the rest that the first leaves over.
    """
    cells, rest = 0, b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            text = rest + chunk
            end = text.rfind(b"<") if len(text) < 2 * _CHUNK else len(text)
            whole, rest = text[:end], text[end:]
            cells += len(_CELL.findall(whole)) + sum(_area(*found) for found in _MERGED.findall(whole))
            if cells > most.cells:
                too_large(most)
    return cells


def _area(left: bytes, top: bytes, right: bytes, bottom: bytes) -> int:
    from openpyxl.utils import column_index_from_string

    columns = column_index_from_string(right.decode()) - column_index_from_string(left.decode()) + 1
    return max(0, columns) * max(0, int(bottom) - int(top) + 1)


def _sheets(data: bytes, most: Most) -> tuple[Sheet, ...]:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), data_only=False)
    with_formulas = any(cell.data_type == "f" for sheet in book.worksheets for cell in _cells(sheet))
    # The first reading tells which cells are formulas, the second what came of them.
    results = openpyxl.load_workbook(io.BytesIO(data), data_only=True) if with_formulas else book
    return tuple(_sheet(sheet, results[sheet.title], most) for sheet in book.worksheets)


def _cells(sheet: Any) -> list[Any]:
    # Its public ways make a cell for every empty place, a million of them where somebody coloured whole columns.
    return list(sheet._cells.values())  # noqa: SLF001


def _sheet(sheet: Any, results: Any, most: Most) -> Sheet:
    texts: dict[tuple[int, int], str] = {}
    lost: set[tuple[int, int]] = set()
    cells = _cells(results)
    if len(cells) > most.cells:
        too_large(most)
    for cell in cells:
        if text := _of_cell(cell, most):
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
    rows = build_rows(texts, blocks, hidden, frozenset(lost), most)
    return Sheet(sheet.title, rows, hidden=sheet.sheet_state != "visible")


def _by_row(data: bytes, most: Most) -> tuple[Sheet, ...]:
    """Read a large workbook row by row: no object stays of a cell but its text. Merged blocks are few in such."""
    import openpyxl

    results = openpyxl.load_workbook(io.BytesIO(data), data_only=True, read_only=True)
    # Only where there are formulas a second reading tells which of them have no stored result.
    formulas = openpyxl.load_workbook(io.BytesIO(data), read_only=True) if _has_formulas(data) else None
    return tuple(
        _sheet_by_row(sheet, most, _without_result(sheet, formulas[sheet.title]) if formulas else frozenset())
        for sheet in results.worksheets
    )


def _has_formulas(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.lower().startswith("xl/worksheets/"):
                with archive.open(name) as stream:
                    rest = b""
                    while chunk := stream.read(_CHUNK):
                        if _FORMULA.search(rest + chunk):
                            return True
                        rest = chunk[-20:]
    return False


def _without_result(sheet: Any, formulas: Any) -> frozenset[tuple[int, int]]:
    pairs = zip(sheet.iter_rows(), formulas.iter_rows(), strict=True)
    return frozenset(
        (formula.row, formula.column - 1)
        for row, written in pairs
        for cell, formula in zip(row, written, strict=True)
        if formula.data_type == "f" and cell.value is None
    )


def _sheet_by_row(sheet: Any, most: Most, lost: frozenset[tuple[int, int]]) -> Sheet:
    texts = {
        (cell.row, cell.column - 1): text
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None and (text := _of_cell(cell, most))
    }
    return Sheet(sheet.title, build_rows(texts, lost=lost, most=most), hidden=sheet.sheet_state != "visible")


def _of_cell(cell: Any, most: Most) -> str:
    shown = shown_text(cell.value, cell.number_format) if most.as_shown and cell.value is not None else None
    return _text(cell.value) if shown is None else shown


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
