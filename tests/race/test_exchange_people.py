"""Who stands in a cell, a row, a column: every way that people write a team's members."""

import pytest

from race.exchange.persons import read_people
from tests.entry_tables import ID, entries, lines, names, read, teams
from tests.tables import Rows, sheet


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


@pytest.mark.parametrize(
    "text",
    [
        "范小艾、丁卯、狄青山",
        "范小艾,丁卯，狄青山",
        "范小艾；丁卯;狄青山",
        "范小艾/丁卯/狄青山",
        "范小艾\n丁卯\n狄青山",
        "范小艾　丁 卯  狄青山",
        "1.范小艾 2.丁卯 3.狄青山",
        "１．范小艾　２．丁卯　３．狄青山",
        "①范小艾②丁卯③狄青山",
        "⑴范小艾⑵丁卯⑶狄青山",
        "（1）范小艾\n（2）丁卯\n（3）狄青山",
        "一、范小艾 二、丁卯 三、狄青山",
        "·范小艾\n·丁卯\n·狄青山",
        "范小艾、丁卯、狄青山等3人",
    ],
)
def test_names_are_parted_by_whatever_people_part_them_with(text: str) -> None:
    assert [person.name for person in read_people(text)] == ["范小艾", "丁卯", "狄青山"]


@pytest.mark.parametrize(
    "text",
    [
        "范小艾（队长）、丁卯",
        "范小艾【队长】，丁卯",
        "范小艾〔队长〕、丁卯",
        "队长：范小艾 队员：丁卯",
        "队长范小艾、丁卯",
        "范小艾-队长，丁卯（队员）",
    ],
)
def test_a_role_is_the_captains_wherever_it_is_written(text: str) -> None:
    assert [(person.name, person.role) for person in read_people(text)] == [("范小艾", "队长"), ("丁卯", "")]


@pytest.mark.parametrize(
    "text",
    [
        "范小艾13900000001、丁卯13900000002",
        "范小艾：13900000001；丁卯：13900000002",
        "范小艾-13900000001 丁卯-13900000002",
        "范小艾,13900000001,丁卯,13900000002",
        "范小艾（139-0000-0001），丁卯（+86 139 0000 0002）",
        "1.范小艾 13900000001\n2.丁卯 13900000002",
    ],
)
def test_a_telephone_is_that_of_the_name_before_it(text: str) -> None:
    found = [(person.name, person.phone) for person in read_people(text)]
    assert found == [("范小艾", "13900000001"), ("丁卯", "13900000002")]


def test_rare_and_long_names_stay_whole() -> None:
    text = "𠮷　野、欧阳 娜、阿依古丽 • 买买提、㛃华、John Smith、司马 光 王　芳"
    assert [person.name for person in read_people(text)] == [
        "𠮷野",
        "欧阳娜",
        "阿依古丽·买买提",
        "㛃华",
        "John Smith",
        "司马光",
        "王芳",
    ]


def test_what_stands_in_brackets_behind_a_name_and_is_no_role_is_named() -> None:
    found, faults = read(sheet([["队名", "姓名"], ["A队", "赵一（退出）"], ["", "钱二（会计科）"]]))
    assert names(found[0]) == ["赵一", "钱二"]
    assert [fault.path for fault in faults] == ["line 2", "line 3"]


def test_reserves_have_columns_words_and_remarks() -> None:
    slots: Rows = [["队名", "队员1", "队员2", "替补"], ["A队", "赵一", "钱二", "孙三"]]
    listed: Rows = [["队名", "队员"], ["A队", "赵一、钱二，替补：孙三"]]
    remarked: Rows = [["队名", "姓名", "备注"], ["A队", "赵一", ""], ["", "钱二", ""], ["", "孙三", "替补队员"]]
    for rows in (slots, listed, remarked):
        assert [m.get("role") for m in entries(rows)[0]["members"]] == [None, None, "替补"]


