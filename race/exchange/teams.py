"""Rows of a table → teams, whether a row is a member or a row is a team."""

import re
from dataclasses import dataclass, field, replace

from base.faults import Fault
from base.sheets import Row, place
from race.exchange.around import Context, Section, section_of, what_row
from race.exchange.clean import ID_NUMBER, is_id, quoted, read_phone
from race.exchange.layout import Block
from race.exchange.persons import Person, read_person, read_role
from race.exchange.seen import ColumnReader

_LEFT = re.compile(r"退出|退赛|取消|弃权|弃赛|不参加|不参赛|作废|放弃")


@dataclass(slots=True)
class Team:
    """One team as it is being read. `row` is its first; `count` what the sheet says of its number of people."""

    row: int
    sheet: str = ""
    team: str = ""
    club: str = ""
    class_: str = ""
    bib: str = ""
    wave: str = ""
    contact: Person | None = None
    members: list[Person] = field(default_factory=list)
    count: int | None = None
    alone: bool = False


class TableReader(ColumnReader):
    """One reading of one table; afterwards `teams`, `faults` and the rows `below` the teams are whole."""

    def __init__(self, block: Block, label: str) -> None:
        super().__init__(block.columns, label)
        self.block = block
        self.teams: list[Team] = []
        self.below: list[Row] = []
        self.leaders: list[tuple[Team, Person]] = []
        self.numbers_teams = False
        # By row number: what the line across the table above it says.
        self.sections: dict[int, Section] = {}

    def read(self) -> None:
        """Read the whole table."""
        self.see_identity(self.block.rows)
        self.block.columns = self.columns
        section = Section()
        rows = []
        for row in self.block.rows:
            found = section_of(row, self.columns)
            if found:
                section = found
                text = next(cell for cell in row.cells if cell.strip())
                self.fault(row.number, "a line across the table: %(text)s", text=quoted(text))
            elif self.is_entry(row):
                rows.append(row)
                self.sections[row.number] = section
        self.see_lists(rows)
        if self.columns.row_is_a_member:
            self.read_members(rows)
        else:
            self.read_teams(rows)
        self.see_lost(rows)
        for team in self.teams:
            team.club = team.club or self.block.context.club
        # Over a table of many clubs stands the telephone of whoever collects it, not theirs.
        one_club = len({team.club for team in self.teams}) == 1
        for team in self.teams:
            self.finish(team, one_club=one_club)

    def see_lost(self, rows: list[Row]) -> None:
        """Name the rows that say something and gave nobody; a form's numbered empty rows say nothing."""
        taken = {person.row for team in self.teams for person in team.members} | {team.row for team in self.teams}
        named = {fault.path for fault in self.faults}
        silent = {self.columns.single.get("seq"), self.columns.single.get("count")}
        for row in rows:
            said = [
                text
                for column, text in enumerate(row.cells)
                if text.strip() not in {"", "0"} and column not in row.filled and column not in silent
            ]
            if said and row.number not in taken and place(self.label, row.number) not in named:
                self.fault(
                    row.number, "no person's name stands in this row (%(first)s …); not read", first=quoted(said[0])
                )

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
        if any(ID_NUMBER.search(cell) and not is_id(cell) for cell in row.cells):
            self.fault(row.number, "an identity number in this row was left out")
        used = [*self.columns.single.values(), *self.columns.lists]
        used += [column for someone in self.columns.people for column in someone.columns.values()]
        if set(used) & row.lost:
            self.fault(row.number, "a formula here has no stored result; open the file, save it, and try again")
        return True

    # A row is a member

    def read_members(self, rows: list[Row]) -> None:
        """Read a table of members, each team from where its name stands down to the next."""
        member = self.columns.members[0]
        read = [(row, self.someone(row, member)) for row in rows]
        read = [(row, self.with_remark(row, people)) for row, people in read if people or self.orphan(row)]
        group = self.group_column([row for row, _ in read])
        said = sum(bool(self.own(row, group)) for row, _ in read) if group else 0
        repeated = said * 10 > len(read) * 6
        bibs = [bib for row, _ in read if (bib := self.single(row, "bib"))]
        # A number in each row and no two alike are the runners' own.
        self.numbers_teams = len(set(bibs)) < max(len(bibs), len(read))
        alone = not self.block.context.team and self.are_alone(group, repeated)
        current: Team | None = None
        for row, people in read:
            across = current is not None and self.sections[row.number] != self.sections[current.row]
            if alone or current is None or across or self.begins(row, people, current, group):
                current = self.same_again(row, people) if repeated and not alone else None
                if current is None:
                    current = self.start(row, self.teams[-1] if self.teams else None)
                    current.alone = alone
                    leaders = [(current, p) for whose in ("vice", "captain") for p in self.leading(row, whose)]
                    self.leaders += leaders
            current.members.extend(people)
            current.contact = current.contact or self.contact(row)
        for team, leader in self.leaders:
            self.put_leader(team, leader)
        if not self.numbers_teams and len(self.teams) < len(bibs):
            self.fault(rows[0].number, "each person has a number of their own here; a team has one, so none was taken")
            for team in self.teams:
                team.bib = ""

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
        if group == "team" or (group == "bib" and self.numbers_teams):
            return False
        named_apart = "surname" in self.columns.members[0].columns
        return named_apart or (not self.chinese and group != "seq") or (repeated and "class" in self.columns.single)

    def with_remark(self, row: Row, people: list[Person]) -> list[Person]:
        """Return a row's people with the role that its remark gives them."""
        role = read_role(self.cell(row, self.columns.single.get("note")))
        return [replace(person, role=person.role or role) for person in people]

    def begins(self, row: Row, people: list[Person], current: Team, group: str) -> bool:
        """Tell whether a new team begins in this row."""
        club = self.own(row, "club")
        if self.other_number(row, current):
            return True
        if group == "team" and self.own(row, "team"):
            same = (self.own(row, "team"), club or current.club) == (current.team, current.club)
            return not same or self.is_second_captain(people, current)
        if group == "club" and club == current.club and self.is_second_captain(people, current):
            return True
        if group in {"bib", "seq"} and self.own(row, group):
            return group == "seq" or self.own(row, "bib") != current.bib
        return bool(club) and club != current.club

    def other_number(self, row: Row, team: Team) -> bool:
        """Tell whether this row bears another team's number."""
        bib = self.own(row, "bib")
        return self.numbers_teams and bool(bib and team.bib) and bib != team.bib

    def is_second_captain(self, people: list[Person], current: Team) -> bool:
        """Tell whether this row's captain would be the team's second: then it is another team of the same name."""
        return "队长" in {person.role for person in people} & {person.role for person in current.members}

    def same_again(self, row: Row, people: list[Person]) -> Team | None:
        """Where every row names its team, rows of one team need not stand together."""
        name, club, bib = self.single(row, "team"), self.single(row, "club"), self.own(row, "bib")
        for team in reversed(self.teams):
            same = (
                team.team == name
                and (not club or team.club == club)
                and self.sections[team.row] == self.sections[row.number]
            )
            other = self.numbers_teams and bib and team.bib and bib != team.bib
            if same and not other and (team.team or team.club) and not self.is_second_captain(people, team):
                return team
        return None

    # A row is a team

    def read_teams(self, rows: list[Row]) -> None:
        """Read a table of teams, all members in their row."""
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
            if not people and not leaders and self.stands_already(row):
                self.fault(row.number, "no person's name stands in this row (%(first)s …); not read", first=names)
                continue
            before = self.teams[-1] if self.teams else None
            team = self.start(row, before)
            team.members = people
            for leader in reversed(leaders):
                self.put_leader(team, leader)
            team.contact = self.contact(row)
            team.count = self.counted(row)
            if not team.members:
                self.fault(row.number, "“%(team)s” stands here without a member's name", team=team.team or team.club)

    def stands_already(self, row: Row) -> bool:
        """Tell whether a row names a team that an earlier one has: without anybody in it, it is no second team."""
        named = (self.single(row, "team"), self.single(row, "club"))
        return any((team.team, team.club) == named for team in self.teams)

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
        values = {what: self.single(row, what) for what in ("team", "club", "class", "bib", "wave")}
        if not self.chinese and "Cl.name" in self.columns.words:
            values["club"] = " ".join(part for part in (values["club"], self.single(row, "city")) if part)
        above = {"club": before.club, "class": before.class_, "wave": before.wave} if before else {}
        values |= {what: above[what] for what in above if not values[what] and self.is_as_above(row, what)}
        section = self.sections[row.number]
        team = Team(
            row.number,
            self.label,
            values["team"] or section.team,
            values["club"] or section.club,
            values["class"] or section.class_,
            values["bib"],
            values["wave"],
        )
        if section.contact or section.phone:
            team.contact = self.reachable(section)
        self.teams.append(team)
        return team

    def reachable(self, said: Context | Section) -> Person:
        """Return the contact that lines around the table name."""
        person = read_person(said.contact)
        phone = read_phone(said.phone, chinese=self.chinese)
        return Person(person.name, phone.number or person.phone)

    def finish(self, team: Team, *, one_club: bool) -> None:
        """Add what the lines around the table say, and see whether what the sheet says of the team is so."""
        context = self.block.context
        team.team = team.team or (context.team if not team.alone else "")
        team.class_ = team.class_ or context.class_
        if team.contact is None and one_club and (context.contact or context.phone):
            team.contact = self.reachable(context)
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
