"""A form for one team, words on the left and values beside them, turned into a table of one row."""

import re

from base.sheets import Row, Sheet
from race.exchange.clean import ID_NUMBER, fold
from race.exchange.headings import meaning
from race.exchange.persons import read_gender

_PHONE = re.compile(r"[+\d][\d\s-]{6,20}")


def as_table(sheet: Sheet) -> Sheet | None:
    """Return a sheet of a header and one row that says the same as an upright form, or None if this is none."""
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


def _said(key: str, text: str) -> list[tuple[str, str]]:
    """Return the column that a value beside a word belongs to."""
    value = text.strip()
    if ID_NUMBER.search(value):
        return []
    if _PHONE.fullmatch(fold(value)) and not re.search("电话|手机|联系方式", key):
        return [(f"{key}电话", value)]
    return [(f"{key}性别", value)] if read_gender(value) else [(key, value)]
