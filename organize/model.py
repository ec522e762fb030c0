"""The steps of an organizer's way, and how far each has come."""

from dataclasses import dataclass
from enum import StrEnum

from base.languages import Words


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
    one, of all signs; heads and counts are of teams.
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
