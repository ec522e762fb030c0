"""What a person reads at a glance is read: options glued together, one row of answers below many questions, stars.

Beside each way that is read stands one that may mean two things: that one is refused by name, never guessed.
"""

import pytest

from quizzes.exchange import Reading
from tests.quizzes.test_exchange_word import of_text, whys

FIRE = ("110", "119", "120")
TRUTHS = ["1. 骑车可以逆行。", "2. 过马路要看红绿灯。", "3. 开车要系安全带。"]
CHOSEN = ["1. 报警电话", "A. 110  B. 119  C. 120", "2. 火警电话", "A. 110  B. 119  C. 120", "3. 急救电话"]
CHOSEN += ["A. 120  B. 119  C. 110"]


def one(*lines: str) -> Reading:
    """Read one question with these lines below it."""
    return of_text("1. 火警电话是哪个号码？", *lines)


def refused_by_name(reading: Reading, count: int) -> bool:
    """Tell whether nothing was taken, and so many questions were refused with a reason each."""
    return not reading.questions and len(reading.refused) == count and all(whys(reading))


@pytest.mark.parametrize(
    "options",
    [
        ["A、110B、119C、120"],
        ["A.110B.119C.120"],
        ["A．110B．119C．120"],
        ["Ａ．110Ｂ．119Ｃ．120"],
        ["A:110B:119C:120"],
        ["(A)110(B)119(C)120"],
        ["（A）110（B）119（C）120"],
        ["A、110，B、119，C、120"],
        ["A、110；B、119；C、120"],
        ["A、110、B、119、C、120"],
        ["A.110,B.119,C.120"],
        ["A.110B.119", "C.120"],
        ["A、110 B、119C、120"],
    ],
)
def test_options_glued_to_each_other_are_told_apart(options: list[str]) -> None:
    """A figure or a comma before the next letter: the letters run on, and each stands there once."""
    reading = one(*options, "答案：B")
    assert [(item.choices, item.answer) for item in reading.questions] == [(FIRE, 1)]


@pytest.mark.parametrize(
    ("options", "read"),
    [
        ("A、3.5B、4.5C、5.5", ("3.5", "4.5", "5.5")),
        ("A.1925年B.1949年C.1978年", ("1925年", "1949年", "1978年")),
        ("A.10%B.20%C.30%", ("10%", "20%", "30%")),
    ],
)
def test_glued_options_keep_their_figures(options: str, read: tuple[str, ...]) -> None:
    """A decimal, a year, a share."""
    assert [item.choices for item in one(options, "答案：B").questions] == [read]


@pytest.mark.parametrize(
    "options",
    [
        "A、110B、119",  # 110 and 119, or one option that names 110B
        "A.1B.2B.3C.4",  # two places where B may begin
        "A.110B、119C.120",  # the letters are written in two ways
        "A.3GB.4GC.5G",  # GB is a unit too
        "A、维生素AB、维生素BC、维生素C",
        "A.110C.119D.120",
    ],
)
def test_glued_options_that_may_be_cut_in_two_ways_are_refused(options: str) -> None:
    """Two readings, or letters that do not run on."""
    assert refused_by_name(one(options, "答案：B"), 1)


@pytest.mark.parametrize(
    "row",
    [
        "答案：错 对 对",
        "答案：错、对、对",
        "答案：错，对，对",
        "答案：×√√",
        "答案：× √ √",
        "答案：错误 正确 正确",
        "正确答案：错对对",
        "参考答案：F T T",
        "【答案】错 对 对",
        "答案：1-3 ×√√",
        "判断题答案：错 对 对",
        "错 对 对",
        "×√√",
    ],
)
@pytest.mark.parametrize("heading", [["判断题"], ["一、判断题"], ["一、判断题", "（每题2分）"]])
def test_a_row_of_truths_belongs_to_the_questions_above_it(heading: list[str], row: str) -> None:
    """As many as there are questions without an answer."""
    assert [item.answer for item in of_text(*heading, *TRUTHS, row).questions] == [False, True, True]


