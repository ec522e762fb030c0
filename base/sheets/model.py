"""Sheets, rows, and how much of them is read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NoReturn

from base.faults import Fault, FaultyInput
from base.languages import Words

MOST_BYTES = 30_000_000
MOST_COLUMNS = 500
# As many characters as Excel takes in a cell.
MOST_TEXT = 32_767


@dataclass(frozen=True, slots=True)
class Most:
    """How much of a file is read, and whether its cells are taken as they look or as what they mean."""

    rows: int = 50_000
    cells: int = 200_000
    unpacked: int = 60_000_000
    as_shown: bool = False


TABLE = Most()
# A bank of 200,000 questions; above the cells of a TABLE a workbook is read row by row.
BANK = Most(200_000, 2_500_000, 400_000_000, as_shown=True)


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `number` counts from 1 as a spreadsheet program does; in a CSV it counts records.

    `cells` are texts, "" where a cell is empty. `filled` holds the columns (from 0) whose text was taken over from the
    first cell of a merged block, and `lost` those whose formula has no stored result.
    """

    number: int
    cells: tuple[str, ...]
    hidden: bool = False
    filled: frozenset[int] = frozenset()
    lost: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its rows in order. Rows without any text may be left out."""

    name: str
    rows: tuple[Row, ...]
    hidden: bool = False


# First row, last row, first column, last column; rows count from 1, columns from 0.
Block = tuple[int, int, int, int]


def place(sheet: str, row: int) -> str:
    """Return how a fault names a row: `line 8`, or `sheet NAME, line 8` where there are several sheets."""
    return f"sheet {sheet}, line {row}" if sheet else f"line {row}"


def too_large(most: Most = TABLE) -> NoReturn:
    """Refuse a table beyond all measure."""
    words = Words(
        "This table is too large: up to %(rows)s rows, %(columns)s columns and %(cells)s cells are read. Copy what is "
        "needed into a new file, or part it into several.",
        {"rows": most.rows, "columns": MOST_COLUMNS, "cells": most.cells},
    )
    raise FaultyInput([Fault("", words)])


def too_long(row: int) -> NoReturn:
    """Refuse a cell beyond all measure."""
    words = Words("A cell here holds more than %(most)s characters. Shorten it.", {"most": MOST_TEXT})
    raise FaultyInput([Fault(place("", row), words)])


def _size(texts: Mapping[tuple[int, int], str], lost: frozenset[tuple[int, int]], most: Most) -> tuple[int, int]:
    """Return the last row and the number of columns, unless there is too much of anything."""
    long = next((row for (row, _), text in texts.items() if len(text) > MOST_TEXT), None)
    if long is not None:
        too_long(long)
    places = [*texts, *lost]
    width = max(column for _, column in places) + 1
    if len({row for row, _ in places}) > most.rows or width > MOST_COLUMNS or len(texts) > most.cells:
        too_large(most)
    return max(row for row, _ in places), width


def build_rows(
    texts: Mapping[tuple[int, int], str],
    blocks: Iterable[Block] = (),
    hidden: frozenset[int] = frozenset(),
    lost: frozenset[tuple[int, int]] = frozenset(),
    most: Most = TABLE,
) -> tuple[Row, ...]:
    """Return the rows of the non-empty `texts` by (row, column), with merged `blocks` filled from their first cell."""
    if not texts and not lost:
        return ()
    height, width = _size(texts, lost, most)
    whole = dict(texts)
    filled: set[tuple[int, int]] = set()
    for first_row, last_row, first_column, last_column in blocks:
        text = texts.get((first_row, first_column))
        if text is None:
            continue
        for row in range(first_row, min(last_row, height) + 1):
            for column in range(first_column, min(last_column, width - 1) + 1):
                if (row, column) != (first_row, first_column):
                    whole[row, column] = text
                    filled.add((row, column))
            if len(whole) > most.cells:
                too_large(most)
    by_row: dict[int, dict[int, str]] = {}
    for (row, column), text in whole.items():
        by_row.setdefault(row, {})[column] = text
    for row, _ in lost:
        by_row.setdefault(row, {})
    if len(by_row) * width > 10 * most.cells:
        too_large(most)
    return tuple(
        Row(
            number=row,
            cells=tuple(cells.get(column, "") for column in range(width)),
            hidden=row in hidden,
            filled=frozenset(column for column in cells if (row, column) in filled),
            lost=frozenset(column for column in range(width) if (row, column) in lost),
        )
        for row, cells in sorted(by_row.items())
    )
