from typing import Any

import pytest

from base.faults import Fault
from checkpoints.forms import checkpoint_to_json, course_to_json, read_checkpoint, read_course
from checkpoints.model import Checkpoint, CheckpointKind, Course, Task, TaskKind
from maps.model import Position


def checkpoint(**data: Any) -> tuple[Checkpoint, list[str]]:
    faults: list[Fault] = []
    return read_checkpoint({"code": "31", **data}, "checkpoints[0]", faults), [fault.path for fault in faults]


def course(**data: Any) -> tuple[Course, list[str]]:
    faults: list[Fault] = []
    return read_course({"id": "A", "format": "count", **data}, "courses[0]", faults), [fault.path for fault in faults]


WHOLE = {
    "code": "31",
    "kind": "control",
    "name": {"zh": "木桥", "en": "Bridge"},
    "lat": 39.8,
    "lon": 116.4,
    "description": "桥西头",
    "points": 10,
    "tasks": [{"quiz": "q1"}, {"game": "g1"}],
}


def test_a_checkpoint_comes_back_as_it_went_in() -> None:
    found, faults = checkpoint(**{name: value for name, value in WHOLE.items() if name != "code"})
    assert faults == []
    assert checkpoint_to_json(found) == WHOLE
    assert found.tasks == (Task(TaskKind.QUIZ, "q1"), Task(TaskKind.GAME, "g1"))
    assert found.position == Position(39.8, 116.4)


def test_a_number_written_as_a_number_is_a_code() -> None:
    assert checkpoint(code=31)[0].code == "31"


@pytest.mark.parametrize("kind", CheckpointKind)
def test_a_checkpoint_is_a_start_a_control_or_a_finish(kind: CheckpointKind) -> None:
    assert checkpoint(kind=kind.value)[0].kind is kind


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ({"code": ""}, "checkpoints[0].code"),
        ({"code": "3" * 21}, "checkpoints[0].code"),
        ({"kind": "bar"}, "checkpoints[0].kind"),
        ({"lat": 39.8}, "checkpoints[0].lat"),
        ({"lat": 91, "lon": 0}, "checkpoints[0].lat"),
        ({"lat": 0, "lon": -181}, "checkpoints[0].lon"),
        ({"points": -5}, "checkpoints[0].points"),
        ({"tasks": [{}]}, "checkpoints[0].tasks[0].quiz"),
        ({"tasks": [{"quiz": "q", "game": "g"}]}, "checkpoints[0].tasks[0].quiz"),
        ({"tasks": [{"quiz": "q"}] * 11}, "checkpoints[0].tasks"),
        ({"key": "SECRET"}, "checkpoints[0].key"),
    ],
)
def test_what_a_checkpoint_may_not_say(data: dict[str, Any], path: str) -> None:
    assert path in checkpoint(**data)[1]


def test_a_course_keeps_its_format_s_options_as_they_are() -> None:
    options = {"points": {"31": 5}, "late": {"points_per_minute": "1/4"}, "minimum_points": 10}
    found, faults = course(format="score", checkpoints=["31", "32"], **options)
    assert (found.options, faults) == (options, [])
    assert course_to_json(found) == {"id": "A", "format": "score", "checkpoints": ["31", "32"], **options}


def test_a_course_may_hold_the_time_limit_of_all_its_classes() -> None:
    assert course(time_limit_s=3600)[0].options == {"time_limit_s": 3600}


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ({"id": None}, "courses[0].id"),
        ({"format": None}, "courses[0].format"),
        ({"checkpoints": "31"}, "courses[0].checkpoints"),
        ({"time_limit_s": 0}, "courses[0].time_limit_s"),
        ({"laps": 2}, "courses[0].laps"),
    ],
)
def test_what_a_course_may_not_say(data: dict[str, Any], path: str) -> None:
    assert path in course(**data)[1]
