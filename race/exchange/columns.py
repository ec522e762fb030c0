"""Which column of a table holds what, and whose."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from base.sheets import Row
from race.exchange.headings import Meaning, meaning


@dataclass(slots=True)
class Someone:
    """A person who has columns of their own: what is known of them, by column number."""

    whose: str
    role: str = ""
    columns: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Columns:
    """What the columns of one table hold."""

    single: dict[str, int] = field(default_factory=dict)
    people: list[Someone] = field(default_factory=list)
    lists: list[int] = field(default_factory=list)
    list_phones: int | None = None
    identity: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    words: str = ""
    # “队员（第一位为队长）”
    first_is_captain: bool = False
    pairs: tuple[tuple[str, str], ...] = ()

    def person(self, whose: str) -> Someone | None:
        """Return the person of that kind, or None."""
        return next((someone for someone in self.people if someone.whose == whose), None)

    @property
    def members(self) -> list[Someone]:
        """Those who run."""
        return [someone for someone in self.people if someone.whose not in {"contact", "captain", "vice"}]

    @property
    def row_is_a_member(self) -> bool:
        """Tell whether each row is one person rather than one team."""
        return len(self.members) == 1 and not self.lists and self.members[0].whose == "member"


def header_words(row: Row) -> dict[int, Meaning]:
    """Return what the cells of a row mean as headers. Cells that say “word: value” are none."""
    return {
        column: found
        for column, cell in enumerate(row.cells)
        if cell and column not in row.filled and not re.search(r"[:：]", cell) and (found := meaning(cell))
    }


def is_header(row: Row) -> bool:
    """Tell whether a row names the columns of a table of entries."""
    own = [column for column, cell in enumerate(row.cells) if cell.strip() and column not in row.filled]
    words = header_words(row)
    whats = {found.what for found in words.values()}
    people = [found for found in words.values() if found.what in {"name", "members", "surname", "given"}]
    named = any(found.whose != "contact" for found in people)
    if {"surname", "given"} <= whats:
        return True
    if len(words) < 2 or len(words) * 5 < len(own) * 3 or len(whats) < 2:
        return False
    return named or (bool(people) and len(words) >= 3 and bool(whats & {"team", "club"}))


def read_columns(rows: list[Row]) -> Columns:
    """Return the columns that one header row, or two of a header on two levels, describe."""
    width = max(len(row.cells) for row in rows)
    words = " ".join(cell for row in rows for cell in row.cells)
    pairs = []
    for column in range(width):
        texts = [row.cells[column] if column < len(row.cells) else "" for row in rows]
        upper, lower = (texts[0], texts[-1]) if len(texts) > 1 else ("", texts[0])
        if len(texts) > 1 and not upper and rows[0].cells:
            upper = _group_above(rows[0], rows[-1], column)
        pairs.append((upper if upper != lower else "", lower or upper))
    return from_pairs(tuple(pairs), words)


def from_pairs(pairs: tuple[tuple[str, str], ...], words: str, identity: Collection[int] = ()) -> Columns:
    """Return the columns under headers given as (group above, own words).

    `identity` are columns that hold identity numbers, whatever their headers say.
    """
    first = re.search(r"[第首][一1]?[位个名人]?.{0,2}队长", words) is not None
    columns = Columns(words=words, pairs=pairs, first_is_captain=first)
    pending: list[tuple[str, int]] = []
    never: set[int] = set()
    for column, (upper, lower) in enumerate(pairs):
        found = Meaning("identity") if column in identity else _combined(upper, lower)
        if found is None:
            continue
        if found.what == "identity":
            never.add(column)
            columns.identity.append("".join(lower.split()) or _letter(column))
        else:
            _place(columns, pending, column, found)
    _settle(columns, pending)
    used = {*columns.single.values(), *columns.lists, columns.list_phones}
    used |= {column for someone in columns.people for column in someone.columns.values()}
    named = [(column, "".join(lower.split())) for column, (_, lower) in enumerate(pairs)]
    columns.unused = [header for column, header in named if header and column not in used | never]
    return columns


def _letter(column: int) -> str:
    """Return what a spreadsheet program calls a column, counted here from 0."""
    before, last = divmod(column, 26)
    return (_letter(before - 1) if before else "") + chr(ord("A") + last)


def _group_above(upper: Row, lower: Row, column: int) -> str:
    """A CSV cannot merge: a group's word stands over its first column, with nothing over the rest."""
    if column >= len(lower.cells) or not lower.cells[column]:
        return ""
    for before in range(min(column, len(upper.cells) - 1), -1, -1):
        if upper.cells[before]:
            return upper.cells[before] if lower.cells[before] else ""
    return ""


