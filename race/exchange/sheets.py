"""Entries from the tables people fill in: a row a member or a row a team, columns found by their words."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from base.faults import Fault, FaultyInput
from base.languages import Words
from base.sheets import Row, Sheet, place, read_sheets
from race.exchange.around import club_of_title, read_context, team_size
from race.exchange.clean import read_phone
from race.exchange.layout import Layout, lay_out
from race.exchange.persons import Person, read_person
from race.exchange.teams import TableReader, Team
from race.exchange.upright import as_table

# So many people run in no race; reading more would only hold others up.
MOST_ROWS = 10_000

_PLAIN_SHEET = re.compile(
    r"(?:sheet|工作表|表)\s*\d*|.*(?:报名|汇总|名单|登记|统计|总表|附件|队伍|模板).*", re.IGNORECASE
)
_SAMPLE_SHEET = re.compile(r".*(?:示例|样例|范例|example|sample).*", re.IGNORECASE)
_NUMBER = re.compile(r"^[(（]?\d{1,3}[)）]?[.、．_\s-]*")
_CLASS_SHEET = re.compile(r".*(?:组|class)", re.IGNORECASE)


def looks_like_entries(sheets: tuple[Sheet, ...]) -> bool:
    """Tell whether any visible sheet holds a table of entries, or a form for one team."""
    return any(lay_out(sheet, "").blocks or as_table(sheet) for sheet in sheets if not sheet.hidden)


@dataclass(frozen=True, slots=True)
class EntryTable:
    """The entries of a file as the race file spells them, and the place of each ("line 8", "sheet 甲, line 8").

    `refused` are faults by sheet and line; `notes` the columns that hold something else and were not needed.
    """

    entries: tuple[dict[str, Any], ...]
    places: tuple[str, ...]
    refused: tuple[Fault, ...]
    notes: tuple[Fault, ...]


def read_entry_table(name: str, data: bytes) -> EntryTable:
    """Return the entries of a CSV, .xlsx or .xls.

    Raises:
        FaultyInput: the file cannot be read, or no table of entries is in it.

    """
    return read_entry_sheets(read_sheets(name, data))


def read_entry_sheets(sheets: tuple[Sheet, ...]) -> EntryTable:
    """Do the same from sheets already read."""
    if sum(len(sheet.rows) for sheet in sheets) > MOST_ROWS:
        words = Words("A table of teams has up to %(rows)s rows; part it into several files.", {"rows": MOST_ROWS})
        raise FaultyInput([Fault("", words)])
    size = team_size(sheets)
    teams: list[Team] = []
    notes: list[Fault] = []
    layouts, faults = _lay_out_all(sheets)
    host = _host(layouts)
    for sheet, label, layout in layouts:
        found: list[Team] = []
        for block in layout.blocks:
            if not host:
                block.context.club = block.context.club or block.context.title
            reader = TableReader(block, label)
            reader.read()
            faults.extend(reader.faults)
            found.extend(reader.teams)
            _add_what_is_below(reader.below, reader.teams)
        columns = [block.columns for block in layout.blocks]
        never = Words("this column holds identity numbers; it is never taken")
        faults += _of_columns(label, [header for each in columns for header in each.identity], never)
        unused = Words("this column is not needed; left out")
        notes += _of_columns(label, [header for each in columns for header in each.unused], unused)
        if layout.blocks:
            _name_by_sheet(sheet.name if len(sheets) > 1 else "", found)
        teams.extend(found)
    if not teams and not looks_like_entries(sheets):
        raise FaultyInput([Fault("", Words("No table of teams was found: it needs a row that names its columns."))])
    teams, more = _without_repeats(teams)
    faults += more + _wrong_sizes(teams, size) + _twice_entered(teams)
    entries = _numbered(teams, faults)
    places = tuple(place(team.sheet, team.row) for team in teams)
    return EntryTable(tuple(entries), places, tuple(_in_order(faults, sheets)), tuple(notes))


def _lay_out_all(sheets: tuple[Sheet, ...]) -> tuple[list[tuple[Sheet, str, Layout]], list[Fault]]:
    """Return each sheet that is read, with its label in faults and its tables; and what is wrong with any sheet."""
    layouts = []
    faults: list[Fault] = []
    for sheet in sheets:
        label = sheet.name if len(sheets) > 1 else ""
        if sheet.hidden:
            faults.append(Fault(f"sheet {sheet.name}", Words("this sheet is hidden, so it was not read")))
            continue
        if label and _SAMPLE_SHEET.fullmatch(label.strip()):
            faults.append(Fault(f"sheet {label}", Words("this sheet is a sample, so it was not read")))
            continue
        layout = lay_out(sheet, label)
        form = None if layout.blocks else as_table(sheet)
        if form:
            layout = lay_out(form, label)
        if not layout.blocks and sheet.rows:
            faults.append(Fault(f"sheet {label}" if label else "", Words("no table of teams was found in this sheet")))
        faults.extend(layout.faults)
        layouts.append((sheet, label, layout))
    return layouts, faults


def _of_columns(label: str, headers: list[str], words: Words) -> list[Fault]:
    """Say something of each of these columns, once."""
    before = f"sheet {label}, " if label else ""
    return [Fault(f"{before}column {header}", words) for header in dict.fromkeys(headers)]


def _host(layouts: list[tuple[Sheet, str, Layout]]) -> bool:
    """Tell whether the organisation that titles begin with is the host: it is where all begin with the same."""
    return len({block.context.title for *_, layout in layouts for block in layout.blocks}) < 2


def _add_what_is_below(rows: list[Row], teams: list[Team]) -> None:
    """A contact under the table of a single club is that club's."""
    context = read_context(rows, below=True)
    if context.contact and len({team.club for team in teams}) == 1:
        person = read_person(context.contact)
        for team in teams:
            team.contact = team.contact or Person(person.name, read_phone(context.phone).number or person.phone)


