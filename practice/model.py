"""A sheet to practise on, and a duel of two by the clock."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a practice sheet holds, and when it was handed out (UTC milliseconds). The phone keeps it, signed."""

    bank: str
    questions: tuple[str, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Turn:
    """One player asks, the other answers. `asker` is a seat, 0 or 1; instants are UTC milliseconds.

    It begins with the questions `offered` to the asker, goes on with the one that was asked, and ends with an answer
    (as the bank numbers choices; None where time ran out) that is right or wrong.
    """

    asker: int
    offered: tuple[str, ...]
    begun_at: int
    question: str | None = None
    asked_at: int | None = None
    answer: Any = None
    right: bool | None = None
    ended_at: int | None = None


@dataclass(frozen=True, slots=True)
class Duel:
    """Two people on two phones. It begins when the second has come in; `draw_no` is its place in the bank's order."""

    code: str
    bank: str
    draw_no: int
    names: tuple[str, ...]
    opened_at: int
    started_at: int | None = None
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """What one player has so far."""

    right: int = 0
    wrong: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One person in the table of the evening, over all their duels."""

    name: str
    duels: int
    won: int
    right: int
    squats: int