def _combined(upper: str, lower: str) -> Meaning | None:
    own, group = meaning(lower), meaning(upper) if upper else None
    if own is None or group is None:
        return own or group
    if own.what in {"identity", "emergency", "emergency_phone"} or own.whose or not group.whose:
        return own if not (own.what == "name" and group.what == "emergency") else group
    return Meaning(own.what, group.whose, own.role or group.role)


def _place(columns: Columns, pending: list[tuple[str, int]], column: int, found: Meaning) -> None:
    what, whose = found.what, found.whose
    if what in {"seq", "bib", "wave", "club", "city", "team", "class", "count", "note"}:
        columns.single.setdefault(what, column)
    elif what == "members":
        columns.lists.append(column)
    elif what == "phone" and whose == "list":
        columns.list_phones = column
    elif what in {"name", "surname", "given"} and not whose:
        last = columns.people[-1] if columns.people else None
        if (
            what != "name"
            and last
            and last.whose == "member"
            and what not in last.columns
            and "name" not in last.columns
        ):
            last.columns[what] = column
        else:
            many = sum(someone.whose.startswith("member") for someone in columns.people)
            columns.people.append(Someone("member" if not many else f"member {many + 1}", found.role, {what: column}))
    elif whose:
        someone = columns.person(whose)
        if someone is None:
            columns.people.append(someone := Someone(whose))
        someone.role = someone.role or found.role
        someone.columns.setdefault(what, column)
    elif what != "other":
        last = columns.people[-1] if columns.people else None
        if last and last.whose == "contact" and what != "phone":
            # A team's contact has no sex or duty here: the column is the member's before it.
            last = columns.members[-1] if columns.members else None
        if last is None or what in last.columns:
            pending.append((what, column))
        else:
            last.columns[what] = column


def _give_phone_to_team(columns: Columns) -> None:
    """“队员1 队员2 队员3 联系电话”: one telephone after all of them, that does not say whose, is the team's."""
    slots = [someone for someone in columns.members if "name" in someone.columns]
    if len(slots) < 2 or [someone for someone in slots if "phone" in someone.columns] != slots[-1:]:
        return
    said = _combined(*columns.pairs[slots[-1].columns["phone"]])
    if said and said.whose:
        return
    phone = slots[-1].columns.pop("phone")
    leaders = [s for whose in ("contact", "captain", "vice") for s in columns.people if s.whose == whose]
    leaders += [someone for someone in slots if someone.role == "队长"]
    if not leaders:
        columns.people.append(Someone("contact"))
        leaders = columns.people[-1:]
    leaders[0].columns.setdefault("phone", phone)


def _settle(columns: Columns, pending: list[tuple[str, int]]) -> None:
    """Give columns that stand before or after their person to the first who lacks one."""
    _give_phone_to_team(columns)
    if columns.list_phones is not None and not columns.lists and len(columns.members) == 1:
        columns.members[0].columns.setdefault("phone", columns.list_phones)
    for someone in columns.people:
        if someone.whose == "captain" and not columns.members and not columns.lists:
            someone.whose = "member"
    order = columns.members + [s for s in columns.people if s not in columns.members]
    if columns.lists and not columns.members:
        order = [s for whose in ("contact", "captain", "vice") for s in columns.people if s.whose == whose]
    for what, column in pending:
        for someone in order:
            if what not in someone.columns:
                someone.columns[what] = column
                break
        else:
            if what == "phone" and columns.lists and columns.person("contact") is None:
                columns.people.append(Someone("contact", "", {"phone": column}))
