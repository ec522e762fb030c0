import io
import zipfile
from contextlib import suppress
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font

from base.faults import FaultyInput
from base.sheets import BANK, place, read_sheets
from base.sheets.model import MOST_COLUMNS, MOST_TEXT, TABLE
from tests.tables import xlsx


def cells(name: str, data: bytes) -> list[tuple[str, ...]]:
    (only,) = read_sheets(name, data)
    return [row.cells for row in only.rows]


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(FaultyInput) as raised:
        read_sheets(name, data)
    return str(raised.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_csv_is_read_in_every_encoding_that_spreadsheet_programs_write(encoding: str) -> None:
    data = "单位,队名\n晨光工会,飞鹰队\n".encode(encoding)
    assert cells("a.csv", data) == [("单位", "队名"), ("晨光工会", "飞鹰队")]


def test_western_letters_in_windows_1252_are_not_taken_for_chinese() -> None:
    assert cells("a.csv", "Name;Club\nMüller;Göteborg\nÅström;Älg\n".encode("windows-1252"))[2] == ("Åström", "Älg")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    data = f"单位{delimiter}队名{delimiter}队员\n晨光{delimiter}飞鹰{delimiter}张三、李四\n".encode()
    assert len(cells("a.csv", data)[0]) == 3


def test_a_list_parted_by_semicolons_in_one_cell_does_not_hide_the_comma() -> None:
    data = "单位,队员\n甲,张三;李四;王五;赵六\n乙,张三;李四;王五;赵六\n".encode()
    assert cells("a.csv", data)[0] == ("单位", "队员")


def test_records_of_a_csv_are_counted_with_blank_ones_and_those_of_two_lines() -> None:
    (only,) = read_sheets("a.csv", '单位,备注\r\n甲,"两\r\n行"\r\n\r\n乙,无\r\n'.encode())
    assert [(row.number, row.cells) for row in only.rows] == [
        (1, ("单位", "备注")),
        (2, ("甲", "两\n行")),
        (4, ("乙", "无")),
    ]


def test_what_excel_keeps_as_text_loses_its_marks() -> None:
    assert cells("a.csv", b'phone\n"=""13800000001"""\n\'13800000002\n')[1:] == [("13800000001",), ("13800000002",)]


def test_a_web_page_called_xls_is_a_table() -> None:
    data = "<html><table><tr><th>单位</th><th>队名</th></tr><tr><td>甲</td><td>A<br>B</td></tr></table></html>".encode()
    assert cells("export.xls", data) == [("单位", "队名"), ("甲", "A\nB")]


def test_numbers_become_their_digits_and_dates_iso() -> None:
    data = xlsx([[13800000001, 1.5, True, date(2026, 5, 1), 990001199502020011.0, None]])
    assert cells("a.xlsx", data) == [("13800000001", "1.5", "TRUE", "2026-05-01", "990001199502019968")]


def test_merged_cells_are_filled_and_say_so() -> None:
    (only,) = read_sheets("a.xlsx", xlsx([["甲", "x"], [None, "y"], [None, "z"]], merged=["A1:A3"]))
    assert [row.cells for row in only.rows] == [("甲", "x"), ("甲", "y"), ("甲", "z")]
    assert [row.filled for row in only.rows] == [frozenset(), {0}, {0}]


def test_hidden_rows_are_known() -> None:
    (only,) = read_sheets("a.xlsx", xlsx([["a"], ["b"], ["c"]], hidden=[2]))
    assert [row.hidden for row in only.rows] == [False, True, False]


def test_a_formula_without_a_stored_result_is_lost_and_said_so() -> None:
    (only,) = read_sheets("a.xlsx", xlsx([["甲", '=A1&"队"']]))
    assert only.rows[0].cells == ("甲", "")
    assert only.rows[0].lost == {1}


def test_a_sheet_coloured_to_its_last_row_is_read_at_once() -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page["A1"] = "甲"
    page["XFD1048576"].font = Font(bold=True)
    stream = io.BytesIO()
    book.save(stream)
    assert cells("a.xlsx", stream.getvalue()) == [("甲",)]


def test_a_bomb_is_not_unpacked() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 70_000_000)
    assert "unpack" in refusal("a.xlsx", stream.getvalue())


