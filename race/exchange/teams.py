"""Rows of a table → teams, whether a row is a member or a row is a team."""

import re
from dataclasses import dataclass, field, replace

from base.faults import Fault
from base.sheets import Row, place
from race.exchange.clean import plain, quoted, read_phone
from race.exchange.columns import from_pairs
from race.exchange.layout import Block, section_of, what_row
from race.exchange.persons import Person, read_people, read_person, read_role
from race.exchange.rows import RowReader

_DITTO = {"同上", "〃", "″", '"', "''", "ditto"}
_TICKS = {"", "是", "否", "√", "✓", "✔", "×", "x", "y", "n", "yes", "no", "1", "0", "●", "○", "v", "/", "-"}
_LEFT = re.compile(r"退出|退赛|取消|弃权|弃赛|不参加|不参赛|作废|放弃")
_ORDINAL = re.compile(r"第?[一二三四五六七八九十\d]{1,2}[队组]?|[A-Za-z]队?")


@dataclass(slots=True)
class Team:
    """One team as it is being read. `row` is its first; `count` what the sheet says of its number of people."""

    row: int
    sheet: str = ""
    team: str = ""
    club: str = ""
    class_: str = ""
    bib: str = ""
    contact: Person | None = None
    members: list[Person] = field(default_factory=list)
    count: int | None = None
    alone: bool = False


