from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from base.faults import FaultyInput
from race.formats.late import Late
from race.model import Run, Setup, Status
from tests.factories import Log, changed, race, race_file


def score(**options: object) -> Setup:
    """A score race of an hour on four plain checkpoints of 10, 20, 30 and 40 points."""
    return race(
        race_file(
            checkpoints=[{"code": str(30 + number), "points": 10 * number} for number in range(1, 5)],
            courses=[{"id": "A", "format": "score", "checkpoints": ["31", "32", "33", "34"], **options}],
            classes=[{"id": "open", "course": "A", "time_limit_s": 3600}],
        )
    )


def run(setup: Setup, finish: float, *codes: str) -> Run:
    log = Log()
    log.gun(0)
    for number, code in enumerate(codes):
        log.punch("1", code, 10 + number)
    log.finish("1", finish)
    return log.run(setup=setup)


def test_a_score_is_the_sum_of_the_points_of_what_was_passed() -> None:
    assert run(score(), 3000, "31", "34").points == 50


def test_the_course_s_own_points_come_before_the_checkpoint_s() -> None:
    assert run(score(points={"31": 7}), 3000, "31", "34").points == 47


@pytest.mark.parametrize(
    ("per_minute", "rounding", "late_s", "points"),
    [
        (1, "started", 1, 99),
        (1, "started", 60, 99),
        (1, "started", 61, 98),
        ("1/4", "started", 240, 99),
        ("1/4", "started", 241, 98),
        ("1/4", "linear", 1, 99),
        (10, "linear", 30, 95),
        (10, "linear", 31, 94),
        (50, "started", 3000, 0),
    ],
)
def test_late_points_are_exact_fractions_rounded_up(
    per_minute: int | str, rounding: str, late_s: int, points: int
) -> None:
    setup = score(late={"points_per_minute": per_minute, "rounding": rounding})
    found = run(setup, 3600 + late_s, "31", "32", "33", "34")
    assert (found.points, found.late_s, found.status) == (points, late_s, Status.OK)


def test_in_time_nothing_is_taken_off() -> None:
    assert run(score(late={"points_per_minute": 10}), 3600, "31").points == 10


def test_past_the_cut_off_the_run_is_over_time() -> None:
    setup = score(late={"points_per_minute": 1, "cut_off_s": 600})
    assert run(setup, 4200, "34").status is Status.OK
    assert run(setup, 4201, "34").status is Status.OVER_TIME


def test_without_a_price_of_lateness_any_lateness_is_over_time() -> None:
    assert run(score(), 3601, "34").status is Status.OVER_TIME


def test_below_the_minimum_a_run_did_not_finish() -> None:
    assert run(score(minimum_points=30), 3000, "31").status is Status.DID_NOT_FINISH
    assert run(score(minimum_points=30), 3000, "33").status is Status.OK


def test_points_rank_first_and_then_time() -> None:
    log = Log()
    log.gun(0)
    for entry, codes, finish in (("1", ["34"], 900), ("2", ["31", "33"], 800), ("3", ["31", "32"], 100)):
        for code in codes:
            log.punch(entry, code, 50)
        log.finish(entry, finish)
    log.decide("close", 7000)
    assert [(item.run.entry, item.place) for item in log.standings(score())] == [("2", 1), ("1", 2), ("3", 3)]


def test_a_count_race_adds_seconds_for_each_started_minute_late() -> None:
    data = changed("courses", late={"seconds_per_minute": 30, "cut_off_s": 600})
    data["classes"] = [{"id": "open", "course": "A", "time_limit_s": 600}]
    assert run(race(data), 661, "31").penalty_s == 60
    assert run(race(data), 600, "31").penalty_s == 0
    assert run(race(data), 1201, "31").status is Status.OVER_TIME


def test_half_the_points_of_an_odd_checkpoint_round_up() -> None:
    data = race_file(courses=[{"id": "A", "format": "score", "checkpoints": ["32"], "points": {"32": 5}}])
    data["quizzes"][0]["on_fail"] = [{"points_factor": "1/2"}]
    log = Log()
    log.gun(0)
    log.punch("1", "32", 10)
    log.quiz("1", "32", 11, right=0)
    assert log.run(setup=race(data)).points == 3


@given(st.fractions(0, 100), st.integers(0, 100_000), st.booleans())
@settings(max_examples=80, deadline=None)
def test_lateness_never_costs_less_later_and_never_less_than_it_should(
    rate: Fraction, late_s: int, linear: bool
) -> None:
    late = Late(rate, "points_per_minute", linear)
    assert late.cost(0) == 0
    assert late.cost(late_s) <= late.cost(late_s + 1)
    assert rate * late_s / 60 <= late.cost(late_s) < rate * (late_s / Fraction(60) + 1) + 1


@pytest.mark.parametrize(
    ("course", "said"),
    [
        ({"format": "relay"}, "must be one of: count, score"),
        ({"checkpoints": ["31", "31"]}, "stands twice"),
        ({"checkpoints": ["31", {"any_of": ["32", "33"]}]}, "each checkpoint is a code"),
        ({"checkpoints": ["99"]}, "There is no checkpoint"),
        ({"checkpoints": ["S1"]}, "is a start or finish"),
        ({"late": {"points_per_minute": 1}}, "counts lateness as seconds_per_minute"),
        ({"late": {"seconds_per_minute": 1, "points_per_minute": 1}}, "counts lateness as seconds_per_minute"),
        ({"late": {"seconds_per_minute": "soon"}}, "whole number or a fraction"),
        ({"late": {"seconds_per_minute": "1/0"}}, "whole number or a fraction"),
        ({"late": {"seconds_per_minute": -1}}, "whole number or a fraction"),
        ({"late": {"seconds_per_minute": 1, "rounding": "up"}}, "started or linear"),
        ({"late": {"seconds_per_minute": 1, "cut_off_s": -5}}, "whole number of seconds"),
        ({"late": {"grace": 1}}, "if wanted rounding and cut_off_s"),
        ({"late": 5}, "if wanted rounding and cut_off_s"),
        ({"format": "score", "points": {"99": 1}}, "not on the course"),
        ({"format": "score", "points": {"31": -1}}, "whole number from 0"),
        ({"format": "score", "points": [1]}, "gives points by checkpoint"),
        ({"format": "score", "minimum_points": "many"}, "is a whole number"),
    ],
)
def test_what_a_course_may_not_say(course: dict[str, Any], said: str) -> None:
    with pytest.raises(FaultyInput, match=said):
        race(changed("courses", **course))
