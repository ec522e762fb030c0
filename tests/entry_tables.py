"""Small tables of entries for tests, and what is read in them."""

from typing import Any

from base.faults import Fault
from base.sheets import Sheet
from race.exchange.sheets import read_entry_sheets
from tests.tables import Rows, sheet

# Begins with a region that does not exist.
ID = "990001199502020011"


def read(*sheets: Sheet) -> tuple[list[dict[str, Any]], list[Fault]]:
    table = read_entry_sheets(sheets)
    return list(table.entries), list(table.refused)


def entries(rows: Rows, **more: Any) -> list[dict[str, Any]]:
    return read(sheet(rows, **more))[0]


def names(entry: dict[str, Any]) -> list[str]:
    return [member["name"] for member in entry["members"]]


def teams(found: list[dict[str, Any]]) -> list[tuple[str | None, str | None, list[str]]]:
    return [(entry.get("team"), entry.get("club"), names(entry)) for entry in found]


def lines(faults: list[Fault], word: str) -> list[str]:
    return [fault.path for fault in faults if word in str(fault)]
