"""Laying files over a race that is there."""

from race.commands.store_race import merge, misshapen, number_entries, recognised, with_class_ids


def test_a_sheet_may_call_a_class_by_its_name_in_any_language() -> None:
    race = {"classes": [{"id": "open", "name": {"zh": "公开组", "en": "Open"}}, {"id": "w", "name": "女子组"}]}
    entries = [{"id": "1", "class": "公开组"}, {"id": "2", "class": "Open"}, {"id": "3", "class": "w"}, {"id": "4"}]
    found = with_class_ids({**race, "entries": entries})["entries"]
    assert [entry.get("class") for entry in found] == ["open", "open", "w", None]


def test_a_class_that_nobody_knows_is_left_for_the_forms_to_name() -> None:
    entries = [{"id": "1", "class": "少年组"}]
    assert with_class_ids({"classes": [{"id": "open"}], "entries": entries})["entries"] == entries


def test_what_comes_later_is_laid_over_what_was_there_item_by_item() -> None:
    before = {"race": {"slug": "a", "venue": "park"}, "checkpoints": [{"code": "31", "lat": 1.0}, {"code": "32"}]}
    part = {"race": {"slug": "a", "name": "A"}, "checkpoints": [{"code": "31", "tasks": [{"quiz": "q"}]}]}
    assert merge(before, part) == {
        "race": {"slug": "a", "venue": "park", "name": "A"},
        "checkpoints": [{"code": "31", "lat": 1.0, "tasks": [{"quiz": "q"}]}, {"code": "32"}],
    }


def test_teams_without_a_number_get_one_that_no_other_has() -> None:
    entries = [{"id": "1"}, {"id": "2", "bib": "1"}, {"id": "3", "bib": ""}, {"id": "x"}]
    assert [entry["bib"] for entry in number_entries(entries)] == ["2", "1", "3", "x"]


def test_a_file_whose_parts_are_no_lists_of_objects_is_told_so_part_by_part() -> None:
    part = {"race": "r", "entries": ["a", {"id": "1"}], "courses": {"id": "A"}, "classes": [{"id": "open"}]}
    assert [fault.path for fault in misshapen(part)] == ["courses", "entries[0]", "race"]
    assert misshapen({"race": {}, "entries": [{"id": "1"}]}) == []


def test_a_second_sheet_finds_its_teams_again_and_takes_nobody_s_place() -> None:
    before = [
        {"id": "1", "bib": "1", "club": "甲", "team": "白鹭队"},
        {"id": "2", "bib": "2", "club": "乙", "team": "蜻蜓队"},
    ]
    sheet: list[dict[str, object]] = [
        {"id": "1", "club": "乙", "team": "蜻蜓队", "members": ["新人"]},
        {"id": "2", "club": "丙", "team": "稻香队"},
        {"id": "3", "bib": "1", "club": "甲", "team": "大白鹭队"},
    ]
    assert [(entry["id"], entry["team"]) for entry in recognised(before, sheet)] == [
        ("2", "蜻蜓队"),
        ("3", "稻香队"),
        ("1", "大白鹭队"),
    ]


def test_two_teams_of_one_sheet_never_share_an_id() -> None:
    sheet = [{"id": "1", "club": "甲", "team": "一队"}, {"id": "1", "club": "甲", "team": "二队"}]
    assert [entry["id"] for entry in recognised([], sheet)] == ["1", "2"]


def test_an_entry_that_waits_for_its_team_is_filled_by_the_sheet() -> None:
    before = [{"id": "1", "class": "open"}]
    assert recognised(before, [{"id": "1", "club": "甲", "team": "一队"}])[0]["id"] == "1"
