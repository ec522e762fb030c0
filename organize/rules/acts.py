"""What the desk may do to the race as a whole, and when; whom a gun starts; how one press is one act."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from base.languages import Words
from facts.model import Fact, Stage
from organize.model import Group
from race.model import Run, Setup, StartKind, Whole

UNDER_WAY = frozenset({Stage.TRIAL, Stage.RACE})
BY_GUN = frozenset({StartKind.MASS, StartKind.WAVE})


def act_id(*seen: object) -> str:
    """Return the id of an act, from what it is and what its page showed: pressed twice, or by two, it is one act."""
    named = "\x00".join(str(item) for item in seen)
    return f"desk-{hashlib.sha256(named.encode()).hexdigest()[:32]}"


def state_of(log: str, wide: Iterable[Fact]) -> str:
    """Return what stands for the state of the race as a whole: it changes with every fact about all teams."""
    return f"{log}-{max((fact.revision for fact in wide if fact.entry is None), default=0)}"


def refusal(what: str, stage: Stage, whole: Whole, now: int) -> Words | None:
    """Say why an act on the whole race is not possible now, or None where it is."""
    if stage is Stage.SETUP:
        return Words("Open the trial or the race first; then fire the gun.")
    if stage is Stage.PUBLISHED:
        return Words("The results are published. What changes now is a correction by the jury.")
    fired = any(at <= now for at in whole.guns.values())
    stopped = is_stopped(whole)
    rules: dict[str, tuple[bool, Words | None]] = {
        "gun": (whole.closed_at is not None, Words("The race is closed. Open it again first.")),
        "stop": (
            not fired or stopped or whole.closed_at is not None,
            Words("There is no clock running that could be stopped."),
        ),
        "resume": (not stopped, Words("The clocks are not stopped.")),
        "close": (whole.closed_at is not None or not fired, Words("Only a race that has begun can be closed.")),
        "recall": (not whole.guns, Words("There is no gun to recall.")),
        "postpone": (fired, Words("The gun has gone: a start can no longer be postponed.")),
    }
    refused, words = rules.get(what, (False, None))
    return words if refused else None


def is_stopped(whole: Whole) -> bool:
    """Tell whether all clocks stand."""
    return bool(whole.stops) and whole.stops[-1][1] is None


def groups_of(setup: Setup, guns: Mapping[tuple[str | None, str | None], int]) -> list[Group]:
    """Return whoever has a gun of their own, in the order of classes and waves, each with its gun.

    One class without waves is all. Classes that start by their own clock or punch wait for no gun.
    """
    found: dict[tuple[str | None, str | None], None] = {}
    for entry in setup.entries.values():
        class_ = setup.classes[entry.class_]
        if class_.start in BY_GUN:
            found[class_.id, entry.wave if class_.start is StartKind.WAVE else None] = None
    order = list(setup.classes)
    keys = sorted(found, key=lambda key: (key[1] or "", order.index(str(key[0]))))
    if len({class_ for class_, _ in keys}) == 1:
        keys = [(None, wave) for _, wave in keys]
    if not keys and any(class_.start in BY_GUN for class_ in setup.classes.values()):
        keys = [(None, None)]
    return [Group(class_, wave, _gun_of(guns, class_, wave)) for class_, wave in keys]


def _gun_of(guns: Mapping[tuple[str | None, str | None], int], class_: str | None, wave: str | None) -> int | None:
    shots = [at for (of_class, of_wave), at in guns.items() if of_class in (None, class_) and of_wave in (None, wave)]
    return shots[-1] if shots else None


def is_fired(groups: Sequence[Group], class_: str | None, wave: str | None) -> bool:
    """Tell whether a gun for this class and wave would fire for somebody who has one already."""
    meant = [group for group in groups if class_ in (None, group.class_) and wave in (None, group.wave)]
    return any(group.at is not None for group in meant)


def closings(facts: Iterable[Fact], undone: frozenset[str]) -> list[Fact]:
    """Return the closings that stand: to open a race again, each is taken back."""
    return [
        fact for fact in facts if fact.kind == "decision" and fact.body.get("what") == "close" and fact.id not in undone
    ]


def coming_gun(facts: Iterable[Fact], undone: frozenset[str], now: int) -> Fact | None:
    """Return the next gun that has not fired yet and can still be called off, or None."""
    coming = [fact for fact in facts if fact.kind == "gun" and fact.at > now and fact.id not in undone]
    return min(coming, key=lambda fact: fact.at, default=None)


UNDOABLE = frozenset({"gun", "decision", "withdraw", "message", "checkin", "start"})


def last_act(facts: Iterable[Fact], undone: frozenset[str], since: int) -> Fact | None:
    """Return what the desk did last, if it may still be taken back at one press. `facts` are the newest first."""
    for fact in facts:
        if fact.received_at < since:
            return None
        if fact.by.startswith("organizer:") and fact.kind in UNDOABLE and fact.id not in undone:
            return fact
    return None


_DONE = {
    "gun": Words("Gun fired"),
    "withdraw": Words("Withdrawal noted"),
    "message": Words("Message sent"),
    "checkin": Words("Checked in"),
    "start": Words("Start noted"),
}
_DECIDED = {
    "stop": Words("Stopped"),
    "resume": Words("Clocks run again"),
    "close": Words("Race closed"),
    "recall": Words("Gun recalled"),
    "postpone": Words("Start postponed"),
    "gun": Words("Gun's time corrected"),
    "undo": Words("Taken back"),
    "flag": Words("Flag decided"),
}


def done(fact: Fact, now: int) -> Words:
    """Say what an act of the desk did."""
    if fact.kind == "gun" and fact.at > now:
        return Words("Gun set")
    if fact.kind == "decision":
        return _DECIDED.get(str(fact.body.get("what")), Words("Decided"))
    return _DONE[fact.kind]


def not_home(runs: Iterable[Run]) -> int:
    """Count the teams that would be shown as not finished if the race closed now."""
    return sum(1 for run in runs if run.finish is None and (run.checkin is not None or bool(run.visits)))
