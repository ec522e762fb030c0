"""Erasing personal data: who took part goes, what teams did stays.

Names, numbers and emergency contacts stand with the entries, and who was given an award by name stands with the awards.
In the log only what people typed freely could name somebody: messages, calls for help (with where they came
from), and why a team gave up.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from race.model import About, RecipientKind, Setup

# How long names are kept after the race, unless the organizer says otherwise: protests are over, certificates are out.
USUAL_DAYS = 30
# What stands in the place of a person's name after it was erased: how many they were still counts.
NOBODY = "–"


def usual_day(planned: int | None, now: int, timezone: str, days: int = USUAL_DAYS) -> str:
    """Return the day that many `days` after the race, else after today: on it one usually erases."""
    moment = datetime.fromtimestamp((now if planned is None else planned) / 1000, UTC).astimezone(ZoneInfo(timezone))
    return (moment.date() + timedelta(days=days)).isoformat()


def has_come(about: About, now: int) -> bool:
    """Tell whether the day on which personal data is erased has begun where the race is."""
    if not about.erase_on:
        return False
    today = datetime.fromtimestamp(now / 1000, UTC).astimezone(ZoneInfo(about.timezone)).date()
    return today >= date.fromisoformat(about.erase_on)


def names_anybody(setup: Setup) -> bool:
    """Tell whether a race's set-up still says who somebody is."""
    return any(
        entry.contact or any(member.name != NOBODY or member.phone or member.emergency for member in entry.members)
        for entry in setup.entries.values()
    ) or any(to.kind is RecipientKind.NAME for award in setup.about.awards for to in award.to)


def erased(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a race file that names nobody: how many were in each team stays, and so do teams, clubs and results."""
    entries = [
        {key: value for key, value in entry.items() if key not in {"contact", "members"}}
        | ({"members": [NOBODY] * len(entry["members"])} if entry.get("members") else {})
        for entry in data.get("entries", [])
    ]
    about = dict(data.get("race", {}))
    if about.get("awards"):
        about["awards"] = [_unnamed(award) for award in about["awards"]]
    return {**data, **({"race": about} if about else {}), **({"entries": entries} if entries else {})}


def _unnamed(award: Mapping[str, Any]) -> dict[str, Any]:
    to = [one for one in award.get("to", []) if RecipientKind.NAME not in one]
    return {**{key: value for key, value in award.items() if key != "to"}, **({"to": to} if to else {})}


def silenced(kind: str, body: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return a fact's body without what somebody typed freely, or None where there is nothing of the kind in it."""
    if kind == "message" and body.get("text"):
        return {**body, "text": ""}
    if kind == "withdraw" and body.get("reason"):
        return {**body, "reason": ""}
    if kind == "help" and ("lat" in body or body.get("text")):
        return {**{key: item for key, item in body.items() if key not in ("lat", "lon", "accuracy_m")}, "text": ""}
    value = body.get("value")
    if kind == "setup" and body.get("part") == "race" and isinstance(value, Mapping):
        without = erased({"race": value})["race"]
        return {**body, "value": without} if without != value else None
    return None
