"""What the answers of a race say of its questions."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from quizzes.model import NumberAnswer, Question, QuestionKind
from quizzes.rules import mark
from race.rules.item_figures import Asking, Health, item_figures, scores, upper_and_lower

REED = Question("q1", QuestionKind.SINGLE, "芦苇靠什么净化水质？", 2, ("花", "叶", "根", "茎"))
EASY = Question("q2", QuestionKind.TRUE_FALSE, "湿地里有水。", answer=True)


def ask(entry: str, given: Any, question: Question = REED, seconds: int | None = 8) -> Asking:
    """One question put to a team, marked as the race marks it."""
    taken = None if seconds is None else Fraction(seconds)
    return Asking(entry, "wetland", question, given, mark(question, given), taken)


def figures(*askings: Asking) -> Any:
    """The figures of the reed question among these."""
    return next(item for item in item_figures(askings, frozenset()) if item.question is REED)


def test_share_right_time_and_what_was_chosen_instead() -> None:
    found = figures(
        ask("1", 2, seconds=4), ask("2", 0, seconds=6), ask("3", 0, seconds=20), ask("4", None, seconds=None)
    )
    assert (found.asked, found.right, found.unanswered, found.seconds) == (4, 1, 1, 6)
    assert [(given.words, given.count, given.right) for given in found.given] == [
        ("花", 2, False), ("叶", 0, False), ("根", 1, True), ("茎", 0, False),
    ]  # fmt: skip


def strong_and_weak(strong: int, weak: int) -> tuple[Asking, ...]:
    """Two teams that get all else right answer `strong` of theirs right, two that get all else wrong `weak`."""
    rest = [ask(entry, entry in "12", EASY) for entry in "1234"]
    mine = [ask(entry, 2 if number < strong else 0) for number, entry in enumerate("12")]
    others = [ask(entry, 2 if number < weak else 0) for number, entry in enumerate("34")]
    return (*rest, *mine, *others)


@pytest.mark.parametrize(
    ("strong", "weak", "discrimination", "health"),
    [
        (2, 0, 1, Health.SOUND),
        (1, 1, 0, Health.SOUND),
        (2, 1, Fraction(1, 2), Health.SOUND),
        (0, 1, Fraction(-1, 2), Health.AMBIGUOUS),
        (0, 2, -1, Health.AMBIGUOUS),
        (0, 0, 0, Health.NEVER_RIGHT),
        (2, 2, 0, Health.ALWAYS_RIGHT),
    ],
)
def test_a_question_that_the_best_teams_get_wrong_is_suspect(
    strong: int, weak: int, discrimination: Any, health: Health
) -> None:
    found = figures(*strong_and_weak(strong, weak))
    assert (found.discrimination, found.health) == (discrimination, health)


def test_too_few_answers_say_nothing() -> None:
    found = figures(ask("1", 0), ask("2", 0), ask("3", 0))
    assert (found.health, found.discrimination) == (Health.FEW, None)


@drawn(st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=40), st.randoms(use_true_random=False))
def test_the_index_stays_in_bounds_and_heeds_no_order(answers: list[tuple[int, bool]], chance: Any) -> None:
    """Between the halves all right answers are found again, in whatever order the teams come."""
    scored = [(Fraction(score, 5), right) for score, right in answers]
    found = upper_and_lower(scored)
    mixed = list(scored)
    chance.shuffle(mixed)
    assert upper_and_lower(mixed) == found
    if found is not None:
        upper, lower = found
        assert 0 <= upper <= 1
        assert 0 <= lower <= 1
        assert (upper + lower) / 2 == Fraction(sum(right for _, right in scored), len(scored))


@drawn(st.lists(st.tuples(st.sampled_from("12345"), st.sampled_from([0, 1, 2, 3, None, "x", True, [1], 99]))))
def test_every_answer_is_counted_and_none_twice(answers: list[tuple[str, Any]]) -> None:
    """Whatever phones send: asked is right, wrong or unanswered, and no choice is chosen more often than asked."""
    for item in item_figures([ask(entry, given) for entry, given in answers], frozenset()):
        assert item.asked == len(answers)
        assert item.right + item.unanswered <= item.asked
        assert item.right == sum(given.count for given in item.given if given.right)
        assert sum(given.count for given in item.given) <= item.asked


def test_typed_answers_are_named_by_how_often_they_came() -> None:
    many = Question("q3", QuestionKind.TEXT, "？", ("大白鹭",))
    found = item_figures(
        [ask(str(n), word, many) for n, word in enumerate(["白鹭", "大白鹭", " 白鹭", "苍鹭"])], frozenset()
    )
    assert [(given.words, given.count, given.right) for given in found[0].given] == [
        ("白鹭", 2, False), ("大白鹭", 1, True), ("苍鹭", 1, False),
    ]  # fmt: skip
    number = Question("q4", QuestionKind.NUMBER, "？", NumberAnswer(Fraction(5)))
    [five] = item_figures([ask("1", 5, number)], frozenset())[0].given
    assert (five.words, five.right) == ("5", True)


def test_a_voided_question_is_shown_as_it_was_answered() -> None:
    [found] = item_figures([ask("1", 0), ask("2", 2)], frozenset({("wetland", "q1")}))
    assert (found.voided, found.right) == (True, 1)


def test_teams_and_clubs_are_listed_by_their_share() -> None:
    askings = [ask("1", 2, seconds=4), ask("1", 0, seconds=6), ask("2", 2), ask("3", 0)]
    names = {"1": "湿地工会", "2": "河道工会", "3": ""}
    assert [(s.name, s.right, s.asked, s.seconds) for s in scores(askings, names)] == [
        ("河道工会", 1, 1, Fraction(8)), ("湿地工会", 1, 2, Fraction(5)),
    ]  # fmt: skip
