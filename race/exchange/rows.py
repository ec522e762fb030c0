"""What one row of a table says: texts, and the people in it."""

import re
from dataclasses import replace

from base.faults import Fault
from base.languages import Words
from base.sheets import Row, place
from race.exchange.clean import LOST, fold, has_han, plain, quoted, read_phone, tidy
from race.exchange.columns import Columns, Someone
from race.exchange.persons import (
    NOBODY,
    Person,
    is_name,
    read_captain_mark,
    read_gender,
    read_people,
    read_person,
    read_role,
    read_role_column,
)

# As in the row above, which is what an empty cell says too.
_DITTO = {"同上", "〃", "″", '"', "''", "“", "”", "ditto"}


class RowReader:
    """Reads rows of a table with these columns; what it cannot take it adds to `faults`."""

    def __init__(self, columns: Columns, label: str) -> None:
        self.columns = columns
        self.label = label
        self.chinese = has_han(columns.words)
        self.faults: list[Fault] = []

    def fault(self, row: int, message: str, **arguments: object) -> None:
        """Note a fault of a row."""
        self.faults.append(Fault(place(self.label, row), Words(message, arguments)))

    def cell(self, row: Row, column: int | None) -> str:
        """Return the text of a cell, "" where the table has no such column."""
        return row.cells[column] if column is not None and column < len(row.cells) else ""

    def single(self, row: Row, what: str) -> str:
        """Return the text of a column there is one of: team, club, class, number …"""
        text = tidy(self.cell(row, self.columns.single.get(what)))
        return "" if text in {"/", "-", "无", "—"} or plain(text) in _DITTO else text

    def is_as_above(self, row: Row, what: str) -> bool:
        """Tell whether a row leaves something as it is in the row above; “—” and “无” say that there is none."""
        column = self.columns.single.get(what)
        return column is not None and plain(self.cell(row, column)) in _DITTO | {""}

    def own(self, row: Row, what: str) -> str:
        """The text of a column where the row itself says it, not a merged cell that began above."""
        column = self.columns.single.get(what)
        return "" if column in row.filled else self.single(row, what)

    def someone(self, row: Row, who: Someone) -> list[Person]:
        """Read a person's columns. A name cell may hold several people, where people wrote them so."""
        texts = {what: self.cell(row, column) for what, column in who.columns.items()}
        beside = who.columns.get("name", who.columns.get("given"))
        if who.columns.get("phone") in row.filled and beside not in row.filled:
            texts.pop("phone")  # one telephone merged over a team is that of the person beside its first row
        name = texts.get("name") or f"{texts.get('given', '')} {texts.get('surname', '')}"
        if who.whose.startswith("member") and (who.whose == "member" or has_han(name)):
            several = read_people(name)
            if len(several) > 1 and all(is_name(person.name) for person in several):
                # Of several in the captain's cell the first is it; reserves are all reserves.
                roles = [who.role] + ([who.role] if who.role == "替补" else [""]) * (len(several) - 1)
                people = [
                    self.named(row, replace(person, role=person.role or role))
                    for person, role in zip(several, roles, strict=True)
                ]
                return self.with_phones(row, people, who.columns.get("phone"))
        person = read_person(name)
        rest = any(text.strip() for what, text in texts.items() if what in {"phone", "emergency"})
        if not is_name(person.name):
            if plain(name) and (rest or person.name):
                self.fault(row.number, "“%(text)s” is no person's name; left out", text=quoted(name))
            elif rest and who.whose != "contact" and not set(who.columns.values()) & row.filled:
                self.fault(row.number, "there is a telephone but no name; left out")
            if who.whose != "contact":
                return []
            person = replace(person, name="")
        phone = person.phone
        if texts.get("phone"):
            phone = self.phone(row, person.name, texts["phone"]) or phone
        role = (
            read_role_column(texts.get("role", ""))
            or read_role(texts.get("job", ""))
            or read_captain_mark(texts.get("captain_mark", ""))
        )
        person = replace(
            person,
            phone=phone,
            gender=read_gender(re.split(r"[/、,，\s\d]", texts.get("gender", "").strip())[0]) or person.gender,
            role=role or person.role or who.role,
            emergency=self.emergency(row, texts),
        )
        return [self.named(row, person)] if person.name or person.phone else []

    def named(self, row: Row, person: Person) -> Person:
        """Return the person with its row; tell of a name that lost a character."""
        if LOST.search(person.name):
            self.fault(row.number, "the name %(name)s lost a rare character when the file was saved", name=person.name)
        if person.aside:
            self.fault(
                row.number, "beside %(name)s stands “%(text)s”; left out", name=person.name, text=quoted(person.aside)
            )
        return replace(person, row=row.number)

    def phone(self, row: Row, name: str, text: str) -> str:
        """Return a telephone, its fault noted."""
        phone = read_phone(text, chinese=self.chinese)
        if phone.fault:
            self.fault(row.number, "%(name)s: %(fault)s", name=name or "—", fault=phone.fault)
        return phone.number

    def emergency(self, row: Row, texts: dict[str, str]) -> str:
        """Return whom to call, name and telephone in one text, wherever they stood."""
        text, number = fold(texts.get("emergency", "")), texts.get("emergency_phone", "")
        inside = re.search(r"(?:\+?86[- ]?)?1\d{2}[- ]?\d{4}[- ]?\d{4}(?!\d)|0\d{2,3}-\d{7,8}", text)
        if inside and not number:
            number, text = inside[0], text.replace(inside[0], " ")
        name = tidy(text).strip(" ,，:：;；、/")
        name = "" if plain(name) in NOBODY else name
        return " ".join(part for part in (name, self.phone(row, name, number)) if part)

    def contact(self, row: Row) -> Person | None:
        """Return the team's contact as this row gives it."""
        who = self.columns.person("contact")
        people = self.someone(row, who) if who else []
        return people[0] if people else None

    def listed(self, row: Row) -> list[Person]:
        """Return the members that stand together in one cell."""
        people = []
        for column in self.columns.lists:
            for person in read_people(self.cell(row, column)) if column not in row.filled or self.spread(row) else []:
                if is_name(person.name):
                    people.append(self.named(row, person))
                elif person.name:
                    self.fault(row.number, "“%(text)s” is no person's name; left out", text=quoted(person.name))
        if people and self.columns.first_is_captain and not any(person.role == "队长" for person in people):
            people[0] = replace(people[0], role="队长")
        return self.with_phones(row, people, self.columns.list_phones)

    def with_phones(self, row: Row, people: list[Person], column: int | None) -> list[Person]:
        """Return the people of one cell with the telephones of another, if there is one for each."""
        numbers = self.numbers(row, column)
        if people and len(numbers) == len(people):
            return [
                replace(person, phone=self.phone(row, person.name, number))
                for person, number in zip(people, numbers, strict=True)
            ]
        if people and numbers:
            self.fault(row.number, "there are not as many telephones here as names; left out")
        return people

    def numbers(self, row: Row, column: int | None) -> list[str]:
        """Return the telephones that stand together in one cell."""
        return [part for part in re.split(r"[\s、,，;；/]+", fold(self.cell(row, column))) if part]

    def spread(self, row: Row) -> bool:
        """Tell whether one word “队员” stands over several columns, a member in each: then nothing was merged below."""
        return not any(self.own(row, what) == "" and self.single(row, what) for what in ("team", "seq", "club"))

    def leading(self, row: Row, whose: str) -> list[Person]:
        """Return the captain or vice captain who has a column of their own."""
        who = self.columns.person(whose)
        role = "队长" if whose == "captain" else "副队长"
        return [replace(person, role=role) for person in self.someone(row, who)] if who else []

    def counted(self, row: Row) -> int | None:
        """Return how many people the row says there are."""
        found = re.search(r"\d{1,3}", fold(self.cell(row, self.columns.single.get("count"))))
        return int(found[0]) if found else None