def _name_by_sheet(name: str, teams: list[Team]) -> None:
    """Where every club has its sheet, the sheet's name is the club of teams that have none."""
    name = _NUMBER.sub("", name.strip()) or name.strip()
    name = club_of_title(name) or name
    if not name or _PLAIN_SHEET.fullmatch(name):
        return
    for team in teams:
        if _CLASS_SHEET.fullmatch(name):
            team.class_ = team.class_ or name
        elif not team.club:
            team.club = name


def _called(team: Team) -> str:
    return team.team or team.club or (team.members[0].name if team.members else "")


def _without_repeats(teams: list[Team]) -> tuple[list[Team], list[Fault]]:
    """Name teams that stand twice; one with the same members is left out."""
    kept: list[Team] = []
    named: dict[tuple[str, str], list[Team]] = {}
    faults: list[Fault] = []
    for team in teams:
        for index, person in reversed(list(enumerate(team.members))):
            earlier = next((p for p in team.members[:index] if p.name == person.name), None)
            if earlier and (not person.phone or not earlier.phone or person.phone == earlier.phone):
                words = Words("%(name)s stands twice in this team; taken once", {"name": person.name})
                faults.append(Fault(place(team.sheet, person.row), words))
                del team.members[index]
        names = {person.name for person in team.members}
        twins = named.setdefault((team.team, team.club), []) if team.team or names else []
        again = next((t for t in twins if names and {person.name for person in t.members} == names), None)
        arguments = {"team": _called(team), "club": team.club}
        if again:
            words = Words("%(team)s of %(club)s stands here again with the same members; taken once", arguments)
            faults.append(Fault(place(team.sheet, team.row), words))
            continue
        if twins and team.team:
            words = Words("a second %(team)s of %(club)s, with other members; both are taken", arguments)
            faults.append(Fault(place(team.sheet, team.row), words))
        kept.append(team)
        twins.append(team)
    return kept, faults


