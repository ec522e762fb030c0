from fractions import Fraction
from typing import Any

import pytest

from base.languages import say
from quizzes.forms import bank_to_json, quiz_to_json, read_bank, read_quiz
from quizzes.model import DEFAULT_ON_FAIL, NumberAnswer, Quiz, Step, StepKind

QUESTIONS: list[dict[str, Any]] = [
    {"id": "a", "kind": "single", "text": "哪一个？", "choices": ["甲", "乙"], "answer": 1, "tags": ["湿地"],
     "difficulty": 2},
    {"id": "b", "kind": "multiple", "text": {"zh": "哪些？", "en": "Which?"},
     "choices": ["甲", {"zh": "乙", "en": "B"}, "丙"],
     "answer": [0, 2], "explanation": "因为。", "source": "常识", "image": "b.png",
     "sound": "data:audio/mpeg;base64,SUQz"},
    {"id": "c", "kind": "true_false", "text": "对吗？", "answer": False},
    {"id": "d", "kind": "text", "text": "叫什么？", "answer": ["指北针", "罗盘"]},
    {"id": "e", "kind": "number", "text": "多少？", "answer": {"number": 12.5, "tolerance": 0.1}},
    {"id": "f", "kind": "number", "text": "几分之几？", "answer": {"number": "1/3", "tolerance": 0}},
    {"id": "g", "kind": "order", "text": "排一排", "choices": ["甲", "乙", "丙"], "answer": [2, 0, 1]},
    {"id": "h", "kind": "match", "text": "连一连", "choices": ["甲", "乙"], "matches": ["一", "二", "三"],
     "answer": [2, 0]},
]  # fmt: skip


def faults_of(data: Any) -> dict[str, str]:
    return {fault.path: str(fault.words) for fault in read_bank({"id": "x", "questions": [data]}, "banks[0]")[1]}


def test_every_kind_of_question_reads_and_writes_back_the_same() -> None:
    data = {"id": "x", "name": "题库", "questions": QUESTIONS}
    bank, faults = read_bank(data, "banks[0]")
    assert faults == []
    assert bank_to_json(bank) == data
    assert bank.questions[4].answer == NumberAnswer(Fraction("12.5"), Fraction("0.1"))
    assert say(bank.questions[1].choices[1], "en") == "B"


def test_a_question_without_an_id_is_called_by_its_number() -> None:
    bare = [{key: value for key, value in item.items() if key != "id"} for item in QUESTIONS]
    bank, faults = read_bank({"id": "x", "questions": bare}, "")
    assert faults == []
    assert [question.id for question in bank.questions] == list("12345678")


def test_a_lone_accepted_text_and_a_lone_number_will_do() -> None:
    bank, faults = read_bank(
        {
            "id": "x",
            "questions": [
                {"kind": "text", "text": "?", "answer": "罗盘"},
                {"kind": "number", "text": "?", "answer": 7},
            ],
        },
        "",
    )
    assert faults == []
    assert [question.answer for question in bank.questions] == [("罗盘",), NumberAnswer(Fraction(7))]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"answer": 2}, "answer"),
        ({"answer": True}, "answer"),
        ({"answer": "B"}, "answer"),
        ({"answer": None}, "answer"),
        ({"choices": ["甲"]}, "choices"),
        ({"choices": ["甲"] * 27}, "choices"),
        ({"choices": ["甲", ""]}, "choices.1"),
        ({"choices": ["甲", 3.5]}, "choices.1"),
        ({"text": ""}, "text"),
        ({"text": "长" * 2001}, "text"),
        ({"kind": "essay"}, "kind"),
        ({"colour": "red"}, "colour"),
        ({"difficulty": 11}, "difficulty"),
        ({"image": "https://elsewhere.example/a.png"}, "image"),
        ({"image": "//elsewhere.example/a.png"}, "image"),
        ({"sound": "https://elsewhere.example/a.mp3"}, "sound"),
        ({"sound": "data:text/html;base64,PGI+"}, "sound"),
        ({"sound": "data:audio/mpeg;base64," + "A" * 400_000}, "sound"),
        ({"tags": "湿地"}, "tags"),
        ({"kind": "multiple", "answer": [0, 0]}, "answer"),
        ({"kind": "multiple", "answer": []}, "answer"),
        ({"kind": "true_false", "answer": True}, "choices"),
        ({"kind": "order", "answer": [0, 0]}, "answer"),
        ({"kind": "match", "answer": [0, 0]}, "matches"),
        ({"kind": "match", "answer": [0], "matches": ["一"]}, "answer"),
        ({"kind": "number", "choices": [], "answer": "viele"}, "answer.number"),
        ({"kind": "number", "choices": [], "answer": {"number": 1, "tolerance": -1}}, "answer.tolerance"),
        ({"kind": "text", "choices": [], "answer": [""]}, "answer"),
    ],
)
def test_a_fault_is_named_where_it_is(change: dict[str, Any], path: str) -> None:
    assert f"banks[0].questions[0].{path}" in faults_of(QUESTIONS[0] | change)


