"""When a gun is to fire: at once, in some seconds, or at a time of day."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from base.languages import Words
from organize.forms.fields import Fields

SOON_S = (10, 30, 60)
LATEST_MS = 12 * 3_600_000


def read_gun(fields: Fields, now: int, timezone: str) -> int | None:
    """Return the instant (UTC ms) that the form's `when` and `time` name, whole seconds where it is not at once.

    None with a fault noted where it cannot be read, has passed, or lies more than twelve hours ahead.
    """
    when = fields.text("when", 8) or "now"
    if when == "now":
        return now
    if when in {str(length) for length in SOON_S}:
        return -(-now // 1000) * 1000 + int(when) * 1000
    at = read_time(fields, "time", now, timezone)
    if at is None:
        return None
    if at < now - 1000:
        fields.fault("time", Words("That time has passed. To correct a gun that was fired, see the clocks."))
    elif at > now + LATEST_MS:
        fields.fault("time", Words("That is more than twelve hours ahead."))
    return None if fields.faults else at


def read_time(fields: Fields, name: str, near: int, timezone: str) -> int | None:
    """Return the instant (UTC ms) of a time of day, as 9:00 or 9:00:05, on the day that brings it nearest to `near`."""
    text = fields.text(name, 12).replace("：", ":")  # Chinese keyboards give the wide colon
    parts = text.split(":")
    if not (2 <= len(parts) <= 3 and all(part.isdecimal() and len(part) <= 2 for part in parts)):
        fields.fault(name, Words("Give a time of day, as 9:00 or 9:00:05."))
        return None
    hour, minute, second = (*map(int, parts), 0)[:3]
    if hour > 23 or minute > 59 or second > 59:
        fields.fault(name, Words("Give a time of day, as 9:00 or 9:00:05."))
        return None
    local = datetime.fromtimestamp(near // 1000, UTC).astimezone(ZoneInfo(timezone))
    on_day = local.replace(hour=hour, minute=minute, second=second, microsecond=0)
    days = (on_day + timedelta(days=step) for step in (-1, 0, 1))
    return min((round(day.timestamp()) * 1000 for day in days), key=lambda at: abs(at - near))
