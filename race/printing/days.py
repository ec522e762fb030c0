"""The day and the hours of a race, as paper shows them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from checkpoints.printing import show_day
from race.model import Setup, Whole


def day_of(setup: Setup, whole: Whole) -> date | None:
    """Return the day of the race in its own time zone: of the first gun, else of what is planned; None if unknown."""
    about = setup.about
    planned = [about.planned_at, about.closing_at, *(entry.starts_at for entry in setup.entries.values())]
    first = min((instant for instant in planned if instant is not None), default=None)
    instant = min(whole.guns.values(), default=first)
    return None if instant is None else _there(instant, setup).date()


def hour(instant: int, setup: Setup) -> str:
    """Return an instant as the time of day at the race, `9:02`, with its seconds where there are any."""
    moment = _there(instant, setup)
    return f"{moment.hour}:{moment:%M}" + (f":{moment:%S}" if moment.second else "")


def day_and_hour(instant: int, setup: Setup, language: str) -> str:
    """Return an instant as people at the race write it, to the minute."""
    moment = _there(instant, setup)
    return f"{show_day(moment.date(), language)} {moment.hour}:{moment:%M}"


def _there(instant: int, setup: Setup) -> datetime:
    return datetime.fromtimestamp(instant // 1000, UTC).astimezone(ZoneInfo(setup.about.timezone))
