"""Question sheets in Word that say something by how they are laid out: marks, cells, boxes."""

from typing import Any

import pytest

from quizzes.exchange import read_bank_file
from tests.quizzes.test_exchange_word import ASKED, in_word, told


def test_where_a_mark_parts_the_options_of_most_all_marked_are_all_right() -> None:
    """And a mark on the letters alone is enough; a sheet that is bold throughout says nothing."""

    def fill(document: Any, every: bool) -> None:
        document.add_paragraph("一、多选题")
        for place, right in enumerate(("AB", "ABC", "C"), 1):
            document.add_paragraph(f"{place}. 第{place}种树是（）。")
            for letter in "ABC":
                paragraph = document.add_paragraph()
                paragraph.add_run(letter).bold = every or letter in right
                paragraph.add_run(f". {letter}树")

    reading = read_bank_file("题.docx", in_word(lambda document: fill(document, every=False)))
    assert [item.answer for item in reading.questions] == [(0, 1), (0, 1, 2), (2,)]
    assert not read_bank_file("题.docx", in_word(lambda document: fill(document, every=True))).questions


@pytest.mark.parametrize("by", ["、", "/", "  ", " "])
def test_options_in_one_cell_are_parted_by_what_parts_them(by: str) -> None:
    """Where the cell has one kind of sign only; with two nobody knows, and the question is refused."""

    def fill(document: Any, by: str) -> None:
        table = document.add_table(rows=0, cols=3)
        for row in (("题目", "选项", "答案"), *((stem, by.join(some), "ABC"[right]) for stem, some, right in ASKED)):
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text

    assert told(read_bank_file("题.docx", in_word(lambda document: fill(document, by)))) == list(ASKED)
    assert not read_bank_file("题.docx", in_word(lambda document: fill(document, "、/"))).questions


def test_rows_below_a_merged_question_are_its_options() -> None:
    """One option a row, the cells of the question and of its answer merged over them."""

    def fill(document: Any) -> None:
        table = document.add_table(rows=0, cols=3)
        for cell, text in zip(table.add_row().cells, ("题目", "选项", "答案"), strict=True):
            cell.text = text
        for stem, options, right in ASKED:
            rows = [table.add_row().cells for _ in options]
            for cells, option in zip(rows, options, strict=True):
                cells[1].text = option
            rows[0][0].merge(rows[-1][0]).text = stem
            rows[0][2].merge(rows[-1][2]).text = "ABC"[right]

    assert told(read_bank_file("题.docx", in_word(fill))) == list(ASKED)
