"""Checkpoints in a race file: everything that names one follows when it comes, goes, or is called otherwise."""

from typing import Any

import pytest

from base.faults import FaultyInput
from organize.forms.fields import Fields
from organize.forms.points import bring_tasks_back, check_new_code, read_back, read_point, read_tasks, tidy
from organize.rules.points import (
    add_point,
    change_kind,
    has_finish,
    in_order,
    point_of,
    put_back,
    remove_point,
    rename_point,
)  # fmt: skip
from organize.rules.points_file import changes, in_wgs84, lay_over
from organize.rules.tasks import OWN, TEMPLATE
from race.forms.file import read_race_file
from tests.factories import race_file


def race() -> dict[str, Any]:
    """The small race with two more courses, one with choices, and an entry that begins at 32."""
    data = race_file()
    data["courses"] += [
        {"id": "B", "format": "score", "checkpoints": ["31", "32", "34"], "points": {"32": 20, "34": 10}},
        {
            "id": "C",
            "format": "line",
            "checkpoints": ["31", {"any_of": ["32", "33"]}, "34"],
            "voided_legs": [["31", "32"], ["33", "34"]],
        },
    ]
    data["entries"][0]["first"] = ["32", "34"]
    return data


def form(**fields: str) -> Fields:
    return Fields(fields)


def test_a_new_checkpoint_is_on_every_course_and_a_new_finish_on_none() -> None:
    data = race()
    add_point(data, {"code": "35", "kind": "control"})
    add_point(data, {"code": "F2", "kind": "finish"})
    assert [course["checkpoints"][-1] for course in data["courses"]] == ["35"] * 3
    read_race_file(data)


def test_a_deleted_checkpoint_is_gone_from_courses_points_legs_and_first_stations() -> None:
    data = race()
    remove_point(data, "32")
    assert data["courses"][1:] == [
        {"id": "B", "format": "score", "checkpoints": ["31", "34"], "points": {"34": 10}},
        {"id": "C", "format": "line", "checkpoints": ["31", "33", "34"], "voided_legs": [["33", "34"]]},
    ]
    assert data["entries"][0]["first"] == ["34"]
    read_race_file(data)


@pytest.mark.parametrize("code", ["31", "32", "33", "34", "F1"])
def test_taking_a_deletion_back_brings_everything_back_in_its_place(code: str) -> None:
    data = race()
    back = remove_point(data, code)
    put_back(data, back)
    again = race()
    for part in ("courses", "entries"):
        assert data[part] == again[part]
    assert point_of(data, code) == point_of(again, code)


def test_a_deleted_checkpoint_comes_back_with_the_tasks_that_went_with_it() -> None:
    data = race()
    before = chosen(data, "31", quiz=OWN, game=f"{TEMPLATE}energy_relay")
    back = remove_point(data, "31")
    tidy(data)
    assert [game["id"] for game in data["games"]] == ["throw"]
    put_back(data, back)
    bring_tasks_back(data, back["item"])
    read_race_file(data)
    item = point_of(data, "31")
    assert item
    assert item["tasks"] == before


def test_a_task_that_somebody_else_deleted_meanwhile_does_not_come_back() -> None:
    data = race()
    back = remove_point(data, "33")
    remove_point(data, "34")
    data["games"] = []
    put_back(data, back)
    bring_tasks_back(data, back["item"])
    read_race_file(data)


def test_a_course_changed_meanwhile_keeps_that_change_and_gets_the_checkpoint_last() -> None:
    data = race()
    back = remove_point(data, "32")
    data["courses"][0]["checkpoints"] = ["34", "31", "33"]
    put_back(data, back)
    assert data["courses"][0]["checkpoints"] == ["34", "31", "33", "32"]


def test_a_new_number_is_followed_everywhere() -> None:
    data = race()
    rename_point(data, "32", "52")
    assert data["courses"][2]["checkpoints"][1] == {"any_of": ["52", "33"]}
    assert data["courses"][1]["points"] == {"52": 20, "34": 10}
    assert data["courses"][2]["voided_legs"][0] == ["31", "52"]
    assert data["entries"][0]["first"] == ["52", "34"]
    read_race_file(data)


