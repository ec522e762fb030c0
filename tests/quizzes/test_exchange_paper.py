"""The many ways in which people write numbers, letters and answers of a question sheet."""

import pytest

from base.faults import FaultyInput
from quizzes.exchange import read_bank_file
from tests.quizzes.test_exchange_word import ASKED, RIVER, of_text, sheet, told, whys


@pytest.mark.parametrize("number", ["Q{}. ", "No.{} ", "题目{}：", "{}：", "[{}] ", "#{} "])
@pytest.mark.parametrize("option", ["{} ", "{}", "{}- ", "〔{}〕"])
@pytest.mark.parametrize("join", ["\n", "\t"])
def test_rarer_numbers_and_letters_are_known_too(number: str, option: str, join: str) -> None:
    """Q1., No.1, #1; letters without any sign, one a line or several on a line."""
    assert told(of_text(*sheet(number=number, option=option, join=join))) == list(ASKED)


@pytest.mark.parametrize(
    "answer",
    [
        "正确答案是{}",
        "答案为 {}。",
        "答案{}",
        "答 案：{}",
        "★答案：{}",
        "〖答案〗{}",
        "答案→{}",
        "故选：{}",
        "The answer is {}.",
    ],
)
def test_an_answer_is_known_however_it_is_announced(answer: str) -> None:
    """With or without a colon, as long as nothing but the answer follows."""
    assert told(of_text(*sheet(answer=answer))) == list(ASKED)


@pytest.mark.parametrize(
    "heading",
    [
        "《参考答案》",
        "———参考答案———",
        "答  案",
        "湿地知识竞赛试题参考答案",
        "附件：参考答案",
        "单选题答案",
        "Answers:",
    ],
)
@pytest.mark.parametrize(
    "key",
    [["1. B", "2. C", "3. A"], ["1-B 2-C 3-A"], ["①B ②C ③A"], ["【1】B【2】C【3】A"], ["题号 1 2 3", "答案 B C A"]],
)
def test_lists_of_answers_are_known_however_they_are_headed(heading: str, key: list[str]) -> None:
    """A title of its own, ornaments around it; numbers in circles or a row of numbers above a row of answers."""
    assert told(of_text(*sheet(answer=""), "", heading, *key)) == list(ASKED)


@pytest.mark.parametrize(("first", "answer"), [("①", "②"), ("1）", "2")])
def test_options_with_numbers_are_options(first: str, answer: str) -> None:
    """Never a text whose answer would be ②."""
    marks = [first, *(["②", "③"] if first == "①" else ["2）", "3）"])]
    lines = ["1. 最长的河是（ ）。", *map("".join, zip(marks, RIVER[1], strict=True)), f"答案：{answer}"]
    assert told(of_text(*lines, "2. 地球绕太阳公转。（ ）", "答案：对"))[0] == ("最长的河是（）。", RIVER[1], 1)


def test_a_survey_site_says_the_kind_behind_the_question() -> None:
    """And the right one in brackets behind its option; that is no heading of a list of answers."""
    reading = of_text("1、最长的河是？ [单选题] *", "A、黄河", "B、长江(正确答案)", "答案解析：长江长6300公里")
    assert told(reading) == [("最长的河是？", ("黄河", "长江"), 1)]


def test_a_stop_behind_a_judged_sentence_stays_single() -> None:
    """。（√）。 leaves one stop; a tick without brackets may stand before the stop or at the front."""
    reading = of_text("判断题", "1. 地球绕太阳公转。（√）。", "2. 企鹅在北极×。", "3. √冰会浮在水上。")
    assert told(reading) == [
        ("地球绕太阳公转。", (), True),
        ("企鹅在北极。", (), False),
        ("冰会浮在水上。", (), True),
    ]


@pytest.mark.parametrize(
    ("row", "answer"),
    [
        ('最长的河,"A黄河\nB长江\nC珠江",①③', (0, 2)),
        ('最长的河,"A.黄河\nB.长江\nC.珠江","A\nC"', (0, 2)),
        ('"最长的河\nA.黄河\nB.长江\nC.珠江",,A+C', (0, 2)),
        ("最长的河,黄河|长江|珠江,B、", 1),
    ],
)
def test_awkward_cells_of_a_table_are_read(row: str, answer: object) -> None:
    """Letters glued to options, options below the question in its own cell, answers in circles or one a line."""
    reading = read_bank_file("题.csv", f"题目名称,选项,答案\n{row}\n".encode())
    assert told(reading) == [("最长的河", ("黄河", "长江", "珠江"), answer)]


