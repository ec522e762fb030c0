"""Markdown sheets: lists give numbers and letters, a ticked box is the answer, lines are those of the file."""

from typing import Any

import pytest

from base.faults import FaultyInput
from quizzes.exchange import read_bank_file


def told(text: str, name: str = "题库.md") -> list[tuple[Any, Any, Any]]:
    """Choices, answer and line of each question; nothing refused."""
    reading = read_bank_file(name, text.encode())
    assert [str(remark.words) for remark in reading.refused] == []
    return [(q.choices, q.answer, place[1]) for place, q in zip(reading.places, reading.questions, strict=True)]


def test_a_list_with_answers_below_in_bold_and_a_quoted_explanation() -> None:
    """Headings are parts, what is quoted below an answer explains it."""
    text = "# 题库\n\n## 一、单选题\n\n1. 谁是肾？\n   - A. 海\n   - B. 湿地\n\n   **答案：B**\n\n   > 解析：净化水\n"
    text += "\n## 二、判断题\n\n1. 芦苇净水。（√）\n2. 鱼会飞。\n\n   答案：错\n"
    reading = read_bank_file("题库.md", text.encode())
    assert [(q.kind, q.text, q.answer) for q in reading.questions] == [
        ("single", "谁是肾？", 1), ("true_false", "芦苇净水。", True), ("true_false", "鱼会飞。", False),
    ]  # fmt: skip
    assert reading.questions[0].explanation == "净化水"


@pytest.mark.parametrize("name", ["题库.md", "题库.txt"])
def test_ticked_boxes_are_the_answers(name: str) -> None:
    """Under numbers or under headings, one or several."""
    text = "1. 谁会飞？\n- [ ] 鱼\n- [x] 鸟\n2. 谁会游？\n- [x] 鱼\n- [ ] 鸡\n- [x] 鸭\n"
    assert told(text, name) == [(("鱼", "鸟"), 1, 1), (("鱼", "鸡", "鸭"), (0, 2), 4)]


def test_boxes_under_headings() -> None:
    """A heading may itself be the question."""
    assert told("### Who flies?\n\n- [ ] Fish\n- [x] Bird\n\n### Who swims?\n\n- [x] Fish\n- [ ] Hen\n") == [
        (("Fish", "Bird"), 1, 1), (("Fish", "Hen"), 0, 6),
    ]  # fmt: skip


def test_a_table_with_headings_is_read_as_one() -> None:
    """As in a sheet, the words over the columns tell."""
    text = "| 题目 | A | B | 答案 |\n|---|---|---|---|\n| 鱼会什么？ | 游 | 飞 | A |\n| 鸟会什么？ | 游 | 飞 | B |\n"
    assert [(choices, answer) for choices, answer, _ in told(text)] == [(("游", "飞"), 0), (("游", "飞"), 1)]


def test_blanks_are_no_bold_type_and_a_picture_is_told() -> None:
    """Underscores stay blanks; what cannot be taken over is said."""
    text = "1. ____是中国的首都。\n   答案：北京\n2. 看图：\n   ![鸟](a.png)\n   - [x] 鸟\n   - [ ] 鱼\n"
    reading = read_bank_file("题库.md", text.encode())
    assert reading.questions[0].text == "____是中国的首都。"
    assert [remark.line for remark in reading.notes] == [3]


def test_notes_that_ask_nothing_give_no_question() -> None:
    """A shopping list is no bank."""
    with pytest.raises(FaultyInput, match="No questions"):
        read_bank_file("a.md", b"Some *notes*.\n\n- milk\n- eggs\n")


def test_a_question_without_answer_is_refused_by_its_line() -> None:
    """Nothing is guessed from a list."""
    reading = read_bank_file("a.md", "1. 谁飞？\n   - 鱼\n   - 鸟\n2. 谁游？\n   - [x] 鱼\n   - [ ] 鸟\n".encode())
    assert [remark.line for remark in reading.refused] == [1]
    assert len(reading.questions) == 1


def test_a_deep_nest_of_lists_ends() -> None:
    """Nobody waits for garbage."""
    nest = "\n".join("  " * depth + "- a" for depth in range(3000))
    with pytest.raises(FaultyInput, match="No questions"):
        read_bank_file("a.md", nest.encode())