def _sheet_of(body: str) -> bytes:
    """The bytes of a workbook whose one sheet holds `body` in place of its cells."""
    source, stream = xlsx([["a"]]), io.BytesIO()
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            whole = f"{head}{body}</worksheet>".encode()
            new.writestr(name, whole if name.endswith("sheet1.xml") else old.read(name))
    return stream.getvalue()


@pytest.mark.parametrize(
    "body",
    [
        f"<row r='1'>{'<c/>' * (TABLE.cells + 1)}</row></sheetData>",
        "<row r='1'><c r='A1' t='str'><v>a</v></c></row></sheetData>"
        '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    ],
    ids=["cells", "merged"],
)
def test_a_small_file_of_a_huge_table_is_refused_before_it_is_unpacked(body: str) -> None:
    assert f"{TABLE.cells} cells" in refusal("a.xlsx", _sheet_of(body))


def test_a_cell_without_end_is_refused_with_its_line() -> None:
    assert refusal("a.csv", b"a,b\nc," + b"d" * (MOST_TEXT + 1)).startswith("line 2")


def test_a_web_page_cannot_merge_more_than_it_holds() -> None:
    page = b"<table>" + b"<tr><td rowspan=99999 colspan=400>a" * 3000 + b"</table>"
    assert "500 columns" in refusal("a.xls", page)


def test_other_archives_and_pictures_are_refused_in_words() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert "no Excel workbook" in refusal("a.xlsx", stream.getvalue())
    assert "neither text" in refusal("a.csv", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(20))


def test_a_locked_workbook_says_so() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    assert "password" in refusal("a.xlsx", data)


def test_too_many_columns_are_refused() -> None:
    assert "500 columns" in refusal("a.csv", b"," * MOST_COLUMNS)


def test_an_endless_cell_is_refused() -> None:
    assert "quotation mark" in refusal("a.csv", b'a,b\n"' + b"x" * 200_000)


def test_a_place_names_the_sheet_only_where_there_are_several() -> None:
    assert (place("", 8), place("甲", 8)) == ("line 8", "sheet 甲, line 8")


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]), st.binary(max_size=600))
def test_no_bytes_bring_anything_but_a_table_or_a_refusal(head: bytes, data: bytes) -> None:
    with suppress(FaultyInput):
        for found in read_sheets("a.csv", head + data):
            assert all(isinstance(cell, str) for row in found.rows for cell in row.cells)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 5000), st.integers(0, 255))
def test_a_damaged_workbook_is_read_or_refused(at: int, value: int) -> None:
    data = bytearray(xlsx([["单位", "队名"], ["甲", "乙"]]))
    data[at % len(data)] = value
    with suppress(FaultyInput):
        assert all(isinstance(found.name, str) for found in read_sheets("a.xlsx", bytes(data)))


def test_a_large_workbook_is_read_row_by_row_with_formulas_that_have_no_result() -> None:
    """Above the cells of a table, where only a bank may go, each cell is still there and what is lost is known."""
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("题")
    page.append(["=1+1"])
    for number in range(450):
        page.append([f"{number}-{column}" for column in range(450)])
    stream = io.BytesIO()
    book.save(stream)
    (sheet,) = read_sheets("a.xlsx", stream.getvalue(), BANK)
    assert (len(sheet.rows), sheet.rows[-1].cells[-1]) == (451, "449-449")
    assert sheet.rows[0].lost == frozenset({0})
    with pytest.raises(FaultyInput, match="too large"):
        read_sheets("a.xlsx", stream.getvalue())
