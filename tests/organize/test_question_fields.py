"""One question as fields, and looking for words in a bank."""

from typing import Any

import pytest

from organize.forms.fields import Fields
from organize.forms.questions import EDITED, found, read_question_fields, show_question
from quizzes.forms import question_to_json, read_question
from quizzes.model import QuestionKind

QUESTIONS: list[dict[str, Any]] = [
    {"id": "1", "kind": "single", "text": "几？", "choices": ["一", "二", {"zh": "三", "en": "three"}], "answer": 2},
    {
        "id": "2",
        "kind": "multiple",
        "text": {"zh": "哪些？", "en": "Which?"},
        "choices": ["a", "b", "c"],
        "answer": [0, 2],
    },
    {"id": "3", "kind": "true_false", "text": "对吗？", "answer": False, "tags": ["湿地", "鸟"], "difficulty": 3},
    {"id": "4", "kind": "text", "text": "何时？", "answer": ["2 月", "二月"], "source": "课本", "image": "a.png"},
    {
        "id": "5",
        "kind": "number",
        "text": "多少？",
        "answer": {"number": 12.5, "tolerance": 0.5},
        "explanation": "量过",
    },
]


def posted(item: dict[str, Any]) -> dict[str, str]:
    return {key: str(value) for key, value in show_question(item).items()}


@pytest.mark.parametrize("item", QUESTIONS, ids=lambda item: str(item["kind"]))
def test_a_question_s_fields_read_back_as_what_they_show(item: dict[str, Any]) -> None:
    fields = Fields(posted(item))
    read = read_question_fields(fields, QuestionKind(item["kind"]), item)
    assert fields.faults == []
    faults: list[Any] = []
    assert read_question(read, "", faults) == read_question(item, "", faults)
    assert faults == []


def test_every_kind_that_is_edited_is_tried_above() -> None:
    assert [item["kind"] for item in QUESTIONS] == list(EDITED)


def test_rows_left_empty_are_left_out_and_the_answer_stays_on_its_choice() -> None:
    given = {"text": "几？", "choice_0": "一", "choice_2": "三", "choice_3": "四", "right": "2"}
    read = read_question_fields(Fields(given), QuestionKind.SINGLE, {})
    assert (read["choices"], read["answer"]) == (["一", "三", "四"], 1)


@pytest.mark.parametrize(
    ("kind", "given", "field"),
    [
        ("single", {"text": "", "choice_0": "a", "choice_1": "b", "right": "0"}, "text"),
        ("single", {"choice_0": "a", "choice_1": "b"}, "answer"),
        ("single", {"choice_0": "a", "right": "0"}, "choice_0"),
        ("multiple", {"choice_0": "a", "choice_1": "b", "choice_2": "", "right_2": "1"}, "choice_2"),
        ("single", {"choice_0": "长" * 501, "choice_1": "b", "right": "0"}, "choice_0"),
        ("true_false", {}, "answer"),
        ("text", {"answer": " \n "}, "answer"),
        ("text", {"answer": "长" * 201}, "answer"),
        ("number", {"number": "many"}, "number"),
        ("number", {"number": "1", "tolerance": "-1"}, "tolerance"),
        ("number", {"number": "1", "difficulty": "11"}, "difficulty"),
        ("number", {"number": "1", "tags": "长" * 65}, "tags"),
    ],
)
def test_half_a_question_is_a_fault_of_its_field(kind: str, given: dict[str, str], field: str) -> None:
    fields = Fields({"text": "问？", **given})
    read_question_fields(fields, QuestionKind(kind), {})
    assert field in [fault.path for fault in fields.faults]


def test_what_a_form_does_not_show_is_kept() -> None:
    read = read_question_fields(Fields(posted(QUESTIONS[3])), QuestionKind.TEXT, QUESTIONS[3])
    assert read["image"] == "a.png"


def test_a_number_is_kept_exactly() -> None:
    read = read_question_fields(Fields({"text": "几？", "number": "1/3"}), QuestionKind.NUMBER, {})
    assert question_to_json(read_question(read, "", []))["answer"] == {"number": "1/3", "tolerance": 0}


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [("", "12345"), ("几", "1"), ("THREE", "1"), ("which", "2"), ("湿地", "3"), ("湿地 对", "3"), ("湿地 几", "")],
)
def test_all_words_looked_for_stand_in_what_is_found(wanted: str, ids: str) -> None:
    assert "".join(item["id"] for item in found(QUESTIONS, wanted)) == ids
