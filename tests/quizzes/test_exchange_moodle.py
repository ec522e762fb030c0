import json
from fractions import Fraction
from pathlib import Path

import pytest

from quizzes.exchange import Reading, read_bank_file
from quizzes.model import NumberAnswer, Question

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "quiz"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared question banks are not on this machine")


def gift(text: str) -> Reading:
    return read_bank_file("题库.gift", text.encode())


def only(reading: Reading) -> Question:
    assert [str(remark.words) for remark in reading.refused] == []
    assert len(reading.questions) == 1
    return reading.questions[0]


def aiken(text: str) -> Reading:
    return read_bank_file("题库.txt", text.encode())


def test_aiken_reads_questions_options_and_answers() -> None:
    reading = aiken("湿地像什么？\nA) 肺\nB. 肾\nANSWER: B\n\n第二题\n还有一行\nA. 甲\nB. 乙\nC. 丙\nANSWER: C\n")
    first, second = reading.questions
    assert (first.text, first.choices, first.answer) == ("湿地像什么？", ("肺", "肾"), 1)
    assert (second.text, second.answer) == ("第二题\n还有一行", 2)


def test_an_aiken_question_without_an_answer_is_refused_by_its_line() -> None:
    reading = aiken("忘了答案\nA. 甲\nB. 乙\n\n有答案\nA. 甲\nB. 乙\nANSWER: A\n最后一题\nA. 甲\nB. 乙")
    assert [remark.line for remark in reading.refused] == [1, 9]
    assert [question.text for question in reading.questions] == ["有答案"]


def test_gift_single_choice_with_feedback_escapes_and_title() -> None:
    question = only(gift("::题一:: 2 \\= 1 + 几\\? {=1#对了 ~2#再想想 ####加法}"))
    assert (question.text, question.choices, question.answer) == ("2 = 1 + 几\\?", ("1", "2"), 0)
    assert question.explanation == "加法"


def test_gift_weights_make_several_right() -> None:
    question = only(gift("哪些是鸟？ {~%50%白鹭 ~%50%翠鸟 ~%-100%青蛙}"))
    assert (question.kind, question.answer) == ("multiple", (0, 1))


def test_gift_half_right_is_not_right_where_one_is_wholly_right() -> None:
    reading = gift("难题 {~错 ~%50%半对 =全对}")
    assert (only(reading).kind, only(reading).answer) == ("single", 2)
    assert len(reading.notes) == 1


def test_gift_truth_text_match_and_missing_word() -> None:
    assert only(gift("太阳从东方升起。{T}")).answer is True
    assert only(gift("太阳从西方升起。{FALSE#不对}")).answer is False
    assert only(gift("指方向的？{=指北针 =罗盘}")).answer == ("指北针", "罗盘")
    matched = only(gift("连一连 {=中国 -> 北京 =日本 -> 东京 = -> 首尔}"))
    assert (matched.choices, matched.matches, matched.answer) == (("中国", "日本"), ("北京", "东京", "首尔"), (0, 1))
    assert only(gift("湿地是地球之{=肾 ~肺}，要保护。")).text == "湿地是地球之 _____ ，要保护。"


@pytest.mark.parametrize(
    ("text", "number", "tolerance"),
    [
        ("1822", "1822", 0),
        ("3.1415:0.0005", "3.1415", "0.0005"),
        ("1..5", 3, 2),
        ("=7", 7, 0),
        ("=%50%7:1 =%100%8", 8, 0),
    ],
)
def test_gift_numbers_are_exact(text: str, number: str | int, tolerance: str | int) -> None:
    assert only(gift(f"多少？{{#{text}}}")).answer == NumberAnswer(Fraction(number), Fraction(tolerance))


def test_gift_html_is_read_as_what_it_shows_and_runs_nothing() -> None:
    question = only(gift("[html]<p>哪个\\=1？</p><script>alert(1)</script> {=<b>甲</b> ~<i>乙</i> &amp; 丙}"))
    assert question.choices == ("甲", "乙 & 丙")
    assert question.text == "哪个=1？"


