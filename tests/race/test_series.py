import pytest

from race.model import Setup
from race.rules.scored import score_race
from race.rules.series import overall, points_by_place, points_by_time, series_table
from race.rules.standing import club_table
from tests.factories import Log, race, race_file


def two_classes(other: str = "count") -> Setup:
    formats = {"A": "count", "B": other}
    courses = [{"id": name, "format": format_, "checkpoints": ["31"]} for name, format_ in formats.items()]
    entries = [{"id": name, "bib": name, "club": club, "class": class_} for name, club, class_ in (
        ("1", "湿地工会", "a"), ("2", "河道工会", "b"), ("3", "湿地工会", "a"))]  # fmt: skip
    classes = [{"id": "a", "course": "A"}, {"id": "b", "course": "B"}]
    return race(race_file(checkpoints=[{"code": "31"}], courses=courses, classes=classes, entries=entries))


def log(**times: float) -> Log:
    made = Log()
    made.gun(0)
    for name, seconds in times.items():
        made.punch(name[1:], "31", 10)
        made.finish(name[1:], seconds)
    return made


def test_all_classes_of_one_format_make_one_list() -> None:
    setup = two_classes()
    scored = score_race(setup, log(t1=300, t2=200, t3=300).facts)
    assert [(item.run.entry, item.place) for item in overall(setup, scored.runs.values())] == [
        ("2", 1),
        ("1", 2),
        ("3", 2),
    ]


def test_classes_of_different_formats_make_no_one_list() -> None:
    setup = two_classes("line")
    with pytest.raises(ValueError, match="count, line"):
        overall(setup, score_race(setup, []).runs.values())


def test_points_by_time_are_exact_and_round_half_up() -> None:
    setup = two_classes()
    standings = score_race(setup, log(t1=2000, t3=2001).facts).classes["a"]
    assert points_by_time(standings) == {"1": 1000, "3": 1000}  # 999.50…
    standings = score_race(setup, log(t1=1000, t3=3000).facts).classes["a"]
    assert points_by_time(standings) == {"1": 1000, "3": 333}


def test_who_is_not_placed_gets_no_points() -> None:
    standings = score_race(two_classes(), log(t1=1000).facts).classes["a"]
    assert points_by_time(standings) == {"1": 1000}
    assert points_by_place(standings, [10, 8]) == {"1": 10}


def test_who_share_a_place_share_its_points_and_places_beyond_the_table_get_none() -> None:
    standings = score_race(two_classes(), log(t1=500, t3=500).facts).classes["a"]
    assert points_by_place(standings, [10, 8]) == {"1": 10, "3": 10}
    standings = score_race(two_classes(), log(t1=500, t3=600).facts).classes["a"]
    assert points_by_place(standings, [10]) == {"1": 10, "3": 0}


def test_a_series_adds_up_the_best_races_and_equal_sums_share_a_place() -> None:
    races = [{"a": 1000, "b": 900, "c": 100}, {"a": 500, "b": 900}, {"a": 800, "c": 1000}]
    assert series_table(races) == [(1, "a", 2300), (2, "b", 1800), (3, "c", 1100)]
    assert series_table(races, best=2) == [(1, "a", 1800), (1, "b", 1800), (3, "c", 1100)]


def test_a_club_may_count_all_its_teams() -> None:
    setup = two_classes()
    scored = score_race(setup, log(t1=300, t2=200, t3=400).facts)
    standings = [item for in_class in scored.classes.values() for item in in_class]
    assert club_table(setup, standings, best=None) == [(1, "湿地工会", 2, 700, 2), (2, "河道工会", 1, 200, 1)]
