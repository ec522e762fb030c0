import csv
import io
import json
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from base.faults import FaultyInput
from quizzes.exchange import Reading, read_bank_file
from quizzes.forms import question_to_json
from quizzes.model import Question, QuestionKind

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "quiz"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared question banks are not on this machine")

HEADING = ["题型", "题目", "选项A", "选项B", "选项C", "选项D", "答案", "解析", "难度", "章节"]
SINGLE = ["单选题", "湿地常被比作地球的什么？", "肺", "心脏", "肾", "皮肤", "C", "净化水。", "易", "湿地"]


def table(*rows: list[str], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def read(*rows: list[str]) -> Reading:
    return read_bank_file("题库.csv", table(*rows))


def only(reading: Reading) -> Question:
    assert [str(remark.words) for remark in reading.refused] == []
    assert len(reading.questions) == 1
    return reading.questions[0]


def row(kind: str, answer: str, *options: str, stem: str = "湿地常被比作地球的什么？") -> Question:
    cells = [*options, "", "", "", ""][:4]
    return only(read(HEADING, [kind, stem, *cells, answer, "", "", ""]))


def refusal(kind: str, answer: str, *options: str, stem: str = "湿地常被比作地球的什么？") -> str:
    cells = [*options, "", "", "", ""][:4]
    reading = read(HEADING, SINGLE, [kind, stem + "？", *cells, answer, "", "", ""])
    assert [remark.line for remark in reading.refused] == [3]
    return reading.refused[0].words.message


def test_a_row_becomes_a_question_with_all_it_says() -> None:
    question = only(read(HEADING, SINGLE))
    assert question.kind == "single"
    assert question.text == "湿地常被比作地球的什么？"
    assert question.choices == ("肺", "心脏", "肾", "皮肤")
    assert (question.answer, question.explanation, question.difficulty) == (2, "净化水。", 1)
    assert question.tags == ("湿地",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters_do_not_matter(encoding: str, delimiter: str) -> None:
    data = table(HEADING, SINGLE, encoding=encoding, delimiter=delimiter)
    assert read_bank_file("题库.csv", data) == read(HEADING, SINGLE)


def test_a_workbook_reads_as_the_same_table() -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for cells in (["社区知识竞赛题库"], [], HEADING, SINGLE):
        book.active.append(cells)
    data = io.BytesIO()
    book.save(data)
    assert read_bank_file("题库.xlsx", data.getvalue()).questions == read(HEADING, SINGLE).questions


def test_english_headings_are_understood() -> None:
    heading = ["Question", "Option 1", "Option 2", "Option 3", "Correct answer", "Explanation"]
    question = only(read(heading, ["Organ of the Earth?", "Lungs", "Kidneys", "Skin", "2", "They clean."]))
    assert (question.kind, question.answer, question.explanation) == ("single", 1, "They clean.")


def test_without_a_heading_the_cells_tell_which_column_is_which() -> None:
    rows = [[str(n), f"第{n}个问题问的是什么内容？", "甲", "乙", "丙", answer] for n, answer in enumerate("ABCBA", 1)]
    reading = read(*rows)
    assert [question.answer for question in reading.questions] == [0, 1, 2, 1, 0]
    assert reading.questions[0].choices == ("甲", "乙", "丙")


@pytest.mark.parametrize(
    "cell",
    [
        "A.肺 B.心脏 C.肾 D.皮肤",
        "A、肺\nB、心脏\nC、肾\nD、皮肤",
        "肺\n心脏\n肾\n皮肤",
        "肺|心脏|肾|皮肤",
        "A.肺B.心脏C.肾D.皮肤",
        "A：肺；B：心脏；C：肾；D：皮肤",
    ],
)
def test_options_may_stand_in_one_cell(cell: str) -> None:
    question = only(read(["题目", "选项", "答案"], ["地球的什么？", cell, "C"]))
    assert question.choices == ("肺", "心脏", "肾", "皮肤")
    assert question.answer == 2


@pytest.mark.parametrize(
    "answer",
    ["C", "c", "Ｃ", "C.", "【C】", "3", "肾", "C.肾", "C、肾", "答案：C", "C\n章节测验\n已完成", "\u200bC\u200b"],
)
def test_a_single_answer_may_be_written_in_many_ways(answer: str) -> None:
    assert row("单选题", answer, "肺", "心脏", "肾", "皮肤").answer == 2


@pytest.mark.parametrize("answer", ["AC", "A,C", "A、C", "ca", "1,3", "肺、肾", "肾;肺"])
def test_several_answers_may_be_written_in_many_ways(answer: str) -> None:
    question = row("多选题", answer, "肺", "心脏", "肾", "皮肤")
    assert (question.kind, question.answer) == ("multiple", (0, 2))


@pytest.mark.parametrize(
    ("answer", "truth"),
    [("对", True), ("√", True), ("正确", True), ("T", True), ("TRUE", True), ("错", False), ("×", False), ("X", False),
     ("F", False), ("错误", False), ("对\n章节测验\n已完成", True), ("（×）", False)],
)  # fmt: skip
def test_true_and_false_may_be_written_in_many_ways(answer: str, truth: bool) -> None:
    assert row("判断题", answer).answer is truth
    assert row("", answer).answer is truth


def test_true_or_false_with_options_goes_by_the_option() -> None:
    assert row("判断题", "A", "错误", "正确").answer is False
    assert row("", "B", "错误", "正确").kind == "true_false"


@pytest.mark.parametrize("options", [("Yes", "No"), ("x", "y"), ("T", "F")])
def test_options_in_words_of_their_own_stay_as_they_are(options: tuple[str, str]) -> None:
    question = row("", "B", *options)
    assert (question.kind, question.choices, question.answer) == ("single", options, 1)


def test_without_a_kind_the_answer_tells_it() -> None:
    assert row("", "C", "肺", "心脏", "肾").kind == "single"
    assert row("", "BC", "肺", "心脏", "肾").kind == "multiple"
    assert row("", "指北针").kind == "text"


def test_what_follows_the_answer_is_an_explanation_or_said_to_be_left_out() -> None:
    reading = read(
        HEADING,
        ["判断题", "“天可汗”是称号。", "", "", "", "", "错\n答案解析：\n也是一种秩序。\n二、多选题", "", "", ""],
    )
    assert only(reading).explanation == "也是一种秩序。"
    assert [str(note.words) for note in reading.notes] == ["Left out after the answer: 二、多选题"]


def test_the_next_question_in_an_explanation_is_left_out_and_said() -> None:
    noise = "D\n答案解析：\nD\n2.何时出现？\nA、夏 B、先秦"
    reading = read(HEADING, ["单选题", "如何总结？", "甲", "乙", "丙", "丁", noise, "", "", ""])
    assert (only(reading).answer, only(reading).explanation) == (3, "")
    assert "2.何时出现？" in str(reading.notes[0].words)


def test_an_answer_in_the_question_s_own_brackets_is_taken_out_and_said() -> None:
    reading = read(HEADING, ["单选题", "奠定了现代文明的( B )，(A) 是注。", "甲", "乙", "", "", "B", "", "", ""])
    assert only(reading).text == "奠定了现代文明的(  )，(A) 是注。"
    assert len(reading.notes) == 1


def test_stars_and_headings_of_a_copied_page_are_no_part_of_a_question() -> None:
    reading = read(HEADING, ["单选题", "** 问什么\u200b？\n一、单项选择题", "甲", "乙", "", "", "B", "", "", ""])
    assert only(reading).text == "问什么？"
    assert len(reading.notes) == 2


def test_numbers_before_all_questions_belong_to_the_list() -> None:
    rows = [["判断题", f"{n}. 第{n}句话对不对？", "", "", "", "", "对", "", "", ""] for n in (1, 2, 3)]
    assert [question.text for question in read(HEADING, *rows).questions] == [f"第{n}句话对不对？" for n in (1, 2, 3)]


def test_a_year_at_the_beginning_stays() -> None:
    rows = [["判断题", text, "", "", "", "", "对", "", "", ""] for text in ("1949年成立？", "二是对的？", "三是对的？")]
    assert read(HEADING, *rows).questions[0].text == "1949年成立？"


@pytest.mark.parametrize(
    ("kind", "answer", "options", "reason"),
    [
        ("单选题", "", ["甲", "乙"], "There is no answer."),
        ("单选题", "章节测验\n已完成", ["甲", "乙"], "There is no answer."),
        (
            "单选题",
            "AB",
            ["甲", "乙"],
            "It is called a single choice, but the answer “%(answer)s” names several options.",
        ),
        ("单选题", "E", ["甲", "乙"], "The answer names option %(label)s, which is not there."),
        ("多选题", "AB", ["甲"], "The answer names option %(label)s, which is not there."),
        ("多选题", "AA", ["甲", "乙"], "The answer “%(answer)s” names an option twice."),
        ("单选题", "丙", ["甲", "乙"], "The answer “%(answer)s” is none of the options."),
        ("单选题", "2", ["1", "3", "2"], "The answer “%(answer)s” may be an option's place or its text."),
        ("单选题", "A", [], "A choice is asked for, but there are no options."),
        ("判断题", "也许", [], "The answer “%(answer)s” says neither true nor false."),
        ("判断题", "A", [], "The answer “%(answer)s” says neither true nor false."),
        ("判断题", "A", ["甲", "乙"], "It is called true-or-false, but its options are neither."),
        (
            "连线题",
            "A",
            ["甲", "乙"],
            "Pairs stand in the answer's cell, one a line: left → right. Leave the options empty.",
        ),
        ("看图说话", "A", ["甲", "乙"], "Questions of the kind “%(kind)s” cannot be read from a table."),
        (
            "简答题",
            "很长的回答" * 10,
            [],
            "The answer is free text of more than %(longest)s characters, which no machine can mark.",
        ),
        ("填空题", "第一空：甲；第二空：乙", [], "It has several blanks; please make one question of each."),
    ],
)
def test_what_is_not_whole_is_refused_with_its_line_and_reason(
    kind: str, answer: str, options: list[str], reason: str
) -> None:
    assert refusal(kind, answer, *options) == reason


def test_a_filled_blank_is_a_short_text() -> None:
    question = row("填空题", "第一空： 1919-1949", stem="先锋队与中华民族独立解放 ____")
    assert (question.kind, question.answer) == ("text", ("1919-1949",))


def test_lines_are_those_of_the_table_even_after_cells_with_line_breaks() -> None:
    broken = ["单选题", "一行\n又一行\n再一行", "甲", "乙", "", "", "A", "", "", ""]
    assert [remark.line for remark in read(HEADING, broken, [], ["单选题", "没有答案", "甲", "乙"]).refused] == [4]


def test_a_copy_is_left_out_even_with_its_options_moved() -> None:
    moved = ["单选题", "湿地常被比作地球的什么", "肾", "肺", "皮肤", "心脏", "A", "", "", ""]
    reading = read(HEADING, SINGLE, moved)
    assert len(reading.questions) == 1
    assert [(remark.line, str(remark.words)) for remark in reading.refused] == [(3, "A copy of line 2; left out.")]


def test_two_that_contradict_each_other_are_both_refused() -> None:
    reading = read(
        HEADING, SINGLE, [*SINGLE[:6], "A", "", "", ""], ["判断题", "对吗？", "", "", "", "", "对", "", "", ""]
    )
    assert [remark.line for remark in reading.refused] == [2, 3]
    assert str(reading.refused[0].words) == "The same question has another answer in line 3."
    assert len(reading.questions) == 1


def test_the_same_words_with_other_options_are_another_question_and_said() -> None:
    reading = read(HEADING, SINGLE, ["单选题", SINGLE[1], "甲", "乙", "", "", "A", "", "", ""])
    assert len(reading.questions) == 2
    assert [note.line for note in reading.notes] == [3]


def test_an_id_follows_from_what_is_asked_and_not_from_the_answer() -> None:
    first = only(read(HEADING, SINGLE))
    corrected = only(read(HEADING, [*SINGLE[:6], "A", *SINGLE[7:]]))
    assert first.id == corrected.id
    assert first.answer != corrected.answer


def test_our_own_form_reads_back_and_its_faulty_questions_are_named_by_line() -> None:
    good = question_to_json(only(read(HEADING, SINGLE)))
    bad = {"id": "x", "kind": "single", "text": "坏的", "choices": ["甲", "乙"], "answer": 7}
    for data in ([good, bad], {"id": "b", "questions": [good, bad]}):
        reading = read_bank_file("题库.json", json.dumps(data, ensure_ascii=False, indent=1).encode())
        assert [question_to_json(question) for question in reading.questions] == [good]
        text = json.dumps(data, ensure_ascii=False, indent=1)
        assert [remark.line for remark in reading.refused] == [text[: text.index("坏的")].count("\n") + 1]


def test_questions_nested_in_chapters_are_found_with_their_tags() -> None:
    data = [{"chapter": "第一章", "sections": [{"type": "测试", "questions": [
        {"type": "单选题", "content": "地球的什么？", "answer": "B",
         "options": [{"label": "A", "text": "肺"}, {"label": "B", "text": "肾"}]},
        {"type": "多选题", "content": "哪些？", "options": ["甲", "乙", "丙"], "answer": ["A", "C"]},
        {"type": "判断题", "content": "对吗？", "options": {}, "answer": True},
    ]}]}]  # fmt: skip
    reading = read_bank_file("x.json", json.dumps(data).encode())
    assert [question.answer for question in reading.questions] == [1, (0, 2), True]
    assert reading.questions[0].tags == ("第一章", "测试")


@pytest.mark.parametrize(
    "data", [b"", b"hello", "姓名,电话\n甲,1".encode(), b"[]", b"{}", b'{"a": ', b"\x00\x01\x02", b"PK\x03\x04rubbish"]
)
def test_what_holds_no_questions_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(FaultyInput) as refused:
        read_bank_file("题库.csv", data)
    assert str(refused.value)


def test_a_race_file_is_sent_to_where_it_belongs() -> None:
    with pytest.raises(FaultyInput, match="race file"):
        read_bank_file("race.json", b'{"waypost": 1}')


@given(
    st.lists(
        st.lists(
            st.sampled_from(["", "对", "A", "AB", "1", "甲", "** 甲?", "题目", "答案", "单选题", "A.甲 B.乙"]),
            max_size=6,
        ),
        max_size=5,
    )
)
def test_any_table_is_read_or_refused(rows: list[list[str]]) -> None:
    with suppress(FaultyInput):
        reading = read(*rows)
        assert reading.questions or reading.refused


@needs_shared
def test_a_real_bank_of_1550_loses_nothing_silently() -> None:
    reading = read_bank_file("题库.csv", (SHARED / "题库.csv").read_bytes())
    assert len(reading.questions) + len(reading.refused) == 1550
    faulty = [remark.line for remark in reading.refused if not remark.words.message.startswith("A copy")]
    assert faulty == [21, 22, 23, 24, 25, 94, 95, 96, 97, 1335]
    kinds = [question.kind for question in reading.questions]
    assert [kinds.count(QuestionKind(kind)) for kind in ("single", "multiple", "true_false", "text")] == [
        770,
        372,
        357,
        1,
    ]
    assert not any(
        "\u200b" in str(question.text) or str(question.text).startswith("*") for question in reading.questions
    )


@needs_shared
def test_all_forms_of_the_same_bank_give_the_same_questions() -> None:
    whole = read_bank_file("题库.csv", (SHARED / "题库.csv").read_bytes())
    assert read_bank_file("题库.json", (SHARED / "题库.json").read_bytes()).questions == whole.questions
    for name in ("题库_40.xlsx", "题库_gb18030_20.csv"):
        part = read_bank_file(name, (SHARED / name).read_bytes()).questions
        assert part == whole.questions[: len(part)]


@needs_shared
def test_a_kahoot_sheet_gives_its_one_question_and_no_empty_row() -> None:
    question = only(read_bank_file("k.xlsx", (SHARED / "KahootQuizTemplate.xlsx").read_bytes()))
    assert (question.choices, question.answer) == (("Excel", "Google Docs", "Numbers", "LibreOffice"), (0, 1, 2, 3))