def test_gift_refuses_what_cannot_be_marked_by_line() -> None:
    reading = gift("// 说明\n\n只是一段话\n\n写一篇作文 {}\n\n没有关上 {=甲 ~乙")
    assert [remark.line for remark in reading.refused] == [3, 5, 7]


def test_gift_categories_become_tags() -> None:
    assert only(gift("$CATEGORY: $course$/知识/湿地\n\n对吗？{T}")).tags == ("湿地",)


@needs_shared
def test_the_shared_aiken_file_gives_its_two_questions() -> None:
    reading = read_bank_file("aiken.txt", (SHARED / "aiken_questions.txt").read_bytes())
    assert [question.answer for question in reading.questions] == [1, 0]
    assert '<html class="cool">' in str(reading.questions[1].text)


KINDS = {
    "MC": ("single", "multiple"),
    "TF": ("true_false",),
    "Short": ("text",),
    "Numerical": ("number",),
    "Matching": ("match",),
}


@needs_shared
def test_the_shared_gift_files_lose_nothing_silently() -> None:
    for path in sorted((SHARED / "gift").glob("*.gift")):
        expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        wanted = [item["type"] for item in expected if item["type"] != "Category"]
        if not wanted:
            continue
        reading = read_bank_file(path.name, path.read_bytes())
        assert len(reading.questions) + len(reading.refused) == len(wanted), path.name
        possible = {kind for name in wanted for kind in KINDS.get(name, ())}
        assert {question.kind for question in reading.questions} <= possible, path.name


PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="


def asked(kind: str, inside: str, text: str = "<p>问什么？</p>", files: str = "") -> str:
    return (
        f'<question type="{kind}"><name><text>名</text></name><questiontext format="html"><text><![CDATA[{text}]]>'
        f"</text>{files}</questiontext><generalfeedback><text>因为</text></generalfeedback>{inside}</question>\n"
    )


def answer(text: str, worth: object = 100, more: str = "") -> str:
    return f'<answer fraction="{worth}"><text>{text}</text>{more}</answer>'


def moodle(*questions: str) -> Reading:
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{"".join(questions)}</quiz>'
    return read_bank_file("题库.xml", text.encode())


def test_moodle_xml_reads_all_its_kinds() -> None:
    """What is worth all is right; where several are to be chosen, all that are worth anything."""
    category = '<question type="category"><category><text>$course$/top/湿地</text></category></question>\n'
    pair = "<subquestion><text>{}</text><answer><text>{}</text></answer></subquestion>"
    reading = moodle(
        category,
        asked("multichoice", "<single>true</single>" + answer("甲", 0) + answer("&lt;b&gt;乙&lt;/b&gt;")),
        asked("multichoice", "<single>false</single>" + answer("甲", 50) + answer("乙", -100) + answer("丙", 50)),
        asked("truefalse", answer("true", 0) + answer("false"), "对吗？"),
        asked("shortanswer", answer("北京") + answer("京", 50) + answer("首都*"), "哪座城？"),
        asked("numerical", answer("5", 100, "<tolerance>0.1</tolerance>") + answer("*", 0), "几米？"),
        asked("matching", pair.format("中国", "北京") + pair.format("日本", "东京") + pair.format("", "首尔")),
        asked("ordering", answer("小", 1) + answer("中", 2) + answer("大", 3)),
        asked("gapselect", "<selectoption><text>肾</text><group>1</group></selectoption>"
              "<selectoption><text>肺</text><group>1</group></selectoption>", "湿地是地球之[[1]]。"),
    )  # fmt: skip
    assert [str(remark.words) for remark in reading.refused] == []
    assert [(question.kind, question.answer) for question in reading.questions] == [
        ("single", 1), ("multiple", (0, 2)), ("true_false", False), ("text", ("北京",)),
        ("number", NumberAnswer(Fraction(5), Fraction(1, 10))), ("match", (0, 1)), ("order", (0, 1, 2)), ("single", 0),
    ]  # fmt: skip
    assert {question.tags for question in reading.questions} == {("湿地",)}
    assert reading.questions[0].choices == ("甲", "乙")
    assert reading.questions[0].explanation == "因为"
    assert reading.questions[-1].text == "湿地是地球之_____。"
    said = [str(remark.words) for remark in reading.notes if "same as" not in str(remark.words)]
    assert len(said) == 2


