"""Excel's old .xls."""

import io
from typing import Any

from base.faults import Fault, FaultyInput
from base.languages import Words
from base.sheets.model import MOST_COLUMNS, Row, Sheet, build_rows, too_large
from base.sheets.numbers import date_text, number_text

ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_xls(data: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of an .xls workbook.

    Raises:
        FaultyInput: it is locked, broken, or no workbook.

    """
    import xlrd

    if ENCRYPTED in data:
        raise FaultyInput([Fault("", Words("This workbook is locked by a password. Save it without one."))])
    try:
        # Hidden rows and merged cells come only with the formatting. xlrd would print its remarks to the terminal.
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
        return tuple(_sheet(sheet, book.datemode) for sheet in book.sheets())
    except FaultyInput:
        raise
    except Exception as error:  # a broken file breaks xlrd in a dozen ways: struct, index, assertion, decoding …
        words = Words("This .xls file cannot be read. Open it in a spreadsheet program and save it as .xlsx.")
        raise FaultyInput([Fault("", words)]) from error


def _sheet(sheet: Any, datemode: int) -> Sheet:
    if sheet.ncols > MOST_COLUMNS:
        too_large()
    texts: dict[tuple[int, int], str] = {}
    for index in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(index)):
            text = _text(cell.ctype, cell.value, datemode)
            if text:
                texts[index + 1, column] = text
    blocks = [(top + 1, bottom, left, right - 1) for top, bottom, left, right in sheet.merged_cells]
    hidden = frozenset(index + 1 for index, info in sheet.rowinfo_map.items() if info.hidden)
    rows: tuple[Row, ...] = build_rows(texts, blocks, hidden)
    return Sheet(sheet.name, rows, hidden=sheet.visibility != 0)


def _text(kind: int, value: Any, datemode: int) -> str:
    import xlrd

    if kind == xlrd.XL_CELL_NUMBER:
        return number_text(value)
    if kind == xlrd.XL_CELL_DATE:
        try:
            return date_text(xlrd.xldate_as_datetime(value, datemode))
        except (ValueError, OverflowError):
            return number_text(value)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if value else "FALSE"
    return str(value) if kind == xlrd.XL_CELL_TEXT else ""
