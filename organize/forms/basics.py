"""The page of basics: fields → the race file's `race` part and its classes, and back."""

from collections.abc import Mapping
from copy import deepcopy
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from base.languages import Words, say
from organize.forms.fields import Fields, in_language
from organize.rules.beginning import prizes
from race.forms.about import OFFLINE_S

LONGEST_NAME = 80
LONGEST_VENUE = 120
MOST_CLASSES = 30
MOST_PLACE = 10_000
# What fills the three prizes in for each class that has none.
PRIZES = "prizes"
HOST = ("host_role", "host_name")
AWARD = ("award_was", "award_name", "award_class", "award_first", "award_last")
CLASS = ("class_id", "class_name", "class_name_en", "class_course", "class_start")
BY_HAND = "-"
Data = dict[str, Any]


def read_basics(fields: Fields, before: Mapping[str, Any]) -> Data:
    """Return the race file with the fields of the page laid over `before`. Faults gather in `fields`."""
    data = deepcopy(dict(before))
    about = dict(data["race"])
    if "timezone" in fields:
        about["timezone"] = fields.text("timezone", 60) or about.get("timezone", "")
        about["language"] = fields.text("language", 2) or about.get("language", "")
    if "places" in fields:
        about["places_early"] = fields.text("places", 10) == "early" or None
        minutes = fields.number("offline_min", 1, 1440)
        about["offline_s"] = minutes * 60 if minutes and minutes * 60 != OFFLINE_S else None
    about["name"] = fields.texts("name", about.get("name", ""), LONGEST_NAME)
    about["theme"] = fields.texts("theme", about.get("theme", ""), LONGEST_NAME)
    about["venue"] = fields.texts("venue", about.get("venue", ""), LONGEST_VENUE)
    about["emergency_phone"] = fields.text("emergency_phone", 40)
    about["planned"] = fields.day_and_time("day", "time", _known_zone(about))
    about["closing"] = _read_closing(fields, about.get("closing") or {})
    if "host_name" in fields:
        about["hosts"] = [{"role": row["host_role"], "name": row["host_name"]} for row in _rows(fields, HOST)]
    _limits_to_classes(data)
    classes = data.get("classes", [])
    if "class_id" in fields:
        classes = _read_classes(fields, data)
    ends = dict(ends_of(before))
    data["classes"] = [_read_class(fields, class_, ends.get(class_["id"], f"-{class_['id']}")) for class_ in classes]
    if "award_name" in fields:
        about["awards"] = _read_awards(fields, about.get("awards", []), [class_["id"] for class_ in data["classes"]])
    if "slug" in fields:
        about["slug"] = fields.text("slug", 64).lower()
    data["race"] = {key: value for key, value in about.items() if value not in ("", None, [])}
    return data


def _rows(fields: Fields, names: tuple[str, ...]) -> list[dict[str, str]]:
    """Return the rows whose last field but the choices is filled in: emptying a name takes the row out."""
    return [row for row in fields.rows(*names) if row[names[1]]]


def _known_zone(about: Mapping[str, Any]) -> str:
    """Return the race's time zone; the race file's forms say it where there is none of that name."""
    zone = str(about.get("timezone") or "Asia/Shanghai")
    try:
        ZoneInfo(zone)
    except (OSError, ValueError, KeyError):
        return "Asia/Shanghai"
    return zone


def _read_closing(fields: Fields, before: Mapping[str, Any]) -> Data | None:
    minutes = fields.number("closing_min", 1, 7 * 1440)
    if minutes:
        return {"after_gun_s": minutes * 60}
    # An instant that a file fixed is shown nowhere on this page, so leaving the field empty does not take it away.
    return dict(before) if "at" in before else None


def _limits_to_classes(data: Data) -> None:
    """Move a time limit that stands on a course to its classes, where the page shows it; it means the same there."""
    limits = {course["id"]: course.pop("time_limit_s", None) for course in data.get("courses", [])}
    for class_ in data.get("classes", []):
        if limits.get(class_.get("course")) is not None:
            class_.setdefault("time_limit_s", limits[class_["course"]])


