"""The rules of a class as fields."""

from copy import deepcopy
from typing import Any

import pytest

from organize.forms.fields import Fields
from organize.forms.rules import for_preview, read_rules, show_rules
from race.forms.file import read_race_file
from race.rules.in_words import rules_in_words
from race.rules.samples import sample_runs
from tests.factories import race_file

CODES = ["31", "32", "33", "34"]
COURSES: list[dict[str, Any]] = [
    {"format": "count"},
    {"format": "count", "late": {"seconds_per_minute": 30, "cut_off_s": 90}},
    {"format": "line", "missed": {"penalty_s": 300}},
    {"format": "line", "distinct": True, "checkpoints": ["31", {"any_of": ["32", "33"]}, {"any": True}]},
    {"format": "free", "compulsory": ["31"], "free": 2, "voided_legs": [["S", "31"], ["31", "32"]]},
    {"format": "free", "compulsory": ["32"]},
    {"format": "score", "points": {"31": 10, "32": [6, 5, 4]}, "minimum_points": 5},
    {"format": "score", "late": {"points_per_minute": "1/4", "rounding": "linear", "after_counts": False}},
    {"format": "composite", "weight": 50},
]


def with_course(**course: Any) -> dict[str, Any]:
    data = race_file()
    data["courses"][0] = {"id": "A", "checkpoints": CODES, **course}
    data["classes"][0]["time_limit_s"] = 5430
    return data


def posted(data: dict[str, Any]) -> dict[str, str]:
    return {key: str(value) for key, value in show_rules(data, "open").items()}


@pytest.mark.parametrize("course", COURSES, ids=str)
def test_rules_read_back_as_what_they_show(course: dict[str, Any]) -> None:
    data = with_course(**course)
    before = read_race_file(deepcopy(data))
    fields = Fields(posted(data))
    read = read_race_file(read_rules(fields, data, "open"))
    assert fields.faults == []
    assert rules_in_words(read, "open") == rules_in_words(before, "open")
    assert read.courses["A"].options == before.courses["A"].options
    assert read.classes == before.classes, "also a limit of 90 minutes and a half"


def test_every_format_s_options_are_sound_after_a_change_from_any_other() -> None:
    for course in COURSES:
        data = with_course(**{**course, "checkpoints": CODES})
        for format_ in ("count", "line", "free", "score", "composite"):
            fields = Fields({**posted(data), "format": format_})
            changed = read_rules(fields, data, "open")
            assert fields.faults == []
            assert sample_runs(read_race_file(for_preview(changed)), "open")
            assert changed["courses"][0]["format"] == format_


def test_what_late_costs_is_seconds_where_time_ranks_and_points_where_points_do() -> None:
    data = with_course(format="count")
    given = {**posted(data), "late": "cost", "late_cost": "30"}
    assert read_rules(Fields(given), data, "open")["courses"][0]["late"] == {"seconds_per_minute": 30}
    given |= {"format": "score", "late_cost": "0.25"}
    assert read_rules(Fields(given), data, "open")["courses"][0]["late"] == {"points_per_minute": "1/4"}


def test_credit_caps_of_the_games_on_the_course_stand_among_the_rules() -> None:
    data = with_course(format="count")
    assert posted(data)["cap_0"] == "10"
    assert read_rules(Fields({**posted(data), "cap_0": "5"}), data, "open")["games"][0]["credit_cap_s"] == 300


def test_a_limit_that_stands_on_the_course_is_changed_there() -> None:
    data = with_course(format="count")
    data["courses"][0]["time_limit_s"] = data["classes"][0].pop("time_limit_s")
    read = read_rules(Fields({**posted(data), "limit_min": "60"}), data, "open")
    assert read["courses"][0]["time_limit_s"] == 3600
    assert "time_limit_s" not in read["classes"][0]


def test_no_limit_is_no_limit() -> None:
    data = with_course(format="count")
    assert "time_limit_s" not in read_rules(Fields({**posted(data), "limit_min": ""}), data, "open")["classes"][0]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"late": "cost", "late_cost": "much"}, "late_cost"),
        ({"late": "cost", "late_cost": "-1"}, "late_cost"),
        ({"points_1": "6/x"}, "points_1"),
        ({"legs": "31"}, "legs"),
        ({"limit_min": "0"}, "limit_min"),
        ({"format": "composite", "weight": "50", "limit_min": ""}, "limit_min"),
        ({"format": "free", "needed": "some", "compulsory_0": "1", "free": "4"}, "free"),
        ({"cap_0": "x"}, "cap_0"),
    ],
)
def test_a_rule_that_makes_no_sense_is_a_fault_of_its_field(given: dict[str, str], field: str) -> None:
    data = with_course(format="count")
    fields = Fields({**posted(data), **given})
    read_rules(fields, data, "open")
    assert [fault.path for fault in fields.faults] == [field]


def test_a_preview_needs_neither_teams_nor_questions() -> None:
    slim = for_preview(race_file())
    assert slim["entries"] == []
    assert [bank["questions"] for bank in slim["banks"]] == [[]]
    assert rules_in_words(read_race_file(slim), "open") == rules_in_words(read_race_file(race_file()), "open")
