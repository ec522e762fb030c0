"""Every option of a course, as contract.md lists them."""

from typing import Any

import pytest

from base.faults import FaultyInput
from race.model import Run, Setup, Status
from race.rules.scored import score_race
from tests.factories import GUN, Log, changed, race, race_file

CODES = ["31", "32", "33", "34", "41", "42"]


def setup(format_: str, items: list[Any], limit_s: int | None = None, **options: Any) -> Setup:
    """Six plain checkpoints of ten points, a course of this format on some of them, three entries."""
    class_ = {"id": "open", "course": "A"} | ({"time_limit_s": limit_s} if limit_s else {})
    return race(
        race_file(
            checkpoints=[{"code": code, "points": 10} for code in CODES],
            courses=[{"id": "A", "format": format_, "checkpoints": items, **options}],
            classes=[class_],
        )
    )


def run(on: Setup, codes: str, finish: float = 1000) -> Run:
    """A run that punches a checkpoint every hundred seconds."""
    return log(codes, finish).run(setup=on)


def log(codes: str, finish: float = 1000) -> Log:
    made = Log()
    made.gun(0)
    for number, code in enumerate(codes.split(), start=1):
        made.punch("1", code, number * 100)
    made.finish("1", finish)
    return made


ANY = {"any": True}


@pytest.mark.parametrize(
    ("items", "options", "codes", "status"),
    [
        (["31", "32"], {}, "31 33 32 31", "OK"),
        (["31", "32"], {}, "32 31", "MissingPunch"),
        (["31", "32", "31"], {}, "31 32 31", "OK"),
        (["31", "32", "31"], {}, "31 32", "MissingPunch"),
        (["31", {"any_of": ["41", "42"]}], {}, "31 42", "OK"),
        ([ANY, ANY], {}, "31 31", "OK"),
        ([ANY, ANY], {"distinct": True}, "31 31", "MissingPunch"),
        ([{"any": True, "distinct": True}, ANY], {}, "31 31", "OK"),
        ([{"any_of": ["31", "32"]}, {"any_of": ["31"]}], {"distinct": True}, "31 32 31", "OK"),
    ],
)
def test_a_line_is_valid_when_its_items_can_be_taken_in_order(
    items: list[Any], options: dict[str, Any], codes: str, status: str
) -> None:
    assert run(setup("line", items, **options), codes).status == status


@pytest.mark.parametrize(
    ("codes", "status"),
    [("31 32 41", "OK"), ("41 33 31", "OK"), ("32 33 41", "MissingPunch"), ("31 41", "MissingPunch")],
)
def test_free_needs_the_compulsory_ones_and_some_of_the_rest(codes: str, status: str) -> None:
    on = setup("free", ["31", "32", "33", "41"], compulsory=["31", "41"], free=1)
    assert run(on, codes).status == status


def test_a_missing_checkpoint_may_cost_seconds_and_then_time_alone_ranks() -> None:
    on = setup("line", ["31", "32", "33"], missed={"penalty_s": 300})
    made = log("31 33", 400)
    made.punch("2", "31", 100)
    made.punch("2", "32", 200)
    made.punch("2", "33", 300)
    made.finish("2", 800)
    made.decide("close", 7200)
    first, second, _ = made.standings(on)
    assert (first.run.entry, first.run.time_s, first.run.penalty_s) == ("1", 700, 300)
    assert (second.run.entry, second.place, second.behind_s) == ("2", 2, 100)


def test_the_time_of_voided_legs_does_not_count() -> None:
    on = setup("line", ["31", "32", "33"], voided_legs=[["S", "31"], ["33", "F"]])
    assert run(on, "31 41 32 33", 1000).credit_s == 100 + 600


def test_a_leg_that_was_not_run_in_a_go_counts() -> None:
    on = setup("score", ["31", "32", "33"], voided_legs=[["31", "33"]])
    assert run(on, "31 32 33").credit_s == 0
    assert run(on, "31 33 32").credit_s == 100


