"""A bank as Excel: what is written is read back the same; and a file beside a bank that has some of it already."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import openpyxl
import pytest

from base.faults import FaultyInput
from base.languages import LANGUAGES
from quizzes.exchange import read_bank_file
from quizzes.exchange.bank import beside
from quizzes.exchange.workbook import bank_workbook, form_workbook
from quizzes.model import Answer, Bank, NumberAnswer, Question, QuestionKind
from tests.tables import xlsx

KINDS = (
    Question(
        "1", QuestionKind.SINGLE, "湿地是地球的什么？", 1, ("肺", "肾", "胃"), explanation="净化水质", tags=("湿地",)
    ),
    Question("2", QuestionKind.MULTIPLE, "哪些是候鸟？", (0, 2), ("家燕", "麻雀", "豆雁", "鸡", "鸭"), difficulty=2),
    Question("3", QuestionKind.TRUE_FALSE, "芦苇能净化水质。", False, source="教材"),
    Question("4", QuestionKind.TEXT, "湿地日是 2 月几日？", ("2", "二")),
    Question("5", QuestionKind.NUMBER, "一公里有几米？", NumberAnswer(Fraction(1000), Fraction(1, 2))),
    Question("6", QuestionKind.ORDER, "从小到大", (2, 0, 1), ("中", "大", "小")),
    Question("m", QuestionKind.MATCH, "连线", (0, 1), ("鱼", "鸟"), ("游", "飞", "走")),
    Question("7", QuestionKind.SINGLE, "=1+1", 0, ("2", "1/2"), tags=("算术", "易错")),
)


def without_ids(questions: tuple[Question, ...]) -> list[Question]:
    return [replace(question, id="") for question in questions]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bank_written_as_a_workbook_is_read_back_the_same(language: str) -> None:
    reading = read_bank_file("题库.xlsx", bank_workbook(Bank("b", KINDS), language))
    assert reading.refused == ()
    assert without_ids(reading.questions) == without_ids(KINDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_to_start_from_is_a_file_that_can_be_read_at_once(language: str) -> None:
    reading = read_bank_file("form.xlsx", form_workbook(language))
    assert (len(reading.questions), reading.refused) == (4, ())


def test_no_cell_is_a_formula(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("book") / "b.xlsx"
    path.write_bytes(bank_workbook(Bank("b", KINDS), "zh"))
    page = openpyxl.load_workbook(path).active
    assert page is not None
    assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"s", "inlineStr", "n"}


def test_a_control_character_in_a_question_does_not_break_the_workbook() -> None:
    odd = Question("1", QuestionKind.TEXT, "钟\x07声", ("响",))
    assert read_bank_file("b.xlsx", bank_workbook(Bank("b", (odd,)), "zh")).questions[0].text == "钟声"


HEAD = ["题目", "选项A", "选项B", "答案"]


def bank_of(answer: Answer, name: str = "old") -> Bank:
    return Bank("b", (Question(name, QuestionKind.SINGLE, "鱼会游泳吗？", answer, ("会", "不会")),))


def test_what_the_bank_has_already_is_left_out_whatever_the_order_of_its_options() -> None:
    file = xlsx([HEAD, ["鱼会游泳吗？", "不会", "会", "B"], ["鸟会飞吗？", "会", "不会", "A"]])
    reading = beside(read_bank_file("新.xlsx", file), bank_of(0))
    assert [question.text for question in reading.questions] == ["鸟会飞吗？"]
    assert [(remark.line, str(remark.words)) for remark in reading.refused] == [
        (2, "It is in the bank already; left out.")
    ]


def test_another_answer_to_a_question_of_the_bank_is_refused_and_the_bank_keeps_its_own() -> None:
    file = xlsx([HEAD, ["鱼会游泳吗？", "会", "不会", "B"]])
    reading = beside(read_bank_file("新.xlsx", file), bank_of(0))
    assert reading.questions == ()
    assert "another answer" in str(reading.refused[0].words)


def test_an_id_that_the_bank_uses_for_another_question_is_changed() -> None:
    file = b'[{"id": "old", "kind": "text", "text": "\xe5\x87\xa0\xef\xbc\x9f", "answer": ["2"]}]'
    reading = beside(read_bank_file("a.json", file), bank_of(0))
    assert [question.text for question in reading.questions] == ["几？"]
    assert reading.questions[0].id != "old"


@pytest.mark.parametrize(("cell", "accepted"), [("2 | 二", ("2", "二")), ("a|b", ("a|b",))])
def test_bars_with_room_around_them_stand_between_accepted_answers(cell: str, accepted: tuple[str, ...]) -> None:
    file = xlsx([["题型", "题目", "答案"], ["填空题", "几月？", cell]])
    assert read_bank_file("a.xlsx", file).questions[0].answer == accepted


@pytest.mark.parametrize("cell", ["12 ± x", "12 ± -1"])
def test_a_number_that_may_be_off_by_nonsense_is_refused(cell: str) -> None:
    file = xlsx([["题型", "题目", "答案"], ["数字题", "几米？", cell]])
    assert [remark.line for remark in read_bank_file("a.xlsx", file).refused] == [2]


def test_percent_and_dates_are_kept_as_they_look(tmp_path_factory: pytest.TempPathFactory) -> None:
    """25% is no 0.25, and a date is the one that stands there."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["题目", "选项A", "选项B", "答案"])
    page.append(["湿地占多少？", 0.25, 0.5, "A"])
    page.append(["哪一天？", date(2026, 2, 2), date(2026, 5, 1), "A"])
    for cell, pattern in (("B2", "0%"), ("C2", "0%"), ("B3", 'm"月"d"日"'), ("C3", "yyyy/m/d")):
        page[cell].number_format = pattern
    path = tmp_path_factory.mktemp("book") / "a.xlsx"
    book.save(path)
    reading = read_bank_file("a.xlsx", path.read_bytes())
    assert [question.choices for question in reading.questions] == [("25%", "50%"), ("2月2日", "2026-05-01")]


