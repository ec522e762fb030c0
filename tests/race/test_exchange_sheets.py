"""Tables of entries: a row a member, a row a team, and what of them is doubtful."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from base.faults import FaultyInput
from base.sheets.model import MOST_TEXT
from race.exchange.sheets import MOST_ROWS, looks_like_entries, read_entry_sheets, read_entry_table
from tests.entry_tables import ID, entries, lines, read, teams
from tests.tables import Rows, sheet, xlsx


def test_a_row_a_member_with_merged_teams_under_a_title() -> None:
    rows: Rows = [
        ["职工定向赛报名表"],
        ["序号", "单位（工会）", "队  名", "姓\n名", "性别", "联系电话", "身份证号", "备注"],
        [1, "晨光工会", "飞鹰队", "赵一", "男", "139 0000 0001", ID, "队长"],
        [None, None, None, "钱 二", "女 ", "+86 139-0000-0002", ID, None],
        [2, None, "猎豹队", "孙三", "男", 13900000003, ID, "队长，素食"],
        ["合计：2队 3人"],
        ["填表人：周五   联系电话：139 0000 0009"],
    ]
    found, faults = read(sheet(rows, merged=[(1, 1, 0, 7), (3, 5, 1, 1), (3, 4, 0, 0), (3, 4, 2, 2)]))
    assert found == [
        {
            "id": "1",
            "team": "飞鹰队",
            "club": "晨光工会",
            "members": [
                {"name": "赵一", "phone": "13900000001", "gender": "男", "role": "队长"},
                {"name": "钱二", "phone": "13900000002", "gender": "女"},
            ],
        },
        {
            "id": "2",
            "team": "猎豹队",
            "club": "晨光工会",
            "members": [{"name": "孙三", "phone": "13900000003", "gender": "男", "role": "队长"}],
        },
    ]
    assert [fault.path for fault in faults] == ["column 身份证号", "line 1", "line 6", "line 7"]
    assert ID not in f"{found}{list(map(str, faults))}"


def test_a_count_that_is_wrong_is_named_by_its_line() -> None:
    rows: Rows = [
        ["单位", "队名", "队员", "人数"],
        ["甲工会", "A队", "赵一、钱二", 3],
        ["乙工会", "B队", "孙三、李四", 2],
    ]
    assert lines(read(sheet(rows))[1], "counts 3 people") == ["line 2"]


def test_a_header_of_two_levels() -> None:
    rows: Rows = [
        ["单位", "队名", "联系人", None, "队员1（队长）", None, None, "队员2", None, None],
        [None, None, "姓名", "手机", "姓名", "手机", "身份证号码", "姓名", "手机", "身份证号码"],
        ["例", "××队", "张三", "13800000000", "李四", "13800000000", "18位"],
        ["甲工会", "A队", "赵一", "13900000001", "钱二", "13900000002", ID, "孙三", "13900000003", ID],
    ]
    merged = [(1, 2, 0, 0), (1, 2, 1, 1), (1, 1, 2, 3), (1, 1, 4, 6), (1, 1, 7, 9)]
    for found in (entries(rows, merged=merged), entries(rows)):
        assert found == [
            {
                "id": "1",
                "team": "A队",
                "club": "甲工会",
                "contact": {"name": "赵一", "phone": "13900000001"},
                "members": [
                    {"name": "钱二", "phone": "13900000002", "role": "队长"},
                    {"name": "孙三", "phone": "13900000003"},
                ],
            }
        ]


def test_a_form_that_names_its_team_in_every_row_in_any_order() -> None:
    rows: Rows = [
        ["提交时间", "1、您的单位", "2、队伍名称", "3、姓名", "4、手机号", "5、是否队长"],
        ["2026-04-01", "甲工会", "A队", "赵一", "13900000001", "是"],
        ["2026-04-01", "乙工会", "A队", "钱二", "13900000002", "是"],
        ["2026-04-02", "甲工会", "A队", "孙三", "13900000003", "否"],
    ]
    found = entries(rows)
    assert teams(found) == [("A队", "甲工会", ["赵一", "孙三"]), ("A队", "乙工会", ["钱二"])]
    assert [member.get("role") for member in found[0]["members"]] == ["队长", None]


def test_what_is_doubtful_is_named_by_line_and_nothing_is_made_up() -> None:
    rows: Rows = [
        ["单位", "队名", "姓名", "电话"],
        ["甲工会", "A队", "赵一", "1390000001"],
        ["", "", "钱二", "1.39E+10"],
        ["", "", "", "13900000003"],
        ["", "", "待定", ""],
        ["", "", "柴?", "13900000005"],
        ["乙工会", "B队", "孙三", "13900000006"],
        ["", "", "李四", "13900000007"],
        ["", "", "李四", "13900000007"],
        ["丙工会", "C队", "李四", "13900000007"],
        ["", "", "周五", "13900000006"],
        ["乙工会", "B队", "吴六", "13900000008"],
    ]
    found, faults = read(sheet(rows))
    assert [member.get("phone") for member in found[0]["members"]] == ["1390000001", None, "13900000005"]
    assert teams(found)[1:] == [
        ("B队", "乙工会", ["孙三", "李四"]),
        ("C队", "丙工会", ["李四", "周五"]),
        ("B队", "乙工会", ["吴六"]),
    ]
    for word, line in (
        ("10 digits", 2),
        ("digits were lost", 3),
        ("no name", 4),
        ("待定", 5),
        ("rare character", 6),
        ("twice in this team", 9),
        ("also a member of B队", 10),
        ("same telephone as 孙三", 11),
        ("second B队", 12),
    ):
        assert f"line {line}" in lines(faults, word), word


def test_a_team_of_another_size_than_the_notes_ask_for_is_named() -> None:
    rows: Rows = [["说明：每队2-3人"], ["队名", "姓名"], ["A队", "赵一"], ["B队", "钱二"], ["", "孙三"]]
    assert lines(read(sheet(rows))[1], "should have 2-3") == ["line 3"]


def test_numbers_of_teams_become_ids_where_each_has_its_own() -> None:
    rows: list[list[Any]] = [
        ["队号", "队名", "姓名"],
        ["A01", "飞鹰队", "赵一"],
        ["", "", "钱二"],
        ["A02", "猎豹队", "孙三"],
    ]
    assert [(entry["id"], entry["bib"]) for entry in entries(rows)] == [("A01", "A01"), ("A02", "A02")]
    rows[3][0] = "A01"
    assert [(entry["id"], entry.get("bib")) for entry in entries(rows)] == [("1", "A01"), ("2", None)]


def test_a_workbook_goes_all_the_way() -> None:
    data = xlsx([["单位", "队名", "姓名"], ["甲工会", "A队", "赵一"], [None, None, "钱二"]], merged=["A2:A3", "B2:B3"])
    table = read_entry_table("报名.xlsx", data)
    assert teams(list(table.entries)) == [("A队", "甲工会", ["赵一", "钱二"])]
    assert (table.places, table.refused, table.notes) == (("line 2",), (), ())


def test_two_captains_of_a_club_that_names_no_team_are_two_teams() -> None:
    rows: Rows = [
        ["单位", "姓名", "队内职务"],
        ["甲工会", "赵一", "队长"],
        ["甲工会", "钱二", "队员"],
        ["甲工会", "孙三", "队长"],
        ["甲工会", "李四", "队员"],
    ]
    assert teams(entries(rows)) == [(None, "甲工会", ["赵一", "钱二"]), (None, "甲工会", ["孙三", "李四"])]


def test_a_number_for_each_person_is_no_number_of_a_team() -> None:
    rows: Rows = [
        ["单位", "队名", "姓名", "号码布"],
        ["甲工会", "A队", "赵一", "101"],
        ["甲工会", "A队", "钱二", "102"],
    ]
    found, faults = read(sheet(rows))
    assert (len(found), found[0].get("bib")) == (1, None)
    assert lines(faults, "number of their own") == ["line 2"]


def test_waves_and_columns_that_are_not_needed() -> None:
    head = ["批次", "队名", "姓名", "手机", "T恤尺码", "备用手机"]
    table = read_entry_sheets((sheet([head, ["一", "A队", "赵一", "13900000001", "XL", "13900000002"]]),))
    assert table.entries[0]["wave"] == "一"
    assert [fault.path for fault in table.notes] == ["column T恤尺码", "column 备用手机"]


def test_a_row_that_names_nobody_is_named() -> None:
    rows: Rows = [
        ["序号", "单位", "队名", "姓名"],
        [1, "甲工会", "A队", "赵一"],
        [2, "乙工会", "", ""],
        [3, "", "", ""],
    ]
    assert lines(read(sheet(rows))[1], "no person's name") == ["line 3"]


def test_a_table_beyond_measure_says_what_to_do() -> None:
    long: Rows = [["队名", "姓名"], *([["A队", "赵一"]] * MOST_ROWS)]
    with pytest.raises(FaultyInput, match="part it into several"):
        read(sheet(long))
    with pytest.raises(FaultyInput, match="Shorten it"):
        sheet([["队名", "姓名"], ["A队", "赵" * (MOST_TEXT + 1)]])


def test_a_bank_of_questions_is_no_table_of_teams() -> None:
    bank = sheet([["题型", "题目", "选项A", "选项B", "答案"], ["单选题", "湿地是什么？", "单位", "肾", "B"]])
    assert not looks_like_entries((bank,))
    with pytest.raises(FaultyInput, match="No table of teams"):
        read(bank)


_CELLS = st.sampled_from(
    [
        "单位",
        "队名",
        "姓名",
        "手机",
        "队员",
        "甲工会",
        "A队",
        "赵一",
        "139 0000 0001",
        "",
        "",
        "合计",
        "领队：钱二",
        "1",
        "例",
        "×",
    ]
) | st.text(max_size=6)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(_CELLS, max_size=6), max_size=8),
    st.lists(st.tuples(st.integers(1, 5), st.integers(1, 8), st.integers(0, 3), st.integers(0, 6)), max_size=3),
)
def test_no_table_brings_the_reader_down_and_no_name_is_invented(
    rows: list[list[str]], merged: list[tuple[int, int, int, int]]
) -> None:
    try:
        found = entries(rows, merged=merged)
    except FaultyInput:
        return
    written = "".join("".join(cell.split()) for row in rows for cell in row)
    for entry in found:
        assert entry["id"]
        for member in entry["members"]:
            assert set(member["name"]) <= set(written) | set(" ·") or not member["name"].isascii()
