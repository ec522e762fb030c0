from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.model import Answer, NumberAnswer, Question, QuestionKind
from quizzes.rules import answer_words, fold, mark, mark_sheet, parse_number

CHOICES = ("肺", "心脏", "肾", "皮肤")


def ask(kind: QuestionKind, answer: Answer, matches: tuple[str, ...] = ()) -> Question:
    choices = CHOICES if kind in {"single", "multiple", "order", "match"} else ()
    return Question("1", kind, "?", answer, choices, matches)


SINGLE = ask(QuestionKind.SINGLE, 2)
MULTIPLE = ask(QuestionKind.MULTIPLE, (0, 2))
TRUE = ask(QuestionKind.TRUE_FALSE, True)
FALSE = ask(QuestionKind.TRUE_FALSE, False)
TEXT = ask(QuestionKind.TEXT, ("指北针", "a compass", "C#", "5", "8:30"))
NUMBER = ask(QuestionKind.NUMBER, NumberAnswer(Fraction("12.5"), Fraction("0.1")))
ORDER = ask(QuestionKind.ORDER, (3, 1, 0, 2))
MATCH = ask(QuestionKind.MATCH, (1, 0, 0, 1), ("左", "右"))
ALL = (SINGLE, MULTIPLE, TRUE, FALSE, TEXT, NUMBER, ORDER, MATCH)

garbage = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=3) | st.tuples(inner),
    max_leaves=8,
)


@given(garbage)
def test_marking_never_raises_whatever_a_phone_sends(answer: Any) -> None:
    for question in ALL:
        assert mark(question, answer) in (True, False)
        answer_words(question, answer)


@given(st.text(alphabet="0123456789.,/%eE+-一二十百千万亿点零负½ ", max_size=70))
def test_numbers_are_read_or_refused_but_never_raise(text: str) -> None:
    assert parse_number(text) is None or isinstance(parse_number(text), Fraction)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (SINGLE, 2),
        (MULTIPLE, [2, 0]),
        (MULTIPLE, [0, 2, 2]),
        (TRUE, True),
        (FALSE, False),
        (ORDER, [3, 1, 0, 2]),
        (MATCH, [1, 0, 0, 1]),
        (NUMBER, "12.5"),
        (NUMBER, 12.6),
        (NUMBER, "１２．４"),
        (NUMBER, " 12.50 "),
        (NUMBER, "25/2"),
        (NUMBER, "12 1/2"),
        (NUMBER, "12½"),
        (NUMBER, "十二点五"),
        (TEXT, "指北针"),
        (TEXT, " 指 北 针。"),
        (TEXT, "“指北针”"),
        (TEXT, "A Compass"),
        (TEXT, "Ａ　ｃｏｍｐａｓｓ!"),
        (TEXT, "c#"),
        (TEXT, "五"),
        (TEXT, "５"),
        (TEXT, 5),
        (TEXT, "5.0"),
        (TEXT, "8：30"),
    ],
)
def test_right_is_right_however_it_is_written(question: Question, answer: Any) -> None:
    assert mark(question, answer)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (SINGLE, True),
        (SINGLE, "2"),
        (SINGLE, [2]),
        (SINGLE, 2.0),
        (SINGLE, 1),
        (SINGLE, None),
        (MULTIPLE, [0]),
        (MULTIPLE, [0, 2, 3]),
        (MULTIPLE, [False, 2]),
        (MULTIPLE, 0),
        (TRUE, 1),
        (TRUE, "对"),
        (TRUE, False),
        (FALSE, None),
        (FALSE, 0),
        (NUMBER, "12.61"),
        (NUMBER, True),
        (NUMBER, "12,5"),
        (NUMBER, float("nan")),
        (NUMBER, float("inf")),
        (NUMBER, "9" * 10_000),
        (NUMBER, "1e999999999"),
        (NUMBER, ""),
        (TEXT, ""),
        (TEXT, "。"),
        (TEXT, "C"),
        (TEXT, "830"),
        (TEXT, "指北"),
        (TEXT, True),
        (TEXT, ["指北针"]),
        (ORDER, [3, 1, 0]),
        (MATCH, [1, 0, 0, 1, 1]),
    ],
)
def test_wrong_is_wrong(question: Question, answer: Any) -> None:
    assert not mark(question, answer)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,234,567.5", "1234567.5"),
        ("-3", -3),
        ("−3", -3),
        ("+.5", "1/2"),
        ("5.", 5),
        ("12.5%", "1/8"),
        ("12.5％", "1/8"),
        ("1/3", "1/3"),
        ("-1/3", "-1/3"),
        ("2e3", 2000),
        ("三", 3),
        ("十", 10),
        ("十五", 15),
        ("两百", 200),
        ("三百二十五", 325),
        ("一千零五", 1005),
        ("一万二千", 12000),
        ("九百六十万", 9_600_000),
        ("一亿零五十", 100_000_050),
        ("二〇二六", 2026),
        ("负三", -3),
        ("一点五", "1.5"),
        ("三点一四", "3.14"),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, number: str | int) -> None:
    assert parse_number(text) == Fraction(number)


