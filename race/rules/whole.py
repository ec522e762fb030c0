"""What facts say of the race as a whole: guns, stops, closing, what the jury decided, and what was taken back."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from base.clock import parse_instant
from facts.model import Fact
from facts.rules import order
from race.model import About, Class, Entry, StartKind, Whole
from race.rules.rulings import rulings_of

Which = tuple[str | None, str | None]
Value = Mapping[str, Any]


@dataclass(slots=True)
class _Sofar:
    """The race while its facts are gone through in order."""

    guns: dict[Which, int] = field(default_factory=dict)
    stops: list[tuple[int, int | None]] = field(default_factory=list)
    closed_at: int | None = None
    postponed: int = 0
    waived: set[str] = field(default_factory=set)
    neutral: list[tuple[str, str, str | None]] = field(default_factory=list)
    voided: set[tuple[str | None, str]] = field(default_factory=set)
    keys: dict[tuple[str | None, str], Any] = field(default_factory=dict)
    flags: dict[str, bool] = field(default_factory=dict)


def whole_of(facts: Iterable[Fact]) -> Whole:
    """Fold the facts that name no entry, and every decision, into the state of the race.

    The latest gun of a class or wave wins, and a decision on one is a later word than the gun itself. A recall takes
    back the guns before it, of its class or wave or of all.
    """
    ordered = sorted({fact.id: fact for fact in facts}.values(), key=order)
    undone = undone_ids(ordered)
    standing = [fact for fact in ordered if fact.id not in undone]
    sofar = _Sofar()
    for fact in standing:
        effect = EFFECTS.get("gun_fired" if fact.kind == "gun" else str(fact.body.get("what")))
        if effect is not None:
            effect(sofar, fact, fact.body.get("value") or {})
    return Whole(
        guns=sofar.guns,
        closed_at=sofar.closed_at,
        stops=tuple(sofar.stops),
        undone=undone,
        postponed=sofar.postponed,
        waived=frozenset(sofar.waived),
        neutral=tuple(sofar.neutral),
        voided=frozenset(sofar.voided),
        keys=sofar.keys,
        rulings=rulings_of(standing),
        flags=sofar.flags,
    )


def _shoot(sofar: _Sofar, which: Which, at: int) -> None:
    sofar.guns.pop(which, None)  # so that the last word stands last
    sofar.guns[which] = at


def _gun_fired(sofar: _Sofar, fact: Fact, _value: Value) -> None:
    _shoot(sofar, (fact.body.get("class"), fact.body.get("wave")), fact.at)


def _gun(sofar: _Sofar, _fact: Fact, value: Value) -> None:
    _shoot(sofar, (value.get("class"), value.get("wave")), parse_instant(value["at"]))


def _recall(sofar: _Sofar, _fact: Fact, value: Value) -> None:
    sofar.guns = {which: at for which, at in sofar.guns.items() if not _covers(value, which)}


def _covers(wanted: Value, which: Which) -> bool:
    class_, wave = which
    return wanted.get("class") in (None, class_) and wanted.get("wave") in (None, wave)


def _close(sofar: _Sofar, fact: Fact, _value: Value) -> None:
    sofar.closed_at = fact.at


def _stop(sofar: _Sofar, fact: Fact, _value: Value) -> None:
    sofar.stops.append((fact.at, None))


def _resume(sofar: _Sofar, fact: Fact, _value: Value) -> None:
    if sofar.stops and sofar.stops[-1][1] is None:
        sofar.stops[-1] = (sofar.stops[-1][0], fact.at)


def _postpone(sofar: _Sofar, _fact: Fact, value: Value) -> None:
    sofar.postponed += int(value["seconds"]) * 1000


def _waive(sofar: _Sofar, _fact: Fact, value: Value) -> None:
    sofar.waived.add(value["checkpoint"])


def _neutralise(sofar: _Sofar, _fact: Fact, value: Value) -> None:
    start, end = value["leg"]
    sofar.neutral.append((start, end, value.get("class")))


def _void_question(sofar: _Sofar, _fact: Fact, value: Value) -> None:
    sofar.voided.add((value.get("bank"), value["question"]))


def _rekey_question(sofar: _Sofar, _fact: Fact, value: Value) -> None:
    sofar.keys[(value.get("bank"), value["question"])] = value["answer"]


def _flag(sofar: _Sofar, _fact: Fact, value: Value) -> None:
    sofar.flags[value["flag"]] = value["accepted"]


EFFECTS: Mapping[str, Callable[[_Sofar, Fact, Value], None]] = {
    "gun_fired": _gun_fired,
    "gun": _gun,
    "recall": _recall,
    "close": _close,
    "stop": _stop,
    "resume": _resume,
    "postpone": _postpone,
    "waive": _waive,
    "neutralise": _neutralise,
    "void_question": _void_question,
    "rekey_question": _rekey_question,
    "flag": _flag,
}


def undone_ids(facts: Iterable[Fact]) -> frozenset[str]:
    """Return the ids that `undo` and `remove_punch` took back; an undo that was itself undone takes nothing back.

    Which undo names which decides, not their clocks: a slow phone may date an undo before what it takes back.
    """
    undos: dict[str, list[str]] = {}
    for fact in facts:
        if fact.kind == "decision" and fact.body.get("what") in ("undo", "remove_punch"):
            undos.setdefault(str((fact.body.get("value") or {}).get("fact")), []).append(fact.id)
    known: dict[str, bool] = {}

    def taken_back(name: str) -> bool:
        if name not in known:
            known[name] = False  # undos that name each other in a ring take nothing back
            known[name] = any(not taken_back(undo) for undo in undos.get(name, ()))
        return known[name]

    return frozenset(name for name in undos if taken_back(name))


def gun_of(whole: Whole, class_: Class, entry: Entry) -> int | None:
    """Return the gun that starts this entry: the last word on those for all, its class or its wave."""
    shots = [
        at
        for (for_class, for_wave), at in whole.guns.items()
        if for_class in (None, class_.id) and for_wave in (None, entry.wave)
    ]
    return shots[-1] if shots else None


def start_of(
    whole: Whole, class_: Class, entry: Entry, kinds: Mapping[str, Sequence[Fact]], start_ids: frozenset[str]
) -> int | None:
    """Return S of rules.md: the gun, the entry's own slot, or its start punch, whichever the class says.

    A start that was recorded for the entry stands where that is not known. A jury's word comes before all. `kinds` are
    the entry's facts by kind, in order; `start_ids` name the checkpoints that are starts.
    """
    ruling = whole.rulings.get(entry.id)
    if ruling is not None and ruling.start is not None:
        return ruling.start
    recorded = kinds["start"][-1].at if "start" in kinds else None
    said: int | None
    if class_.start is StartKind.INTERVAL:
        said = entry.starts_at + whole.postponed if entry.starts_at is not None else None
    elif class_.start is StartKind.PUNCH:
        punched = (fact.at for fact in kinds.get("punch", ()) if fact.checkpoint in start_ids)
        said = recorded if recorded is not None else next(punched, None)
    else:
        said = gun_of(whole, class_, entry)
    return said if said is not None else recorded


def closing_of(about: About, whole: Whole) -> int | None:
    """Return when the race closes: the fixed instant, or the last gun plus the length; None while neither is known.

    Postponing the race moves the fixed instant; credit never moves closing.
    """
    if about.closing_at is not None:
        return about.closing_at + whole.postponed
    if about.closing_after_s is None or not whole.guns:
        return None
    return max(whole.guns.values()) + about.closing_after_s * 1000


def touched_by(before: Whole, after: Whole) -> frozenset[str] | None:
    """Return the entries whose runs a change of the whole race may move, None meaning all.

    What is decided about one entry moves that one, and those it was merged with. A word on a flag moves nobody.
    """
    alike = replace(before, undone=after.undone, rulings=after.rulings, flags=after.flags)
    if alike != after or list(before.guns) != list(after.guns):
        return None
    names = before.rulings.keys() | after.rulings.keys()
    changed = {name for name in names if before.rulings.get(name) != after.rulings.get(name)}
    merged = (rulings[name].merged for rulings in (before.rulings, after.rulings) for name in changed & rulings.keys())
    return frozenset(changed.union(*merged))
