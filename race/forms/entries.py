"""Entries: race-file JSON to model and back."""

from typing import Any

from base.clock import format_instant
from base.faults import Fault
from base.forms import Reader
from race.model import Entry, Member


def read_entry(data: Any, path: str, faults: list[Fault], draw_no: int = 0) -> Entry:
    """Read one entry. `draw_no` is its number among the entries: neighbours draw different questions."""
    reader = Reader(data, path, faults)
    reader.needed("id")
    entry = Entry(
        id=reader.string("id", longest=64),
        class_=reader.string("class", longest=64),
        bib=reader.string("bib", longest=20),
        team=reader.string("team", longest=120),
        club=reader.string("club", longest=200),
        wave=reader.string("wave", longest=40) or None,
        first=tuple(str(item) for _, item in reader.items("first", most=50)),
        starts_at=reader.instant("starts_at"),
        contact=read_member(reader.take("contact"), reader.place("contact"), faults) if "contact" in reader else None,
        members=tuple(read_member(item, place, faults) for place, item in reader.items("members", most=1000)),
        draw_no=draw_no,
        card_version=reader.integer("card", 1, least=1, most=10**6),
    )
    reader.take("contact")
    reader.close()
    return entry


def read_member(data: Any, path: str, faults: list[Fault]) -> Member:
    """Read one person: a name, or an object."""
    if isinstance(data, str):
        return Member(data.strip()[:80])
    reader = Reader(data, path, faults)
    member = Member(
        name=reader.string("name", longest=80),
        phone=reader.string("phone", longest=40),
        gender=reader.string("gender", longest=20),
        role=reader.string("role", longest=40),
        emergency=reader.string("emergency", longest=120),
    )
    reader.close()
    return member


def entry_to_json(entry: Entry, timezone: str = "UTC") -> dict[str, Any]:
    """Return the race file's form of an entry, without what is empty."""
    data: dict[str, Any] = {
        "id": entry.id,
        "bib": entry.bib,
        "team": entry.team,
        "club": entry.club,
        "class": entry.class_,
        "wave": entry.wave,
        "first": list(entry.first),
        "starts_at": format_instant(entry.starts_at, timezone) if entry.starts_at is not None else None,
        "contact": member_to_json(entry.contact) if entry.contact else None,
        "members": [member_to_json(member) for member in entry.members],
        # The how many-eth card this is: a renewed one ends the key of the one before.
        "card": entry.card_version if entry.card_version > 1 else None,
    }
    return {name: value for name, value in data.items() if value}


def member_to_json(member: Member) -> str | dict[str, str]:
    """Return a plain name where that is all there is."""
    fields = {
        "name": member.name,
        "phone": member.phone,
        "gender": member.gender,
        "role": member.role,
        "emergency": member.emergency,
    }
    known = {name: value for name, value in fields.items() if value}
    return member.name if set(known) <= {"name"} else known
