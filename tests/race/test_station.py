from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from race.model import GameTask, QuizTask, TaskState
from race.rules.station import covered_s
from tests.factories import GUN, Log, changed, race


def started(code: str = "33") -> Log:
    """The gun, and the team at the game a hundred seconds later."""
    log = Log()
    log.gun(0)
    log.punch("1", code, 100)
    return log


def game(log: Log, code: str = "33", **values: Any) -> GameTask:
    found = log.run(setup=race(changed("games", **values))).visits[code].tasks[-1]
    assert isinstance(found, GameTask)
    return found


def test_a_team_waits_from_its_punch_until_the_marshal_begins() -> None:
    log = started()
    assert game(log).state is TaskState.WAITING
    log.stamp("1", "33", "begun", 160)
    assert game(log).state is TaskState.PLAYING
    assert game(log).credit == (GUN + 100_000, GUN + 160_000)


def test_a_stamp_corrects_the_arrival() -> None:
    log = started()
    log.stamp("1", "33", "arrived", 130)
    log.stamp("1", "33", "begun", 160)
    assert game(log).credit == (GUN + 130_000, GUN + 160_000)


def test_waiting_is_credited_up_to_the_cap() -> None:
    log = started()
    log.stamp("1", "33", "begun", 1000)
    log.game("1", "33", 1100)
    run = log.run()
    assert (run.elapsed_s, run.credit_s, run.time_s) == (1100, 600, 500)


def test_a_station_that_begins_before_the_team_arrived_credits_nothing() -> None:
    log = started()
    log.stamp("1", "33", "begun", 90)
    assert game(log).credit is None


def test_no_second_is_credited_twice() -> None:
    log = started()
    log.stamp("1", "33", "begun", 200)
    log.game("1", "33", 300)
    log.decide("stop", 150)
    log.decide("resume", 250)
    assert log.run().credit_s == 150


def test_a_stop_that_goes_on_credits_up_to_the_finish_and_not_before_the_start() -> None:
    log = Log()
    log.decide("stop", -50)
    log.gun(0)
    log.finish("1", 500)
    assert log.run().credit_s == 500


@given(st.lists(st.tuples(st.integers(-50, 150), st.integers(0, 80)), max_size=8))
@settings(max_examples=60, deadline=None)
def test_covered_seconds_are_counted_one_by_one(spans: list[tuple[int, int]]) -> None:
    intervals = [(begin * 1000, (begin + length) * 1000) for begin, length in spans]
    one_by_one = {second for begin, length in spans for second in range(begin, begin + length) if 0 <= second < 100}
    assert covered_s(intervals, 0, 100_000) == len(one_by_one)


@pytest.mark.parametrize(("hits", "state"), [(5, TaskState.PASSED), (3, TaskState.PASSED), (2, TaskState.FAILED)])
def test_a_game_is_passed_from_its_threshold_on(hits: int, state: TaskState) -> None:
    log = started()
    log.game("1", "33", 200, hits=hits)
    assert game(log).state is state
    assert (log.run().passed == ("33",)) is (state is TaskState.PASSED)


def test_fouls_cost_their_seconds() -> None:
    log = started()
    log.game("1", "33", 200, fouls=3)
    assert log.run().penalty_s == 15


def test_a_team_with_attempts_left_waits_again_and_its_last_result_counts() -> None:
    log = started()
    log.game("1", "33", 200, hits=0)
    assert game(log, attempts=2).state is TaskState.WAITING
    log.game("1", "33", 300, hits=6)
    assert game(log, attempts=2).state is TaskState.PASSED


def test_when_all_attempts_are_used_the_game_has_failed() -> None:
    log = started()
    log.game("1", "33", 200, hits=0)
    log.game("1", "33", 300, hits=1)
    assert game(log, attempts=2).state is TaskState.FAILED


def test_the_best_of_several_attempts_counts_where_the_game_keeps_the_best() -> None:
    log = started()
    log.game("1", "33", 200, hits=6)
    log.game("1", "33", 300, hits=1)
    kept = game(log, attempts=2, keep="best")
    assert kept.state is TaskState.PASSED
    assert kept.outcome is not None
    assert kept.outcome.points == 20


def test_a_marshal_may_write_the_result_down_after_the_team_has_run_on() -> None:
    log = started()
    log.finish("1", 500)
    log.game("1", "33", 600)
    assert log.run().passed == ("33",)


def test_a_result_without_any_punch_is_no_visit() -> None:
    log = Log()
    log.gun(0)
    log.game("1", "33", 200)
    assert log.run().visits == {}


def tasks(log: Log) -> tuple[QuizTask | GameTask, ...]:
    return log.run().visits["34"].tasks


def test_where_a_quiz_comes_before_a_game_both_must_be_passed() -> None:
    log = started("34")
    log.quiz("1", "34", 101)
    assert [task.state for task in tasks(log)] == [TaskState.PASSED, TaskState.WAITING]
    assert log.run().passed == ()
    log.game("1", "34", 300)
    assert log.run().passed == ("34",)
    assert log.run().visits["34"].passed_at == GUN + 300_000


def test_the_time_a_quiz_takes_is_not_credited_as_waiting_for_the_game_after_it() -> None:
    log = started("34")
    assert [task.state for task in tasks(log)] == [TaskState.DUE, TaskState.LATER]
    log.quiz("1", "34", 101)
    passed_at = tasks(log)[0].decided_at
    game = tasks(log)[1]
    assert isinstance(game, GameTask)
    assert game.arrived_at == passed_at


def test_a_game_played_before_its_quiz_does_not_pass_the_checkpoint_alone() -> None:
    log = started("34")
    log.game("1", "34", 150)
    assert log.run().passed == ()
    log.quiz("1", "34", 200)
    assert log.run().passed == ("34",)


def test_a_quiz_after_a_game_waits_for_it() -> None:
    setup = race(changed("checkpoints", 4, tasks=[{"game": "throw"}, {"quiz": "gate"}]))
    log = started("34")
    assert [task.state for task in log.run(setup=setup).visits["34"].tasks] == [TaskState.WAITING, TaskState.LATER]
    log.game("1", "34", 150)
    assert [task.state for task in log.run(setup=setup).visits["34"].tasks] == [TaskState.PASSED, TaskState.DUE]