def test_composite_adds_a_share_for_time_left_and_rounds_it_once() -> None:
    on = setup("composite", ["31", "32"], 3600, weight=100, late={"points_per_minute": 1})
    assert run(on, "31 32", 1800).points == 20 + 50
    assert run(on, "31 32", 1818).points == 20 + 50  # 49.5, half up
    assert run(on, "31 32", 1819).points == 20 + 49
    assert run(on, "31 32", 3700).points == 20 - 2


def test_first_come_points_fall_with_every_team_that_came_before() -> None:
    on = setup("score", ["31", "32"], points={"31": [6, 5, 4, 3]})
    made = Log()
    made.gun(0)
    for entry, at in (("1", 30), ("2", 20), ("3", 20.9)):
        made.punch(entry, "31", at)
        made.finish(entry, 100)
    assert {name: found.points for name, found in score_race(on, made.facts).runs.items()} == {"1": 4, "2": 6, "3": 6}


def test_a_game_may_give_points_by_rank_among_all_who_played() -> None:
    data = changed("games", score={"ranks": {"of": "hits", "best": "most", "points": [10, 6]}})
    data["courses"] = [{"id": "A", "format": "composite", "checkpoints": ["33"]}]
    made = Log()
    made.gun(0)
    for entry, hits in (("1", 4), ("2", 7), ("3", 4)):
        made.punch(entry, "33", 20)
        made.game(entry, "33", 50, hits=hits)
        made.finish(entry, 100)
    found = score_race(race(data), made.facts).runs
    assert {name: run.points for name, run in found.items()} == {"1": 6, "2": 10, "3": 6}
    made.punch("1", "33", 20)
    made.game("1", "33", 60, hits=9)
    found = score_race(race(data), made.facts).runs
    assert {name: run.points for name, run in found.items()} == {"1": 10, "2": 6, "3": 0}


@pytest.mark.parametrize(
    "ranks", [{"of": "luck", "points": [1]}, {"of": "hits", "points": []}, {"of": "hits", "points": [-1]}]
)
def test_what_a_rank_table_may_not_say(ranks: dict[str, Any]) -> None:
    with pytest.raises(FaultyInput, match="ranks"):
        race(changed("games", score={"ranks": ranks}))


def test_what_is_passed_after_the_limit_may_score_nothing() -> None:
    on = setup("score", ["31", "32"], 150, late={"points_per_minute": 0, "after_counts": False})
    assert run(on, "31 32").points == 10


def test_closing_without_an_instant_ends_the_race_at_its_closing() -> None:
    scored = score_race(setup("line", ["31"]), log("31", 7201).facts)
    assert scored.runs["1"].status is Status.DID_NOT_FINISH
    assert scored.whole.closed_at == GUN + 7_200_000


@pytest.mark.parametrize(
    ("format_", "options", "said"),
    [
        ("line", {"checkpoints": ["31", {"any_of": []}]}, "Each item of a line"),
        ("line", {"checkpoints": ["31", {"any": False}]}, "Each item of a line"),
        ("line", {"checkpoints": ["31", {"any": True, "of": 1}]}, "Each item of a line"),
        ("line", {"checkpoints": [{"any_of": ["99"]}]}, "There is no checkpoint"),
        ("line", {"distinct": "yes"}, "true or false"),
        ("line", {"voided_legs": [["31"]]}, "lists legs"),
        ("composite", {"weight": -1}, "whole number"),
        ("score", {"points": {"31": []}}, "whole number from 0"),
        ("score", {"late": {"points_per_minute": 1, "after_counts": 1}}, "true or false"),
    ],
)
def test_what_an_option_may_not_say(format_: str, options: dict[str, Any], said: str) -> None:
    with pytest.raises(FaultyInput, match=said):
        setup(format_, **{"items": options.pop("checkpoints", ["31"]), **options})
