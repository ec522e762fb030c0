from fractions import Fraction

import pytest

from race.model import QuizTask, TaskState
from race.rules.quiz import EXPIRY_MS, LATE_MS
from race.rules.sheets import expired
from tests.factories import EGRET, GUN, Log, changed, race, run_of

LIMIT_S = 60


def started() -> Log:
    """The gun, and the team at the quiz ten seconds later."""
    log = Log()
    log.gun(0)
    log.punch("1", "32", 10)
    return log


def task(log: Log, on_fail: list[dict[str, object]] | None = None) -> QuizTask:
    setup = race(changed("quizzes", on_fail=on_fail)) if on_fail is not None else race()
    found = log.run(setup=setup).visits["32"].tasks[0]
    assert isinstance(found, QuizTask)
    return found


def test_a_quiz_is_due_until_its_sheet_is_handed_out() -> None:
    assert task(started()).state is TaskState.DUE


def test_a_sheet_is_open_until_it_is_answered() -> None:
    log = started()
    log.sheet("1", "32", 11)
    assert task(log).state is TaskState.OPEN
    assert log.run().passed == ()


def test_enough_right_answers_pass_at_the_moment_of_the_answer() -> None:
    log = started()
    log.quiz("1", "32", 11, right=2, took=20)
    assert task(log).state is TaskState.PASSED
    assert task(log).tries[0].right == 2
    assert log.run().visits["32"].passed_at == GUN + 31_000


def test_too_few_right_answers_cool_down_from_the_answer_on() -> None:
    log = started()
    log.quiz("1", "32", 11, right=1, took=20)
    failed = task(log)
    assert (failed.state, failed.until, failed.next_attempt) == (TaskState.COOLING, GUN + 91_000, 2)
    assert log.run().passed == ()


def test_where_nothing_follows_a_fail_guessing_waits_longer_each_time_and_a_right_sheet_still_passes() -> None:
    log = started()
    for attempt, (at, wait_s) in enumerate(((100, 15), (200, 30), (300, 60), (500, 120), (900, 120)), start=1):
        log.quiz("1", "32", at, right=0, took=1, attempt=attempt)
        failed = task(log, on_fail=[])
        assert (failed.state, failed.until) == (TaskState.COOLING, GUN + (at + 1 + wait_s) * 1000)
    log.quiz("1", "32", 1100, right=2, took=20, attempt=6)
    assert task(log, on_fail=[]).state is TaskState.PASSED


def test_the_third_fail_passes_and_costs_two_minutes() -> None:
    log = started()
    for attempt, at in enumerate((11, 100, 200), start=1):
        log.quiz("1", "32", at, right=0, attempt=attempt)
    last = task(log)
    assert (last.state, last.penalty_s) == (TaskState.PASSED_WITH_PENALTY, 120)
    assert log.run().passed == ("32",)
    assert log.run().penalty_s == 120


def test_a_second_sheet_answered_right_costs_nothing_but_the_wait() -> None:
    log = started()
    log.quiz("1", "32", 11, right=0)
    log.quiz("1", "32", 100, attempt=2)
    assert task(log).state is TaskState.PASSED
    assert log.run().penalty_s == 0


@pytest.mark.parametrize(
    ("step", "state", "counts"),
    [
        ({"penalty_s": 30}, TaskState.PASSED_WITH_PENALTY, True),
        ({"points_factor": "1/2"}, TaskState.PASSED_WITH_PENALTY, True),
        ({"lost": True}, TaskState.LOST, False),
        ({"cool_down_s": 5}, TaskState.COOLING, False),
    ],
)
def test_what_a_fail_costs_is_the_quiz_s_own_rule(step: dict[str, object], state: TaskState, counts: bool) -> None:
    log = started()
    log.quiz("1", "32", 11, right=0)
    assert task(log, [step]).state is state
    assert (log.run(setup=race(changed("quizzes", on_fail=[step]))).passed == ("32",)) is counts


def test_a_share_of_the_points_is_an_exact_fraction() -> None:
    log = started()
    log.quiz("1", "32", 11, right=0)
    assert task(log, [{"points_factor": "1/3"}]).points_factor == Fraction(1, 3)


@pytest.mark.parametrize(
    ("after_s", "state"),
    [
        (LIMIT_S, TaskState.PASSED),
        (LIMIT_S + LATE_MS / 1000, TaskState.PASSED),
        (LIMIT_S + LATE_MS / 1000 + 0.001, TaskState.COOLING),
    ],
)
def test_an_answer_at_the_deadline_may_take_its_while_to_come_and_no_longer(after_s: float, state: TaskState) -> None:
    log = started()
    log.answer("1", "32", 11 + after_s, log.sheet("1", "32", 11))
    assert task(log).state is state


