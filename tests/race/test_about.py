from typing import Any

import pytest

from base.faults import Fault
from race.forms.about import about_to_json, class_to_json, read_about, read_class
from race.model import Award, Class, Incomplete, StartKind
from tests.factories import GUN


def about(**data: Any) -> tuple[Any, list[str]]:
    faults: list[Fault] = []
    return read_about({"slug": "x", **data}, "race", faults), [fault.path for fault in faults]


def class_(**data: Any) -> tuple[Class, list[str]]:
    faults: list[Fault] = []
    return read_class({"id": "open", "course": "A", **data}, "classes[0]", faults), [fault.path for fault in faults]


WHOLE = {
    "slug": "nanyuan-2026",
    "name": {"zh": "定向赛", "en": "Race"},
    "theme": "主题",
    "venue": {"zh": "公园", "en": "Park"},
    "hosts": [{"role": "主办", "name": "总工会"}],
    "logo": "logo.svg",
    "emergency_phone": "010-12345678",
    "timezone": "Asia/Shanghai",
    "language": "zh",
    "awards": [
        {"name": "一等奖", "class": "open", "places": [1, 3]},
        {
            "name": "优秀组织奖",
            "by_hand": True,
            "to": [{"entry": "3"}, {"club": "湿地工会"}, {"name": "王小明"}],
        },
    ],
    "closing": {"after_gun_s": 7200},
}


def test_what_a_race_says_of_itself_comes_back_as_it_went_in() -> None:
    faults: list[Fault] = []
    assert about_to_json(read_about(WHOLE, "race", faults)) == WHOLE
    assert faults == []


def test_a_fixed_closing_keeps_its_offset() -> None:
    found, _ = about(closing={"at": "2026-05-01T09:00:00+08:00"})
    assert found.closing_at == GUN
    assert about_to_json(found)["closing"] == {"at": "2026-05-01T09:00:00+08:00"}


def test_what_is_left_out_has_sensible_defaults() -> None:
    found, faults = about()
    assert (found.timezone, found.language, found.closing_after_s, faults) == ("Asia/Shanghai", "zh", None, [])


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ({"slug": ""}, "race.slug"),
        ({"slug": "a/b"}, "race.slug"),
        ({"slug": "南苑"}, "race.slug"),
        ({"slug": "a" * 65}, "race.slug"),
        ({"timezone": "Moon/Base"}, "race.timezone"),
        ({"timezone": "../etc/passwd"}, "race.timezone"),
        ({"language": "fr"}, "race.language"),
        ({"closing": {"after_gun_s": 0}}, "race.closing.after_gun_s"),
        ({"closing": {"after_gun_s": 60, "at": "2026-05-01T09:00:00+08:00"}}, "race.closing"),
        ({"closing": {"soon": True}}, "race.closing.soon"),
        ({"hosts": [{"rank": 1}]}, "race.hosts[0].rank"),
        ({"awards": [{"places": [1, 3]}]}, "race.awards[0].name"),
        ({"awards": [{"name": "奖", "places": [3, 1]}]}, "race.awards[0].places"),
        ({"awards": [{"name": "奖", "places": [1]}]}, "race.awards[0].places"),
        ({"awards": [{"name": "奖", "by_hand": True, "to": [{}]}]}, "race.awards[0].to[0]"),
        ({"awards": [{"name": "奖", "by_hand": True, "to": [{"club": "甲", "name": "乙"}]}]}, "race.awards[0].to[0]"),
        ({"awards": [{"name": "奖", "by_hand": True, "to": [{"team": "甲"}]}]}, "race.awards[0].to[0].team"),
        ({"awards": [{"name": "奖", "by_hand": True, "to": [{"name": "长" * 201}]}]}, "race.awards[0].to[0].name"),
        ({"awards": [{"name": "奖", "by_hand": True, "to": [{"name": "甲"}] * 501}]}, "race.awards[0].to"),
        ({"awards": [{"name": "奖", "places": [1, 3], "to": [{"name": "甲"}]}]}, "race.awards[0].to"),
        ({"motto": "x"}, "race.motto"),
    ],
)
def test_what_a_race_may_not_say_of_itself(data: dict[str, Any], path: str) -> None:
    assert path in about(**data)[1]


def test_an_award_by_hand_has_no_places() -> None:
    found, _ = about(awards=[{"name": "奖", "by_hand": True}])
    assert found.awards == (Award("奖", by_hand=True),)


@pytest.mark.parametrize(
    ("data", "incomplete"),
    [
        ({}, Incomplete()),
        ({"incomplete": "allow"}, Incomplete()),
        ({"incomplete": "not_competing"}, Incomplete("not_competing")),
        ({"incomplete": {"penalty_s": 300}}, Incomplete("penalty_s", 300)),
    ],
)
def test_what_a_short_team_gets_is_the_class_s_own(data: dict[str, Any], incomplete: Incomplete) -> None:
    found, faults = class_(**data)
    assert (found.incomplete, faults) == (incomplete, [])
    assert class_(**{k: v for k, v in class_to_json(found).items() if k not in {"id", "course"}})[0] == found


@pytest.mark.parametrize("kind", StartKind)
def test_a_class_starts_in_one_of_four_ways(kind: StartKind) -> None:
    assert class_(start=kind.value)[0].start is kind


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ({"id": ""}, "classes[0].id"),
        ({"course": None}, "classes[0].course"),
        ({"start": "jump"}, "classes[0].start"),
        ({"time_limit_s": 0}, "classes[0].time_limit_s"),
        ({"team_size": 0}, "classes[0].team_size"),
        ({"incomplete": "never"}, "classes[0].incomplete"),
        ({"incomplete": {"minutes": 5}}, "classes[0].incomplete.minutes"),
        ({"incomplete": {}}, "classes[0].incomplete.penalty_s"),
    ],
)
def test_what_a_class_may_not_say(data: dict[str, Any], path: str) -> None:
    assert path in class_(**data)[1]