@pytest.mark.parametrize(
    ("heading", "row", "answers"),
    [
        ("单选题", "答案：ABC", [0, 1, 2]),
        ("单选题", "答案：B C A", [1, 2, 0]),
        ("单选题", "答案：B、C、A", [1, 2, 0]),
        ("单选题", "BCA", [1, 2, 0]),
        ("单选题", "答案：1-3 BCA", [1, 2, 0]),
        ("选择题", "答案：ABA", [0, 1, 0]),
        ("选择题", "答案：A B A", [0, 1, 0]),
        ("选择题", "ABA", [0, 1, 0]),
        ("多选题", "答案：AB ABC BC", [(0, 1), (0, 1, 2), (1, 2)]),
    ],
)
def test_a_row_of_letters_belongs_to_the_questions_above_it(heading: str, row: str, answers: list[object]) -> None:
    """Where no single question can have them all: one right option each, or a letter that comes twice."""
    assert [item.answer for item in of_text(heading, *CHOSEN, row).questions] == answers


def test_rows_of_answers_below_each_few_questions() -> None:
    """Each row answers what stands between it and the answer before."""
    more = ["4. 鲸是鱼。", "5. 冰浮在水上。"]
    reading = of_text("判断题", *TRUTHS, "答案：错 对 对", *more, "答案：错 对")
    assert [item.answer for item in reading.questions] == [False, True, True, False, True]


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        (["判断题", *TRUTHS, "答案：错 对"], 3),
        (["判断题", *TRUTHS, "答案：错 对 对 对"], 3),
        (["判断题", *TRUTHS, "错 对 对 错"], 3),
        (["选择题", *CHOSEN, "答案：ABAB"], 3),
        (["选择题", *CHOSEN, "ABAB"], 3),
        (["选择题", *CHOSEN, "答案：ABC"], 3),
        (["选择题", *CHOSEN, "答案：B C A"], 3),
        (["多选题", *CHOSEN, "答案：A B C"], 3),
        (["填空题", "1. 首都是____。", "2. 省会是____。", "答案：北京 南京"], 2),
        (["填空题", "1. 首都是____。", "2. 省会是____。", "答案：北京、南京"], 2),
    ],
)
def test_a_row_that_may_be_one_answer_or_does_not_count_is_refused(lines: list[str], count: int) -> None:
    """ABC may be three right options of the last question; two words may be one answer."""
    assert refused_by_name(of_text(*lines), count)


def test_a_row_of_words_stays_the_answer_of_its_question_where_the_others_have_theirs() -> None:
    """The last of two blanks answered by 北京 南京, while the first has its own answer."""
    reading = of_text("填空题", "1. 首都是____。", "答案：北京", "2. 两座古都是____。", "答案：西安 洛阳")
    assert [item.answer for item in reading.questions] == [("北京",), ("西安 洛阳",)]


@pytest.mark.parametrize(
    "right",
    [
        "119*",
        "119 *",
        "119＊",
        "119√",
        "119 √",
        "119（正确）",
        "119(正确答案)",
        "119【正确】",
        "119 [√]",
        "119（正确选项）",
    ],
)
@pytest.mark.parametrize("join", ["\n", "   "])
def test_a_mark_behind_an_option_says_that_it_is_right(right: str, join: str) -> None:
    """A star, a tick, the word in brackets; the mark is no part of the option."""
    reading = one(*join.join(["A.110", f"B.{right}", "C.120"]).split("\n"))
    assert [(item.choices, item.answer) for item in reading.questions] == [(FIRE, 1)]


def test_what_marks_the_others_wrong_is_no_part_of_them() -> None:
    """× behind each other option would give the answer away."""
    reading = one("A.110（×）", "B.119（√）", "C.120（×）")
    assert [(item.choices, item.answer) for item in reading.questions] == [(FIRE, 1)]


@pytest.mark.parametrize(
    "lines",
    [
        ["A.110*", "B.119*", "C.120*"],  # an ornament
        ["A.110", "B.119*", "C.120", "答案：C"],  # a star of another meaning, or two answers
        ["*A.110", "B.119*", "C.120"],
        ["A.int*", "B.int", "C.char"],  # a sign of a programming language
        ["A.110（×）", "B.119", "C.120"],  # one is wrong, two are left
    ],
)
def test_a_star_that_may_be_something_else_is_no_answer(lines: list[str]) -> None:
    """All alike, beside another answer, glued to a word of a programming language."""
    assert refused_by_name(one(*lines), 1)
