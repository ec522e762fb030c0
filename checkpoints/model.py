"""Checkpoints, their tasks, and courses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from base.languages import Text
from maps.model import Position


class CheckpointKind(StrEnum):
    """What a checkpoint is for."""

    START = "start"
    CONTROL = "control"
    FINISH = "finish"


class TaskKind(StrEnum):
    """What a checkpoint may ask."""

    QUIZ = "quiz"
    GAME = "game"


@dataclass(frozen=True, slots=True)
class Task:
    """One task at a checkpoint: the id of a quiz or of a game."""

    kind: TaskKind
    id: str


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A place with a sign. `id` never changes and makes the key; `code` is the printed number and no secret."""

    id: str
    code: str
    kind: CheckpointKind = CheckpointKind.CONTROL
    name: Text = ""
    description: Text = ""
    position: Position | None = None
    points: int = 0
    tasks: tuple[Task, ...] = ()
    sign_version: int = 1


@dataclass(frozen=True, slots=True)
class Course:
    """The checkpoints of a class, by code, and the format they are run in. `options` are the format's own."""

    id: str
    format: str
    checkpoints: tuple[Any, ...]
    options: Mapping[str, Any] = field(default_factory=dict)
