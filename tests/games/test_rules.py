from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from games.forms import read_game
from games.model import Game, Measure, MeasureKind
from games.rules import check_measures, combine, score_game
from games.templates import TEMPLATES


def template(name: str, **changes: Any) -> Game:
    game, faults = read_game({"id": "g", "template": name, **changes}, "")
    assert faults == []
    return game


BALL = template("back_to_back_ball")
GRID = template("frisbee_nine_grid")
STOMP = template("balloon_stomp")
ENERGY = template("energy_relay")


@pytest.mark.parametrize(
    ("seconds", "drops", "points", "figure"),
    [
        (48.6, 1, 16, "53.6 s"),
        (44.2, 0, 18, "44.2 s"),
        (35, 0, 20, "35 s"),
        (12, 0, 20, "12 s"),
        (110, 0, 4, "110 s"),
        (900, 9, 4, "945 s"),
        (34.9, 1, 19, "39.9 s"),
    ],
)
def test_back_to_back_ball_is_worth_its_seconds_with_five_more_a_drop(
    seconds: float, drops: int, points: int, figure: str
) -> None:
    outcome = score_game(BALL, {"seconds": seconds, "drops": drops})
    assert (outcome.passed, outcome.points, outcome.penalty_s) == (True, points, 5 * drops)
    assert str(outcome.figure) == figure


@pytest.mark.parametrize(
    ("cells", "points"),
    [
        ([], 0),
        ([4], 2),
        ([0, 1, 2], 8),
        ([0, 4, 8], 8),
        ([0, 3, 6], 8),
        ([0, 1, 2, 3, 6], 14),
        ([0, 1, 3, 5, 7], 10),
        (list(range(9)), 34),
        (7, 14),
    ],
)
def test_the_nine_grid_counts_cells_and_full_lines(cells: Any, points: int) -> None:
    outcome = score_game(GRID, {"cells": cells, "throws": 10})
    assert (outcome.passed, outcome.points) == (True, points)


@pytest.mark.parametrize(("survivors", "points"), [(5, 20), (4, 18), (3, 16), (2, 13), (1, 10), (0, 6)])
def test_balloons_left_are_worth_their_band(survivors: int, points: int) -> None:
    outcome = score_game(STOMP, {"survivors": survivors, "fouls": 2})
    assert (outcome.points, outcome.penalty_s) == (points, 20)


def test_each_spill_costs_a_point_and_nobody_falls_below_nothing() -> None:
    assert score_game(ENERGY, {"seconds": 40, "spills": 3}).points == 17
    assert score_game(ENERGY, {"seconds": 180, "spills": 30}).points == 0


def test_half_a_point_rounds_up() -> None:
    game = template("back_to_back_ball", score={"linear": {"of": "seconds", "from": [0, 1], "to": [10, 0]}})
    assert score_game(game, {"seconds": 5}).points == 1
    assert score_game(game, {"seconds": 5.1}).points == 0


def test_more_may_be_better_on_the_line_too() -> None:
    game, _ = read_game(
        {"id": "g", "name": "运球", "measures": [{"id": "metres", "kind": "count"}],
         "score": {"linear": {"of": "metres", "from": [10, 0], "to": [30, 10]}}}, "",
    )  # fmt: skip
    assert [score_game(game, {"metres": metres}).points for metres in (0, 10, 11, 20, 30, 99)] == [0, 0, 1, 5, 10, 10]


def test_a_threshold_decides_whether_a_game_is_passed() -> None:
    game = template("frisbee_nine_grid", score={"cells": {"of": "cells", "points": 1}, "need": {"cells": {"least": 3}}})
    assert not score_game(game, {"cells": [0, 1]}).passed
    assert score_game(game, {"cells": [0, 1, 5]}).passed
    limited = template("back_to_back_ball", score={"need": {"seconds": {"most": 60}}, "penalty_s": {"drops": 5}})
    assert score_game(limited, {"seconds": 55, "drops": 1}).passed
    assert not score_game(limited, {"seconds": 55.1, "drops": 1}).passed


