"""Checkpoints and courses: race-file JSON to model and back."""

from typing import Any

from base.faults import Fault
from base.forms import Reader
from base.languages import Words
from checkpoints.model import Checkpoint, CheckpointKind, Course, Task, TaskKind
from maps.model import Position

# What a course may hold besides id, format and checkpoints; each format checks its own options.
OPTIONS = ("points", "late", "minimum_points", "compulsory", "free", "missed", "voided_legs", "weight", "distinct")


def read_checkpoint(data: Any, path: str, faults: list[Fault]) -> Checkpoint:
    """Read one checkpoint; its code is also its lasting id."""
    reader = Reader(data, path, faults)
    reader.needed("code")
    code = reader.string("code", longest=20)
    lat = reader.number("lat", least=-90, most=90)
    lon = reader.number("lon", least=-180, most=180)
    if (lat is None) != (lon is None):
        reader.fault("lat", Words("A position needs both lat and lon."))
    checkpoint = Checkpoint(
        id=code,
        code=code,
        kind=CheckpointKind(reader.choice("kind", CheckpointKind, CheckpointKind.CONTROL)),
        name=reader.text("name"),
        description=reader.text("description"),
        position=Position(lat, lon) if lat is not None and lon is not None else None,
        points=reader.integer("points", 0),
        tasks=tuple(_read_task(item, place, faults) for place, item in reader.items("tasks", most=10)),
    )
    reader.close()
    return checkpoint


def _read_task(data: Any, path: str, faults: list[Fault]) -> Task:
    reader = Reader(data, path, faults)
    kind = TaskKind.GAME if "game" in reader else TaskKind.QUIZ
    reader.needed(kind)
    task = Task(kind, reader.string(kind, longest=64))
    reader.close()
    return task


def read_course(data: Any, path: str, faults: list[Fault]) -> Course:
    """Read one course. Its options are taken as they are: the format they belong to checks them."""
    reader = Reader(data, path, faults)
    reader.needed("id")
    reader.needed("format")
    course = Course(
        id=reader.string("id", longest=64),
        format=reader.string("format", longest=20),
        checkpoints=tuple(_as_written(item) for _, item in reader.items("checkpoints", most=1000)),
        options={name: reader.take(name) for name in OPTIONS if name in reader},
    )
    reader.take("time_limit_s")
    if "time_limit_s" in reader:
        course = Course(
            course.id,
            course.format,
            course.checkpoints,
            {**course.options, "time_limit_s": reader.optional_integer("time_limit_s", least=1)},
        )
    reader.close()
    return course


def _as_written(item: Any) -> Any:
    """Return an item with its codes as texts: people write 31 as readily as "31"."""
    if isinstance(item, int) and not isinstance(item, bool):
        return str(item)
    if isinstance(item, dict) and isinstance(item.get("any_of"), list):
        return {**item, "any_of": [_as_written(code) for code in item["any_of"]]}
    return item


def checkpoint_to_json(checkpoint: Checkpoint) -> dict[str, Any]:
    """Return the race file's form of a checkpoint, without what is empty."""
    data: dict[str, Any] = {"code": checkpoint.code, "kind": checkpoint.kind.value}
    if checkpoint.name:
        data["name"] = checkpoint.name
    if checkpoint.position:
        data |= {"lat": checkpoint.position.lat, "lon": checkpoint.position.lon}
    if checkpoint.description:
        data["description"] = checkpoint.description
    if checkpoint.points:
        data["points"] = checkpoint.points
    if checkpoint.tasks:
        data["tasks"] = [{task.kind.value: task.id} for task in checkpoint.tasks]
    return data


def course_to_json(course: Course) -> dict[str, Any]:
    """Return the race file's form of a course."""
    return {"id": course.id, "format": course.format, "checkpoints": list(course.checkpoints), **course.options}