def test_one_telephone_after_all_members_is_the_captains_else_the_teams() -> None:
    with_captain: Rows = [["队名", "队长", "队员1", "队员2", "联系电话"], ["A队", "赵一", "钱二", "", "13900000001"]]
    (found,) = entries(with_captain)
    assert found["members"] == [{"name": "赵一", "phone": "13900000001", "role": "队长"}, {"name": "钱二"}]
    without: Rows = [["队名", "队员姓名（第一位为队长）", "联系电话"], ["A队", "赵一 钱二 孙三", "13900000001"]]
    (found,) = entries(without)
    assert found["contact"] == {"phone": "13900000001"}
    assert found["members"][0] == {"name": "赵一", "role": "队长"}


def test_as_many_telephones_as_names_are_theirs_and_any_other_number_is_named() -> None:
    rows: Rows = [
        ["队名", "队员", "队员电话"],
        ["A队", "赵一、钱二", "13900000001、13900000002"],
        ["B队", "孙三、李四", "13900000003"],
    ]
    found, faults = read(sheet(rows))
    assert [m.get("phone") for m in found[0]["members"]] == ["13900000001", "13900000002"]
    assert lines(faults, "not as many telephones") == ["line 3"]


def test_columns_of_identity_numbers_are_known_by_their_cells_and_said() -> None:
    rows: Rows = [["队名", "姓名", "", "号码", "电话"], ["A队", "赵一", ID, "9.90001E+17", "13900000001"]]
    found, faults = read(sheet(rows))
    assert found[0]["members"] == [{"name": "赵一", "phone": "13900000001"}]
    assert [fault.path for fault in faults] == ["column C", "column 号码"]


def test_what_somebody_is_at_work_is_no_role_in_the_team() -> None:
    rows: Rows = [["队名", "姓名", "职务", "队内职务"], ["A队", "赵一", "科长", "队长"], ["", "钱二", "主任", "队员"]]
    assert [m.get("role") for m in entries(rows)[0]["members"]] == ["队长", None]


def test_headings_in_two_languages_are_read_in_the_first() -> None:
    rows: Rows = [["单位 Club", "队名 Team", "姓名 Name", "电话 Phone"], ["甲工会", "A队", "赵一", "13900000001"]]
    assert teams(entries(rows)) == [("A队", "甲工会", ["赵一"])]


def test_names_go_on_in_columns_without_a_heading() -> None:
    rows: Rows = [["单位", "队名", "队员", "", ""], ["甲工会", "A队", "赵一", "钱二", "孙三"]]
    assert teams(entries(rows)) == [("A队", "甲工会", ["赵一", "钱二", "孙三"])]


def test_two_people_in_one_cell_are_two_with_a_telephone_each_or_none() -> None:
    rows: Rows = [
        ["队名", "队员1", "替补", "替补电话"],
        ["A队", "赵一", "钱二、孙三", "13900000002、13900000003"],
        ["B队", "李四", "周五、吴六", "13900000005"],
    ]
    found, faults = read(sheet(rows))
    assert found[0]["members"] == [
        {"name": "赵一"},
        {"name": "钱二", "phone": "13900000002", "role": "替补"},
        {"name": "孙三", "phone": "13900000003", "role": "替补"},
    ]
    assert [m["name"] for m in found[1]["members"]] == ["李四", "周五", "吴六"]
    assert [fault.path for fault in faults if "telephone" in str(fault)] == ["line 3"]


def test_rows_whose_names_are_none_make_one_team_and_never_several() -> None:
    rows: Rows = [
        ["工会", "队名", "姓名", "手机"],
        *(["双桥工会", "双桥队", f"周{number}双", f"1390000000{number}"] for number in range(1, 6)),
    ]
    found, faults = read(sheet(rows))
    assert teams(found) == [("双桥队", "双桥工会", [])]
    assert {fault.path for fault in faults} == {f"line {line}" for line in range(2, 7)}, "each row is named"