def test_numbers_before_aiken_questions_are_no_part_of_them() -> None:
    """Where nearly all have one."""
    assert told(of_text(*sheet(answer="ANSWER: {}"))) == list(ASKED)


@pytest.mark.parametrize("data", [b"%PDF-1.7 x", b"{\\rtf1 x}", b"Rar!\x1a\x07"])
def test_files_that_are_not_read_say_what_to_do(data: bytes) -> None:
    """A PDF, an RTF, an archive."""
    with pytest.raises(FaultyInput) as faulty:
        read_bank_file("题", data)
    assert "Save the questions as .docx" in str(faulty.value.faults[0].words)


@pytest.mark.parametrize(
    "option",
    ["√{}. ", "√ {}. ", "☑{}. ", "☑ ", "■{}、", "*{}. "],
)
def test_a_tick_before_an_option_is_the_answer(option: str) -> None:
    """A tick or a box before the letter, or a box for the letter; empty boxes are no part of an option."""
    lines = []
    for place, (stem, choices, right) in enumerate(ASKED, 1):
        lines.append(f"{place}. {stem}")
        for at, choice in enumerate(choices):
            other = option.replace("☑", "☐").replace("■", "□").strip("√* ") + " "
            lines.append((option if at == right else other).format("ABC"[at]) + choice)
    assert told(of_text(*lines)) == list(ASKED)


def test_a_tick_in_a_row_of_options_belongs_to_the_nearer_one() -> None:
    """Behind one with a gap after it, or close before the next letter; before and behind in one question is refused."""
    near = of_text("1. 最长的河", "A. 黄河 √   B. 长江", "2. 最深的湖", "A. 太湖   √B. 抚仙湖")
    assert [item.answer for item in near.questions] == [0, 1]
    reading = of_text("1. 最长的河", "√ A. 黄河 √  B. 长江", "2. 最深的湖", "A. 太湖", "B. 洱海", "答案：B")
    assert [item.answer for item in reading.questions] == [1]
    assert "before and behind" in whys(reading)[0]


@pytest.mark.parametrize(
    "answer",
    [
        "答案：{}（{text}）",
        "答案：{} {text}",
        "答案：选{}",
        "正确答案为{}项",
        "答案；{}",
        "答案、{}",
        "{}",
        "（{}）",
        "答案：{}（2分）",
    ],
)
def test_an_answer_may_say_its_option_too(answer: str) -> None:
    """B（长江）, 选B, B alone below the options, what it is worth behind it."""
    lines = []
    for place, (stem, choices, right) in enumerate(ASKED, 1):
        options = [f"{'ABC'[at]}. {choice}" for at, choice in enumerate(choices)]
        lines += [f"{place}. {stem}", *options, answer.format("ABC"[right], text=choices[right])]
    assert told(of_text(*lines)) == list(ASKED)
    wrong = of_text("1. 最长的河", "A. 黄河", "B. 长江", "答案：B（黄河）")
    assert not wrong.questions
    assert len(wrong.refused) == 1


def test_v_is_a_tick_where_true_or_false_is_asked_and_nowhere_else() -> None:
    """v and V are typed for √; five in Roman figures stays what it is."""
    reading = of_text(
        "一、判断题", "1. 地球是圆的。（v）", "2. 鲸是鱼。（x）", "二、填空题", "1. 罗马数字五写作______。", "答案：V"
    )
    assert [item.answer for item in reading.questions] == [True, False, ("V",)]


@pytest.mark.parametrize("before", ["单选题：", "【难】", "问：", "【单选】【难度：难】", "（单选题）问："])
def test_what_stands_before_a_question_is_no_part_of_it(before: str) -> None:
    """Its kind, how hard it is, or the word for a question; how hard it is, is kept."""
    lines = sheet()
    reading = of_text(*(line.replace(". ", f". {before}", 1) if line[0].isdigit() else line for line in lines))
    assert told(reading) == list(ASKED)
    assert {item.difficulty for item in reading.questions} == {3 if "难" in before else None}


