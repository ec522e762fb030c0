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
