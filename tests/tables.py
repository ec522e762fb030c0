"""Small tables for tests: rows of Python values become a sheet, or the bytes of an .xlsx."""

import io
from collections.abc import Sequence
from typing import Any

import openpyxl

from base.sheets import Sheet
from base.sheets.model import Block, build_rows

Rows = Sequence[Sequence[Any]]


def sheet(rows: Rows, merged: Sequence[Block] = (), hidden: Sequence[int] = (), name: str = "Sheet1") -> Sheet:
    """A sheet; `merged` blocks are first row, last row (from 1), first column, last column (from 0)."""
    texts = {
        (row, column): str(value)
        for row, cells in enumerate(rows, start=1)
        for column, value in enumerate(cells)
        if value not in (None, "")
    }
    return Sheet(name, build_rows(texts, merged, frozenset(hidden)))


def xlsx(rows: Rows, merged: Sequence[str] = (), hidden: Sequence[int] = (), title: str = "报名表") -> bytes:
    """The bytes of a workbook of one sheet; `merged` are ranges as "A1:B2"."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = title
    for row, cells in enumerate(rows, start=1):
        for column, value in enumerate(cells, start=1):
            page.cell(row, column, value)
    for block in merged:
        page.merge_cells(block)
    for number in hidden:
        page.row_dimensions[number].hidden = True
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
