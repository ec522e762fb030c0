"""What columns hold, seen from their cells where their headers leave it open or say it wrongly."""

from base.sheets import Row
from race.exchange.clean import is_id, plain
from race.exchange.columns import Someone, from_pairs
from race.exchange.persons import is_name, read_people
from race.exchange.rows import RowReader

_TICKS = {"", "是", "否", "√", "✓", "✔", "×", "x", "y", "n", "yes", "no", "1", "0", "●", "○", "v", "/", "-"}


class ColumnReader(RowReader):
    """A reader of rows that looks at the cells once more before it trusts the headers."""

    def see_identity(self, rows: list[Row]) -> None:
        """See from the cells which columns hold identity numbers, whatever stands above them."""
        width = max((len(row.cells) for row in rows), default=0)
        found = set()
        for column in range(width):
            cells = [text for row in rows if (text := self.cell(row, column)).strip()]
            if sum(map(is_id, cells)) * 2 > len(cells):
                found.add(column)
        if found:
            pairs = (*self.columns.pairs, *[("", "")] * (width - len(self.columns.pairs)))
            self.columns = from_pairs(pairs, self.columns.words, found)

    def see_lists(self, rows: list[Row]) -> None:
        """See from the cells what headers leave open: names or lists of names, a captain's name or a tick."""
        if len(self.columns.lists) == 1 and not self.columns.members:
            only = self.columns.lists[0]
            self.columns.lists += self.going_on(rows, only)
        if len(self.columns.lists) == 1 and not self.columns.members:
            said = [len(read_people(text)) for row in rows if (text := self.cell(row, only)).strip()]
            teams = {self.single(row, "team") for row in rows if self.own(row, "team")}
            if said and max(said) == 1 and len(teams) < len(said):
                # “队员” over single names is a column of names.
                pairs = list(self.columns.pairs)
                pairs[only] = ("", "姓名")
                self.columns = from_pairs(tuple(pairs), self.columns.words)
        self.see_phones(rows)
        if not self.columns.row_is_a_member:
            return
        member = self.columns.members[0]
        captain = self.columns.person("captain")
        ticked = captain.columns.get("name") if captain else None
        if captain and ticked is not None and all(plain(self.cell(row, ticked)) in _TICKS for row in rows):
            # “队长” over ticks instead of names.
            self.columns.people.remove(captain)
            member.columns = {**captain.columns, **member.columns, "captain_mark": ticked}
        column = member.columns.get("name")
        sizes = [len(read_people(text)) for row in rows if (text := self.cell(row, column)).strip()]
        if column is not None and sum(size > 1 for size in sizes) * 2 > len(sizes):
            self.columns.people.remove(member)
            self.columns.lists.append(column)
            phone = member.columns.get("phone")
            if phone is not None and self.columns.person("contact") is None:
                self.columns.people.append(Someone("contact", "", {"phone": phone}))
                self.see_phones(rows)
            else:
                self.columns.list_phones = phone

    def see_phones(self, rows: list[Row]) -> None:
        """See whether the telephones beside a list of names are one for each of them."""
        contact = self.columns.person("contact")
        if not self.columns.lists or contact is None or set(contact.columns) != {"phone"}:
            return
        column = contact.columns["phone"]
        for row in rows:
            people = [person for only in self.columns.lists for person in read_people(self.cell(row, only))]
            if len(people) > 1 and len(self.numbers(row, column)) == len(people):
                self.columns.people.remove(contact)
                self.columns.list_phones = column
                return

    def going_on(self, rows: list[Row], column: int) -> list[int]:
        """Return the columns without a header that go on with the names of the column before them."""
        found = []
        for beside in range(column + 1, max((len(row.cells) for row in rows), default=0)):
            texts = [text for row in rows if (text := self.cell(row, beside)).strip()]
            headed = beside < len(self.columns.pairs) and any(self.columns.pairs[beside])
            if headed or not texts or not all(map(is_name, texts)):
                break
            found.append(beside)
        return found
