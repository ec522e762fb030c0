from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.model import Question, QuestionKind
from quizzes.rules import mark, own_numbers, shown_choices, shown_matches

SECRET = b"secret"
STEPS = ("清晨", "正午", "黄昏", "深夜")
CAPITALS, COUNTRIES = ("北京", "东京", "首尔"), ("中国", "日本", "韩国")
# As people write them down: in the right order, pair by pair.
ORDER = Question("o", QuestionKind.ORDER, "?", (0, 1, 2, 3), STEPS)
MATCH = Question("m", QuestionKind.MATCH, "?", (0, 1, 2), CAPITALS, COUNTRIES)
SINGLE = Question("s", QuestionKind.SINGLE, "?", 2, STEPS)
SHEETS = [f"sheet-{number}" for number in range(30)]


def number_of(text: str, texts: tuple[str, ...], shown: list[tuple[int, int]]) -> int:
    """The number under which a phone knows a text."""
    return next(number for number, own in shown if texts[own] == text)


def in_order(sheet: str, steps: tuple[str, ...] = STEPS) -> list[int]:
    shown = shown_choices(ORDER, SECRET, sheet)
    return [number_of(step, STEPS, shown) for step in steps]


def paired(sheet: str, countries: tuple[str, ...] = COUNTRIES) -> list[int]:
    answer = [-1] * len(CAPITALS)
    for capital, country in zip(CAPITALS, countries, strict=True):
        place = number_of(capital, CAPITALS, shown_choices(MATCH, SECRET, sheet))
        answer[place] = number_of(country, COUNTRIES, shown_matches(MATCH))
    return answer


@pytest.mark.parametrize("sheet", SHEETS)
def test_what_a_person_puts_together_is_recorded_in_the_bank_s_numbers(sheet: str) -> None:
    assert own_numbers(ORDER, in_order(sheet), SECRET, sheet) == [0, 1, 2, 3]
    assert own_numbers(ORDER, in_order(sheet, STEPS[::-1]), SECRET, sheet) == [3, 2, 1, 0]
    assert own_numbers(MATCH, paired(sheet), SECRET, sheet) == [0, 1, 2]
    assert own_numbers(MATCH, paired(sheet, COUNTRIES[::-1]), SECRET, sheet) == [2, 1, 0]


@pytest.mark.parametrize("question", [ORDER, MATCH])
def test_the_numbers_a_phone_sees_do_not_tell_the_right_order_or_pairs(question: Question) -> None:
    natural = list(range(len(question.choices)))
    right = [mark(question, own_numbers(question, natural, SECRET, sheet)) for sheet in SHEETS]
    assert right.count(True) < len(SHEETS) // 3
    for sheet in SHEETS:
        assert [number for number, _ in shown_choices(question, SECRET, sheet)] == natural


def test_other_kinds_keep_the_bank_s_numbers() -> None:
    assert all(number == own for number, own in shown_choices(SINGLE, SECRET, "sheet"))
    assert own_numbers(SINGLE, 2, SECRET, "sheet") == 2


def test_more_choices_than_matches_are_all_heard() -> None:
    many = Question("m", QuestionKind.MATCH, "?", (0, 1, 0, 1), STEPS, ("亮", "暗"))
    shown = dict(shown_choices(many, SECRET, "sheet"))
    numbers = {own: number for number, own in shown_matches(many)}
    answer = [numbers[(0, 1, 0, 1)[shown[place]]] for place in range(4)]
    assert mark(many, own_numbers(many, answer, SECRET, "sheet"))


NOTHING = st.integers(4, 99) | st.integers(-9, -1) | st.text() | st.none() | st.booleans() | st.floats()


@given(st.lists(NOTHING, max_size=8) | st.text())
def test_garbage_is_never_right_and_never_an_error(answer: Any) -> None:
    for question in (ORDER, MATCH):
        assert not mark(question, own_numbers(question, answer, SECRET, "s"))


def test_a_half_answered_match_is_wrong_and_heard() -> None:
    answer = paired("s")
    answer[0] = -1
    assert own_numbers(MATCH, answer, SECRET, "s").count(-1) == 1