def ends_of(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what the names of each class's own fields end with: nothing for the first, most often the only one."""
    return [(class_["id"], f"-{class_['id']}" if place else "") for place, class_ in enumerate(data.get("classes", []))]


def _read_classes(fields: Fields, data: Data) -> list[Data]:
    """Return the classes that the rows name: known ones changed, new ones like the first, the rest gone."""
    known = {class_["id"]: class_ for class_ in data.get("classes", [])}
    pattern = next(iter(known.values()), {"course": next((item["id"] for item in data.get("courses", [])), "")})
    taken, classes = set(known), []
    for row in _rows(fields, ("class_id", "class_name", *CLASS[2:])):
        before = known.get(row["class_id"])
        if before is None:
            name = next(f"c{number}" for number in range(2, 10_000) if f"c{number}" not in taken)
            taken.add(name)
            before = {**pattern, "id": name, "name": ""}
        names = Fields({"name": row["class_name"], "name_en": row["class_name_en"]})
        class_ = {**before, "name": names.texts("name", before.get("name", ""), LONGEST_NAME)}
        for fault in names.faults:
            fields.fault("class_name", fault.words)
        class_ |= {"course": row["class_course"] or class_["course"], "start": row["class_start"] or "mass"}
        classes.append(class_)
    _check_classes(fields, classes, known, data)
    return classes or list(known.values())


def _check_classes(fields: Fields, classes: list[Data], known: Mapping[str, Data], data: Data) -> None:
    if not classes:
        fields.fault("class_name", Words("A race has at least one class."))
        return
    if len(classes) > MOST_CLASSES:
        fields.fault("class_name", Words("A race has at most %(most)s classes.", {"most": MOST_CLASSES}))
    left = {class_["id"] for class_ in classes}
    for name in known.keys() - left:
        teams = sum(entry.get("class") == name for entry in data.get("entries", []))
        if teams:
            called = say(known[name].get("name"), "zh") or name
            words = Words(
                "%(teams)s teams are entered in %(class)s. Move them first.", {"teams": teams, "class": called}
            )
            fields.fault("class_name", words)


def _read_class(fields: Fields, before: Mapping[str, Any], end: str) -> Data:
    class_ = dict(before)
    if f"team_size{end}" not in fields:
        return class_
    limit = fields.number(f"limit_min{end}", 1, 7 * 1440)
    class_["time_limit_s"] = limit * 60 if limit else None
    class_["team_size"] = fields.number(f"team_size{end}", 1, 1000)
    incomplete = fields.text(f"incomplete{end}", 20)
    if incomplete == "penalty_s":
        incomplete_s = fields.number(f"incomplete_s{end}", 0, 86_400)
        class_["incomplete"] = {"penalty_s": incomplete_s or 0}
    else:
        class_["incomplete"] = incomplete if incomplete != "allow" else None  # that is what an absent one means
    return {key: value for key, value in class_.items() if value is not None}


def _read_awards(fields: Fields, before: list[Data], classes: list[str]) -> list[Data]:
    """Return the awards of the rows; what the page does not show of one, as to whom it went by hand, is kept."""
    awards = []
    for row in _rows(fields, AWARD):
        was = row["award_was"]
        kept = dict(before[int(was)]) if was.isdecimal() and int(was) < len(before) else {}
        award = _read_award(fields, row, classes)
        shown = {"name", "places", "by_hand"} if award.get("by_hand") else {"name", "places", "by_hand", "class"}
        awards.append({**{key: value for key, value in kept.items() if key not in shown}, **award})
    if fields.text("fill", 20) == PRIZES:
        with_prizes = {award.get("class") for award in awards if award.get("places")}
        awards += [award for class_ in classes if class_ not in with_prizes for award in prizes(class_)]
    return awards


def _read_award(fields: Fields, row: Mapping[str, str], classes: list[str]) -> Data:
    award: Data = {"name": row["award_name"]}
    if row["award_class"] in classes:
        award["class"] = row["award_class"]
    elif row["award_class"] == BY_HAND:
        return {**award, "by_hand": True}
    places = Fields({"first": row["award_first"], "last": row["award_last"] or row["award_first"]})
    first, last = places.number("first", 1, MOST_PLACE), places.number("last", 1, MOST_PLACE)
    if places.faults or first is None or last is None or first > last:
        name = {"award": row["award_name"]}
        words = Words("“%(award)s” needs its places, from the first to the last, or is given by hand.", name)
        fields.fault("award_name", words)
    else:
        award["places"] = [first, last]
    return award


def show_basics(data: Mapping[str, Any]) -> Data:
    """Return what the page's fields show of a race file."""
    shown = deepcopy(dict(data))
    _limits_to_classes(shown)
    about = shown.get("race", {})
    classes, ends = shown.get("classes", []), dict(ends_of(shown))
    planned = about.get("planned")
    moment = datetime.fromisoformat(planned).astimezone(ZoneInfo(_known_zone(about))) if planned else None
    texts = {
        f"{name}{end}": in_language(about.get(name), language)
        for name in ("name", "theme", "venue")
        for end, language in (("", "zh"), ("_en", "en"))
    }
    return {
        **texts,
        "emergency_phone": about.get("emergency_phone", ""),
        "day": moment.date().isoformat() if moment else "",
        "time": f"{moment:%H:%M}" if moment else "",
        "closing_min": (about.get("closing") or {}).get("after_gun_s", 0) // 60 or "",
        "slug": about.get("slug", ""),
        "places": "early" if about.get("places_early") else "gun",
        "offline_min": about.get("offline_s", OFFLINE_S) // 60,
        "timezone": about.get("timezone", "Asia/Shanghai"),
        "language": about.get("language", "zh"),
        "hosts": [
            {"host_role": host.get("role", ""), "host_name": host.get("name", "")} for host in about.get("hosts", [])
        ],
        "awards": [_show_award(award, place) for place, award in enumerate(about.get("awards", []))],
        "classes": [_show_class(class_) for class_ in classes],
        **{key: value for class_ in classes for key, value in _show_rules(class_, ends[class_["id"]]).items()},
    }


def _show_award(award: Mapping[str, Any], place: int) -> Data:
    first, last = award.get("places") or ("", "")
    return {
        "award_was": str(place),
        "award_name": award.get("name", ""),
        "award_class": BY_HAND if award.get("by_hand") or not award.get("places") else award.get("class", ""),
        "award_first": first,
        "award_last": last,
    }


def _show_class(class_: Mapping[str, Any]) -> Data:
    return {
        "class_id": class_["id"],
        "class_name": in_language(class_.get("name"), "zh"),
        "class_name_en": in_language(class_.get("name"), "en"),
        "class_course": class_.get("course", ""),
        "class_start": class_.get("start", "mass"),
    }


def _show_rules(class_: Mapping[str, Any], end: str) -> Data:
    incomplete = class_.get("incomplete", "allow")
    priced = isinstance(incomplete, Mapping)
    return {
        f"limit_min{end}": class_.get("time_limit_s", 0) // 60 or "",
        f"team_size{end}": class_.get("team_size", ""),
        f"incomplete{end}": "penalty_s" if priced else incomplete,
        f"incomplete_s{end}": incomplete["penalty_s"] if priced else "",
    }


def typed_basics(fields: Fields, values: Mapping[str, str]) -> Data:
    """Return what the page's fields show when they must be mended: what was typed, rows as well."""
    lists = {"hosts": HOST, "awards": AWARD, "classes": CLASS}
    return {**values, **{name: fields.rows(*columns) for name, columns in lists.items()}}
