"""What is still open: who is not back, who is not counted, what the jury has not decided."""

from organize.rules.open_matters import MatterKind, open_matters
from race.rules.scored import score_race
from tests.factories import COMPASS, DRAGONFLY, EGRET, GUN, Log, race


def found(log: Log, at: float | None = 5000) -> list[tuple[str, str]]:
    """What is open, as kind and team, `at` seconds after the gun; None is after the race."""
    setup = race()
    scored = score_race(setup, log.facts, None if at is None else GUN + round(at * 1000))
    own = {name: [f for f in log.facts if f.entry == name and f.kind != "decision"] for name in setup.entries}
    matters = open_matters(setup, scored.whole, scored.runs, scored.classes, own)
    return [(matter.kind.value, matter.entry) for matter in matters]


def started() -> Log:
    log = Log()
    log.gun()
    return log


def test_who_was_seen_and_is_not_back_is_open_and_who_never_came_is_not() -> None:
    """Dragonfly checked in, Egret punched, Compass was never seen."""
    log = started()
    log.punch(EGRET, "31", 100)
    log.add("checkin", -100, DRAGONFLY, heads=5)
    assert found(log) == [], "while it runs everybody is out, and that is no matter for the jury"
    assert found(log, at=None) == [("out", EGRET), ("out", DRAGONFLY)]
    log.add("withdraw", 300, DRAGONFLY, members=None, safe=True)
    assert found(log, at=None) == [("out", EGRET)]


def test_closing_brings_nobody_home_but_the_jury_s_word_does() -> None:
    log = started()
    log.punch(EGRET, "31", 100)
    log.decide("close", 4000)
    assert found(log, at=None) == [("out", EGRET)]
    log.decide("status", 4100, {"status": "Disqualified"}, EGRET)
    assert found(log, at=None) == [("out", EGRET)], "disqualified, and still somewhere in the park"
    log.decide("status", 4200, {"status": "DidNotFinish"}, EGRET)
    assert found(log, at=None) == []


def test_a_finish_is_open_until_heads_are_counted() -> None:
    log = started()
    log.finish(EGRET, 900)
    assert found(log) == [("heads", EGRET)]
    log.heads(EGRET, 930)
    assert found(log) == []


def test_a_sheet_that_was_handed_out_is_open_until_it_is_answered() -> None:
    log = started()
    log.punch(COMPASS, "32", 100)
    sheet = log.sheet(COMPASS, "32", 100)
    assert found(log, at=None) == [("out", COMPASS), ("sheet", COMPASS)]
    log.answer(COMPASS, "32", 120, sheet)
    assert found(log, at=None) == [("out", COMPASS)]


def test_a_flag_is_open_until_the_jury_has_said_a_word() -> None:
    """Two are one second apart, one of them by a typed code."""
    log = started()
    for entry, at in ((EGRET, 600), (DRAGONFLY, 601)):
        log.finish(entry, at, proof="code")
        log.heads(entry, at + 5)
    assert found(log) == [("flag", EGRET)]
    log.decide("flag", 700, {"flag": "near_tie:1:2", "accepted": False})
    assert found(log) == []


def test_phones_known_to_hold_records_come_last() -> None:
    log = started()
    log.finish(EGRET, 900)
    setup = race()
    scored = score_race(setup, log.facts, GUN + 1_000_000)
    own = {name: [f for f in log.facts if f.entry == name] for name in setup.entries}
    matters = open_matters(setup, scored.whole, scored.runs, scored.classes, own, unsent={DRAGONFLY: 2})
    assert [matter.kind for matter in matters] == [MatterKind.HEADS, MatterKind.UNSENT]
