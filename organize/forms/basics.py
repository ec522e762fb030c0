"""The page of basics: fields → the race file's `race` part and its first class, and back."""

from collections.abc import Mapping
from copy import deepcopy
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from organize.forms.fields import Fields, in_language

LONGEST_NAME = 80
LONGEST_VENUE = 120


def read_basics(fields: Fields, before: Mapping[str, Any]) -> dict[str, Any]:
    """Return the race file with the fields of the page laid over `before`. Faults gather in `fields`."""
    data = deepcopy(dict(before))
    about = dict(data["race"])
    timezone = about.get("timezone", "Asia/Shanghai")
    about["name"] = fields.texts("name", about.get("name", ""), LONGEST_NAME)
    about["theme"] = fields.texts("theme", about.get("theme", ""), LONGEST_NAME)
    about["venue"] = fields.texts("venue", about.get("venue", ""), LONGEST_VENUE)
    about["emergency_phone"] = fields.text("emergency_phone", 40)
    about["planned"] = fields.day_and_time("day", "time", timezone)
    minutes = fields.number("closing_min", 1, 7 * 1440)
    about["closing"] = {"after_gun_s": minutes * 60} if minutes else None
    data["race"] = {key: value for key, value in about.items() if value not in ("", None)}
    if data.get("classes"):
        data["classes"][0] = _read_class(fields, data["classes"][0])
    return data


def _read_class(fields: Fields, before: Mapping[str, Any]) -> dict[str, Any]:
    class_ = dict(before)
    limit = fields.number("limit_min", 1, 7 * 1440)
    class_["time_limit_s"] = limit * 60 if limit else None
    class_["team_size"] = fields.number("team_size", 1, 1000)
    incomplete = fields.text("incomplete", 20)
    if incomplete == "penalty_s":
        incomplete_s = fields.number("incomplete_s", 0, 86_400)
        class_["incomplete"] = {"penalty_s": incomplete_s or 0}
    else:
        class_["incomplete"] = incomplete if incomplete != "allow" else None  # that is what an absent one means
    return {key: value for key, value in class_.items() if value is not None}


def show_basics(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the page's fields show of a race file."""
    about = data.get("race", {})
    class_ = (data.get("classes") or [{}])[0]
    planned = about.get("planned")
    moment = (
        datetime.fromisoformat(planned).astimezone(ZoneInfo(about.get("timezone", "Asia/Shanghai")))
        if planned
        else None
    )
    incomplete = class_.get("incomplete", "allow")
    priced = isinstance(incomplete, Mapping)
    return {
        **{
            f"{name}{end}": in_language(about.get(name), language)
            for name in ("name", "theme", "venue")
            for end, language in (("", "zh"), ("_en", "en"))
        },
        "emergency_phone": about.get("emergency_phone", ""),
        "day": moment.date().isoformat() if moment else "",
        "time": f"{moment:%H:%M}" if moment else "",
        "closing_min": (about.get("closing") or {}).get("after_gun_s", 0) // 60 or "",
        "limit_min": class_.get("time_limit_s", 0) // 60 or "",
        "team_size": class_.get("team_size", ""),
        "incomplete": "penalty_s" if priced else incomplete,
        "incomplete_s": incomplete["penalty_s"] if priced else "",
    }