def test_an_answer_before_the_number_or_behind_the_text_is_taken() -> None:
    """（B）2、… is no option of the question above it."""
    two = ["A. 黄河", "B. 长江", "C. 珠江"]
    reading = of_text(
        "（B）1、最长的河是（）。", *two, "（AB）2、流向东的是（）。", *two, "（D）3、最短的是（）。", *two, "D. 闽江"
    )
    assert [item.answer for item in reading.questions] == [1, (0, 1), 3]
    assert [
        item.answer for item in of_text("1. 最长的河是哪条？ B", *two, "2. 最南的是（）。【C】", *two).questions
    ] == [1, 2]


def test_an_option_goes_on_in_the_next_line() -> None:
    """Where the next option or the answer follows; a note below the last option stays out of it and is named."""
    reading = of_text(
        "1. 最长的河",
        "A. 黄",
        "河",
        "B. 长",
        "江",
        "答案：B",
        "2. 最深的湖",
        "A. 太湖",
        "B. 洱海",
        "以上仅供参考",
        "3. 鲸",
        "A. 鱼",
        "B. 兽",
        "答案：B",
    )
    assert [item.choices for item in reading.questions] == [("黄河", "长江"), ("鱼", "兽")]
    assert any("以上仅供参考" in str(note.words.arguments) for note in reading.notes)


def test_small_letters_on_one_line_are_options() -> None:
    """`a. … b. …`, as often typed."""
    assert told(of_text(*(line.lower() for line in sheet(join="  ")))) == list(ASKED)


@pytest.mark.parametrize(
    "key",
    [["一、1.B 2.C 3.A", "二、1.√ 2.×"], ["一、1-3 BCA", "二、1-2 √×"], ["一、", "1-3 BCA", "二、", "1-2 √ ×"]],
)
@pytest.mark.parametrize("heads", [("一、单选题", "二、判断题"), ("单选题", "判断题")])
def test_a_list_of_answers_may_only_count_its_parts(key: list[str], heads: tuple[str, str]) -> None:
    """一、 in the list is the part headed 一、, or the first where none is counted."""
    part = [heads[0], *sheet(answer=""), heads[1], "1. 地球绕太阳公转。（ ）", "2. 企鹅生活在北极。（ ）"]
    assert [item.answer for item in of_text(*part, "答案：", *key).questions] == [1, 2, 0, True, False]


def test_several_right_answers_in_a_row_stay_together() -> None:
    """多选题：ABC AB is two answers; a list that may be cut in two ways is refused, never guessed."""
    asked = ["1. 甲（）", "A. 一  B. 二  C. 三", "2. 乙（）", "A. 四  B. 五  C. 六"]
    reading = of_text("一、多选题", *asked, "答案", "多选题：ABC AB")
    assert [item.answer for item in reading.questions] == [(0, 1, 2), (0, 1)]
    reading = of_text("一、填空题", "1. 省会是____。", "2. 一小时是____分钟。", "答案", "1.南京 2.60")
    assert not reading.questions
    assert "one answer or two" in whys(reading)[0]


def test_options_in_columns_are_read_downwards() -> None:
    """C beside A and D beside B: by their letters, not as they stand."""
    reading = of_text("1. 最长的河", "A. 黄河      C. 长江", "B. 珠江      D. 淮河", "答案：C", *sheet()[:5])
    assert reading.questions[0].choices == ("黄河", "珠江", "长江", "淮河")
    assert reading.questions[0].answer == 2


def test_all_options_out_of_their_order_are_an_ordering_only_if_it_says_so() -> None:
    """BAC may be an order or a careless ABC: nobody knows, so the kind has to be named."""
    asked = ["按长度从长到短排", "A. 黄河", "B. 长江", "C. 淮河", "答案：BAC"]
    reading = of_text(f"1. {asked[0]}", *asked[1:])
    assert "may be an order" in whys(reading)[0]
    assert [item.answer for item in of_text(f"1. 【排序】{asked[0]}", *asked[1:]).questions] == [(1, 0, 2)]
