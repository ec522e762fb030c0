"""What stands around a table and across it: titles, sheets, sections, forms one below the other."""

import pytest

from base.sheets import Sheet, read_sheets
from race.exchange.sheets import read_entry_sheets
from tests.entry_tables import entries, lines, names, read, teams
from tests.tables import Rows, sheet


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


def test_hidden_rows_are_not_read_and_are_named() -> None:
    found, faults = read(
        sheet([["单位", "队名", "姓名"], ["示例工会", "示例队", "王小明"], ["甲工会", "A队", "赵一"]], hidden=[2])
    )
    assert names(found[0]) == ["赵一"]
    assert lines(faults, "hidden") == ["line 2"]


def test_the_telephone_over_a_table_of_many_clubs_is_not_theirs() -> None:
    head = ["联系人：总工会王老师 电话：13800009999"]
    found = entries([head, ["单位", "队名", "姓名"], ["甲工会", "A队", "赵一"], ["乙工会", "B队", "钱二"]])
    assert ["contact" in entry for entry in found] == [False, False]


_TABLE: Rows = [["队名", "姓名"], ["A队", "赵一"]]


@pytest.mark.parametrize(
    ("title", "club"),
    [
        ("云岭造纸厂工会参加职工定向赛人员名单", "云岭造纸厂工会"),
        ("2026年职工定向赛报名表（云岭小学工会）", "云岭小学工会"),
        ("职工定向赛报名表——云岭街道", "云岭街道"),
        # The host, as far as one can tell.
        ("市总工会第三届职工定向赛报名表", None),
        ("云岭湿地管理处工会第三届职工定向赛报名表", None),
    ],
)
def test_a_title_names_the_club_only_where_it_says_so(title: str, club: str | None) -> None:
    assert entries([[title], *_TABLE])[0].get("club") == club


def test_titles_that_begin_with_different_clubs_name_them() -> None:
    found, _ = read(
        sheet([["云岭造纸厂工会职工定向赛报名表"], *_TABLE], name="Sheet1"),
        sheet([["江湾小学职工定向赛报名表"], *_TABLE], name="Sheet2"),
    )
    assert [entry["club"] for entry in found] == ["云岭造纸厂工会", "江湾小学"]


def test_a_line_across_the_table_may_name_team_and_club() -> None:
    for first, second in (
        ("A队（甲工会）", "B队（乙工会）"),
        ("单位：甲工会    队名：A队", "单位：乙工会    队名：B队"),
    ):
        rows: Rows = [["序号", "姓名", "手机"], [first], [1, "赵一"], [2, "钱二"], [second], [1, "孙三"]]
        found, faults = read(sheet(rows, merged=[(2, 2, 0, 2), (5, 5, 0, 2)]))
        assert teams(found) == [("A队", "甲工会", ["赵一", "钱二"]), ("B队", "乙工会", ["孙三"])]
        assert lines(faults, "across the table") == ["line 2", "line 5"]


def test_a_lone_club_in_a_table_without_clubs_is_that_of_the_rows_below() -> None:
    rows: Rows = [["队名", "姓名"], ["甲工会", ""], ["A队", "赵一"], ["乙工会", ""], ["A队", "钱二"]]
    assert teams(entries(rows)) == [("A队", "甲工会", ["赵一"]), ("A队", "乙工会", ["钱二"])]


def test_a_class_may_stand_above_each_table_and_a_lone_name_is_still_a_member() -> None:
    head = ["序号", "单位", "队名", "姓名"]
    rows: Rows = [["男子组"], head, [1, "甲工会", "A队", "赵一"], ["", "", "", "钱二"], ["女子组"], head]
    rows = [*rows, [1, "乙工会", "B队", "孙三"]]
    found = entries(rows)
    assert [(entry["class"], names(entry)) for entry in found] == [("男子组", ["赵一", "钱二"]), ("女子组", ["孙三"])]


def test_a_sheets_name_may_bear_a_number_and_words() -> None:
    found, _ = read(sheet(_TABLE, name="1.甲工会"), sheet(_TABLE, name="江湾工会报名表"))
    assert [entry["club"] for entry in found] == ["甲工会", "江湾工会"]


def test_an_empty_cell_says_as_above_and_a_dash_says_none() -> None:
    head = ["单位", "队名", "队员"]
    rows: Rows = [head, ["甲工会", "A队", "赵一、钱二"], ["", "B队", "孙三、李四"], ["同上", "C队", "周五、吴六"]]
    found = entries([*rows, ["—", "个人联队", "郑七、王八"]])
    assert [entry.get("club") for entry in found] == ["甲工会", "甲工会", "甲工会", None]


def test_a_lone_name_that_ends_like_a_club_is_a_member() -> None:
    rows: Rows = [["队名", "姓名"], ["A队", "赵一"], ["", "李建社"]]
    assert teams(entries(rows)) == [("A队", None, ["赵一", "李建社"])]


def test_cells_merged_in_a_web_page_are_merged_here() -> None:
    page = "<table><tr><td>单位<td>队名<td>姓名<tr><td rowspan=2>甲工会<td rowspan=2>A队<td>赵一<tr><td>钱二</table>"
    found = read_entry_sheets(read_sheets("a.xls", page.encode()))
    assert teams(list(found.entries)) == [("A队", "甲工会", ["赵一", "钱二"])]
