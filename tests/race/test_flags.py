"""What goes to the jury's list, and what the jury says of it."""

from typing import Any

import pytest

from base.translate import put
from race.model import Setup
from race.rules.flags import Flag, flags_of_race
from race.rules.scored import score_race
from tests.factories import COMPASS, DRAGONFLY, EGRET, Log, race, race_file
from tests.race.test_matching import contradictory


def setup(**class_: Any) -> Setup:
    data = race_file(
        checkpoints=[{"code": code} for code in ("31", "32", "33")],
        courses=[{"id": "A", "format": "count", "checkpoints": ["31", "32", "33"]}],
        classes=[{"id": "open", "course": "A", **class_}],
    )
    return race(data)


def flags(log: Log, on: Setup) -> list[Flag]:
    scored = score_race(on, log.facts)
    own: dict[str, list[Any]] = {}
    for fact in log.facts:
        if fact.entry and fact.kind != "decision":
            own.setdefault(fact.entry, []).append(fact)
    return flags_of_race(on, scored.whole, scored.runs, scored.classes, own)


def two_finishes(apart: float, **second: Any) -> Log:
    log = Log()
    log.gun(0)
    log.finish(EGRET, 600)
    log.finish(DRAGONFLY, 600 + apart, **second)
    return log


@pytest.mark.parametrize(
    ("apart", "second", "near"),
    [
        (0, {}, False),  # they share the place
        (1, {}, False),  # the server saw both
        (1, {"proof": "code"}, True),
        (2, {"proof": "code"}, True),
        (3, {"proof": "code"}, False),
        (20, {"proof": "paper"}, True),
        (2, {"received": 900}, True),  # from a phone without signal
        (3, {"received": 900}, False),
        (9, {"doubt_ms": 9000}, True),
        (10, {"doubt_ms": 9000}, False),
    ],
)
def test_two_places_closer_than_their_finishes_are_sure_of_are_a_near_tie(
    apart: float, second: dict[str, Any], near: bool
) -> None:
    found = [flag for flag in flags(two_finishes(apart, **second), setup()) if flag.code == "near_tie"]
    assert bool(found) is near


def test_a_near_tie_names_both_teams_and_both_finishes() -> None:
    [flag] = flags(two_finishes(1, proof="code"), setup())
    assert (flag.id, flag.entry, flag.others) == ("near_tie:1:2", EGRET, (DRAGONFLY,))
    assert flag.facts == ("f2", "f3")
    assert put(flag.words, "zh") == "第 1 名：白鹭 比 蜻蜓 快 1 秒，小于计时误差。"


def test_who_is_divided_by_checkpoints_is_no_near_tie() -> None:
    log = two_finishes(1, proof="paper")
    log.punch(DRAGONFLY, "31", 100)
    assert flags(log, setup()) == []


def test_a_finish_the_jury_set_is_exact() -> None:
    log = two_finishes(300, proof="paper")
    log.decide("finish", 1000, {"at": "2026-05-01T09:10:01+08:00"}, DRAGONFLY)
    assert flags(log, setup()) == []


def test_a_short_team_is_flagged_where_that_is_allowed_and_names_the_count() -> None:
    log = Log()
    log.gun(0)
    log.finish(EGRET, 600)
    counted = log.heads(EGRET, 610, 4)
    [flag] = flags(log, setup(team_size=5))
    assert (flag.id, flag.facts) == ("short:1", (counted,))
    assert put(flag.words, "zh") == "到达 4 人，应到 5 人。"
    assert flags(log, setup(team_size=5, incomplete="not_competing")) == []


@pytest.mark.parametrize(
    ("punched", "broken"),
    [
        (["32", "33", "31"], False),
        (["33", "32", "31"], False),  # their own order is free
        (["31", "32", "33"], True),
        (["32", "31", "33"], True),
        (["32"], False),
        ([], False),
    ],
)
def test_breaking_what_was_to_be_visited_first_is_flagged(punched: list[str], broken: bool) -> None:
    data = race_file(
        checkpoints=[{"code": code} for code in ("31", "32", "33")],
        courses=[{"id": "A", "format": "count", "checkpoints": ["31", "32", "33"]}],
        classes=[{"id": "open", "course": "A"}],
    )
    data["entries"][0]["first"] = ["32", "33"]
    log = Log()
    log.gun(0)
    names = {code: log.punch(EGRET, code, 60 * number) for number, code in enumerate(punched, start=1)}
    found = flags(log, race(data))
    assert [flag.id for flag in found] == (["first:1"] if broken else [])
    assert not broken or found[0].facts == (names["31"],)
    log.decide("waive", 500, {"checkpoint": "32"})
    log.decide("waive", 500, {"checkpoint": "33"})
    assert flags(log, race(data)) == []


def test_a_word_on_a_flag_is_kept_the_last_one_holds_and_can_be_undone() -> None:
    log = two_finishes(1, proof="code")
    on = setup()
    before = score_race(on, log.facts)
    first = log.decide("flag", 1000, {"flag": "near_tie:1:2", "accepted": True}, reason="以发令钟为准")
    assert [flag.accepted for flag in flags(log, on)] == [True]
    log.decide("flag", 1001, {"flag": "near_tie:1:2", "accepted": False})
    assert [flag.accepted for flag in flags(log, on)] == [False]
    log.undo(log.facts[-1].id, 1002)
    log.undo(first, 1003)
    assert [flag.accepted for flag in flags(log, on)] == [None]
    after = score_race(on, log.facts)
    assert (after.runs, after.classes) == (before.runs, before.classes)


def test_an_unsure_line_is_flagged() -> None:
    """A line made to contradict itself: the search gives up, the run is not called missing without a word."""
    line, punches, _ = contradictory(12, 50, 1)
    items = [
        next(iter(i.codes or ())) if not i.distinct else {"any_of": sorted(i.codes or ()), "distinct": True}
        for i in line
    ]
    data = race_file(
        checkpoints=[],
        courses=[{"id": "A", "format": "line", "checkpoints": items}],
        classes=[{"id": "open", "course": "A"}],
    )
    log = Log()
    log.gun(0)
    for number, code in enumerate(punches):
        log.punch(COMPASS, code, number + 1)
    log.finish(COMPASS, 5000)
    assert [flag.id for flag in flags(log, race(data))] == ["unsure_line:3"]