def _wrong_sizes(teams: list[Team], size: tuple[int, int] | None) -> list[Fault]:
    """Name teams of another size than the sheet asks for, or else than nearly all the others have."""
    grown = [team for team in teams if team.members and not team.alone]
    if size is None and len(grown) > 2:
        number, times = Counter(len(team.members) for team in grown).most_common(1)[0]
        size = (number, number) if times * 3 >= len(grown) * 2 and number > 1 else None
    if size is None:
        return []
    least, most = size
    return [
        Fault(
            place(team.sheet, team.row),
            Words(
                "%(team)s has %(found)s members, it should have %(size)s",
                {
                    "team": _called(team),
                    "found": len(team.members),
                    "size": least if least == most else f"{least}-{most}",
                },
            ),
        )
        for team in grown
        if not least <= len(team.members) <= most and (team.count is None or team.count == len(team.members))
    ]


def _twice_entered(teams: list[Team]) -> list[Fault]:
    """Name people who stand in two teams: by name and telephone, or by name within a club."""
    faults: list[Fault] = []
    seen: dict[tuple[str, str], Team] = {}
    phones: dict[str, Person] = {}
    for team in teams:
        for person in team.members:
            keys = [(person.name, person.phone)] if person.phone else []
            keys += [(person.name, f"club {team.club}")] if team.club else []
            other = next((seen[key] for key in keys if key in seen and seen[key] is not team), None)
            if other is not None:
                words = Words(
                    "%(name)s is also a member of %(team)s (line %(line)s)",
                    {"name": person.name, "team": _called(other), "line": other.row},
                )
                faults.append(Fault(place(team.sheet, person.row or team.row), words))
            for key in keys:
                seen.setdefault(key, team)
            first = phones.setdefault(person.phone, person) if person.phone else person
            if first.name != person.name:
                words = Words(
                    "%(name)s has the same telephone as %(other)s (line %(line)s)",
                    {"name": person.name, "other": first.name, "line": first.row},
                )
                faults.append(Fault(place(team.sheet, person.row or team.row), words))
    return faults


def _numbered(teams: list[Team], faults: list[Fault]) -> list[dict[str, Any]]:
    """Return the entries. Their id is their bib where every team has one of its own, else 1, 2, 3 …"""
    bibs = [team.bib for team in teams]
    by_bib = all(bibs) and len(set(bibs)) == len(bibs)
    entries = []
    used: set[str] = set()
    for number, team in enumerate(teams, start=1):
        entry: dict[str, Any] = {"id": team.bib if by_bib else str(number)}
        bib = team.bib
        if bib in used:
            words = Words("the number %(bib)s is used twice; left out here", {"bib": bib})
            faults.append(Fault(place(team.sheet, team.row), words))
            bib = ""
        used |= {bib} - {""}
        name = team.team or (team.members[0].name if team.alone and team.members else "")
        entry |= {key: value for key, value in (("bib", bib), ("team", name), ("club", team.club)) if value}
        entry |= {key: value for key, value in (("class", team.class_), ("wave", team.wave)) if value}
        if team.contact:
            contact = {"name": team.contact.name, "phone": team.contact.phone}
            entry["contact"] = {key: value for key, value in contact.items() if value}
        entry["members"] = [person.to_json() for person in team.members]
        entries.append(entry)
    return entries


def _in_order(faults: list[Fault], sheets: tuple[Sheet, ...]) -> list[Fault]:
    """Sort by sheet and line; what concerns a whole sheet or column comes first."""
    order = {sheet.name: index for index, sheet in enumerate(sheets)}

    def key(fault: Fault) -> tuple[int, int]:
        found = re.fullmatch(r"(?:sheet (.*?))?(?:, )?(?:line (\d+)|column .*)?", fault.path, re.DOTALL)
        return (order.get(found[1] or "", -1), int(found[2] or 0)) if found else (-1, 0)

    return sorted(faults, key=key)
