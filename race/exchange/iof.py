"""EntryList of the IOF Data Standard 3.0, and the older 2.0.3."""

from typing import Any

from base.faults import Fault, FaultyInput
from base.languages import Words
from base.xml import Element, parse


def read_entry_list(data: bytes) -> tuple[dict[str, Any], list[Fault]]:
    """Return the entries of an EntryList, persons and teams, and the faults. A class is named by its name.

    A person who enters alone is a team of one with that person's name.

    Raises:
        FaultyInput: it is no readable XML, or holds no entries.

    """
    root = parse(data)
    faults: list[Fault] = []
    # 2.0.3 groups entries by club and calls them Entry.
    found = [(entry, club) for entry, club in _entries(root)]
    if not found:
        raise FaultyInput([Fault("", Words("This file holds no entries."))])
    entries = []
    for number, (element, club) in enumerate(found, start=1):
        entry = _team(element) if element.name == "TeamEntry" else _person_entry(element)
        if not entry["members"] and not entry.get("team"):
            faults.append(Fault(f"line {element.line}", Words("An entry without a name is left out.")))
            continue
        entry.setdefault("club", club)
        classes = [_class(item) for item in element.all("Class")] or [_class(element)]
        if classes[0]:
            entry["class"] = classes[0]
        if len(classes) > 1:
            words = Words("%(name)s may run in several classes; the first is taken.", {"name": entry["team"]})
            faults.append(Fault(f"line {element.line}", words))
        bib = element.value("BibNumber")
        order = ("id", "bib", "team", "club", "class", "contact", "members")
        entry |= {"id": str(number), "bib": bib}
        entries.append({key: entry[key] for key in order if key == "members" or entry.get(key)})
    bibs = [entry.get("bib") for entry in entries]
    if all(bibs) and len(set(bibs)) == len(bibs):
        for entry in entries:
            entry["id"] = entry["bib"]
    return {"entries": entries}, faults


def _entries(root: Element) -> list[tuple[Element, str]]:
    found = []
    for element in root.children:
        if element.name in {"PersonEntry", "TeamEntry"}:
            found.append((element, ""))
        elif element.name in {"ClubEntry", "NoClubEntry"}:
            club = element.value("Club", "Name") or element.value("Club", "ShortName")
            found.extend((entry, club) for entry in element.children if entry.name in {"Entry", "TeamEntry"})
    return found


def _team(element: Element) -> dict[str, Any]:
    people = sorted(element.all("TeamEntryPerson"), key=lambda person: _leg(person.value("Leg")))
    members = [member for person in people if (member := _member(person))]
    entry: dict[str, Any] = {"team": element.value("Name") or element.value("TeamName"), "members": members}
    club = element.value("Organisation", "Name")
    contact = element.child("ContactPerson")
    if club:
        entry["club"] = club
    if contact:
        person = {"name": _name(contact), "phone": _phone(contact)}
        entry["contact"] = {key: value for key, value in person.items() if value}
    return entry


def _leg(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 0


def _person_entry(element: Element) -> dict[str, Any]:
    member = _member(element)
    entry: dict[str, Any] = {"team": member["name"] if member else "", "members": [member] if member else []}
    club = element.value("Organisation", "Name") or element.value("Organisation", "ShortName")
    if club:
        entry["club"] = club
    return entry


def _member(element: Element) -> dict[str, str] | None:
    person = element.child("Person")
    name = _name(person) if person else ""
    if not person or not name:
        return None
    member = {"name": name, "phone": _phone(person), "gender": person.attributes.get("sex", "")}
    return {key: value for key, value in member.items() if value}


def _name(person: Element) -> str:
    """Return given name and family name; Chinese ones family first and without a blank."""
    name = person.child("Name") or person.child("PersonName")
    if not name:
        return ""
    given, family = name.value("Given"), name.value("Family")
    if family and given and not (family + given).isascii() and all("\u3400" <= sign <= "\u9fff" for sign in family):
        return family + given
    return f"{given} {family}".strip()


def _phone(person: Element) -> str:
    contacts = person.all("Contact")
    wanted = {"PhoneNumber", "MobilePhoneNumber"}
    return next((" ".join(c.text.split())[:40] for c in contacts if c.attributes.get("type") in wanted), "")


def _class(element: Element) -> str:
    return (element.value("Name") or element.value("ClassShortName") or element.value("Id"))[:64]