def test_a_workbook_with_macros_is_refused_in_words() -> None:
    """Nobody needs a program to ask questions."""
    stream = io.BytesIO(xlsx([HEAD, ["鱼会游泳吗？", "会", "不会", "A"]]))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    with pytest.raises(FaultyInput, match="macros"):
        read_bank_file("a.xlsm", stream.getvalue())


def _excel(fill: Callable[[Any], object]) -> bytes:
    book = openpyxl.Workbook()
    fill(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


HEADS = ["题目", "A", "B", "答案"]
RIVER, LAKE = ["最长的河", "黄河", "长江", "B"], ["最深的湖", "抚仙湖", "太湖", "A"]


def test_a_hidden_sheet_is_read_and_said() -> None:
    """As a hidden row is: who hid it may have meant it to be left out."""

    def fill(book: Any) -> None:
        for row in (HEADS, RIVER):
            book.active.append(row)
        hidden = book.create_sheet("旧题")
        hidden.sheet_state = "hidden"
        for row in (HEADS, LAKE):
            hidden.append(row)

    reading = read_bank_file("题.xlsx", _excel(fill))
    assert [item.answer for item in reading.questions] == [1, 0]
    assert [note.words.message for note in reading.notes] == ["The sheet “%(name)s” is hidden; it was read too."]


def test_headings_in_two_rows_below_a_title_are_one_heading() -> None:
    """选项 merged over A and B, and a title above it all."""

    def fill(book: Any) -> None:
        page = book.active
        for row in (["湿地知识题库"], ["题目", "选项", "", "答案"], ["", "A", "B", ""], RIVER, LAKE):
            page.append(row)
        for block in ("A1:D1", "B2:C2", "A2:A3", "D2:D3"):
            page.merge_cells(block)

    reading = read_bank_file("题.xlsx", _excel(fill))
    assert [(item.text, item.choices, item.answer) for item in reading.questions] == [
        ("最长的河", ("黄河", "长江"), 1),
        ("最深的湖", ("抚仙湖", "太湖"), 0),
    ]
    assert reading.refused == ()


def test_options_below_each_other_beside_a_merged_question_are_its_options() -> None:
    """One a row, the question and its answer merged over them."""

    def fill(book: Any) -> None:
        page = book.active
        page.append(["题目", "选项", "答案"])
        for begin, (stem, first, second, right) in zip((2, 4), (RIVER, LAKE), strict=True):
            page.append([stem, f"A. {first}", right])
            page.append(["", f"B. {second}", ""])
            page.merge_cells(f"A{begin}:A{begin + 1}")
            page.merge_cells(f"C{begin}:C{begin + 1}")

    reading = read_bank_file("题.xlsx", _excel(fill))
    assert [(item.choices, item.answer) for item in reading.questions] == [
        (("黄河", "长江"), 1),
        (("抚仙湖", "太湖"), 0),
    ]


def test_questions_side_by_side_are_not_lost_in_silence() -> None:
    """The first block is read; the second is named by its column."""

    def fill(book: Any) -> None:
        for row in ([*HEADS, "", *HEADS], [*RIVER, "", *LAKE]):
            book.active.append(row)

    reading = read_bank_file("题.xlsx", _excel(fill))
    assert len(reading.questions) == 1
    assert [note.words.arguments for note in reading.notes] == [{"column": "F"}]
