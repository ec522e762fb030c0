"""What a race says of itself."""

from dataclasses import dataclass
from enum import StrEnum

from base.languages import Text
from quizzes.model import Practice


@dataclass(frozen=True, slots=True)
class Host:
    """Who holds the race, in which role (主办, 承办, 协办)."""

    role: str
    name: str


class RecipientKind(StrEnum):
    """Whom an award by hand may go to: a team of the race, a club, or anybody by name."""

    ENTRY = "entry"
    CLUB = "club"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets an award by hand: the id of an entry, or a name as it is to be printed."""

    kind: RecipientKind
    value: str


@dataclass(frozen=True, slots=True)
class Award:
    """A prize for places of a class, or one given by hand to those in `to`."""

    name: str
    class_: str | None = None
    places: tuple[int, int] | None = None
    by_hand: bool = False
    to: tuple[Recipient, ...] = ()


@dataclass(frozen=True, slots=True)
class About:
    """What a race says of itself. Closing is a length after the gun, unless an instant is fixed.

    `planned_at` is when the gun is to be fired; `erase_on` the day (ISO) on which personal data go; `placed` how many
    of a class the public list shows with their places (None: all); `members_shown` whether it names people;
    `places_early` whether teams and public may know before the start where checkpoints lie; a phone that
    was without signal for longer than `offline_s` is shown to the jury.
    """

    slug: str
    name: Text = ""
    theme: Text = ""
    venue: Text = ""
    hosts: tuple[Host, ...] = ()
    logo: str = ""
    emergency_phone: str = ""
    timezone: str = "Asia/Shanghai"
    language: str = "zh"
    closing_after_s: int | None = None
    closing_at: int | None = None
    awards: tuple[Award, ...] = ()
    planned_at: int | None = None
    erase_on: str = ""
    placed: int | None = None
    members_shown: bool = False
    practice: Practice | None = None
    places_early: bool = False
    offline_s: int = 1200