class TableReader(RowReader):
    """One reading of one table; afterwards `teams`, `faults` and the rows `below` the teams are whole."""

    def __init__(self, block: Block, label: str) -> None:
        super().__init__(block.columns, label)
        self.block = block
        self.teams: list[Team] = []
        self.below: list[Row] = []
        self.leaders: list[tuple[Team, Person]] = []
        # By row number: the club and the class that a line across the table above it names.
        self.sections: dict[int, tuple[str, str]] = {}

    def read(self) -> None:
        """Read the whole table."""
        section = ("", "")
        rows = []
        for row in self.block.rows:
            found = section_of(row)
            if found and not ("club" in self.columns.single and found[0]):
                section = found
                self.fault(row.number, "a line across the table: %(text)s", text=quoted(" ".join(found).strip()))
            elif self.is_entry(row):
                rows.append(row)
                self.sections[row.number] = section
        self.see_lists(rows)
        if self.columns.row_is_a_member:
            self.read_members(rows)
        else:
            self.read_teams(rows)
        for team in self.teams:
            team.club = team.club or self.block.context.club
        # Over a table of many clubs stands the telephone of whoever collects it, not theirs.
        one_club = len({team.club for team in self.teams}) == 1
        for team in self.teams:
            self.finish(team, one_club=one_club)

    def is_entry(self, row: Row) -> bool:
        """Tell whether a row is an entry; if not, note what it is."""
        named = any(self.cell(row, someone.columns.get("name")).strip() for someone in self.columns.people)
        named = named or any(self.cell(row, column).strip() for column in self.columns.lists)
        what = what_row(row, has_person=named)
        if what is not None:
            self.faults.append(Fault(place(self.label, row.number), what))
            self.below.append(row)
            return False
        self.below = []
        remark = self.single(row, "note")
        if _LEFT.search(remark):
            self.fault(row.number, "the remark says “%(text)s”; still read", text=quoted(remark))
        used = [*self.columns.single.values(), *self.columns.lists]
        used += [column for someone in self.columns.people for column in someone.columns.values()]
        if set(used) & row.lost:
            self.fault(row.number, "a formula here has no stored result; open the file, save it, and try again")
        return True

    def see_lists(self, rows: list[Row]) -> None:
        """See from the cells what headers leave open: names or lists of names, a captain's name or a tick."""
        if len(self.columns.lists) == 1 and not self.columns.members:
            only = self.columns.lists[0]
            said = [len(read_people(text)) for row in rows if (text := self.cell(row, only)).strip()]
            teams = {self.single(row, "team") for row in rows if self.own(row, "team")}
            if said and max(said) == 1 and len(teams) < len(said):
                # “队员” over single names is a column of names.
                pairs = list(self.columns.pairs)
                pairs[only] = ("", "姓名")
                self.columns = from_pairs(tuple(pairs), self.columns.words)
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
            self.columns.list_phones = member.columns.get("phone")

    # A row is a member

    def read_members(self, rows: list[Row]) -> None:
        """Read a table of members, each team from where its name stands down to the next."""
        member = self.columns.members[0]
        read = [(row, self.someone(row, member)) for row in rows]
        read = [(row, people) for row, people in read if people or self.orphan(row)]
        group = self.group_column([row for row, _ in read])
        said = sum(bool(self.own(row, group)) for row, _ in read) if group else 0
        repeated = said * 10 > len(read) * 6
        alone = not self.block.context.team and self.are_alone(group, repeated)
        current: Team | None = None
        for row, people in read:
            across = current is not None and self.sections[row.number] != self.sections[current.row]
            if alone or current is None or across or self.begins(row, current, group):
                current = self.same_again(row, people) if repeated and not alone else None
                if current is None:
                    current = self.start(row, self.teams[-1] if self.teams else None)
                    current.alone = alone
                    leaders = [(current, p) for whose in ("vice", "captain") for p in self.leading(row, whose)]
                    self.leaders += leaders
            if "note" in self.columns.single:
                role = read_role(self.cell(row, self.columns.single["note"]))
                people = [replace(person, role=person.role or role) for person in people]  # noqa: PLW2901  the same ones
            current.members.extend(people)
            current.contact = current.contact or self.contact(row)
        for team, leader in self.leaders:
            self.put_leader(team, leader)

    def orphan(self, row: Row) -> bool:
        """Tell of a row that names a team and nobody; a form's numbered empty rows are silent."""
        if self.own(row, "team") and not row.filled:
            self.fault(row.number, "“%(team)s” stands here without a member's name", team=self.own(row, "team"))
        return False

    def group_column(self, rows: list[Row]) -> str:
        """Return the column whose text tells where a team begins: its name, else its number, else its club."""
        for what in ("team", "bib"):
            if any(self.single(row, what) for row in rows):
                return what
        numbered = [bool(self.own(row, "seq")) for row in rows]
        if any(numbered) and not all(numbered):
            return "seq"
        return "club" if any(self.single(row, "club") for row in rows) else ""

    def are_alone(self, group: str, repeated: bool) -> bool:
        """Tell whether these are single runners: no team anywhere, and a class or number for each of them."""
        if group == "team":
            return False
        named_apart = "surname" in self.columns.members[0].columns
        return named_apart or (not self.chinese and group != "seq") or (repeated and "class" in self.columns.single)

    def begins(self, row: Row, current: Team, group: str) -> bool:
        """Tell whether a new team begins in this row."""
        club = self.own(row, "club")
        if group == "team" and self.own(row, "team"):
            same = (self.own(row, "team"), club or current.club) == (current.team, current.club)
            return not same or self.is_second_captain(row, current)
        if group in {"bib", "seq"} and self.own(row, group):
            return group == "seq" or self.own(row, "bib") != current.bib
        return bool(club) and club != current.club

    def is_second_captain(self, row: Row, current: Team) -> bool:
        """Tell whether this row's captain would be the team's second: then it is another team of the same name."""
        who = self.columns.members[0]
        role = read_role(self.cell(row, who.columns.get("role"))) or read_role(
            self.cell(row, self.columns.single.get("note"))
        )
        return role == "队长" and any(person.role == "队长" for person in current.members)

    def same_again(self, row: Row, people: list[Person]) -> Team | None:
        """Where every row names its team, rows of one team need not stand together."""
        for team in self.teams:
            across = self.sections[team.row] != self.sections[row.number]
            if not across and (team.team, team.club) == (
                self.single(row, "team"),
                self.single(row, "club") or team.club,
            ):
                captains = {person.role for person in people} & {person.role for person in team.members} & {"队长"}
                if (team.team or team.club) and not captains:
                    return team
        return None

    # A row is a team

    def read_teams(self, rows: list[Row]) -> None:
        """Read a table of teams, all members in their row."""
        clubless = sum(not self.single(row, "club") for row in rows)
        for row in rows:
            people = [person for who in self.columns.members for person in self.someone(row, who)]
            people += self.listed(row)
            leaders = [p for whose in ("captain", "vice") for p in self.leading(row, whose)]
            names = self.own(row, "team") or self.own(row, "club")
            if not people and not leaders and not self.own(row, "team"):
                continue
            goes_on = self.columns.single.get("team") in row.filled or not self.single(row, "club")
            if goes_on and not names and not leaders and self.teams and people and not self.own(row, "seq"):
                self.teams[-1].members.extend(people)
                continue
            before = self.teams[-1] if self.teams else None
            team = self.start(row, before if clubless > 1 or _ORDINAL.fullmatch(self.single(row, "team")) else None)
            team.members = people
            for leader in reversed(leaders):
                self.put_leader(team, leader)
            team.contact = self.contact(row)
            team.count = self.counted(row)
            if not team.members:
                self.fault(row.number, "“%(team)s” stands here without a member's name", team=team.team or team.club)

    def put_leader(self, team: Team, leader: Person) -> None:
        """Mark the captain among the members; one who stands only in the captain's column is a member too."""
        for index, person in enumerate(team.members):
            if person.name == leader.name:
                team.members[index] = replace(
                    person,
                    role=leader.role,
                    phone=person.phone or leader.phone,
                    gender=person.gender or leader.gender,
                )
                return
        team.members.insert(0, leader)

    # Both

    def start(self, row: Row, before: Team | None) -> Team:
        """Begin a team; what is left blank or says “ditto” is as in the team `before`."""
        values = {what: self.single(row, what) for what in ("team", "club", "class", "bib")}
        if not self.chinese and "Cl.name" in self.columns.words:
            values["club"] = " ".join(part for part in (values["club"], self.single(row, "city")) if part)
        for what, above in (("club", before.club if before else ""), ("class", before.class_ if before else "")):
            if plain(values[what]) in _DITTO or (not values[what] and what in self.columns.single):
                values[what] = above
        club, class_ = self.sections[row.number]
        values["club"] = values["club"] or club
        values["class"] = values["class"] or class_
        team = Team(row.number, self.label, values["team"], values["club"], values["class"], values["bib"])
        self.teams.append(team)
        return team

    def finish(self, team: Team, *, one_club: bool) -> None:
        """Add what the lines around the table say, and see whether what the sheet says of the team is so."""
        context = self.block.context
        team.team = team.team or (context.team if not team.alone else "")
        team.class_ = team.class_ or context.class_
        if team.contact is None and one_club and (context.contact or context.phone):
            person = read_person(context.contact)
            phone = read_phone(context.phone, chinese=self.chinese)
            team.contact = Person(person.name, phone.number or person.phone)
        if context.captain:
            name = read_person(context.captain).name
            team.members = [replace(p, role=p.role or "队长") if p.name == name else p for p in team.members]
        if team.count is not None and team.members and team.count != len(team.members):
            self.fault(
                team.row,
                "%(team)s: the sheet counts %(said)s people, there are %(found)s names",
                team=team.team or team.club,
                said=team.count,
                found=len(team.members),
            )
