"""What a jury may decide, and what each decision's value looks like.

A value that is one thing may be written bare (60) or under its name ({"seconds": 60}); it is kept under its name.
`DECISIONS` is the one table of them: whom a decision is about, how its value is read, and its JSON Schema.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from base.faults import Fault
from base.forms import Reader
from base.languages import Words
from race.model import Setup, Status

MOST_S = 7 * 86_400
MOST_POINTS = 1_000_000
_INSTANT = {"type": "string", "format": "date-time"}
_STRING = {"type": "string"}

Value = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Known:
    """The names that records may use: ids of entries and classes, codes of checkpoints; None where any name goes."""

    entries: frozenset[str]
    classes: frozenset[str]
    checkpoints: frozenset[str] | None


def known_of(setup: Setup, *, any_checkpoint: bool = False) -> Known:
    """Return the names of a set-up."""
    codes = None if any_checkpoint else frozenset(setup.checkpoints)
    return Known(frozenset(setup.entries), frozenset(setup.classes), codes)


@dataclass(frozen=True, slots=True)
class Decision:
    """One kind of decision. `bare` is the name of the one thing its value holds, if it holds one."""

    read: Callable[[Reader, Known], Value]
    schema: Mapping[str, Any]
    bare: str | None = None
    of_entry: bool | None = None  # True: about one entry; False: about the whole race; None: either
    optional: bool = False


def read_decision(reader: Reader, known: Known) -> dict[str, Any]:
    """Read `what`, `value` and `reason` of a decision; return the fact's body. Notes every fault of the value."""
    what = reader.choice("what", tuple(DECISIONS), "")
    reason = reader.string("reason", longest=400)
    value = reader.take("value")
    if not what:
        if "what" not in reader:
            reader.fault("what", Words("This is missing."))
        return {}
    kind = DECISIONS[what]
    if kind.of_entry is True and "entry" not in reader:
        reader.fault("entry", Words("Which team is this about?"))
    if kind.of_entry is False and "entry" in reader:
        reader.fault("entry", Words("This is about the whole race and names no team."))
    return {"what": what, "value": _read_value(kind, value, reader, known), "reason": reason}


def _read_value(kind: Decision, value: Any, reader: Reader, known: Known) -> Value | None:
    if value is None and kind.optional:
        return None
    bare = kind.bare is not None and value is not None and not isinstance(value, Mapping)
    faults: list[Fault] = []
    place = reader.place("value")
    inner = Reader({kind.bare: value} if bare else {} if value is None else value, place, faults)
    found = kind.read(inner, known)
    inner.close()
    short = f"{place}.{kind.bare}"
    cut = bare or value is None
    reader.faults.extend(
        Fault(place + fault.path.removeprefix(short), fault.words) if cut and fault.path.startswith(short) else fault
        for fault in faults
    )
    return {name: item for name, item in found.items() if item is not None}


def _among(reader: Reader, key: str, what: Words, names: frozenset[str] | None, *, needed: bool = True) -> str | None:
    if needed and not reader.needed(key):
        return None
    name = reader.string(key, longest=64)
    if name and names is not None and name not in names:
        reader.fault(key, Words("There is no %(what)s “%(name)s”.", {"what": what, "name": name}))
    return name or None


def _status(reader: Reader, _known: Known) -> Value:
    reader.needed("status")
    return {"status": reader.choice("status", Status, Status.OK)}


def _seconds(reader: Reader, _known: Known) -> Value:
    reader.needed("seconds")
    return {"seconds": reader.integer("seconds", 0, least=-MOST_S, most=MOST_S)}


def _points(reader: Reader, _known: Known) -> Value:
    reader.needed("points")
    return {"points": reader.integer("points", 0, least=-MOST_POINTS, most=MOST_POINTS)}


def _class(reader: Reader, known: Known) -> Value:
    return {"class": _among(reader, "class", Words("class"), known.classes)}


def _checkpoint(reader: Reader, known: Known) -> Value:
    return {"checkpoint": _among(reader, "checkpoint", Words("checkpoint"), known.checkpoints)}


def _question(reader: Reader, _known: Known) -> Value:
    reader.needed("question")
    return {"question": reader.string("question", longest=64), "bank": reader.string("bank", longest=64) or None}


def _new_key(reader: Reader, known: Known) -> Value:
    reader.needed("answer")
    return {**_question(reader, known), "answer": reader.take("answer")}


