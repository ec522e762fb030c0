from fractions import Fraction

import pytest

from quizzes.model import Quiz, Step, StepKind
from quizzes.rules import after_fail, attempts, speed_points

COOL = Step(StepKind.COOL_DOWN_S, Fraction(60))
PENALTY = Step(StepKind.PENALTY_S, Fraction(120))


def test_by_default_the_third_fail_passes_with_a_penalty() -> None:
    quiz = Quiz("q", "b")
    assert [after_fail(quiz, attempt) for attempt in (1, 2, 3)] == [COOL, COOL, PENALTY]
    assert attempts(quiz) == 3


def test_the_last_step_comes_again() -> None:
    quiz = Quiz("q", "b", on_fail=(COOL,))
    assert after_fail(quiz, 9) == COOL
    assert attempts(quiz) is None


def test_without_steps_each_fail_doubles_the_wait_and_nobody_is_stuck() -> None:
    quiz = Quiz("q", "b", on_fail=())
    waits = [after_fail(quiz, attempt) for attempt in (1, 2, 3, 4, 5, 1000)]
    assert [(step.kind, step.value) for step in waits] == [
        (StepKind.COOL_DOWN_S, Fraction(seconds)) for seconds in (15, 30, 60, 120, 120, 120)
    ]
    assert attempts(quiz) is None


def test_who_wants_no_wait_gets_none() -> None:
    assert after_fail(Quiz("q", "b", on_fail=(Step(StepKind.COOL_DOWN_S),)), 3).value == 0


def test_a_lost_quiz_is_tried_once() -> None:
    assert attempts(Quiz("q", "b", on_fail=(Step(StepKind.LOST),))) == 1


@pytest.mark.parametrize(
    ("value", "t", "mode", "points"),
    [
        (100, 0, "flat", 100),
        (100, 60, "flat", 100),
        (100, 60.1, "flat", 0),
        (100, 0, "linear", 100),
        (100, 20, "linear", 66),
        (100, 60, "linear", 0),
        (10, Fraction(59, 10), "linear", 9),
        (100, 0.4, "half", 100),
        (100, 0.5, "half", 100),
        (100, 60, "half", 50),
        (5, 60, "half", 3),
        (100, 61, "half", 0),
        (1000, 30, "half", 750),
    ],
)
def test_speed_is_worth_what_the_rules_say(value: int, t: float, mode: str, points: int) -> None:
    assert speed_points(value, t, 60, mode) == points


def test_half_drops_just_after_half_a_second_if_there_is_enough_to_drop() -> None:
    assert speed_points(1000, 0.49, 20, "half") == 1000
    assert speed_points(1000, 0.5, 20, "half") == 988  # 987.5 rounds up


def test_without_a_limit_there_is_nothing_to_measure_by() -> None:
    assert speed_points(10, 500, None, "linear") == 10