def test_a_checkpoint_that_becomes_a_finish_leaves_the_courses() -> None:
    data = race()
    item = point_of(data, "34")
    assert item
    change_kind(data, item, "finish")
    read_race_file(data)
    change_kind(data, item, "control")
    assert data["courses"][0]["checkpoints"][-1] == "34"


def test_a_race_without_a_finish_is_noticed() -> None:
    data = race()
    assert has_finish(data)
    remove_point(data, "F1")
    assert not has_finish(data)


def test_people_list_the_start_first_then_the_numbers_then_the_finish() -> None:
    items = [{"code": code, "kind": kind} for code, kind in [("F", "finish"), ("100", "control"), ("31", "control")]]
    assert [item["code"] for item in in_order([*items, {"code": "S", "kind": "start"}])] == ["S", "31", "100", "F"]


def test_a_form_with_only_a_position_changes_nothing_else() -> None:
    before = {"code": "31", "kind": "control", "name": {"zh": "木桥", "en": "Bridge"}, "lat": 39.9, "lon": 116.4}
    fields = form(lat="39.91", lon="116.41")
    assert read_point(fields, before) == before | {"lat": 39.91, "lon": 116.41}
    assert fields.faults == []
    assert "lat" not in read_point(form(lat="", lon=""), before)


@pytest.mark.parametrize("typed", [{"code": ""}, {"code": "3 1!"}, {"lat": "x", "lon": "1"}, {"lat": "91", "lon": "1"}])
def test_what_is_no_number_or_no_place_is_a_fault(typed: dict[str, str]) -> None:
    fields = Fields(typed)
    read_point(fields, {"code": "31"})
    assert fields.faults


def test_a_pasted_place_says_where_it_was_copied() -> None:
    fields = form(place="116.4, 39.9", datum="")
    assert "lat" not in read_point(fields, {"code": "31"})
    assert [fault.path for fault in fields.faults] == ["datum"]
    there = read_point(form(place="116.4, 39.9", datum="wgs84"), {"code": "31"})
    assert (there["lat"], there["lon"]) == (39.9, 116.4)


def test_a_place_that_is_left_as_shown_is_not_shifted_by_another_datum() -> None:
    before = {"code": "31", "lat": 39.9000001, "lon": 116.4000001}
    assert read_point(form(place="39.900000, 116.400000", datum="gcj02"), before) == before


def chosen(data: dict[str, Any], code: str, **fields: str) -> list[dict[str, str]]:
    item = point_of(data, code)
    assert item
    faults = form(**fields)
    read_tasks(faults, data, code)
    tidy(data)
    assert faults.faults == []
    read_race_file(data)
    return list(item.get("tasks", []))


def test_quiz_game_both_or_nothing() -> None:
    data = race()
    assert chosen(data, "31", quiz="gate", game="") == [{"quiz": "gate"}]
    assert chosen(data, "31", quiz="gate", game="throw") == [{"quiz": "gate"}, {"game": "throw"}]
    assert chosen(data, "31", quiz="", game="throw") == [{"game": "throw"}]
    assert chosen(data, "31", quiz="", game="") == []


def test_several_of_a_kind_stay_until_something_else_is_chosen() -> None:
    data = race()
    data["quizzes"].append({**data["quizzes"][0], "id": "second"})
    item = point_of(data, "31")
    assert item
    item["tasks"] = [{"game": "throw"}, {"quiz": "gate"}, {"quiz": "second"}]
    assert len(chosen(data, "31", quiz="gate", game="throw")) == 3
    assert chosen(data, "31", quiz="second") == [{"game": "throw"}, {"quiz": "second"}]


def test_a_quiz_without_a_bank_yet_is_a_sound_race_and_goes_when_nobody_wants_it() -> None:
    data = race() | {"quizzes": [], "banks": []}
    for item in data["checkpoints"]:
        item.pop("tasks", None)
    assert chosen(data, "31", quiz=OWN) == [{"quiz": "quiz"}]
    assert chosen(data, "32", quiz="quiz") == [{"quiz": "quiz"}]
    chosen(data, "31", quiz="")
    assert data["quizzes"], "32 still wants it"
    chosen(data, "32", quiz="")
    assert (data["quizzes"], data["banks"]) == ([], [])
    assert chosen(data, "32", quiz="quiz") == [{"quiz": "quiz"}], "as undoing does"


