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
    with pytest.raises(FaultyInput):  # the form as it was downloaded, with nothing filled in
        in_excel(table[:1], PASTED)
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


def test_tables_below_each_other_are_read_each_by_its_own_headings() -> None:
    """A sheet with a part for each kind: the headings come again, and are no question themselves."""
    reading = in_excel(
        [
            ["一、单选题"],
            ["序号", "题目", "A", "B", "C", "答案"],
            [1, "红灯应", "停", "走", "跑", "A"],
            ["二、多选题"],
            ["序号", "题目", "A", "B", "C", "D", "答案"],
            [1, "下列是交通工具的有", "车", "船", "树", "马", "A"],
            ["三、填空题"],
            ["序号", "题目", "答案"],
            [1, "一年有____个月", 12],
        ]
    )
    assert told(reading) == [
        ("红灯应", ("停", "走", "跑"), 0),
        ("下列是交通工具的有", ("车", "船", "树", "马"), (0,)),
        ("一年有____个月", (), ("12",)),
    ]
    assert not reading.refused


def test_the_column_headed_answer_options_is_that_of_the_options_beside_one_for_the_answer() -> None:
    """答案选项 beside 参考答案; alone it is the answer, as ever."""
    reading = in_excel([["题目", "答案选项", "参考答案"], ["试用期最长", "A、3个月；B、6个月；C、12个月", "B"]])
    assert told(reading) == [("试用期最长", ("3个月", "6个月", "12个月"), 1)]
    reading = in_excel([["题目", "A", "B", "答案选项"], ["试用期最长", "3个月", "6个月", "B"]])
    assert told(reading) == [("试用期最长", ("3个月", "6个月"), 1)]


def test_options_in_the_cell_of_the_question_are_options() -> None:
    """Never a text to be typed whose answer would be A; what cannot be told apart is refused by name."""
    rows: list[list[object]] = [
        ["题目", "答案"],
        ["口号发布于哪一年？A.1948 B.1949 C.1950", "A"],
        ["工会三级组织包括（ ）A.基层工会；B.地方工会；C.全国总工会", "ABC"],
        ["下列正确的是甲A.一B.二", "A"],
        ["英语的第一个字母", "A"],
    ]
    reading = in_excel(rows)
    assert told(reading) == [
        ("口号发布于哪一年？", ("1948", "1949", "1950"), 0),
        ("工会三级组织包括（）", ("基层工会", "地方工会", "全国总工会"), (0, 1, 2)),
        ("英语的第一个字母", (), ("A",)),
    ]
    assert ["could not be told apart" in str(remark.words) for remark in reading.refused] == [True]


def test_signs_in_circles_below_a_question_are_what_it_asks_about() -> None:
    """They begin no questions of their own, though the question itself is short."""
    reading = of_text("1. 下列正确的是：", "① 水往低处流 ② 火往低处烧 ③ 人往高处走", "A. ①② B. ①③ C. ②③", "答案：B")
    assert [(item.choices, item.answer) for item in reading.questions] == [(("①②", "①③", "②③"), 1)]
    assert "水往低处流" in str(reading.questions[0].text)
    assert "下列正确的是" in str(reading.questions[0].text)


def test_the_words_before_the_question_and_its_options_are_no_part_of_them() -> None:
    """题目：, 选项：, 答案：, one below the other."""
    reading = of_text(
        "题目：市花是什么？", "选项：A.月季 B.牡丹", "答案：A", "", "题目：市树是什么？", "选项：A.杨 B.槐", "答案：B"
    )
    assert told(reading) == [("市花是什么？", ("月季", "牡丹"), 0), ("市树是什么？", ("杨", "槐"), 1)]


def test_letters_in_brackets_that_name_things_stay_where_they_are() -> None:
    """Beside an empty bracket and an answer of its own; without one nobody knows which bracket is meant."""
    options = ["A. 甲", "B. 乙"]
    reading = of_text(
        "1. 甲（A）和乙（B）哪个大？（ ）", *options, "答案：A", "2. 鸟（A）和鱼（B）谁会飞？（B）", *options
    )
    assert told(reading) == [("甲（A）和乙（B）哪个大？（）", ("甲", "乙"), 0)]
    assert "Several brackets hold letters" in whys(reading)[0]


PARTS = [
    "单选题",
    "1. 甲是？",
    "A. 一",
    "B. 二",
    "2. 乙是？",
    "A. 三",
    "B. 四",
    "多选题",
    "1. 丙是？",
    "A. 五",
    "B. 六",
]


@pytest.mark.parametrize("key", [["1.A", "2.B", "1.AB"], ["1.A 2.B", "1.AB"]])
def test_a_list_of_answers_that_counts_again_belongs_to_the_parts_in_turn(key: list[str]) -> None:
    """Its first 1 is the first part's, never the last one's."""
    assert [item.answer for item in of_text(*PARTS, "答案", *key).questions] == [0, 1, (0, 1)]


@pytest.mark.parametrize("key", [["1.A", "1.AB"], ["1.A", "2.B", "1.AB", "2.A"], ["1.A", "2.B", "1.B", "1.AB"]])
def test_a_list_that_counts_again_otherwise_than_the_parts_is_refused(key: list[str]) -> None:
    """Whose number 1 an answer is, is not clear then; what stands there once is still read."""
    reading = of_text(*PARTS, "答案", *key)
    assert all(str(item.text) == "乙是？" for item in reading.questions)
    assert sum("not clear" in why for why in whys(reading)) >= 2


def test_rows_of_answers_by_part_need_no_numbers() -> None:
    """一、AB is an answer for each of two questions."""
    lines = ["一、单选题", *PARTS[1:7], "二、判断题", "1. 冰浮在水上。", "2. 鲸是鱼。", "答案：", "一、AB", "二、对错"]
    assert [item.answer for item in of_text(*lines).questions] == [0, 1, True, False]