def test_an_unanswered_sheet_is_given_up_after_any_answer_in_time_could_have_come() -> None:
    log = started()
    log.sheet("1", "32", 11)
    deadline = GUN + 71_000
    assert list(expired(log.run(), deadline + EXPIRY_MS - 1)) == []
    draft = next(expired(log.run(), deadline + EXPIRY_MS))
    assert (draft.kind, draft.entry, draft.checkpoint) == ("answer", EGRET, "32")
    log.add("answer", 79, "1", "32", **draft.body)
    assert task(log).state is TaskState.COOLING
    assert list(expired(log.run(), deadline + 10 * EXPIRY_MS)) == []


def test_an_answer_given_in_time_counts_though_it_comes_after_the_sheet_was_given_up() -> None:
    log = started()
    sheet = log.sheet("1", "32", 11)
    log.add("answer", 79, "1", "32", sheet=sheet, quiz="gate", answers={}, expired=True)
    assert task(log).state is TaskState.COOLING
    log.answer("1", "32", 40, sheet, received=300)
    assert task(log).state is TaskState.PASSED
    assert log.run().visits["32"].passed_at == GUN + 40_000


def test_an_answer_of_a_phone_that_slept_does_not_begin_the_cool_down_anew() -> None:
    log = started()
    sheet = log.sheet("1", "32", 11)
    log.add("answer", 79, "1", "32", sheet=sheet, quiz="gate", answers={}, expired=True)
    log.answer("1", "32", 300, sheet)
    assert task(log).until == GUN + 139_000


def test_a_sheet_without_a_limit_never_runs_out() -> None:
    setup = race(changed("quizzes", limit_s=None))
    # An absent limit is the default; none at all is said by the model.
    log = started()
    sheet = log.sheet("1", "32", 11)
    quiz = setup.quizzes["gate"]
    assert quiz.limit_s is None
    assert list(expired(log.run(setup=setup), GUN + 10**9)) == []
    log.answer("1", "32", 5000, sheet)
    assert log.run(setup=setup).passed == ("32",)


def test_of_two_phones_answers_to_one_sheet_the_earlier_counts() -> None:
    log = started()
    sheet = log.sheet("1", "32", 11)
    log.answer("1", "32", 30, sheet, right=0)
    log.answer("1", "32", 31, sheet, right=3)
    assert task(log).state is TaskState.COOLING


def test_an_answer_dated_before_the_one_that_came_first_does_not_replace_it() -> None:
    log = started()
    sheet = log.sheet("1", "32", 11)
    log.answer("1", "32", 30, sheet, right=0)
    log.answer("1", "32", 20, sheet, right=3, received=60)
    assert task(log).state is TaskState.COOLING
    assert log.run() == run_of(reversed(log.facts))


def test_an_answer_cannot_be_older_than_its_sheet() -> None:
    log = started()
    sheet = log.sheet("1", "32", 11)
    log.answer("1", "32", 5, sheet, received=20)
    assert task(log).tries[0].answered_at == GUN + 11_000


def test_a_sheet_left_behind_for_the_next_has_failed_at_its_deadline() -> None:
    log = started()
    log.sheet("1", "32", 11)
    log.quiz("1", "32", 200, attempt=2)
    first, second = task(log).tries
    assert (first.right, first.passed, first.answered_at) == (0, False, GUN + 71_000)
    assert second.passed


@pytest.mark.parametrize(("right", "state"), [(2, TaskState.PASSED), (1, TaskState.COOLING)])
def test_a_quiz_asked_by_word_of_mouth_counts_as_a_sheet_does(right: int, state: TaskState) -> None:
    log = started()
    log.add("answer", 40, "1", "32", quiz="gate", right=right)
    assert task(log).state is state
    assert task(log).tries[0].sheet is None


def test_word_of_mouth_after_a_failed_sheet_is_the_second_attempt() -> None:
    log = started()
    log.quiz("1", "32", 11, right=0)
    log.add("answer", 100, "1", "32", quiz="gate", right=3)
    assert [item.attempt for item in task(log).tries] == [1, 2]
    assert task(log).state is TaskState.PASSED


def test_an_answer_after_the_finish_is_too_late() -> None:
    log = started()
    sheet = log.sheet("1", "32", 11)
    log.finish("1", 30)
    log.answer("1", "32", 31, sheet)
    assert log.run().passed == ()


def test_a_question_that_left_the_bank_is_not_asked_for_any_more() -> None:
    log = started()
    log.answer("1", "32", 30, log.add("sheet", 11, "1", "32", quiz="gate", attempt=1, questions=["q1", "gone", "q2"]))
    assert task(log).state is TaskState.PASSED
