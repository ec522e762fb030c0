"""What facts say of the race as a whole: guns, stops, closing, and what was taken back."""

from collections.abc import Iterable, Sequence

from facts.model import Fact
from facts.rules import order
from race.model import About, Class, Entry, StartKind, Whole


def whole_of(facts: Iterable[Fact]) -> Whole:
    """Fold the facts that name no entry, and every `undo`, into the state of the race.

    The latest gun of a class or wave wins. A recall takes back the guns before it, of its class or wave or of all.
    """
    ordered = sorted({fact.id: fact for fact in facts}.values(), key=order)
    undone = undone_ids(ordered)
    guns: dict[tuple[str | None, str | None], int] = {}
    stops: list[tuple[int, int | None]] = []
    closed_at = None
    for fact in ordered:
        if fact.id in undone:
            continue
        what = fact.body.get("what")
        if fact.kind == "gun":
            guns[(fact.body.get("class"), fact.body.get("wave"))] = fact.at
        elif what == "recall":
            wanted = fact.body.get("value") or {}
            guns = {which: at for which, at in guns.items() if not _covers(wanted, which)}
        elif what == "close":
            closed_at = fact.at
        elif what == "stop":
            stops.append((fact.at, None))
        elif what == "resume" and stops and stops[-1][1] is None:
            stops[-1] = (stops[-1][0], fact.at)
    return Whole(guns, closed_at, tuple(stops), undone)


def _covers(wanted: dict[str, str], which: tuple[str | None, str | None]) -> bool:
    class_, wave = which
    return wanted.get("class") in (None, class_) and wanted.get("wave") in (None, wave)


def undone_ids(facts: Iterable[Fact]) -> frozenset[str]:
    """Return the ids that `undo` decisions took back; an undo that was itself undone takes nothing back.

    Which undo names which decides, not their clocks: a slow phone may date an undo before what it takes back.
    """
    undos: dict[str, list[str]] = {}
    for fact in facts:
        if fact.kind == "decision" and fact.body.get("what") == "undo":
            undos.setdefault(str((fact.body.get("value") or {}).get("fact")), []).append(fact.id)
    known: dict[str, bool] = {}

    def taken_back(name: str) -> bool:
        if name not in known:
            known[name] = False  # undos that name each other in a ring take nothing back
            known[name] = any(not taken_back(undo) for undo in undos.get(name, ()))
        return known[name]

    return frozenset(name for name in undos if taken_back(name))


def gun_of(whole: Whole, class_: Class, entry: Entry) -> int | None:
    """Return the gun that starts this entry: the latest of those for all, its class or its wave."""
    shots = [
        at
        for (for_class, for_wave), at in whole.guns.items()
        if for_class in (None, class_.id) and for_wave in (None, entry.wave)
    ]
    return max(shots, default=None)


def start_of(whole: Whole, class_: Class, entry: Entry, own: Sequence[Fact], start_ids: frozenset[str]) -> int | None:
    """Return S of rules.md: the gun, the entry's own slot, or its start punch, whichever the class says.

    A `start` fact of the entry's own wins over all of them. `own` are its facts in order; `start_ids` name the
    checkpoints that are starts.
    """
    starts = [fact.at for fact in own if fact.kind == "start"]
    if starts:
        return starts[-1]
    if class_.start is StartKind.INTERVAL:
        return entry.starts_at
    if class_.start is StartKind.PUNCH:
        return next((fact.at for fact in own if fact.kind == "punch" and fact.checkpoint in start_ids), None)
    return gun_of(whole, class_, entry)


def closing_of(about: About, whole: Whole) -> int | None:
    """Return when the race closes: the fixed instant, or the last gun plus the length; None while neither is known."""
    if about.closing_at is not None:
        return about.closing_at
    if about.closing_after_s is None or not whole.guns:
        return None
    return max(whole.guns.values()) + about.closing_after_s * 1000