@pytest.mark.parametrize(
    ("question", "why"),
    [
        (asked("essay", answer("", 0)), "free text"),
        (asked("description", ""), "without a question"),
        (asked("cloze", ""), "cloze"),
        (asked("calculated", answer("{a}+{b}")), "kind"),
        (asked("shortanswer", answer("*")), "asterisk"),
        (asked("numerical", answer("5") + answer("7")), "several numbers"),
        (asked("multichoice", "<single>true</single>" + answer("甲") + answer("乙")), "wholly right"),
        (asked("multichoice", "<single>true</single>" + answer("甲", 50) + answer("乙", 0)), "no answer"),
        (asked("truefalse", answer("true", 0) + answer("false", 0)), "no answer"),
        (asked("multichoice", answer("甲") + answer("&lt;img src='a.png'&gt;", 0)), "picture"),
        (asked("multichoice", answer("甲") + answer("乙", 0), "<audio src='a'></audio>听"), "sound"),
        (asked("multichoice", answer("甲") + answer("乙", 0), "10<sup>k</sup>"), "raised"),
    ],
)
def test_what_moodle_xml_cannot_give_is_named_by_line(question: str, why: str) -> None:
    """Nothing is guessed, nothing is lost without a word."""
    reading = moodle(asked("truefalse", answer("true") + answer("false", 0), "好的"), question)
    assert len(reading.questions) == 1
    assert [remark.line for remark in reading.refused] == [4]
    assert why in str(reading.refused[0].words)


def test_moodle_s_picture_is_kept_inside_its_question() -> None:
    """As a file beside the text; what is no picture is refused."""
    inside = answer("甲") + answer("乙", 0)
    text = '<p>图？<img src="@@PLUGINFILE@@/%E9%B8%9F.png"></p><script>alert(1)</script>'
    file = '<file name="鸟.png" path="/" encoding="base64">{}</file>'
    question = only(moodle(asked("multichoice", inside, text, file.format(PNG))))
    assert (question.text, question.image) == ("图？", f"data:image/png;base64,{PNG}")
    assert "no PNG" in str(moodle(asked("multichoice", inside, text, file.format("AAAA"))).refused[0].words)


@needs_shared
def test_the_shared_file_with_an_image_keeps_it() -> None:
    """In the field of Moodle 1.9."""
    question = only(read_bank_file("a.xml", (SHARED / "moodle_multichoice_image.xml").read_bytes()))
    assert (question.answer, str(question.image)[:22]) == (2, "data:image/png;base64,")
    assert question.choices[2] == "right answer"


@pytest.mark.parametrize("text", ["甲{=一}乙{=二}", "甲 {一 ~二}", "甲 {~一 ~二}", "甲 {=%50%乙}"])
def test_gift_that_is_not_clear_makes_no_question(text: str) -> None:
    """Two braces, answers without signs, none right."""
    reading = gift(f"好的{{T}}\n\n{text}")
    assert len(reading.questions) + len(reading.refused) == 2
    assert len(reading.refused) == 1


def test_gift_tags_stand_in_the_comment_above() -> None:
    """As Moodle writes them; they are of that question alone."""
    first, second = gift("// [id:7] [tag:鸟] [tag:水]\n鸟飞吗？{T}\n\n鱼飞吗？{F}").questions
    assert (first.tags, second.tags) == (("鸟", "水"), ())