def test_all_faults_come_out_together() -> None:
    assert set(faults_of({"kind": "single", "answer": 3, "extra": 1})) == {
        "banks[0].questions[0].text",
        "banks[0].questions[0].choices",
        "banks[0].questions[0].extra",
    }


def test_an_id_used_twice_is_a_fault() -> None:
    _, faults = read_bank({"id": "x", "questions": [QUESTIONS[0], QUESTIONS[0]]}, "banks[0]")
    assert [fault.path for fault in faults] == ["banks[0].questions[1]"]


@pytest.mark.parametrize("data", [None, [], "bank", 3, {"id": "x", "questions": [None, 3, []]}])
def test_what_is_no_bank_at_all_has_faults(data: Any) -> None:
    assert read_bank(data, "banks[0]")[1]


def test_a_quiz_that_says_little_gets_the_usual_rules() -> None:
    quiz, faults = read_quiz({"id": "q", "bank": "b"}, "quizzes[0]")
    assert faults == []
    assert quiz == Quiz("q", "b", 5, 4, 60, "flat", DEFAULT_ON_FAIL)


def test_no_limit_is_said_by_null() -> None:
    assert read_quiz({"id": "q", "bank": "b", "limit_s": None}, "")[0].limit_s is None


def test_a_short_sheet_needs_no_more_than_it_asks() -> None:
    quiz, faults = read_quiz({"id": "q", "bank": "b", "draw": 3}, "")
    assert (quiz.need, faults) == (3, [])


def test_a_quiz_reads_and_writes_back_the_same() -> None:
    steps = [{"cool_down_s": 30}, {"penalty_s": 90}, {"points_factor": 0.5}, {"points_factor": "1/3"}, {"lost": True}]
    data = {"id": "q", "bank": "b", "draw": 3, "need": 2, "limit_s": 45, "speed": "half", "on_fail": steps}
    quiz, faults = read_quiz(data, "")
    assert faults == []
    assert quiz_to_json(quiz) == data
    assert quiz.on_fail[3] == Step(StepKind.POINTS_FACTOR, Fraction(1, 3))


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"need": 6}, "need"),
        ({"draw": 0}, "draw"),
        ({"speed": "fast"}, "speed"),
        ({"speed": "linear", "limit_s": None}, "speed"),
        ({"on_fail": [{}]}, "on_fail[0]"),
        ({"on_fail": [{"cool_down_s": 1, "penalty_s": 1}]}, "on_fail[0]"),
        ({"on_fail": [{"points_factor": 2}]}, "on_fail[0].points_factor"),
        ({"on_fail": [{"lost": 1}]}, "on_fail[0].lost"),
        ({"on_fail": {"lost": True}}, "on_fail"),
        ({"bank": None}, "bank"),
        ({"penalty": 5}, "penalty"),
    ],
)
def test_a_fault_of_a_quiz_is_named(change: dict[str, Any], path: str) -> None:
    _, faults = read_quiz({"id": "q", "bank": "b"} | change, "quizzes[2]")
    assert f"quizzes[2].{path}" in [fault.path for fault in faults]
