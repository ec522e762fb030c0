"""A team's heads as the check-in page counts them: form to the record that read_act takes."""

from collections.abc import Mapping
from typing import Any

from organize.forms.fields import Fields
from race.model import Entry

MOST_HEADS = 1000


def read_count(fields: Fields, entry: Entry, name: str) -> dict[str, Any]:
    """Return the record of a count: who of the members is here, further people, and who stands in for whom."""
    present = [place for place in range(len(entry.members)) if fields.ticked(f"here-{place}")]
    more = fields.number("more", 0, MOST_HEADS) or 0
    swapped = {
        str(place): new
        for place, member in enumerate(entry.members)
        if (new := fields.text(f"swap-{place}", 80)) and new != member.name
    }
    # Somebody for whom another name was typed is here, whether or not the box was ticked.
    members = sorted({*present, *map(int, swapped)})
    return _record(entry, name, len(members) + more, members, swapped)


def everybody(entry: Entry, size: int | None, name: str) -> dict[str, Any]:
    """Return the record of a team that is all here."""
    return _record(entry, name, len(entry.members) or size or 0, list(range(len(entry.members))), {})


def _record(entry: Entry, name: str, heads: int, members: list[int], swapped: Mapping[str, str]) -> dict[str, Any]:
    record = {"kind": "checkin", "id": name, "entry": entry.id, "heads": heads, "members": members}
    return {**record, "swapped": dict(swapped)} if swapped else record