@pytest.mark.parametrize(
    "text",
    ["", "五人", "1/0", "1,23", "1.2.3", "abc", "万", "点五", "一十十", "0x10", "1 2", "三三十", True, None, [1]],
)
def test_what_is_no_number_is_none(text: Any) -> None:
    assert parse_number(text) is None


def test_a_float_means_what_it_is_written_as() -> None:
    assert parse_number(0.1) == Fraction(1, 10)
    assert mark(ask(QuestionKind.NUMBER, NumberAnswer(Fraction(1, 10))), 0.1)


def test_chinese_numerals_count_as_digits_only_where_a_number_is_accepted() -> None:
    assert mark(ask(QuestionKind.TEXT, ("3",)), "三")
    assert not mark(ask(QuestionKind.TEXT, ("三峡",)), "3峡")
    assert not mark(ask(QuestionKind.TEXT, ("3.14",)), "314")


def test_an_accepted_text_of_signs_alone_is_not_met_by_nothing() -> None:
    signs = ask(QuestionKind.TEXT, ("……",))
    assert mark(signs, "……")
    assert not mark(signs, "")
    assert not mark(signs, "。")


@pytest.mark.parametrize(
    ("one", "other"),
    [("1.5米", "15米"), ("3-5天", "35天"), ("1:5000比例", "15000比例"), ("5%盐水", "5盐水"), ("1/2杯", "12杯")],
)
def test_signs_between_digits_mean_something(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("1,000米", "1000 米"), ("卡尔·马克思", "卡尔马克思"), ("《论语》", "论语"), ("１、２、３", "1,2,3")],
)
def test_signs_elsewhere_do_not(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_a_sheet_passes_with_enough_right_ones() -> None:
    questions = [Question(str(number), QuestionKind.SINGLE, "?", 0, CHOICES) for number in range(5)]
    answers = {"0": 0, "1": 0, "2": 1, "3": 0, "stranger": 0}
    assert mark_sheet(questions, answers, 3).right == (True, True, False, True, False)
    assert mark_sheet(questions, answers, 3).passed
    assert not mark_sheet(questions, answers, 4).passed


def test_answers_are_told_in_words() -> None:
    assert answer_words(SINGLE, 2) == "肾"
    assert answer_words(SINGLE, 9) == ""
    assert answer_words(MULTIPLE, [2, 0]) == "肺、肾"
    assert answer_words(ORDER, [3, 1, 0, 2]) == "皮肤 → 心脏 → 肺 → 肾"
    assert answer_words(MATCH, MATCH.answer) == "肺 – 右; 心脏 – 左; 肾 – 左; 皮肤 – 右"
    assert answer_words(TRUE, True) == {"zh": "对", "en": "True"}
    assert answer_words(NUMBER, NUMBER.answer) == "12.5 ± 0.1"
    assert answer_words(ask(QuestionKind.NUMBER, NumberAnswer(Fraction(1, 3))), NumberAnswer(Fraction(1, 3))) == "1/3"
    assert answer_words(NUMBER, "12.4") == "12.4"
    assert answer_words(TEXT, TEXT.answer) == "指北针"
    assert answer_words(TEXT, {"garbage": 1}) == ""


def test_answers_are_told_in_both_languages_of_a_question() -> None:
    question = Question(
        "1", QuestionKind.MULTIPLE, "?", (0, 1), ({"zh": "氮", "en": "Nitrogen"}, {"zh": "磷", "en": "Phosphorus"})
    )
    assert answer_words(question, question.answer) == {"zh": "氮、磷", "en": "Nitrogen, Phosphorus"}
