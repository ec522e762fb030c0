"""What a club enters about its own teams, and the list of clubs that an organizer pastes."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from base.faults import Fault
from base.languages import Words
from organize.forms.fields import Fields
from organize.forms.teams import MOST_MEMBERS, read_names, read_phone
from organize.rules.signup import MOST_CLUBS, MOST_TEAMS
from organize.rules.teams import free_id
from race.rules.knowing import people_of, plain

_CLUB = re.compile(
    r"(?P<club>.*?)(?:[\s,，、;；:：]+(?P<most>\d{1,3})\s*(?:队|支|支队|个队|teams?)?)?\s*", re.IGNORECASE
)
LONGEST_CLUB = 200
LONGEST_MEMBERS = 2000


def read_clubs(text: str, most: int) -> tuple[dict[str, int], list[Fault]]:
    """Return how many teams each club may enter: a line a club, "湿地工会 3" or with a tab; without a number `most`."""
    found: dict[str, int] = {}
    faults: list[Fault] = []
    for number, line in enumerate(text.splitlines(), start=1):
        match = _CLUB.fullmatch(line.strip())
        club = " ".join(match["club"].split()) if match else ""
        if not club:
            continue
        teams = int(match["most"]) if match and match["most"] else most
        if len(club) > LONGEST_CLUB:
            longest = {"longest": LONGEST_CLUB}
            faults.append(Fault(f"line {number}", Words("This is longer than %(longest)s characters.", longest)))
        elif not 1 <= teams <= MOST_TEAMS:
            words = Words("A club may enter from 1 to %(most)s teams.", {"most": MOST_TEAMS})
            faults.append(Fault(f"line {number}", words))
        else:
            found[club] = teams
    if len(found) > MOST_CLUBS:
        faults.append(Fault("", Words("At most %(most)s clubs, please.", {"most": MOST_CLUBS})))
    return found, faults


@dataclass(frozen=True, slots=True)
class SignedUp:
    """What a club sent: whom to call, and its teams as they are to be, all of them."""

    contact: str
    phone: str
    teams: Sequence[dict[str, Any]]


def read_signup(
    fields: Fields,
    club: str,
    most: int,
    own: Sequence[Mapping[str, Any]],
    all_entries: Sequence[Mapping[str, Any]],
    named: Collection[str],
) -> SignedUp:
    """Return what a club's page says. `own` are its teams so far: what their form does not show, they keep.

    `named` are the ids that the race's log has named.
    """
    contact, phone = fields.text("contact", 80), read_phone(fields, "contact_phone")
    if not contact:
        fields.fault("contact", Words("Whom may the organizer ask? Give a name."))
    if not phone and "contact_phone" not in {fault.path for fault in fields.faults}:
        fields.fault("contact_phone", Words("Give a telephone number, for questions and for race morning."))
    known = {str(entry["id"]): entry for entry in own}
    caller = {key: value for key, value in (("name", contact), ("phone", phone)) if value}
    teams: list[dict[str, Any]] = []
    taken = list(all_entries)
    for number in range(MOST_TEAMS):
        name = f"team-{number}"
        before = known.pop(fields.text(f"{name}-id", 64), None)
        if before is None and number >= most:
            continue
        if fields.ticked(f"{name}-gone"):
            continue
        team = _read_team(fields, name, club, caller, before)
        if team is None:
            continue
        if "id" not in team:
            team["id"] = free_id(taken, named)
        taken.append(team)
        teams.append(team)
    # A team the page did not know of stays: whoever added it did not ask this club to take it away.
    return SignedUp(contact, phone, [*teams, *map(dict, known.values())])


def _read_team(
    fields: Fields, name: str, club: str, caller: Mapping[str, Any], before: Mapping[str, Any] | None
) -> dict[str, Any] | None:
    called, phone = fields.text(f"{name}-name", 120), read_phone(fields, f"{name}-phone")
    names = read_names(fields.text(f"{name}-members", LONGEST_MEMBERS))
    if not (called or names or phone or before):
        return None
    if not called and not names:
        words = Words("Give the team a name or its members. If it does not come, tick that below.")
        fields.fault(f"{name}-members", words)
    if len(names) > MOST_MEMBERS:
        fields.fault(f"{name}-members", Words("A team has at most %(most)s members here.", {"most": MOST_MEMBERS}))
    for again in {one for one in names if names.count(one) > 1}:
        fields.fault(f"{name}-members", Words("“%(name)s” stands twice in this team.", {"name": again}))
    entry: dict[str, Any] = {**(before or {}), "club": (before or {}).get("club") or club, "team": called}
    entry["class"] = fields.text(f"{name}-class", 64) or entry.get("class", "")
    entry["members"] = _with_known(names, before or {})
    # Called on race morning: the team's own captain, where a number is given, else the club's contact.
    entry["contact"] = {"name": names[0] if names else called, "phone": phone} if phone else dict(caller)
    return {key: value for key, value in entry.items() if value}


def _with_known(names: Sequence[str], before: Mapping[str, Any]) -> list[Any]:
    """Return the members: who was in the team before keeps what is known of them."""
    known = {plain(person.get("name")): person for person in people_of(before)}
    people = [{**known.get(plain(name), {}), "name": name} for name in names]
    return [person["name"] if set(person) == {"name"} else person for person in people]


def show_signup(teams: Sequence[Mapping[str, Any]], contact: str, phone: str) -> dict[str, str]:
    """Return what the page's fields show of a club's teams."""
    values = {"contact": contact, "contact_phone": phone}
    for number, entry in enumerate(teams):
        called = entry.get("contact")
        own = called.get("phone", "") if isinstance(called, Mapping) else ""
        values |= {
            f"team-{number}-id": str(entry["id"]),
            f"team-{number}-name": entry.get("team", ""),
            f"team-{number}-class": entry.get("class", ""),
            f"team-{number}-phone": "" if own == phone else own,
            f"team-{number}-members": "\n".join(person.get("name", "") for person in people_of(entry)),
        }
    return values