def _instant(reader: Reader, _known: Known) -> Value:
    reader.needed("at")
    return {"at": reader.instant("at")}


def _some(reader: Reader, known: Known) -> Value:
    return {
        "class": _among(reader, "class", Words("class"), known.classes, needed=False),
        "wave": reader.string("wave", longest=40) or None,
    }


def _gun(reader: Reader, known: Known) -> Value:
    return {**_instant(reader, known), **_some(reader, known)}


def _other(reader: Reader, known: Known) -> Value:
    return {"entry": _among(reader, "entry", Words("team"), known.entries)}


def _leg(reader: Reader, known: Known) -> Value:
    ends = [item for _, item in reader.items("leg", most=2)]
    if len(ends) != 2 or not all(isinstance(end, str | int) and not isinstance(end, bool) for end in ends):
        reader.fault("leg", Words('A leg is from where to where, as ["31", "32"], ["S", "31"] or ["32", "F"].'))
    class_ = _among(reader, "class", Words("class"), known.classes, needed=False)
    return {"leg": [str(end) for end in ends], "class": class_}


def _fact(reader: Reader, _known: Known) -> Value:
    if reader.needed("fact") and not isinstance(reader.take("fact"), str):
        reader.fault("fact", Words("Name the record by its id."))
    return {"fact": reader.string("fact", longest=80)}


def _flag(reader: Reader, _known: Known) -> Value:
    reader.needed("flag")
    reader.needed("accepted")
    return {"flag": reader.string("flag", longest=200), "accepted": reader.truth("accepted")}


def _nothing(_reader: Reader, _known: Known) -> Value:
    return {}


def _either(bare: Mapping[str, Any], key: str, **more: Any) -> dict[str, Any]:
    """Return the schema of a value that may be written bare or under its name."""
    return {"oneOf": [dict(bare), _under({key: bare, **more}, key)]}


def _under(properties: Mapping[str, Any], *needed: str) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(needed), "additionalProperties": False}


_WHOLE = {"type": "integer"}
_SOME = {"class": _STRING, "wave": _STRING}
_LEG = {"type": "array", "items": _STRING, "minItems": 2, "maxItems": 2}
_NONE = {"oneOf": [{"type": "null"}, _under({})]}
_SECONDS = _either(_WHOLE, "seconds")
_AT = _either(_INSTANT, "at")
_REKEY = _under({"question": _STRING, "bank": _STRING, "answer": {}}, "question", "answer")

DECISIONS: Mapping[str, Decision] = {
    "status": Decision(_status, _either({"enum": [*Status]}, "status"), "status", of_entry=True),
    "penalty_s": Decision(_seconds, _SECONDS, "seconds", of_entry=True),
    "points": Decision(_points, _either(_WHOLE, "points"), "points", of_entry=True),
    "credit_s": Decision(_seconds, _SECONDS, "seconds", of_entry=True),
    "class": Decision(_class, _either(_STRING, "class"), "class", of_entry=True),
    "waive": Decision(_checkpoint, _either(_STRING, "checkpoint"), "checkpoint", of_entry=False),
    "void_question": Decision(_question, _either(_STRING, "question", bank=_STRING), "question", of_entry=False),
    "rekey_question": Decision(_new_key, _REKEY, of_entry=False),
    "start": Decision(_instant, _AT, "at", of_entry=True),
    "gun": Decision(_gun, _either(_INSTANT, "at", **_SOME), "at", of_entry=False),
    "recall": Decision(_some, {"oneOf": [{"type": "null"}, _under(_SOME)]}, of_entry=False, optional=True),
    "finish": Decision(_instant, _AT, "at", of_entry=True),
    "merge": Decision(_other, _either(_STRING, "entry"), "entry", of_entry=True),
    "neutralise": Decision(_leg, _either(_LEG, "leg", **{"class": _STRING}), "leg", of_entry=False),
    "stop": Decision(_nothing, _NONE, of_entry=False, optional=True),
    "resume": Decision(_nothing, _NONE, of_entry=False, optional=True),
    "close": Decision(_nothing, _NONE, of_entry=False, optional=True),
    "postpone": Decision(_seconds, _SECONDS, "seconds", of_entry=False),
    "flag": Decision(_flag, _under({"flag": _STRING, "accepted": {"type": "boolean"}}, "flag", "accepted")),
    "remove_punch": Decision(_fact, _either(_STRING, "fact"), "fact"),
    "undo": Decision(_fact, _either(_STRING, "fact"), "fact"),
}
