"""Sheets as people send them: in traditional signs, pasted into Excel, one question a line, in two languages."""

import io

import pytest
from openpyxl import Workbook

from base.faults import FaultyInput
from quizzes.exchange import Reading, read_bank_file
from tests.quizzes.test_exchange_word import of_text, told, whys


def in_excel(*sheets: list[list[object]]) -> Reading:
    """Read a workbook with these sheets."""
    book = Workbook()
    for place, rows in enumerate(sheets):
        page = book.active if not place else book.create_sheet()
        assert page is not None
        for row in rows:
            page.append(row)
    file = io.BytesIO()
    book.save(file)
    return read_bank_file("題.xlsx", file.getvalue())


TRADITIONAL = ["一、單選題", "1. 香港回歸於哪一年？", "(A) 1995 (B) 1997 (C) 1999", "答案：(B)", "二、是非題"]


@pytest.mark.parametrize(
    ("lines", "answers"),
    [
        (["2. 太陽從東邊升起。", "答案：對", "3. 鯨魚是魚類。", "答案：錯"], [True, False]),
        (["2. 太陽從東邊升起。（對）", "3. 鯨魚是魚類。（錯）"], [True, False]),
        (["(○)2. 太陽從東邊升起。", "(╳)3. 鯨魚是魚類。"], [True, False]),
        (["2. 太陽從東邊升起。", "3. 鯨魚是魚類。", "參考答案：對 錯"], [True, False]),
        (["2. 太陽從東邊升起。", "3. 鯨魚是魚類。", "標準答案", "是非題：2. 對 3. 錯"], [True, False]),
    ],
)
def test_a_paper_in_traditional_signs_is_read_as_one_in_simplified(lines: list[str], answers: list[bool]) -> None:
    """Its kinds, its answers; the texts stay as they were written."""
    reading = of_text(*TRADITIONAL, *lines)
    assert [item.answer for item in reading.questions] == [1, *answers]
    assert [str(item.text) for item in reading.questions[1:]] == ["太陽從東邊升起。", "鯨魚是魚類。"]


def test_what_is_asked_in_traditional_signs_keeps_them() -> None:
    """Also what a list of answers says for a blank, and the title of a part."""
    reading = of_text("第一部分 難點識記", "1. ____屬於類人猿。", "2. 反義詞是____。", "參考答案：", "1-2 猩猩 對立")
    assert [item.answer for item in reading.questions] == [("猩猩",), ("對立",)]
    assert {item.tags for item in reading.questions} == {("難點識記",)}


def test_a_table_in_traditional_signs_is_read() -> None:
    """題型, 題目, 選項, 答案, 難度."""
    rows: list[list[object]] = [
        ["題型", "題目", "選項A", "選項B", "答案", "難度"],
        ["單選題", "何者為鳥", "鷺", "鯉", "A", "難"],
    ]
    reading = in_excel(
        [*rows, ["是非題", "鯨魚是魚類", None, None, "錯", "簡單"], ["複選題", "何者為魚", "鯉", "鯽", "AB", "中"]]
    )
    assert [item.answer for item in reading.questions] == [0, False, (0, 1)]
    assert [item.difficulty for item in reading.questions] == [3, 1, 2]


def test_one_question_a_line_with_its_kind_in_brackets_is_read() -> None:
    """The kind tells that a question begins, 答案： where it ends."""
    reading = of_text(
        "[判断题] 进入工地必须戴安全帽。 答案：√",
        "[判断题] 灭火器可以随便挪用。 答案：×",
        "[单选题] 急救电话是 A.110 B.119 C.120 答案：C",
    )
    assert told(reading) == [
        ("进入工地必须戴安全帽。", (), True),
        ("灭火器可以随便挪用。", (), False),
        ("急救电话是", ("110", "119", "120"), 2),
    ]


def test_letters_behind_the_last_option_are_the_answer() -> None:
    """In brackets and apart from it; not where each option has its own, nor beside another answer."""
    reading = of_text("1. 珠江在哪个省入海？ A.广东 B.广西 C.福建 (A)", "2. 黄山在哪个省？ A.江西 B.安徽 C.浙江 （B）")
    assert told(reading) == [
        ("珠江在哪个省入海？", ("广东", "广西", "福建"), 0),
        ("黄山在哪个省？", ("江西", "安徽", "浙江"), 1),
    ]
    for doubtful in ("A.维生素 (B) B.维生素 (A)", "A.维生素 B.维生素(A)", "A.甲 B.乙 C.丙 (D)"):
        refused = of_text(f"1. 哪种有益？ {doubtful}", "2. 冰浮在水上。", "答案：对")
        assert len(refused.questions) == 1
        assert whys(refused)


PASTED: list[list[object]] = [
    ["一、单选题"],
    ["1.我国的国花通常指（ A ）"],
    ["A.牡丹 B.荷花 C.菊花"],
    ["2.我国的国宝是（ B ）"],
    ["A.老虎\nB.大熊猫\nC.狮子"],
    ["二、判断题"],
    ["1.长城是世界文化遗产。（ √ ）"],
]


def test_a_paper_pasted_into_excel_is_read_as_a_paper() -> None:
    """One column, or the options side by side in cells; lines are those of Excel."""
    apart: list[list[object]] = [[*str(text).replace(" B", "|B").split("|")] for row in PASTED for text in row]
    for rows in (PASTED, apart):
        reading = in_excel(rows)
        assert told(reading) == [
            ("我国的国花通常指（）", ("牡丹", "荷花", "菊花"), 0),
            ("我国的国宝是（）", ("老虎", "大熊猫", "狮子"), 1),
            ("长城是世界文化遗产。", (), True),
        ]
        assert [line for _, line in reading.places] == [2, 4, 7]


def test_beside_a_table_a_sheet_of_notes_is_no_paper() -> None:
    """The example in the notes on how to fill it in is no question; a list of names is none either."""
    table: list[list[object]] = [["题目", "A", "B", "答案"], ["鹭是", "鸟", "鱼", "A"]]
    reading = in_excel(table, PASTED)
    assert told(reading) == [("鹭是", ("鸟", "鱼"), 0)]
    assert len(reading.notes) == 1
    with pytest.raises(FaultyInput):
        in_excel([["第一组"], ["1. 张三"], ["2. 李四"]])


@pytest.mark.parametrize(
    "headings",
    [
        ["No. 序号", "Question 题目", "Option A 选项A", "Option B 选项B", "Answer 答案"],
        ["序号/No.", "题目/Question", "选项A/Option A", "选项B/Option B", "答案/Answer"],
        ["序号\nNo.", "题目\nQuestion", "选项A\nOption A", "选项B\nOption B", "答案\nAnswer"],
    ],
)
def test_headings_in_two_languages_are_known(headings: list[object]) -> None:
    """One behind the other, behind a stroke, or below it."""
    reading = in_excel([headings, [1, "鹭是 A heron is", "鸟 a bird", "鱼 a fish", "A"]])
    assert told(reading) == [("鹭是Aheronis", ("鸟 a bird", "鱼 a fish"), 0)]
