from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from base.faults import Fault, FaultyInput
from base.sheets import Sheet
from race.exchange.sheets import looks_like_entries, read_entry_sheets, read_entry_table
from tests.tables import Rows, sheet, xlsx

ID = "990001199502020011"


def read(*sheets: Sheet) -> tuple[list[dict[str, Any]], list[Fault]]:
    table = read_entry_sheets(sheets)
    return list(table.entries), list(table.refused)


def entries(rows: Rows, **more: Any) -> list[dict[str, Any]]:
    return read(sheet(rows, **more))[0]


def names(entry: dict[str, Any]) -> list[str]:
    return [member["name"] for member in entry["members"]]


def teams(found: list[dict[str, Any]]) -> list[tuple[str | None, str | None, list[str]]]:
    return [(entry.get("team"), entry.get("club"), names(entry)) for entry in found]


def lines(faults: list[Fault], word: str) -> list[str]:
    return [fault.path for fault in faults if word in str(fault)]


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


def test_a_row_a_team_with_all_members_in_one_cell() -> None:
    rows: Rows = [
        ["序号", "所属工会", "队伍名称", "领队", "领队电话", "队长", "参赛队员（含队长，共3人）", "人数"],
        [1, "晨光工会", "飞跃队", "冯九", "13900000009", "钱二", "赵一、钱二、孙三", 3],
        [2, "暮色工会", "飞跃队", "陈十", "13900000010", "周五", "李四  周五 吴六", 3],
        [3, "晚霞工会", "清泉队", "卫一", "13900000011", "郑七", "1.王八一 2.游 蕾", 3],
        ["合计", "3队", "", "", "", "", "", 9],
    ]
    found, faults = read(sheet(rows))
    assert teams(found) == [
        ("飞跃队", "晨光工会", ["赵一", "钱二", "孙三"]),
        ("飞跃队", "暮色工会", ["李四", "周五", "吴六"]),
        ("清泉队", "晚霞工会", ["郑七", "王八一", "游蕾"]),
    ]
    assert [[m["name"] for m in entry["members"] if m.get("role") == "队长"] for entry in found] == [
        ["钱二"],
        ["周五"],
        ["郑七"],
    ]
    assert found[0]["contact"] == {"name": "冯九", "phone": "13900000009"}
    assert lines(faults, "counts") == []


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


def test_several_forms_one_below_the_other() -> None:
    rows: Rows = [
        ["单位", "晨光工会", None, "队名", "飞鹰队"],
        ["领队", "赵一", None, "联系电话", "13900000001"],
        ["序号", "姓名", "性别", "手机号", "备注"],
        [1, "钱二", "男", "13900000002", "队长"],
        [2, "孙三", "女", "13900000003"],
        [3],
        ["单位：暮色工会  队名：猎豹队", None, None, "领队：周五"],
        ["序号", "姓名", "性别", "手机号", "备注"],
        [1, "吴六", "男", "13900000005", "队长"],
    ]
    found = entries(rows)
    assert teams(found) == [("飞鹰队", "晨光工会", ["钱二", "孙三"]), ("猎豹队", "暮色工会", ["吴六"])]
    assert [entry["contact"]["name"] for entry in found] == ["赵一", "周五"]


def test_a_sheet_a_club_in_columns_of_any_order() -> None:
    first = sheet(
        [
            ["单位：甲工会   联系人：赵一   电话：010-00000012"],
            ["序号", "姓 名", "职务", "队别"],
            [1, "钱二", "队长", "一队"],
        ],
        name="甲",
    )
    second = sheet([["队名", "姓名"], ["一队", "孙三"]], name="乙小学")
    hidden = Sheet("选项", first.rows, hidden=True)
    found, faults = read(first, second, hidden)
    assert teams(found) == [("一队", "甲工会", ["钱二"]), ("一队", "乙小学", ["孙三"])]
    assert found[0]["contact"] == {"name": "赵一", "phone": "010-00000012"}
    assert lines(faults, "hidden") == ["sheet 选项"]


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


def test_an_upright_form_for_one_team() -> None:
    rows: Rows = [
        ["队名", "A队"],
        ["单位", "甲工会"],
        ["队长", "赵一", "13900000001"],
        ["队员", "钱二", "女"],
        ["队员", "孙三"],
    ]
    (found,) = entries(rows)
    assert (found["team"], found["club"], names(found)) == ("A队", "甲工会", ["赵一", "钱二", "孙三"])
    assert found["members"][:2] == [
        {"name": "赵一", "phone": "13900000001", "role": "队长"},
        {"name": "钱二", "gender": "女"},
    ]


def test_teams_side_by_side() -> None:
    rows: Rows = [
        ["单位", "甲工会", "乙工会"],
        ["队名", "A队", "B队"],
        ["队长", "赵一", "钱二"],
        ["队员", "孙三", "李四"],
    ]
    assert teams(entries(rows)) == [("A队", "甲工会", ["赵一", "孙三"]), ("B队", "乙工会", ["钱二", "李四"])]


def test_a_word_for_members_over_single_names_is_a_column_of_names() -> None:
    rows: Rows = [["队名", "参赛队员", "性别", "电话"], ["A队", "赵一", "男", "13900000001"], ["", "钱二", "女", ""]]
    assert entries(rows)[0]["members"] == [
        {"name": "赵一", "phone": "13900000001", "gender": "男"},
        {"name": "钱二", "gender": "女"},
    ]


