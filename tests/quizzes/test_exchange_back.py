"""What is taken out of a bank is read back: any bank, as Excel, GIFT and JSON."""

import json
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzes.exchange import read_bank_file
from quizzes.exchange.gift_written import bank_gift
from quizzes.exchange.workbook import bank_workbook
from quizzes.forms import bank_to_json
from quizzes.model import Answer, Bank, NumberAnswer, Question, QuestionKind

# Words as people write them, with the signs that mean something in one format or another.
WORDS = [
    "湿地",
    "地球之肾",
    "候鸟 A",
    "C#",
    "50%",
    "a=b",
    "{x}",
    "~约",
    "http://a.b",
    "它说：“好”",
    "<b>粗</b>",
    "3:1",
    "\\n",
]


def says(*, lines: bool = False) -> st.SearchStrategy[str]:
    glue = st.sampled_from(["", "，", "\n"] if lines else ["", "，"])
    return st.builds(lambda by, parts: by.join(parts), glue, st.lists(st.sampled_from(WORDS), min_size=1, max_size=4))


@st.composite
def questions(draw: st.DrawFn, number: int = 0) -> Question:
    kind = draw(st.sampled_from(QuestionKind))
    sides = st.lists(says(), min_size=2, max_size=6, unique_by=lambda text: text.casefold())
    choices: tuple[str, ...] = ()
    matches: tuple[str, ...] = ()
    answer: Answer
    if kind is QuestionKind.TRUE_FALSE:
        answer = draw(st.booleans())
    elif kind is QuestionKind.TEXT:
        answer = tuple(draw(st.lists(st.sampled_from(["湿地", "C#", "50%", "2", "a*b", "T"]), min_size=1, unique=True)))
    elif kind is QuestionKind.NUMBER:
        parts = st.fractions(0, 1000, max_denominator=20)
        answer = NumberAnswer(draw(parts), draw(parts))
    else:
        choices = tuple(draw(sides))
        order = draw(st.permutations(range(len(choices))))
        if kind is QuestionKind.SINGLE:
            answer = order[0]
        elif kind is QuestionKind.MULTIPLE:
            answer = tuple(sorted(order[: draw(st.integers(1, len(choices)))]))
        elif kind is QuestionKind.ORDER:
            answer = tuple(order)
        else:
            matches = tuple(draw(sides))
            answer = tuple(draw(st.integers(0, len(matches) - 1)) for _ in choices)
            matches, answer = in_use_first(matches, answer)
    return Question(
        str(number),
        kind,
        f"第{number}问" + draw(says(lines=True)) + "？",
        answer,
        choices,
        matches,
        explanation=draw(st.just("") | says(lines=True)),
        tags=tuple(draw(st.lists(st.sampled_from(["湿地", "易错", "1 [a"]), max_size=2, unique=True))),
        difficulty=draw(st.none() | st.integers(1, 10)),
        source=draw(st.sampled_from(["", "教材 第 3 页"])),
    )


def in_use_first(matches: tuple[str, ...], answer: tuple[int, ...]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Right sides in the order in which the left ones need them, as every list of pairs has them."""
    order = [*dict.fromkeys(answer), *(place for place in range(len(matches)) if place not in answer)]
    return tuple(matches[place] for place in order), tuple(order.index(place) for place in answer)


BANKS = st.integers(1, 4).flatmap(lambda size: st.tuples(*(questions(number) for number in range(size))))


def as_excel(bank: Bank) -> bytes:
    return bank_workbook(bank, "zh")


def as_gift(bank: Bank) -> bytes:
    return bank_gift(bank, "zh").encode()


def as_json(bank: Bank) -> bytes:
    return json.dumps(bank_to_json(bank), ensure_ascii=False).encode()


WRITERS = [("a.xlsx", as_excel), ("a.gift", as_gift), ("a.json", as_json)]


def plain(question: Question) -> dict[str, Any]:
    found = bank_to_json(Bank("b", (replace(question, id=""),)))
    return dict(found["questions"][0])


@pytest.mark.parametrize(("name", "write"), WRITERS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])  # a busy machine draws slowly
@given(asked=BANKS)
def test_a_bank_taken_out_is_read_back_the_same(
    name: str, write: Callable[[Bank], bytes], asked: tuple[Question, ...]
) -> None:
    """All but ordering in GIFT, which has none and says so in the file."""
    reading = read_bank_file(name, write(Bank("b", (*asked, ALWAYS))))
    assert [str(remark.words) for remark in reading.refused] == []
    left = [item for item in (*asked, ALWAYS) if name != "a.gift" or item.kind is not QuestionKind.ORDER]
    assert [plain(question) for question in reading.questions] == [plain(question) for question in left]


ALWAYS = Question("last", QuestionKind.NUMBER, "最后一问？", NumberAnswer(Fraction(1, 3)))


def test_gift_names_what_it_has_no_form_for() -> None:
    """Nothing is lost without a word."""
    order = Question("1", QuestionKind.ORDER, "从小到大", (1, 0), ("大", "小"))
    text = bank_gift(Bank("b", (order, ALWAYS)), "zh")
    assert "从小到大" in text
    assert [question.text for question in read_bank_file("a.gift", text.encode()).questions] == ["最后一问？"]


def test_gift_keeps_a_picture() -> None:
    """It travels inside the question."""
    image = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
    asked = Question("1", QuestionKind.TRUE_FALSE, "图上\n有 <鸟>？", True, image=image)
    read = read_bank_file("a.gift", as_gift(Bank("b", (asked,)))).questions[0]
    assert (read.text, read.image) == (asked.text, image)


MARKED = (
    "H<sub>2</sub>O",
    "10<sup>2</sup>米",
    "<b>不</b>属于<i>湿地</i>",
    "<u>最</u>大",
    "<code>a=b;<br></code>",
    "一行<br>二行",
    "<b>粗<i>斜</i></b>",
    "a < b > c & d &lt;",
)


@pytest.mark.parametrize(
    "image", [None, "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"]
)
@pytest.mark.parametrize(("name", "write"), WRITERS)
def test_marks_in_texts_come_back_letter_for_letter(
    name: str, write: Callable[[Bank], bytes], image: str | None
) -> None:
    """In the question, its options and its explanation; and what only looks like a mark."""
    seen = image if name == "a.gift" else None  # in GIFT a picture makes HTML of the text
    asked = [
        Question(str(at), QuestionKind.SINGLE, f"{at}：{text}", 1, ("甲", text), explanation=text, image=seen)
        for at, text in enumerate(MARKED)
    ]
    bank = Bank("b", (*asked, Question("p", QuestionKind.MATCH, "连线", (0, 1), MARKED[:2], MARKED[2:4])))
    reading = read_bank_file(name, write(bank))
    assert reading.refused == ()
    assert [(item.text, item.choices, item.matches, item.explanation) for item in reading.questions] == [
        (item.text, item.choices, item.matches, item.explanation) for item in bank.questions
    ]
