"""Question sheets in Word that say something by how they are laid out: marks, cells, boxes."""

from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

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


def test_a_text_box_is_read_where_it_hangs_and_never_glued_to_a_question() -> None:
    """An answer in a box belongs to the question above; a remark in one is named and stays out of the text."""

    def box(text: str) -> Any:
        inner = f"<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
        mark = f'{nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"'
        return parse_xml(f"<w:r {mark}><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></w:r>")

    def fill(document: Any) -> None:
        for place, (stem, options, right) in enumerate(ASKED, 1):
            document.add_paragraph(f"{place}. {stem}")._p.append(box("用铅笔填写"))
            lines = [document.add_paragraph(f"{'ABC'[at]}. {option}") for at, option in enumerate(options)]
            lines[-1]._p.append(box(f"答案：{'ABC'[right]}"))

    reading = read_bank_file("题.docx", in_word(fill))
    assert told(reading) == list(ASKED)
    assert sum("用铅笔填写" in str(note.words.arguments) for note in reading.notes) == len(ASKED)