def test_a_tick_in_the_captain_column_marks_the_captain() -> None:
    rows: Rows = [
        ["队名", "姓名", "队长", "电话"],
        ["A队", "赵一", "√", "13900000001"],
        ["", "钱二", "", "13900000002"],
    ]
    assert entries(rows)[0]["members"] == [
        {"name": "赵一", "phone": "13900000001", "role": "队长"},
        {"name": "钱二", "phone": "13900000002"},
    ]


def test_a_sample_sheet_is_not_read_and_a_remark_of_leaving_is_named() -> None:
    sample = sheet([["队名", "姓名"], ["示范队", "王小明"]], name="填写样例")
    real = sheet([["队名", "姓名", "备注"], ["A队", "赵一", "因病退出"]], name="甲工会")
    found, faults = read(sample, real)
    assert teams(found) == [("A队", "甲工会", ["赵一"])]
    assert lines(faults, "因病退出") == ["sheet 甲工会, line 2"]


def test_a_line_across_the_table_names_the_club_below_it() -> None:
    rows: Rows = [
        ["队名", "姓名", "手机"],
        ["一、甲工会"],
        ["A队", "赵一"],
        ["", "钱二"],
        ["二、乙工会"],
        ["A队", "孙三"],
    ]
    found = entries(rows, merged=[(2, 2, 0, 2), (5, 5, 0, 2)])
    assert teams(found) == [("A队", "甲工会", ["赵一", "钱二"]), ("A队", "乙工会", ["孙三"])]


def test_a_header_repeated_on_the_next_page_parts_no_team() -> None:
    header = ["单位", "队名", "姓名", "手机"]
    found = entries([header, ["甲工会", "A队", "赵一"], header, ["", "", "钱二"], ["乙工会", "B队", "孙三"]])
    assert teams(found) == [("A队", "甲工会", ["赵一", "钱二"]), ("B队", "乙工会", ["孙三"])]


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


def test_hidden_rows_are_not_read_and_are_named() -> None:
    found, faults = read(
        sheet([["单位", "队名", "姓名"], ["示例工会", "示例队", "王小明"], ["甲工会", "A队", "赵一"]], hidden=[2])
    )
    assert names(found[0]) == ["赵一"]
    assert lines(faults, "hidden") == ["line 2"]


def test_identity_numbers_are_taken_out_wherever_they_stand() -> None:
    rows: Rows = [
        ["单位", "队名", "姓名及身份证号", "手机", "备注", "证件号码"],
        [f"甲工会{ID}", "A队", f"赵一{ID}", ID, f"身份证{ID}", ID],
        ["", "", f"钱二 {ID[:-1]}X", "13900000002", "", ""],
    ]
    found, faults = read(sheet(rows))
    assert names(found[0]) == ["赵一", "钱二"]
    assert ID[:-1] not in f"{found}{list(map(str, faults))}"


def test_one_telephone_merged_over_a_team_is_that_of_its_first_member() -> None:
    rows: Rows = [["队名", "姓名", "联系电话"], ["A队", "赵一", "13900000001"], [None, "钱二", None]]
    (found,) = entries(rows, merged=[(2, 3, 0, 0), (2, 3, 2, 2)])
    assert found["members"] == [{"name": "赵一", "phone": "13900000001"}, {"name": "钱二"}]


def test_the_telephone_over_a_table_of_many_clubs_is_not_theirs() -> None:
    head = ["联系人：总工会王老师 电话：13800009999"]
    found = entries([head, ["单位", "队名", "姓名"], ["甲工会", "A队", "赵一"], ["乙工会", "B队", "钱二"]])
    assert ["contact" in entry for entry in found] == [False, False]


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


def test_english_teams_and_single_runners() -> None:
    rows: Rows = [
        ["Team", "Club", "Captain", "Members", "Phone"],
        ["Foxes", "ACME", "Ann Lee", "Ann Lee, Bob Ray", "+44 7700 900123"],
    ]
    assert entries(rows)[0] == {
        "id": "1",
        "team": "Foxes",
        "club": "ACME",
        "members": [{"name": "Ann Lee", "phone": "+447700900123", "role": "队长"}, {"name": "Bob Ray"}],
    }
    runners = [
        ["FirstName", "LastName", "Club", "Class", "Sex"],
        ["Ann", "Lee", "ACME", "9F", "F"],
        ["Bob", "Ray", "ACME", "9F", "M"],
    ]
    assert [(entry["team"], entry["class"], names(entry)) for entry in entries(runners)] == [
        ("Ann Lee", "9F", ["Ann Lee"]),
        ("Bob Ray", "9F", ["Bob Ray"]),
    ]


def test_a_workbook_goes_all_the_way() -> None:
    data = xlsx([["单位", "队名", "姓名"], ["甲工会", "A队", "赵一"], [None, None, "钱二"]], merged=["A2:A3", "B2:B3"])
    table = read_entry_table("报名.xlsx", data)
    assert teams(list(table.entries)) == [("A队", "甲工会", ["赵一", "钱二"])]
    assert (table.places, table.refused, table.notes) == (("line 2",), (), ())


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
