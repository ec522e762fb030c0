"""What changes of a team on the day itself: who runs, who withdraws, and a team that comes late."""

from collections.abc import Collection, Mapping
from itertools import chain, count
from typing import Any

from base.faults import FaultyInput
from base.languages import Words
from organize.forms.fields import Fields
from race.model import Setup

LONGEST_NAME = 80
MOST_MEMBERS = 60


def read_members(fields: Fields, before: list[Any]) -> list[Any]:
    """Return the members as the form has them, `member-0` and on: a changed name keeps nothing of who was there.

    Raises:
        FaultyInput: a name is missing or too long.

    """
    members: list[Any] = []
    for index in range(max(len(before), 1)):
        name = fields.text(f"member-{index}", LONGEST_NAME)
        if not name:
            fields.fault(f"member-{index}", Words("Give a name. Who does not run is withdrawn, not left out."))
        was = before[index] if index < len(before) else {}
        same = name_of(was) == name
        members.append(was if same else name)
    if fields.faults:
        raise FaultyInput(fields.faults)
    return members


def name_of(member: Any) -> str:
    """Return the name of a member of a race file."""
    return str(member.get("name", "")) if isinstance(member, Mapping) else str(member)


def read_late_team(fields: Fields, setup: Setup, named: Collection[str]) -> dict[str, Any]:
    """Return a team that was not entered, as a race file's entry; it gets a free number if none is given.

    Raises:
        FaultyInput: with all that is wrong.

    """
    team, club = fields.text("team", LONGEST_NAME), fields.text("club", LONGEST_NAME)
    if not team:
        fields.fault("team", Words("Give the team a name."))
    class_ = fields.text("class", 64) or next(iter(setup.classes))
    if class_ not in setup.classes:
        fields.fault("class", Words("There is no %(what)s “%(name)s”.", {"what": Words("class"), "name": class_}))
    bib = fields.text("bib", 12) or free_number(setup)
    worn = {entry.bib.lstrip("0") for entry in setup.entries.values()}
    if bib.lstrip("0") in worn:
        fields.fault("bib", Words("Another team wears this number."))
    names = [line.strip()[:LONGEST_NAME] for line in fields.text("members", 4000).splitlines() if line.strip()]
    if len(names) > MOST_MEMBERS:
        fields.fault("members", Words("That is more people than one team has."))
    phone = fields.text("phone", 40)
    wave = fields.text("wave", 40)
    if fields.faults:
        raise FaultyInput(fields.faults)
    entry: dict[str, Any] = {
        "id": free_id(setup, named, bib),
        "bib": bib,
        "team": team,
        "class": class_,
        "members": names,
    }
    if club:
        entry["club"] = club
    if wave:
        entry["wave"] = wave
    if phone:
        entry["contact"] = {"name": names[0] if names else team, "phone": phone}
    return entry


def free_number(setup: Setup) -> str:
    """Return the number after the highest one worn."""
    numbers = [int(entry.bib) for entry in setup.entries.values() if entry.bib.isdecimal()]
    return str(max(numbers, default=0) + 1)


def free_id(setup: Setup, named: Collection[str], bib: str) -> str:
    """Return an id that no entry has and none had (`named` are those in the log): the number where it is free."""
    used = setup.entries.keys() | named
    candidates = chain([bib], (f"{bib}-{number}" for number in count(2)))
    return next(name for name in candidates if name not in used)
