"""A form for one team, words on the left and values beside them, turned into a table of one row."""

import re

from base.sheets import Row, Sheet
from race.exchange.clean import ID_NUMBER, fold
from race.exchange.headings import meaning
from race.exchange.persons import read_gender

_PHONE = re.compile(r"[+\d][\d\s-]{6,20}")


def as_table(sheet: Sheet) -> Sheet | None:
    """Return a sheet of a header and one row that says the same as an upright form, or None if this is none."""
    turned = _turned(sheet)
    if turned:
        return turned
    found: list[tuple[str, str]] = []
    members = 0
    first = 0
    for row in sheet.rows:
        if row.hidden:
            continue
        key = ""
        for text in [cell for column, cell in enumerate(row.cells) if cell.strip() and column not in row.filled]:
            word = re.sub(r"[:：\s]+$", "", fold(text))
            meant = meaning(word)
            if meant and meant.what in {"club", "team", "class", "name", "members", "phone"}:
                if meant.what in {"name", "members"} and not meant.whose:
                    members += 1
                    word = f"队员{members}"
                key = word
                continue
            first = first or row.number
            if key:
                found.extend(_said(key, text))
    headers = [header for header, _ in found]
    whats = [meant.what for header in headers if (meant := meaning(header))]
    people = [header for header in headers if re.match(r"队员|队长", header)]
    if not {"club", "team"} & set(whats) or len(people) < 2:
        return None
    rows = (Row(first, tuple(headers)), Row(first, tuple(value for _, value in found)))
    return Sheet(sheet.name, rows)


def _turned(sheet: Sheet) -> Sheet | None:
    """Return a table whose teams stand side by side, one a column, turned; None if this is none.

    A turned row bears the number of the first row, as all of the team's cells stand in other rows.
    """
    rows = [row for row in sheet.rows if not row.hidden and row.cells[0].strip() and meaning(row.cells[0])]
    whats = [meant.what for row in rows if (meant := meaning(row.cells[0]))]
    several = [
        row
        for row, what in zip(rows, whats, strict=True)
        if what in {"club", "team"} and sum(bool(cell.strip()) and not meaning(cell) for cell in row.cells[1:]) > 1
    ]
    people = sum(what in {"name", "members"} for what in whats)
    if not several or people < 2 or len(rows) < 4:
        return None
    heads = [
        f"队员{number}" if what == "members" and whats.count("members") > 1 else row.cells[0]
        for number, (row, what) in enumerate(zip(rows, whats, strict=True))
    ]
    first = rows[0].number
    columns = range(1, max(len(row.cells) for row in rows))
    turned = [tuple(row.cells[column] if column < len(row.cells) else "" for row in rows) for column in columns]
    return Sheet(sheet.name, (Row(first, tuple(heads)), *(Row(first, cells) for cells in turned if any(cells))))


def _said(key: str, text: str) -> list[tuple[str, str]]:
    """Return the column that a value beside a word belongs to."""
    value = text.strip()
    if ID_NUMBER.search(value):
        return []
    if _PHONE.fullmatch(fold(value)) and not re.search("电话|手机|联系方式", key):
        return [(f"{key}电话", value)]
    return [(f"{key}性别", value)] if read_gender(value) else [(key, value)]
