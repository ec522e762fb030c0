"""Checkpoints from a table: .xlsx, .xls or .csv with a column each for latitude and longitude, or one for both."""

import re
from collections.abc import Sequence
from typing import Any

from base.faults import Fault, FaultyInput
from base.languages import Words
from base.sheets import Row, Sheet, read_sheets
from checkpoints.exchange.places import Point, as_checkpoints

# The words over a column, whole; the first that fits wins.
_COLUMNS = {
    "lat": re.compile(r"纬度|北纬|lat|latitude|y|wgs84纬度", re.IGNORECASE),
    "lon": re.compile(r"经度|东经|lon|lng|long|longitude|x|wgs84经度", re.IGNORECASE),
    "code": re.compile(
        r"编号|点号|代码|点标|号码|打卡点|打卡点编号|code|no\.?|number|control|checkpoint", re.IGNORECASE
    ),
    "name": re.compile(r"名称|点名|名字|地点|name|title", re.IGNORECASE),
    "description": re.compile(r"位置|说明|描述|备注|位置说明|description|desc|note|notes|comment", re.IGNORECASE),
}
# Titles and notes stand above the head of a table.
_HEAD_ROWS = 10


def looks_like_points(sheets: Sequence[Sheet]) -> bool:
    """Tell whether a sheet has columns of latitude and longitude."""
    return any(_head(sheet) for sheet in sheets)


def read_point_table(name: str, data: bytes) -> tuple[dict[str, Any], list[Fault]]:
    """Return the rows of the first sheet with latitude and longitude as checkpoints, and the faults by line.

    Raises:
        FaultyInput: it is no table, or has no such columns.

    """
    for sheet in read_sheets(name, data):
        if head := _head(sheet):
            number, columns = head
            rows = [row for row in sheet.rows if row.number > number and any(cell.strip() for cell in row.cells)]
            return as_checkpoints([_point(row, columns) for row in rows])
    words = Words("There are no columns for latitude and longitude. Write 纬度 and 经度, or lat and lon, over them.")
    raise FaultyInput([Fault("", words)])


def _head(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """Return the number of the row that names the columns, and where each column stands."""
    for row in sheet.rows[:_HEAD_ROWS]:
        columns: dict[str, int] = {}
        for place, cell in enumerate(row.cells):
            word = re.sub(r"[(（].*|[\s*：:]", "", cell)
            kind = next((kind for kind, known in _COLUMNS.items() if known.fullmatch(word)), None)
            if kind and kind not in columns:
                columns[kind] = place
        if {"lat", "lon"} <= columns.keys():
            return row.number, columns
    return None


def _point(row: Row, columns: dict[str, int]) -> Point:
    cells = {kind: row.cells[place].strip() if place < len(row.cells) else "" for kind, place in columns.items()}
    called = " ".join(filter(None, (cells.get("code", ""), cells.get("name", ""))))
    return Point(called, cells["lat"], cells["lon"], row.number, cells.get("description", ""))
