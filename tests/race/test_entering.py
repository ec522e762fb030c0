"""Files held against the entries a race has: nobody is doubled, nobody is lost, nobody goes unasked."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from base.faults import Fault
from base.languages import Words
from race.rules.entering import (
    Comparison,
    EntryFile,
    FieldChange,
    Source,
    compare,
    number_entries,
    with_class_ids,
)

CLASSES: list[dict[str, Any]] = [{"id": "open", "name": {"zh": "公开组", "en": "Open"}}, {"id": "w", "name": "女子组"}]


def entry(id_: str, club: str, team: str, *members: Any, **more: Any) -> dict[str, Any]:
    known = {"id": id_, "club": club, "team": team, "members": list(members), **more}
    return {key: value for key, value in known.items() if value}


EGRET = entry("1", "湿地工会", "白鹭队", "赵一", {"name": "钱二", "phone": "13900000002"}, "孙三", bib="1", wave="a")
DRAGONFLY = entry("2", "河道工会", "蜻蜓队", "李四", "周五", "吴六", bib="2")


def sheet(*entries: dict[str, Any], name: str = "报名.xlsx") -> EntryFile:
    return EntryFile(name, entries, [f"line {number}" for number in range(2, len(entries) + 2)])


def sorts(found: Comparison) -> list[list[str]]:
    return [[each.id for each in group] for group in (found.added, found.changed, found.unchanged, found.gone)]


def told(found: Comparison) -> list[str]:
    return [f"{each.file}, {each.fault}" for each in found.faults]


def test_a_second_sheet_finds_its_teams_and_adds_what_is_new() -> None:
    swapped = entry("1", "河道 工会", "蜻蜓队", "李四", {"name": "周五", "phone": "13900000005"}, "郑七")
    new = entry("2", "花圃工会", "蜜蜂队", "王八")
    found = compare([EGRET, DRAGONFLY], [sheet(swapped, new)])
    assert sorts(found) == [["3"], ["2"], [], ["1"]]
    (changed,) = found.changed
    assert (changed.members_in, changed.members_out) == (("郑七",), ("吴六",))
    assert changed.fields == (FieldChange("phone", None, "13900000005", "周五"),)
    assert changed.sources == (Source("报名.xlsx", "line 2"),)
    assert [(one["id"], one["bib"]) for one in found.entries] == [("1", "1"), ("2", "2"), ("3", "3")]
    assert found.entries[1]["members"] == ["李四", {"name": "周五", "phone": "13900000005"}, "郑七"]


def test_a_sheet_that_says_less_takes_nothing_away() -> None:
    found = compare([EGRET], [sheet(entry("9", "湿地工会", "白鹭队", "孙三", "钱二", "赵一"))])
    assert sorts(found) == [[], [], ["1"], []]
    assert found.merged() == [EGRET]


def test_who_is_in_no_sheet_goes_only_if_a_person_says_so() -> None:
    found = compare([EGRET, DRAGONFLY], [sheet(EGRET)])
    assert sorts(found) == [[], [], ["1"], ["2"]]
    assert found.merged() == [EGRET, DRAGONFLY]
    assert found.merged({"2"}) == [EGRET]
    # The sheet names team 1: it cannot go by a slip of the hand.
    assert found.merged({"1"}) == [EGRET, DRAGONFLY]


def test_a_team_that_took_another_name_is_known_by_its_people_and_keeps_its_number() -> None:
    renamed = entry("1", "湿地管理处工会", "大白鹭队", "赵一", "钱二", "孙三")
    found = compare([DRAGONFLY, EGRET], [sheet(renamed)])
    assert sorts(found) == [[], ["1"], [], ["2"]]
    assert [change.what for change in found.changed[0].fields] == ["team", "club"]
    assert (found.entries[1]["bib"], found.entries[1]["wave"]) == ("1", "a")


def test_a_team_is_known_by_its_number_within_its_club() -> None:
    found = compare([EGRET], [sheet(entry("1", "湿地工会", "新队", "全一", "全二", bib="1"))])
    assert sorts(found) == [[], ["1"], [], []]
    found = compare([EGRET], [sheet(entry("1", "花圃工会", "新队", "全一", "全二", bib="1"))])
    assert sorts(found) == [["2"], [], [], ["1"]]
    assert told(found) == ["报名.xlsx, line 2: the number 1 is another team's already; left out here"]


def test_a_clubs_only_team_is_known_by_the_club_as_long_as_it_has_no_name_or_nobody() -> None:
    nameless = entry("1", "湿地工会", "", "赵一", "钱二")
    named = entry("1", "湿地工会", "白鹭队", "全一", "全二")
    assert sorts(compare([nameless], [sheet(named)])) == [[], ["1"], [], []]
    # With other people under another name it is the club's second team.
    assert sorts(compare([EGRET], [sheet(entry("1", "湿地工会", "苍鹭队", "全一", "全二"))])) == [["2"], [], [], ["1"]]


def test_the_surest_signs_come_first_whatever_the_order_of_the_sheet() -> None:
    nameless = entry("1", "湿地工会", "", "赵一", "钱二")
    second, first = entry("1", "湿地工会", "", "全一", "全二"), entry("2", "湿地工会", "白鹭队", "赵一", "钱二")
    found = compare([nameless], [sheet(second, first)])
    assert [(each.id, each.after.get("team")) for each in (*found.changed, *found.added)] == [
        ("1", "白鹭队"),
        ("2", None),
    ]


def test_two_teams_of_one_name_in_one_club_stay_two() -> None:
    twins = [entry("1", "甲", "一队", "赵一", "钱二"), entry("2", "甲", "一队", "孙三", "李四")]
    found = compare([], [sheet(*twins)])
    assert [one["id"] for one in found.entries] == ["1", "2"]
    again = compare(found.entries, [sheet(*reversed(twins))])
    assert sorts(again) == [[], [], ["1", "2"], []]


def test_the_same_team_in_two_files_is_one_team_and_the_later_file_counts() -> None:
    one = sheet(entry("1", "甲", "一队", "赵一", "钱二"), name="a.xlsx")
    other = sheet(entry("1", "乙", "二队", "周五"), entry("2", "甲", "一队", "赵一", "孙三"), name="b.xlsx")
    found = compare([], [one, other])
    assert [(one["club"], one["members"]) for one in found.entries] == [("甲", ["赵一", "孙三"]), ("乙", ["周五"])]
    assert found.added[0].sources == (Source("a.xlsx", "line 2"), Source("b.xlsx", "line 3"))
    assert told(found) == ["b.xlsx, line 3: 甲 一队 stands otherwise in a.xlsx; what stands here counts"]
    assert told(compare([], [one, one])) == []


def test_what_the_reader_refused_is_told_by_file_and_line() -> None:
    refused = [Fault("line 7", Words("a total, not read"))]
    assert told(compare([], [EntryFile("a.xlsx", [], [], refused)])) == ["a.xlsx, line 7: a total, not read"]


def test_a_member_who_comes_in_takes_the_place_of_who_goes_out() -> None:
    found = compare([EGRET], [sheet(entry("1", "湿地工会", "白鹭队", "新人", "孙三", "钱二", "又一个"))])
    assert found.entries[0]["members"] == ["新人", {"name": "钱二", "phone": "13900000002"}, "孙三", "又一个"]


def test_a_contact_s_telephone_is_kept_only_for_the_same_person() -> None:
    known = {**EGRET, "contact": {"name": "冯九", "phone": "13900000009"}}
    same = compare([known], [sheet({**EGRET, "contact": {"name": "冯九"}})])
    assert sorts(same)[2] == ["1"]
    other = compare([known], [sheet({**EGRET, "contact": {"name": "陈十"}})])
    assert other.entries[0]["contact"] == {"name": "陈十"}


def test_an_entry_that_waits_for_its_team_is_filled_by_the_sheet() -> None:
    found = compare([{"id": "1", "class": "open"}], [sheet(entry("1", "甲", "一队"))], CLASSES)
    assert [(one["id"], one["class"], one["team"]) for one in found.entries] == [("1", "open", "一队")]


def test_a_sheet_may_call_a_class_by_its_name_in_any_language() -> None:
    said = ["公开组", "Open", " 女子 组", "w", None]
    entries = [entry(str(number), "甲", f"{number}队", **{"class": name}) for number, name in enumerate(said, start=1)]
    found = compare([], [sheet(*entries)], CLASSES)
    assert [one.get("class") or None for one in found.entries] == ["open", "open", "w", "w", None]
    assert found.faults == ()
    assert [one.get("class") for one in with_class_ids(entries, CLASSES)] == ["open", "open", "w", "w", None]


def test_a_class_that_nobody_knows_is_named_and_never_moves_a_known_team() -> None:
    known = {**EGRET, "class": "w"}
    files = [sheet({**EGRET, "class": "少年组"}, entry("2", "甲", "一队", **{"class": "少年组"}))]
    found = compare([known], files, CLASSES)
    assert told(found) == [
        "报名.xlsx, line 2: there is no class “少年组” in this race",
        "报名.xlsx, line 3: there is no class “少年组” in this race",
    ]
    assert [one["class"] for one in found.entries] == ["w", "少年组"]
    # The page asks which class the others are in.
    assert [one["class"] for one in compare([known], files, CLASSES, "open").entries] == ["w", "open"]


def test_teams_without_a_number_get_one_that_no_other_has() -> None:
    entries = [{"id": "1"}, {"id": "2", "bib": "1"}, {"id": "3", "bib": ""}, {"id": "x"}]
    assert [one["bib"] for one in number_entries(entries)] == ["2", "1", "3", "x"]


_ENTRIES = st.lists(
    st.builds(
        entry,
        st.sampled_from(["1", "2", "A"]),
        st.sampled_from(["甲", "乙", ""]),
        st.sampled_from(["一队", "二队", ""]),
        st.sampled_from(["赵", "钱", "孙", "李", "周"]).map(lambda family: f"{family}一"),
        st.sampled_from(["吴二", "郑二"]),
    ),
    max_size=5,
    unique_by=lambda one: str(one["members"][0]),
)


@given(_ENTRIES, _ENTRIES)
def test_a_file_laid_down_twice_changes_nothing_the_second_time(first: Any, second: Any) -> None:
    before = compare([], [sheet(*first)]).merged()
    after = compare(before, [sheet(*second)])
    assert len({one["id"] for one in after.entries}) == len(after.entries)
    assert len({one["bib"] for one in after.entries}) == len(after.entries)
    assert {one["id"] for one in before} <= {one["id"] for one in after.entries}
    again = compare(after.merged(), [sheet(*second)])
    assert len(again.added) == len(again.changed) == 0
