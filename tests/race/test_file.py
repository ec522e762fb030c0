import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from base.faults import Fault, FaultyInput
from race.forms.file import read_race_file, setup_to_json
from tests.factories import changed, race, race_file


def faults_of(data: Any) -> list[str]:
    with pytest.raises(FaultyInput) as caught:
        read_race_file(data)
    return [str(fault) for fault in caught.value.faults]


def test_what_is_written_is_what_was_read() -> None:
    written = setup_to_json(race())
    assert read_race_file(written) == race()
    assert setup_to_json(read_race_file(json.loads(json.dumps(written)))) == written


def test_for_scoring_courses_classes_and_entries_are_enough() -> None:
    setup = read_race_file(
        {
            "waypost": 1,
            "courses": [{"id": "A", "format": "count", "checkpoints": ["31", "32"]}],
            "classes": [{"id": "open", "course": "A"}],
            "entries": [{"id": "1"}],
        }
    )
    assert list(setup.checkpoints) == ["31", "32"]
    assert setup.entries["1"].class_ == "open"


def test_entries_draw_in_the_order_they_stand_unless_they_have_numbers_already() -> None:
    assert [entry.draw_no for entry in race().entries.values()] == [0, 1, 2]
    numbered = read_race_file(race_file(), {"1": 7, "2": 3, "3": 9})
    assert [entry.draw_no for entry in numbered.entries.values()] == [7, 3, 9]


@pytest.mark.parametrize(
    ("data", "paths"),
    [
        ({}, ["waypost"]),
        ({"waypost": 2}, ["waypost"]),
        ([], [""]),
        (race_file(checkpoint=[]), ["checkpoint"]),
        (changed("checkpoints", 1, tasks=[{"quiz": "none"}]), ["checkpoints[31].tasks"]),
        (changed("checkpoints", 1, tasks=[{"dance": "x"}]), ["checkpoints[1].tasks[0].quiz"]),
        (changed("checkpoints", 1, lat=95), ["checkpoints[1].lat"]),
        (changed("checkpoints", 1, lat=None), ["checkpoints[1].lat"]),
        (changed("checkpoints", 1, code="32"), ["checkpoints[2]"]),
        (changed("quizzes", bank="none"), ["quizzes[gate].bank"]),
        (changed("classes", course="none"), ["classes[open].course"]),
        (changed("classes", start="jump"), ["classes[0].start"]),
        (race_file(race={"slug": "x", "awards": [{"name": "奖", "by_hand": True, "to": [{"entry": "9"}]}]}),
         ["race.awards[0].to"]),
        (changed("entries", 1, **{"class": "none"}), ["entries[2].class"]),
        (changed("entries", 1, id="1"), ["entries[1]"]),
        (changed("entries", 1, bib="1"), ["entries[1].bib"]),
        (changed("entries", 1, idcard="110101"), ["entries[1].idcard"]),
        (changed("courses", time_limit_s=60) | {"classes": changed("classes", time_limit_s=60)["classes"]},
         ["classes[open].time_limit_s"]),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_its_path(data: Any, paths: list[str]) -> None:
    found = [fault.split(": ", 1)[0] if ": " in fault else "" for fault in faults_of(data)]
    assert set(paths) <= set(found) | ({""} if paths == [""] else set())


def test_all_faults_of_a_file_are_told_together() -> None:
    data = race_file()
    data["checkpoints"][1]["lat"] = "north"
    data["classes"][0]["start"] = "jump"
    data["entries"][2]["colour"] = "red"
    assert len(faults_of(data)) >= 3


things = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**12) | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "zh", "kind", "x"]), inner),
    max_leaves=4,
)


def places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a JSON value, the deepest ones too."""
    if path:
        yield path
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for name, value in items:
        if not (path[:1] == ("banks",) and isinstance(name, int) and name > 1):
            yield from places(value, (*path, name))


PLACES = sorted(places(race_file()), key=str)


@given(st.sampled_from(PLACES), things)
@settings(max_examples=300, deadline=None)
def test_a_file_spoilt_anywhere_is_read_or_refused_and_never_an_error(path: tuple[Any, ...], value: Any) -> None:
    data = race_file()
    at: Any = data
    for name in path[:-1]:
        at = at[name]
    at[path[-1]] = value
    faults: list[Fault] = []
    try:
        setup = read_race_file(data)
    except FaultyInput as faulty:
        faults, setup = faulty.faults, None
    assert (setup is None) is bool(faults)
    assert all(str(fault) for fault in faults)
    if setup:
        written = setup_to_json(setup)
        assert setup_to_json(read_race_file(written)) == written
