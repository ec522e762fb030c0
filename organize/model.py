"""The steps of an organizer's way, and how far each has come."""

from dataclasses import dataclass
from enum import StrEnum

from base.languages import Words
from race.model import Run


class StepName(StrEnum):
    """The steps, in the order an organizer takes them. Each is also the last part of its page's address."""

    BASICS = "basics"
    MAP = "map"
    CHECKPOINTS = "checkpoints"
    TASKS = "tasks"
    TEAMS = "teams"
    PRINT = "print"
    TRIAL = "trial"
    CHECKIN = "checkin"
    CONTROL = "control"
    JURY = "jury"
    PUBLISH = "publish"


class StepState(StrEnum):
    """Whether a step is done, lacks something that the race needs, or still lies ahead."""

    DONE = "done"
    LACKING = "lacking"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `note` is a count or what is missing, in a few words, or None; `next` says what to do about it."""

    name: StepName
    title: Words
    state: StepState
    note: Words | None = None
    todo: Words | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """What the checklist has to know beyond the set-up. Instants are UTC milliseconds, None where it has not happened.

    `ticked` are steps that the organizer called done; `trials` counts the trials run; `verified` the signs scanned in
    one, of all signs; heads and counts are of teams. `lapsed` are banks in use that were approved once and are no more.
    """

    stage: str
    has_picture: bool = False
    ticked: frozenset[str] = frozenset()
    trials: int = 0
    signs_verified: int = 0
    checked_in: int = 0
    gun: int | None = None
    closed: bool = False
    still_open: int = 0
    lapsed: tuple[str, ...] = ()


class Tab(StrEnum):
    """The lists of race control. Who is back and not counted stands in two of them."""

    OUT = "out"
    BACK = "back"
    HEADS = "heads"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Day:
    """The race day at one moment: teams by list, in the order of the entries; heads are people. `quiet` is of `out`."""

    tabs: dict[Tab, list[Run]]
    expected_heads: int
    checked_in: int
    checked_in_heads: int
    quiet: int


@dataclass(frozen=True, slots=True)
class Queue:
    """A station at one moment: entries that play, and those that wait with when they came (UTC ms), first come first.

    `wait_s` is how long who comes now will wait; `cap_s` how much of a wait is credited.
    """

    checkpoint: str
    game: str
    playing: tuple[str, ...]
    waiting: tuple[tuple[int, str], ...]
    wait_s: int
    cap_s: int


@dataclass(frozen=True, slots=True)
class Group:
    """Who starts by one gun: a class or a wave, None meaning all. `at` is its gun (UTC ms), None before it."""

    class_: str | None
    wave: str | None
    at: int | None = None


@dataclass(frozen=True, slots=True)
class ClubLink:
    """A club's sign-up link: `number` names it in its race, a new `version` makes a new key and ends the old one.

    `contact` and `phone` are whom the club named; `changed_at` is when it last saved (UTC ms), None where it has not.
    """

    number: int
    club: str
    most_teams: int
    version: int = 1
    closed: bool = False
    contact: str = ""
    phone: str = ""
    changed_at: int | None = None