def test_a_measure_of_passing_decides() -> None:
    game = Game("g", "过桥", (Measure("over", MeasureKind.PASS),), {})
    assert score_game(game, {"over": True}).passed
    assert not score_game(game, {"over": False}).passed
    assert str(score_game(game, {"over": True}).figure) == "passed"


def test_without_a_measure_nothing_is_passed_and_without_a_foul_none_happened() -> None:
    assert not score_game(BALL, {}).passed
    assert not score_game(BALL, {"seconds": float("nan")}).passed
    assert score_game(BALL, {"seconds": 40}).penalty_s == 0


def test_the_last_attempt_counts_unless_the_game_keeps_the_best() -> None:
    outcomes = [score_game(BALL, {"seconds": seconds}) for seconds in (60, 40, 50)]
    assert combine(BALL, outcomes) == outcomes[2]
    assert combine(template("back_to_back_ball", attempts=3, keep="best"), outcomes) == outcomes[1]
    with pytest.raises(ValueError, match="not played"):
        combine(BALL, [])


def test_a_failed_attempt_is_never_the_best() -> None:
    game = template(
        "frisbee_nine_grid", keep="best", score={"need": {"throws": {"most": 5}}, "cells": {"of": "cells", "points": 2}}
    )
    few, many = score_game(game, {"cells": [1], "throws": 3}), score_game(game, {"cells": [1, 2, 3], "throws": 9})
    assert combine(game, [many, few]) == few


def test_good_measures_have_no_faults() -> None:
    assert check_measures(BALL, {"seconds": 48.6, "drops": 0}) == []
    assert check_measures(BALL, {"seconds": 48}) == []
    assert check_measures(GRID, {"cells": [0, 8], "throws": 10}) == []


@pytest.mark.parametrize(
    ("game", "measures", "wrong"),
    [
        (BALL, {}, ["seconds"]),
        (BALL, {"seconds": None}, ["seconds"]),
        (BALL, {"seconds": True}, ["seconds"]),
        (BALL, {"seconds": "48.6"}, ["seconds"]),
        (BALL, {"seconds": float("nan")}, ["seconds"]),
        (BALL, {"seconds": float("inf")}, ["seconds"]),
        (BALL, {"seconds": 0}, ["seconds"]),
        (BALL, {"seconds": 1201}, ["seconds"]),
        (BALL, {"seconds": 50, "drops": -1}, ["drops"]),
        (BALL, {"seconds": 50, "drops": 1.5}, ["drops"]),
        (BALL, {"seconds": 50, "drops": True}, ["drops"]),
        (BALL, {"seconds": 50, "laps": 1}, ["laps"]),
        (GRID, {"cells": [0, 0]}, ["cells"]),
        (GRID, {"cells": [9]}, ["cells"]),
        (GRID, {"cells": [True]}, ["cells"]),
        (GRID, {"cells": 10}, ["cells"]),
        (GRID, {"cells": "0,1", "throws": 99}, ["cells", "throws"]),
        (STOMP, {"survivors": 6}, ["survivors"]),
    ],
)
def test_bad_measures_are_named(game: Game, measures: dict[str, Any], wrong: list[str]) -> None:
    assert [fault.path for fault in check_measures(game, measures)] == wrong


anything = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3) | st.lists(st.integers(), max_size=3)
)


@given(
    st.dictionaries(
        st.sampled_from(["seconds", "drops", "cells", "throws", "survivors", "fouls", "spills", "x"]), anything
    )
)
def test_scoring_never_raises_and_gives_no_negative_points(measures: dict[str, Any]) -> None:
    for game in (BALL, GRID, STOMP, ENERGY):
        outcome = score_game(game, measures)
        assert outcome.points >= 0
        check_measures(game, measures)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_founding_game_is_whole_and_told_in_both_languages(name: str) -> None:
    game = template(name)
    for text in (game.name, game.instructions, *(measure.name for measure in game.measures)):
        assert isinstance(text, dict)
        assert set(text) == {"zh", "en"}
    assert game.template == name
    assert 60 <= game.typical_s <= 600
