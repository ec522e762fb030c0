"""What a race says of itself, and its classes: race-file JSON to model and back."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from base.clock import format_instant
from base.faults import Fault
from base.forms import Reader
from base.languages import LANGUAGES, Words
from quizzes.model import Practice
from race.model import About, Award, Class, Host, Incomplete, Recipient, RecipientKind, StartKind

# Pages of the organizer's own stand beside the races: /organize/signin is no race.
RESERVED = frozenset(
    {"signin", "signout", "welcome", "token", "tokens", "new", "colleagues", "account", "races", "signup"}
)
# So long a phone may be without signal before the jury is told.
OFFLINE_S = 1200
INCOMPLETE = ("allow", "not_competing")


def read_about(data: Any, path: str, faults: list[Fault]) -> About:
    """Read the `race` part of a race file."""
    reader = Reader(data, path, faults)
    reader.needed("slug")
    slug = reader.string("slug", longest=64)
    if slug and not all(symbol.isascii() and (symbol.isalnum() or symbol in "-_") for symbol in slug):
        reader.fault("slug", Words("Use only letters a-z, digits and hyphens here: it becomes part of an address."))
    if slug.lower() in RESERVED:
        reader.fault("slug", Words("This short name is taken by the program itself. Please choose another."))
    closing = reader.child("closing") if "closing" in reader else None
    timezone = reader.string("timezone", "Asia/Shanghai")
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError):
        reader.fault("timezone", Words("This time zone is not known. Write it as Asia/Shanghai."))
        timezone = "Asia/Shanghai"
    about = About(
        slug=slug.lower(),
        name=reader.text("name"),
        theme=reader.text("theme"),
        venue=reader.text("venue"),
        hosts=tuple(_read_host(item, place, faults) for place, item in reader.items("hosts", most=50)),
        logo=reader.string("logo"),
        emergency_phone=reader.string("emergency_phone", longest=40),
        timezone=timezone,
        language=reader.choice("language", LANGUAGES, "zh"),
        closing_after_s=closing.optional_integer("after_gun_s", least=1, most=7 * 86400) if closing else None,
        closing_at=closing.instant("at") if closing else None,
        awards=tuple(_read_award(item, place, faults) for place, item in reader.items("awards", most=200)),
        planned_at=reader.instant("planned"),
        erase_on=_read_day(reader, "erase_on"),
        placed=reader.optional_integer("placed", least=0, most=100_000),
        members_shown=reader.truth("members_shown"),
        practice=_read_practice(reader),
        places_early=reader.truth("places_early"),
        offline_s=reader.integer("offline_s", OFFLINE_S, least=60, most=86_400),
    )
    if closing:
        closing.close()
        if about.closing_after_s is not None and about.closing_at is not None:
            reader.fault("closing", Words("Closing is either a length after the gun or an instant, not both."))
    reader.take("closing")
    reader.close()
    return about


def _read_practice(reader: Reader) -> Practice | None:
    """Read which banks are open for practice, and until when; without one of both it is closed."""
    if "practice" not in reader:
        return None
    child = reader.child("practice")
    for key in ("banks", "until"):
        child.needed(key)
    banks = dict.fromkeys(str(item) for _, item in child.items("banks", most=100))
    until = child.instant("until")
    child.close()
    return Practice(tuple(banks), until) if banks and until is not None else None


def _read_day(reader: Reader, key: str) -> str:
    day = reader.string(key, longest=10)
    try:
        return date.fromisoformat(day).isoformat() if day else ""
    except ValueError:
        reader.fault(key, Words("This must be a day, as 2026-05-01."))
        return ""


def _read_host(data: Any, path: str, faults: list[Fault]) -> Host:
    reader = Reader(data, path, faults)
    host = Host(reader.string("role", longest=40), reader.string("name", longest=200))
    reader.close()
    return host


def _read_award(data: Any, path: str, faults: list[Fault]) -> Award:
    reader = Reader(data, path, faults)
    reader.needed("name")
    places = [item for _, item in reader.items("places", most=2)]
    whole = len(places) == 2 and all(isinstance(item, int) for item in places)
    if places and not (whole and 1 <= places[0] <= places[1]):
        reader.fault("places", Words("Places are a first and a last one, as [1, 3]."))
        places = []
    award = Award(
        name=reader.string("name", longest=80),
        class_=reader.string("class", longest=64) or None,
        places=(places[0], places[1]) if places else None,
        by_hand=reader.truth("by_hand"),
        to=tuple(
            found for place, item in reader.items("to", most=500) if (found := _read_recipient(item, place, faults))
        ),
    )
    if award.to and not award.by_hand:
        reader.fault("to", Words('Only an award given by hand names who gets it: add "by_hand": true.'))
    reader.close()
    return award


def _read_recipient(data: Any, path: str, faults: list[Fault]) -> Recipient | None:
    reader = Reader(data, path, faults)
    named = [(kind, value) for kind in RecipientKind if (value := reader.string(kind, longest=200))]
    reader.close()
    if len(named) != 1:
        reader.fault("", Words("Name one who gets the award: an entry, a club, or a name."))
        return None
    return Recipient(*named[0])


def read_class(data: Any, path: str, faults: list[Fault]) -> Class:
    """Read one class."""
    reader = Reader(data, path, faults)
    reader.needed("id")
    reader.needed("course")
    class_ = Class(
        id=reader.string("id", longest=64),
        course=reader.string("course", longest=64),
        name=reader.text("name"),
        start=StartKind(reader.choice("start", StartKind, StartKind.MASS)),
        time_limit_s=reader.optional_integer("time_limit_s", least=1, most=7 * 86400),
        team_size=reader.optional_integer("team_size", least=1, most=1000),
        incomplete=_read_incomplete(reader),
    )
    reader.close()
    return class_


def _read_incomplete(reader: Reader) -> Incomplete:
    if not isinstance(reader.take("incomplete"), dict):
        return Incomplete(reader.choice("incomplete", INCOMPLETE, "allow"))
    child = reader.child("incomplete")
    child.needed("penalty_s")
    incomplete = Incomplete("penalty_s", child.integer("penalty_s", 0, most=86400))
    child.close()
    return incomplete


def about_to_json(about: About) -> dict[str, Any]:
    """Return the race file's form, without what is empty."""
    data: dict[str, Any] = {
        "slug": about.slug,
        "name": about.name,
        "theme": about.theme,
        "venue": about.venue,
        "hosts": [{"role": host.role, "name": host.name} for host in about.hosts],
        "logo": about.logo,
        "emergency_phone": about.emergency_phone,
        "timezone": about.timezone,
        "language": about.language,
        "awards": [_award_to_json(award) for award in about.awards],
        "erase_on": about.erase_on,
        "members_shown": about.members_shown,
        "places_early": about.places_early,
    }
    if about.offline_s != OFFLINE_S:
        data["offline_s"] = about.offline_s
    if about.planned_at is not None:
        data["planned"] = format_instant(about.planned_at, about.timezone)
    if about.closing_after_s is not None:
        data["closing"] = {"after_gun_s": about.closing_after_s}
    elif about.closing_at is not None:
        data["closing"] = {"at": format_instant(about.closing_at, about.timezone)}
    if about.practice:
        until = format_instant(about.practice.until, about.timezone)
        data["practice"] = {"banks": list(about.practice.banks), "until": until}
    filled = {name: value for name, value in data.items() if value}
    return filled if about.placed is None else {**filled, "placed": about.placed}


def _award_to_json(award: Award) -> dict[str, Any]:
    data: dict[str, Any] = {"name": award.name}
    if award.class_:
        data["class"] = award.class_
    if award.places:
        data["places"] = list(award.places)
    if award.by_hand:
        data["by_hand"] = True
    if award.to:
        data["to"] = [{recipient.kind.value: recipient.value} for recipient in award.to]
    return data


def class_to_json(class_: Class) -> dict[str, Any]:
    """Return the race file's form of a class."""
    data: dict[str, Any] = {"id": class_.id, "course": class_.course, "start": class_.start.value}
    if class_.name:
        data["name"] = class_.name
    if class_.time_limit_s is not None:
        data["time_limit_s"] = class_.time_limit_s
    if class_.team_size is not None:
        data["team_size"] = class_.team_size
    incomplete = class_.incomplete
    if incomplete.rule != "allow":
        data["incomplete"] = {"penalty_s": incomplete.penalty_s} if incomplete.rule == "penalty_s" else incomplete.rule
    return data
