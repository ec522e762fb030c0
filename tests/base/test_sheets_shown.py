"""Cells as they look: what a person typed into a sheet is what a question says."""

from datetime import date, datetime, time
from typing import Any

import pytest

from base.sheets.shown import shown_text

DAY = datetime(2026, 5, 1)  # noqa: DTZ001  as openpyxl gives it: cells have no time zone
MORNING = DAY.replace(hour=9, minute=5)


@pytest.mark.parametrize(
    ("value", "pattern", "text"),
    [
        (0.25, "0%", "25%"),
        (0.125, "0.00%", "12.50%"),
        (0.125, "0%", "12.5%"),
        (0.5, "0.00", "0.50"),
        (1234567, "#,##0", "1,234,567"),
        (1234.5, "#,##0.00_ ", "1,234.50"),
        (-0.25, "0%;[Red]-0%", "-25%"),
        (3.14159, "0.0", "3.14159"),
        (5, "General", None),
        (5, "@", None),
        (5, '0"米"', None),
        (True, "0%", None),
        (date(2026, 5, 1), 'yyyy"年"m"月"d"日"', "2026年5月1日"),
        (DAY, "[$-804]yyyy/mm/dd;@", "2026/05/01"),
        (DAY, "m/d/yyyy", None),
        (MORNING, "yyyy-mm-dd hh:mm", "2026-05-01 09:05"),
        (time(14, 30), "h:mm AM/PM", "2:30 PM"),
        (time(9, 5, 7), "mm:ss", "05:07"),
        (DAY, 'm"月"d"日"', "5月1日"),
    ],
)
def test_a_cell_is_written_as_its_format_writes_it(value: Any, pattern: str, text: str | None) -> None:
    """Where a format would hide a digit that an answer needs, the digit stays."""
    assert shown_text(value, pattern) == text
