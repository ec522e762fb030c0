"""Places on legs: who was fastest from one checkpoint to the next."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from race.model import Setup
from race.rules.fold import ground_of
from race.rules.leg_places import ways_of, with_leg_places
from tests.factories import COMPASS, DRAGONFLY, EGRET, Log, changed, race

Way = list[tuple[str | None, int | None, int | None]]
FREE = {"format": "free"}


def park(codes: tuple[str, ...] = ("31", "32", "33"), **course: Any) -> Setup:
    """The small race on a course without tasks; a line unless it is said otherwise."""
    data = changed("courses", **({"format": "line", "checkpoints": list(codes)} | course))
    for checkpoint in data["checkpoints"]:
        checkpoint.pop("tasks", None)
    return race(data)


def ran(log: Log, entry: str, *punches: tuple[str, int]) -> None:
    for code, at in punches:
        log.punch(entry, code, at)


def ways(log: Log, setup: Setup) -> dict[str, Way]:
    """Each team's splits as (checkpoint, place on the leg, seconds behind)."""
    runs = [log.run(entry, setup) for entry in setup.entries]
    return {
        entry: [(split["checkpoint"], split["leg_place"], split["leg_behind_s"]) for split in splits]
        for entry, splits in ways_of(ground_of(setup), log.whole(), "open", runs).items()
    }


def test_each_leg_has_its_own_places_and_equal_times_share_one() -> None:
    log = Log()
    log.gun(0)
    ran(log, EGRET, ("31", 100), ("32", 160), ("33", 200))
    ran(log, DRAGONFLY, ("31", 100), ("32", 150), ("33", 210))
    ran(log, COMPASS, ("31", 130), ("32", 180), ("33", 220))
    assert ways(log, park()) == {
        EGRET: [("31", 1, 0), ("32", 3, 10), ("33", 1, 0)],
        DRAGONFLY: [("31", 1, 0), ("32", 1, 0), ("33", 3, 20)],
        COMPASS: [("31", 3, 30), ("32", 1, 0), ("33", 1, 0)],
    }


def test_who_missed_a_checkpoint_of_a_line_is_compared_on_the_legs_it_ran_whole() -> None:
    log = Log()
    log.gun(0)
    ran(log, EGRET, ("31", 100), ("33", 120))
    ran(log, DRAGONFLY, ("31", 110), ("32", 150), ("33", 190))
    ran(log, COMPASS, ("31", 120), ("32", 170), ("33", 200))
    found = ways(log, park())
    assert found[EGRET] == [("31", 1, 0), ("32", None, None), ("33", None, None)]
    assert found[COMPASS] == [("31", 3, 20), ("32", 2, 10), ("33", 1, 0)]


def test_where_teams_choose_their_order_only_the_same_way_is_compared() -> None:
    log = Log()
    log.gun(0)
    ran(log, EGRET, ("31", 100), ("32", 160), ("33", 200))
    ran(log, DRAGONFLY, ("31", 90), ("33", 150), ("32", 200))
    ran(log, COMPASS, ("33", 50), ("32", 90))
    assert ways(log, park(format="free")) == {
        EGRET: [("31", 2, 10), ("32", None, None), ("33", None, None)],
        DRAGONFLY: [("31", 1, 0), ("33", None, None), ("32", 2, 10)],
        COMPASS: [("33", None, None), ("32", 1, 0), ("31", None, None)],
    }


def test_a_punch_off_the_own_course_has_no_place_and_does_not_cut_the_leg() -> None:
    log = Log()
    log.gun(0)
    ran(log, EGRET, ("31", 100), ("34", 120), ("32", 160))
    ran(log, DRAGONFLY, ("31", 110), ("32", 150))
    found = ways(log, park(("31", "32")))
    assert found[EGRET] == [("31", 1, 0), ("34", None, None), ("32", 2, 20)]


def test_legs_that_do_not_count_and_who_is_disqualified_are_not_compared() -> None:
    log = Log()
    log.gun(0)
    for entry, later in ((EGRET, 0), (DRAGONFLY, 10), (COMPASS, 20)):
        ran(log, entry, ("31", 100 + later), ("32", 200 + 2 * later), ("33", 300 + 3 * later))
    log.decide("status", 1000, {"status": "Disqualified"}, EGRET)
    log.decide("neutralise", 1000, {"leg": ["32", "33"]})
    found = ways(log, park(voided_legs=[["S", "31"]]))
    assert found[EGRET] == [("31", None, None), ("32", None, None), ("33", None, None)]
    assert found[DRAGONFLY] == [("31", None, None), ("32", 1, 0), ("33", None, None)]


