"""One team's form: race-file JSON to fields and back. Whoever has more about a member than a line shows keeps it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from base.languages import Words
from organize.forms.fields import Fields
from race.rules.knowing import people_of, plain

LONGEST = {"bib": 20, "team": 120, "club": 200, "class": 64, "wave": 40}
MOST_MEMBERS = 40
# Whatever people put between two names.
_BETWEEN = re.compile(r"[\n、，,;；/／]+")


def read_team(fields: Fields, before: Mapping[str, Any], checkpoints: Sequence[str] = ()) -> dict[str, Any]:
    """Return the entry with the form's fields laid over `before`. `checkpoints` are the codes that may come first."""
    entry = dict(before)
    for name, longest in LONGEST.items():
        entry[name] = fields.text(name, longest)
    if not entry["team"] and not entry["club"]:
        fields.fault("team", Words("Give the team a name, or its club."))
    entry["first"] = read_first(fields, checkpoints)
    entry["contact"] = read_contact(fields, before.get("contact"))
    entry["members"] = read_members(fields, before)
    return {key: value for key, value in entry.items() if value or key == "id"}


def read_first(fields: Fields, checkpoints: Sequence[str]) -> list[str]:
    """Return the codes of the checkpoints to visit first."""
    codes = [code for code in re.split(r"[\s、，,;；]+", fields.text("first", 200)) if code]
    unknown = [code for code in codes if code not in checkpoints]
    if unknown:
        fields.fault("first", Words("There is no checkpoint “%(code)s” in this race.", {"code": unknown[0]}))
    return codes


def read_contact(fields: Fields, before: Any) -> dict[str, Any] | None:
    """Return whom to call for a team, with what else is known of the same person; None where nobody is named."""
    said = {"name": fields.text("captain", 80), "phone": read_phone(fields, "phone")}
    known = before if isinstance(before, Mapping) and before.get("name") == said["name"] else {}
    person = {key: value for key, value in {**known, **said}.items() if value}
    return person or None


def read_phone(fields: Fields, name: str) -> str:
    """Return a telephone number: digits, and what people put between them."""
    text = fields.text(name, 40)
    if text and not re.fullmatch(r"[0-9+()（）\-–— .转*#]+", text):
        fields.fault(name, Words("A telephone number is made of digits."))
    return text


def read_members(fields: Fields, before: Mapping[str, Any]) -> list[Any]:
    """Return the members by row: name, telephone, role. A row without a name is left out.

    Where a row keeps its name, whatever else is known of that member stays.
    """
    known = people_of(before)
    people: list[Any] = []
    for row in range(MOST_MEMBERS):
        name = fields.text(f"member-{row}", 80)
        said = {"name": name, "phone": read_phone(fields, f"phone-{row}"), "role": fields.text(f"role-{row}", 40)}
        if not name:
            if said["phone"] or said["role"]:
                fields.fault(f"member-{row}", Words("Whose is this? Give the name too."))
            continue
        same = next((person for person in known if plain(person.get("name")) == plain(name)), {})
        person = {key: value for key, value in {**same, **said}.items() if value}
        people.append(name if set(person) == {"name"} else person)
    people += read_names(fields.text("more", 2000))
    if len(people) > MOST_MEMBERS:
        fields.fault("more", Words("A team has at most %(most)s members here.", {"most": MOST_MEMBERS}))
    return people


def read_names(text: str) -> list[str]:
    """Return the names in a text that somebody typed or pasted, however they are set apart."""
    return [name[:80] for piece in _BETWEEN.split(text) if (name := " ".join(piece.split()))]


def show_team(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the form's fields show of an entry."""
    contact = entry.get("contact") or {}
    contact = {"name": contact} if isinstance(contact, str) else contact
    values = {name: entry.get(name) or "" for name in LONGEST}
    values |= {"first": " ".join(entry.get("first") or ()), "captain": contact.get("name", "")}
    values |= {"phone": contact.get("phone", "")}
    for row, person in enumerate(people_of(entry)):
        values |= {f"member-{row}": person.get("name", ""), f"phone-{row}": person.get("phone", "")}
        values |= {f"role-{row}": person.get("role", "")}
    return values


def rows_of(values: Mapping[str, str], least: int) -> int:
    """Return how many rows of members a form has: those that are filled, `least`, and never more than it reads."""
    filled = [
        row for row in range(MOST_MEMBERS) if any(values.get(f"{of}-{row}") for of in ("member", "phone", "role"))
    ]
    return min(MOST_MEMBERS, max([least, *(row + 1 for row in filled)]))