def test_a_copy_of_the_first_quiz_that_never_differed_goes_and_comes_back_by_undoing() -> None:
    data = race()
    assert chosen(data, "31", quiz=OWN) == [{"quiz": "quiz-31"}]
    chosen(data, "31", quiz="gate")
    assert [quiz["id"] for quiz in data["quizzes"]] == ["gate"]
    assert chosen(data, "31", quiz="quiz-31") == [{"quiz": "quiz-31"}]
    data["quizzes"][-1] |= {"draw": 2, "need": 1}
    chosen(data, "31", quiz="")
    assert [quiz["id"] for quiz in data["quizzes"]] == ["gate", "quiz-31"], "what somebody made is kept"


def test_a_game_from_a_template_stands_in_the_race_in_full_and_goes_when_nobody_plays_it() -> None:
    data = race()
    assert chosen(data, "31", game=f"{TEMPLATE}energy_relay") == [{"game": "energy_relay"}]
    assert data["games"][-1]["measures"]
    data["games"][-1]["typical_s"] = 99
    chosen(data, "31", game="")
    assert data["games"][-1]["id"] == "energy_relay", "what somebody has changed is not thrown away"
    data["games"].pop()
    chosen(data, "31", game=f"{TEMPLATE}energy_relay")
    chosen(data, "31", game="")
    assert [game["id"] for game in data["games"]] == ["throw"]
    assert chosen(data, "31", game="energy_relay") == [{"game": "energy_relay"}], "as undoing does"


@pytest.mark.parametrize("fields", [{"quiz": "nothing"}, {"game": "nothing"}, {"game": f"{TEMPLATE}nothing"}])
def test_a_task_that_is_not_there_is_a_fault(fields: dict[str, str]) -> None:
    data, given = race(), Fields(fields)
    read_tasks(given, data, "31")
    assert [fault.path for fault in given.faults] == list(fields)


def test_a_number_that_is_taken_and_one_point_too_many_are_refused() -> None:
    data = race()
    with pytest.raises(FaultyInput):
        check_new_code(data, "31")
    data["checkpoints"] += [{"code": f"x{number}"} for number in range(300)]
    with pytest.raises(FaultyInput):
        check_new_code(data, "35")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"item": {}, "courses": {}, "first": {}}', "[" * 100_000])
def test_what_no_deletion_answered_brings_nothing_back(text: str) -> None:
    assert read_back(text) is None


def test_a_file_adds_moves_and_renames_and_leaves_the_tasks() -> None:
    data = race()
    items: list[dict[str, Any]] = [
        {"code": "31", "kind": "control", "lat": 39.9, "lon": 116.4},
        {"code": "32", "kind": "control", "name": "芦苇荡", "lat": 39.9, "lon": 116.41},
        {"code": "35", "kind": "control", "name": "凉亭", "lat": 39.91, "lon": 116.4},
        {"code": "33", "kind": "control", "name": "大草坪"},
    ]
    found = changes(data, items)
    assert [(change.code, change.new, change.moved_m) for change in found] == [
        ("32", False, None), ("35", True, None), ("33", False, 0.0),
    ]  # fmt: skip
    lay_over(data, items)
    read_race_file(data)
    item = point_of(data, "32")
    assert item
    assert (item["lon"], item["tasks"]) == (116.41, [{"quiz": "gate"}])
    assert data["courses"][0]["checkpoints"][-1] == "35"
    assert changes(data, items) == []


def test_a_file_of_a_chinese_map_is_put_right() -> None:
    (item,) = in_wgs84([{"code": "31", "lat": 39.9, "lon": 116.4}], "gcj02")
    assert 0.001 < 39.9 - item["lat"] < 0.003
    assert in_wgs84([{"code": "31"}], "gcj02") == [{"code": "31"}]
