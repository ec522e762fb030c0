"""The fact file: JSON Lines, one fact a line, in any order. Every fault is named with its line.

The same id with the same content is the same fact; with other content it is a conflict, and so a fault.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from base.faults import Fault, FaultyInput
from base.forms import Reader
from base.languages import Words
from facts.model import Fact
from games.rules import check_measures
from race.forms.decisions import Known, known_of, read_decision
from race.forms.file import read_race_file, with_bare
from race.model import Setup

LOG = "race"
PROOFS = ("qr", "rotating", "marshal", "code", "gps", "paper")
STAMPS = ("arrived", "begun", "ended")
MOST_HEADS = 1000

Body = dict[str, Any]


def read_fact_file(text: str, known: Known, setup: Setup | None, faults: list[Fault]) -> list[Fact]:
    """Return the facts of a file, each once. `setup`, where it is sound, says which measures a game takes."""
    facts: dict[str, tuple[int, Fact]] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        place = f"line {number}"
        try:
            data = json.loads(line, parse_constant=_no_number)
        except (ValueError, RecursionError):
            faults.append(Fault(place, Words("This is no JSON object.")))
            continue
        fact = _read(data, place, known, setup, faults)
        if fact is None:
            continue
        first, same = facts.setdefault(fact.id, (number, fact))
        if replace(same, revision=0) != replace(fact, revision=0):
            words = Words("“%(id)s” stands in line %(line)s with other content.", {"id": fact.id, "line": first})
            faults.append(Fault(f"{place}.id", words))
    return [fact for _, fact in facts.values()]


def _no_number(name: str) -> Any:
    raise ValueError(name)


def _read(data: Any, place: str, known: Known, setup: Setup | None, faults: list[Fault]) -> Fact | None:
    before = len(faults)
    reader = Reader(data, place, faults)
    if len(faults) > before:
        return None
    reader.needed("id")
    reader.needed("kind")
    reader.needed("at")
    name = reader.string("id", longest=80)
    kind = reader.choice("kind", tuple(KINDS), "")
    at = reader.instant("at")
    received_at = reader.instant("received_at")
    entry = _name(reader, "entry", Words("team"), known.entries)
    checkpoint = _name(reader, "checkpoint", Words("checkpoint"), known.checkpoints)
    by = reader.string("by", longest=200)
    body: Body = {}
    if kind:
        needs_entry, needs_checkpoint, read = KINDS[kind]
        if needs_entry:
            reader.needed("entry")
        if needs_checkpoint and "unknown" not in reader:
            reader.needed("checkpoint")
        body = read(reader, known)
        if kind == "game" and setup is not None:
            _check_game(reader, body, setup)
        reader.close()
    if len(faults) > before or at is None:
        return None
    body = {key: value for key, value in body.items() if value is not None}
    received = at if received_at is None else received_at
    revision = int(place.removeprefix("line "))
    return Fact(name, kind, at, received, by, entry, checkpoint, body, LOG, revision, b"")


def _name(reader: Reader, key: str, what: Words, names: frozenset[str] | None) -> str | None:
    name = reader.string(key, longest=64)
    if name and names is not None and name not in names:
        reader.fault(key, Words("There is no %(what)s “%(name)s”.", {"what": what, "name": name}))
    return name or None


def _gun(reader: Reader, known: Known) -> Body:
    class_ = _name(reader, "class", Words("class"), known.classes)
    return {"class": class_, "wave": reader.string("wave", longest=40) or None}


def _checkin(reader: Reader, _known: Known) -> Body:
    members = _members(reader)
    heads = reader.integer("heads", len(members or ()), most=MOST_HEADS)
    return {"heads": heads, "members": members, "swapped": reader.take("swapped")}


def _members(reader: Reader) -> list[int] | None:
    if "members" not in reader:
        reader.take("members")
        return None
    members = []
    for place, item in reader.items("members", most=MOST_HEADS):
        if isinstance(item, bool) or not isinstance(item, int) or item < 0:
            reader.faults.append(Fault(place, Words("Members are named by their places in the team, from 0.")))
        else:
            members.append(item)
    return members


def _proof(reader: Reader, _known: Known) -> Body:
    return {"proof": reader.choice("proof", PROOFS, "qr")}


def _punch(reader: Reader, known: Known) -> Body:
    unknown = reader.string("unknown", longest=40) or None
    return {**_proof(reader, known), "gps": reader.take("gps"), "unknown": unknown}


def _sheet(reader: Reader, _known: Known) -> Body:
    reader.needed("quiz")
    return {
        "quiz": reader.string("quiz", longest=64),
        "attempt": reader.integer("attempt", 1, least=1, most=1000),
        "questions": [str(item) for _, item in reader.items("questions", most=1000)],
        "sealed": reader.truth("sealed") or None,
    }


def _answer(reader: Reader, _known: Known) -> Body:
    answers = reader.take("answers")
    if answers is not None and not isinstance(answers, Mapping):
        reader.fault("answers", Words("This must be an object with named values."))
    if "sheet" not in reader and "right" not in reader:
        reader.fault("sheet", Words("This is missing."))
    return {
        "sheet": reader.string("sheet", longest=80) or None,
        "quiz": reader.string("quiz", longest=64) or None,
        "answers": answers,
        "right": reader.optional_integer("right", most=1000),
        "seconds": reader.number("seconds", least=0, most=7 * 86_400),
        "expired": reader.take("expired"),
    }


def _stamp(reader: Reader, _known: Known) -> Body:
    reader.needed("what")
    return {"what": reader.choice("what", STAMPS, "begun")}


def _game(reader: Reader, _known: Known) -> Body:
    measures = reader.take("measures")
    if not isinstance(measures, Mapping):
        reader.fault("measures", Words("The measures are missing."))
        measures = {}
    return {
        "game": reader.string("game", longest=64) or None,
        "attempt": reader.optional_integer("attempt", least=1, most=1000),
        "measures": dict(measures),
    }


def _check_game(reader: Reader, body: Body, setup: Setup) -> None:
    game = setup.games.get(body.get("game") or "")
    if body.get("game") and game is None:
        words = Words("There is no %(what)s “%(name)s”.", {"what": Words("game"), "name": body["game"]})
        reader.fault("game", words)
    for fault in check_measures(game, body["measures"]) if game else ():
        reader.fault(f"measures.{fault.path}", fault.words)


def _heads(reader: Reader, _known: Known) -> Body:
    reader.needed("heads")
    return {"heads": reader.integer("heads", 0, most=MOST_HEADS)}


def _withdraw(reader: Reader, _known: Known) -> Body:
    members = _members(reader)
    if members == []:
        reader.fault("members", Words("Name who withdraws, or withdraw the whole team."))
    reason = reader.string("reason", longest=400)
    return {"members": members, "reason": reason, "safe": reader.truth("safe", default=True)}


def _setup(reader: Reader, _known: Known) -> Body:
    reader.needed("part")
    return {"part": reader.string("part", longest=64), "value": reader.take("value"), "reason": reader.take("reason")}


def _message(reader: Reader, _known: Known) -> Body:
    return {"text": reader.string("text")}


def _help(reader: Reader, _known: Known) -> Body:
    place = {name: reader.number(name, least=-180, most=1e6) for name in ("lat", "lon", "accuracy_m")}
    return {**place, "text": reader.string("text", longest=200)}


# By kind: whether it names an entry, whether a checkpoint, and how the rest of it is read.
KINDS: Mapping[str, tuple[bool, bool, Callable[[Reader, Known], Body]]] = {
    "gun": (False, False, _gun),
    "checkin": (True, False, _checkin),
    "start": (True, False, _proof),
    "punch": (True, True, _punch),
    "sheet": (True, True, _sheet),
    "answer": (True, True, _answer),
    "stamp": (True, True, _stamp),
    "game": (True, True, _game),
    "finish": (True, False, _proof),
    "heads": (True, False, _heads),
    "withdraw": (True, False, _withdraw),
    "decision": (False, False, read_decision),
    "setup": (False, False, _setup),
    "message": (False, False, _message),
    "help": (True, False, _help),
}


def read_race_and_facts(data: Any, text: str) -> tuple[Setup, list[Fact]]:
    """Read a race file and its fact file together. A race file without checkpoints knows every code that is punched.

    Raises:
        FaultyInput: with every fault of both; those of facts have paths that begin with their line.

    """
    faults: list[Fault] = []
    setup = None
    try:
        setup = read_race_file(data)
    except FaultyInput as faulty:
        faults.extend(faulty.faults)
    listed = isinstance(data, Mapping) and bool(data.get("checkpoints"))
    known = known_of(setup, any_checkpoint=not listed) if setup else _named(data, listed=listed)
    facts = read_fact_file(text, known, setup, faults)
    if faults or setup is None:
        raise FaultyInput(faults)
    return (setup if listed else with_bare(setup, (fact.checkpoint for fact in facts if fact.checkpoint))), facts


def _named(data: Any, *, listed: bool) -> Known:
    """Return the names that a faulty race file gives, so that the facts' own faults can be told with its."""

    def names(part: str, key: str) -> frozenset[str]:
        items = data.get(part) if isinstance(data, Mapping) else None
        each = (item.get(key) for item in items if isinstance(item, Mapping)) if isinstance(items, list) else ()
        return frozenset(str(name).strip() for name in each if name is not None)

    return Known(names("entries", "id"), names("classes", "id"), names("checkpoints", "code") if listed else None)
