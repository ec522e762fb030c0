"""Excel's old .xls."""

import io
from typing import Any

from base.faults import Fault, FaultyInput
from base.languages import Words
from base.sheets.model import MOST_COLUMNS, TABLE, Most, Row, Sheet, build_rows, too_large
from base.sheets.numbers import date_text, number_text
from base.sheets.shown import shown_text

ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_xls(data: bytes, most: Most = TABLE) -> tuple[Sheet, ...]:
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
        return tuple(_sheet(sheet, book, most) for sheet in book.sheets())
    except FaultyInput:
        raise
    except Exception as error:  # a broken file breaks xlrd in a dozen ways: struct, index, assertion, decoding …
        words = Words("This .xls file cannot be read. Open it in a spreadsheet program and save it as .xlsx.")
        raise FaultyInput([Fault("", words)]) from error


def _sheet(sheet: Any, book: Any, most: Most) -> Sheet:
    if sheet.ncols > MOST_COLUMNS:
        too_large()
    texts: dict[tuple[int, int], str] = {}
    for index in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(index)):
            pattern = _pattern(book, cell.xf_index) if most.as_shown else ""
            text = _text(cell.ctype, cell.value, book.datemode, pattern)
            if text:
                texts[index + 1, column] = text
    blocks = [(top + 1, bottom, left, right - 1) for top, bottom, left, right in sheet.merged_cells]
    hidden = frozenset(index + 1 for index, info in sheet.rowinfo_map.items() if info.hidden)
    rows: tuple[Row, ...] = build_rows(texts, blocks, hidden, most=most)
    return Sheet(sheet.name, rows, hidden=sheet.visibility != 0)


def _pattern(book: Any, number: int | None) -> str:
    """Return the number format of a cell, or ""."""
    if number is None or number >= len(book.xf_list):
        return ""
    found = book.format_map.get(book.xf_list[number].format_key)
    return str(found.format_str) if found else ""


def _text(kind: int, value: Any, datemode: int, pattern: str) -> str:
    import xlrd

    if kind == xlrd.XL_CELL_NUMBER:
        return shown_text(value, pattern) or number_text(value)
    if kind == xlrd.XL_CELL_DATE:
        try:
            instant = xlrd.xldate_as_datetime(value, datemode)
            return shown_text(instant, pattern) or date_text(instant)
        except (ValueError, OverflowError):
            return number_text(value)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if value else "FALSE"
    return str(value) if kind == xlrd.XL_CELL_TEXT else ""