def test_a_leg_that_a_course_has_twice_is_two_legs() -> None:
    log = Log()
    log.gun(0)
    ran(log, EGRET, ("31", 10), ("32", 20), ("31", 50), ("32", 90))
    ran(log, DRAGONFLY, ("31", 10), ("32", 40), ("31", 60), ("32", 80))
    found = ways(log, park(("31", "32", "31", "32")))
    assert [place for _, place, _ in found[EGRET]] == [1, 1, 2, 2]


def test_the_leg_to_the_finish_has_its_places_like_any_other() -> None:
    log = Log()
    log.gun(0)
    for entry, last, home in ((EGRET, 200, 290), (DRAGONFLY, 210, 290), (COMPASS, 220, 320)):
        ran(log, entry, ("31", 100), ("32", 150), ("33", last))
        log.finish(entry, home)
    found = ways(log, park())
    assert {entry: way[-1] for entry, way in found.items()} == {
        EGRET: ("F", 2, 10),
        DRAGONFLY: ("F", 1, 0),
        COMPASS: ("F", 3, 20),
    }


def test_in_a_line_who_missed_the_last_checkpoint_ran_another_leg_to_the_finish() -> None:
    log = Log()
    log.gun(0)
    ran(log, EGRET, ("31", 100), ("32", 150), ("33", 200))
    ran(log, DRAGONFLY, ("31", 110), ("32", 160), ("33", 230))
    ran(log, COMPASS, ("31", 120), ("32", 170))
    for entry in (EGRET, DRAGONFLY, COMPASS):
        log.finish(entry, 240)
    found = ways(log, park())
    assert [way[-1] for way in found.values()] == [("F", 2, 30), ("F", 1, 0), ("F", None, None)]
    assert found[COMPASS][-2] == ("33", None, None), "what was missed stands before the finish"


def test_where_teams_choose_the_leg_to_the_finish_stands_after_the_last_visit_and_before_what_was_not_visited() -> None:
    log = Log()
    log.gun(0)
    ran(log, EGRET, ("31", 100), ("33", 200))
    ran(log, DRAGONFLY, ("31", 110), ("32", 150), ("33", 230))
    for entry, home in ((EGRET, 260), (DRAGONFLY, 280)):
        log.finish(entry, home)
    found = ways(log, park(format="free"))
    assert found[EGRET][2:] == [("F", 2, 10), ("32", None, None)]
    assert found[DRAGONFLY][-1] == ("F", 1, 0)
    assert [code for code, _, _ in found[COMPASS]] == ["31", "32", "33"], "who is out has no leg home"


def test_a_leg_to_the_finish_that_does_not_count_is_compared_with_nobodys() -> None:
    log = Log()
    log.gun(0)
    for entry, home in ((EGRET, 300), (DRAGONFLY, 310)):
        ran(log, entry, ("31", 100), ("32", 200), ("33", 250))
        log.finish(entry, home)
    found = ways(log, park(voided_legs=[["33", "F"]]))
    assert found[EGRET][-1] == ("F", None, None)


@given(st.lists(st.lists(st.integers(1, 9), min_size=3, max_size=3), min_size=2, max_size=8), st.randoms())
def test_places_are_one_more_than_those_who_were_faster_whatever_the_order_of_the_list(
    legs: list[list[int]], chance: Any
) -> None:
    rows = [
        {
            "entry": number,
            "status": "OK",
            "splits": [{"checkpoint": code, "state": "OK", "leg_s": leg} for code, leg in zip("abc", own, strict=True)],
        }
        for number, own in enumerate(legs)
    ]
    chance.shuffle(rows)
    for row in with_leg_places(rows):
        for leg, split in enumerate(row["splits"]):
            others = [own[leg] for own in legs]
            assert split["leg_place"] == 1 + sum(other < split["leg_s"] for other in others)
            assert split["leg_behind_s"] == split["leg_s"] - min(others)
