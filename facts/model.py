"""A race's identity and stage, and the facts of its log."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Stage(StrEnum):
    """How far a race has come. Facts of set-up and trial never count."""

    SETUP = "set-up"
    TRIAL = "trial"
    RACE = "race"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Race:
    """One race as the log knows it. `log` names where facts go now; `secret` makes every printed key of the race."""

    id: int
    slug: str
    stage: Stage
    log: str
    secret: bytes


@dataclass(frozen=True, slots=True)
class Draft:
    """A fact that is not in the log yet. Instants are UTC milliseconds; `body` holds what is particular to its kind."""

    id: str
    kind: str
    at: int
    received_at: int
    by: str
    entry: str | None = None
    checkpoint: str | None = None
    body: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that happened. `revision` counts 1, 2, 3 … in its race; `chain` seals it and all before it.

    `digest` is the SHA-256 of the body that was sealed, where that body was blanked since; else None.
    """

    id: str
    kind: str
    at: int
    received_at: int
    by: str
    entry: str | None
    checkpoint: str | None
    body: Mapping[str, Any]
    log: str
    revision: int
    chain: bytes
    digest: str | None = None
