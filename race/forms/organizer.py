"""What an organizer reports: guns, decisions, messages, check-ins, teams that withdraw."""

from collections.abc import Mapping
from typing import Any

from base import canonical
from base.faults import Fault, FaultyInput
from base.forms import Reader
from base.languages import Words
from facts.model import Draft
from race.forms.decisions import known_of, read_decision
from race.forms.records import new_names
from race.model import Setup

KINDS = ("gun", "decision", "message", "checkin", "start", "withdraw")
LONGEST_MESSAGE = 200


def read_act(data: Any, setup: Setup, by: str, now: int, nonce: str) -> Draft:
    """Read one act of an organizer. Without an instant it happens now; without an id it gets `nonce`.

    Raises:
        FaultyInput: with all that is wrong.

    """
    if not canonical.can_be_kept(data):
        raise FaultyInput([Fault("", Words("This record holds what cannot be written down."))])
    faults: list[Fault] = []
    reader = Reader(data, "", faults)
    name = reader.string("id", longest=64) or nonce
    kind = reader.choice("kind", KINDS, "")
    if not kind:
        reader.fault("kind", Words("This is missing."))
    at = reader.instant("at")
    entry = reader.string("entry", longest=64) or None
    if entry is not None and entry not in setup.entries:
        reader.fault("entry", Words("There is no team of that number in this race."))
    if entry is not None and kind == "gun":
        reader.fault("entry", Words("A gun is for all, a class or a wave; a team's own start is a start."))
    body = _BODIES[kind](reader, setup) if kind in _BODIES else {}
    reader.close()
    if at is not None and at > now + 1000 and kind != "gun":
        reader.fault("at", Words("This instant has not come yet."))
    if faults:
        raise FaultyInput(faults)
    return Draft(name, kind, at if at is not None else now, now, by, entry, None, body)


def _gun(reader: Reader, setup: Setup) -> Mapping[str, Any]:
    class_, wave = reader.string("class") or None, reader.string("wave") or None
    if class_ is not None and class_ not in setup.classes:
        reader.fault("class", Words("There is no %(what)s “%(name)s”.", {"what": "class", "name": class_}))
    return {"class": class_, "wave": wave}


def _decision(reader: Reader, setup: Setup) -> Mapping[str, Any]:
    return read_decision(reader, known_of(setup))


def _message(reader: Reader, _setup: Setup) -> Mapping[str, Any]:
    reader.needed("text")
    return {"text": reader.string("text", longest=LONGEST_MESSAGE)}


def _checkin(reader: Reader, _setup: Setup) -> Mapping[str, Any]:
    reader.needed("entry")
    members = [item for _, item in reader.items("members", most=1000) if isinstance(item, int)]
    body: dict[str, Any] = {"heads": reader.integer("heads", len(members), most=1000), "members": members}
    # As with a marshal's: new names live with the entry, the log notes only who was swapped.
    if names := new_names(reader.take("swapped")):
        body["swapped"] = sorted(names)
    return body


def _start(reader: Reader, _setup: Setup) -> Mapping[str, Any]:
    reader.needed("entry")
    return {}


def _withdraw(reader: Reader, setup: Setup) -> Mapping[str, Any]:
    """No `members` is the whole team; a list names some of them by their places in it."""
    reader.needed("entry")
    whole = "members" not in reader
    members = sorted({item for _, item in reader.items("members", most=1000) if isinstance(item, int)})
    entry = setup.entries.get(reader.string("entry", longest=64))
    if not whole and (not members or entry is None or members[0] < 0 or members[-1] >= len(entry.members)):
        reader.fault("members", Words("Name who withdraws, or withdraw the whole team."))
    return {
        "members": None if whole else members,
        "reason": reader.string("reason", longest=400),
        "safe": reader.truth("safe", default=True),
    }


_BODIES = {
    "gun": _gun,
    "decision": _decision,
    "message": _message,
    "checkin": _checkin,
    "start": _start,
    "withdraw": _withdraw,
}
