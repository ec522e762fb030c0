"""The page of a class's rules: fields ↔ the race file's class, its course, and the credit caps of the games there."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from base.languages import Words
from checkpoints.rules import codes_of
from games.forms import STANDARD
from organize.forms.fields import Fields
from organize.forms.games import MINUTE_S, whole_game
from quizzes.rules import parse_number
from race.formats import FORMATS
from race.model import StartKind

Item = dict[str, Any]

# What a late minute costs is seconds where time ranks, points where points do.
SECONDS, POINTS = "seconds_per_minute", "points_per_minute"
UNIT = {"line": SECONDS, "free": SECONDS, "count": SECONDS, "score": POINTS, "composite": POINTS}
# What each format knows beside points, late and legs; the rest goes when the format changes, else it would be said.
OWN = {
    "line": ("missed", "distinct"),
    "free": ("missed", "compulsory", "free"),
    "count": (),
    "score": ("minimum_points",),
    "composite": ("weight",),
}
OF_ALL = ("points", "late", "voided_legs", "time_limit_s")
LONGEST_LIMIT_MIN = 7 * 1440
MOST_POINTS = 100_000


def class_of(data: Mapping[str, Any], wanted: str = "") -> Item | None:
    """Return the race file's class of this id, else its first; None where there is none."""
    classes: list[Item] = data.get("classes", [])
    return next((one for one in classes if str(one["id"]) == wanted), classes[0] if classes else None)


def course_of(data: Mapping[str, Any], class_: Mapping[str, Any]) -> Item:
    """Return the course of a class of a race file, which names one that is there."""
    found: Item = next(one for one in data["courses"] if str(one["id"]) == str(class_["course"]))
    return found


def codes(course: Mapping[str, Any]) -> list[str]:
    """Return the codes that a course names, each once, in its order."""
    return list(dict.fromkeys(str(code) for item in course["checkpoints"] for code in codes_of(item)))


def games_of(data: Mapping[str, Any], course: Mapping[str, Any]) -> list[Item]:
    """Return the games that stand at checkpoints of a course."""
    named = set(codes(course))
    held = {
        str(task["game"])
        for item in data.get("checkpoints", [])
        if str(item["code"]) in named
        for task in item.get("tasks", [])
        if "game" in task
    }
    return [game for game in data.get("games", []) if str(game["id"]) in held]


def read_rules(fields: Fields, data: Mapping[str, Any], wanted: str) -> Item:
    """Return the race file with the fields of the page laid over the class `wanted`. Faults gather in `fields`."""
    changed = deepcopy(dict(data))
    class_ = class_of(changed, wanted)
    if class_ is None:
        return changed
    course = course_of(changed, class_)
    start = fields.text("start", 20)
    class_["start"] = start if start in tuple(StartKind) else StartKind.MASS.value
    where = course if "time_limit_s" in course else class_
    limit = _minutes(fields, "limit_min", where.get("time_limit_s"), 1, LONGEST_LIMIT_MIN)
    where["time_limit_s"] = limit
    if limit is None:
        del where["time_limit_s"]
    for place, game in enumerate(games_of(changed, course)):
        before = int(whole_game(game).get("credit_cap_s", STANDARD.credit_cap_s))
        cap = _minutes(fields, f"cap_{place}", before, 0, LONGEST_LIMIT_MIN)
        if cap is not None:
            game["credit_cap_s"] = cap
    _read_course(fields, course)
    if course.get("weight") and limit is None:
        fields.fault("limit_min", Words("Points for time left need a time limit."))
    return changed


def _minutes(fields: Fields, name: str, before: int | None, least: int, most: int) -> int | None:
    """Return seconds from a field of whole minutes, or what stood there if it still shows that: a file may say 90 s."""
    minutes = fields.number(name, least, most)
    if before is not None and minutes == before // MINUTE_S:
        return before
    return None if minutes is None else minutes * MINUTE_S


def _read_course(fields: Fields, course: Item) -> None:
    format_ = fields.text("format", 20)
    format_ = format_ if format_ in FORMATS else str(course["format"])
    kept = {"id", "checkpoints", *OF_ALL, *OWN[format_]}
    for name in [name for name in course if name not in kept]:
        del course[name]
    course["format"] = format_
    read = {
        "late": _read_late(fields, course.get("late") or {}, UNIT[format_]),
        "points": _read_points(fields, course),
        "voided_legs": _read_legs(fields),
        "missed": _read_missed(fields),
        "distinct": fields.ticked("distinct") or None,
        "minimum_points": fields.number("minimum_points", 0, MOST_POINTS) or None,
        "weight": fields.number("weight", 0, MOST_POINTS) or None,
        **_read_needed(fields, course),
    }
    for name, value in read.items():
        course.pop(name, None)
        if value is not None and name in kept:
            course[name] = value


def _read_late(fields: Fields, before: Mapping[str, Any], unit: str) -> Item | None:
    if fields.text("late", 10) != "cost":
        return None
    text = fields.text("late_cost", 20)
    cost = parse_number(text)
    if cost is None or cost < 0:
        fields.fault("late_cost", Words("This must be a number or a fraction, as 30 or 1/4."))
        return None
    late: Item = {unit: cost.numerator if cost.denominator == 1 else str(cost)}
    if fields.text("rounding", 10) == "linear":
        late["rounding"] = "linear"
    cut_off = _minutes(fields, "cut_off_min", before.get("cut_off_s"), 0, LONGEST_LIMIT_MIN)
    if cut_off is not None:
        late["cut_off_s"] = cut_off
    if fields.ticked("after_lost"):
        late["after_counts"] = False
    return late


def _read_points(fields: Fields, course: Mapping[str, Any]) -> Item | None:
    """Return points by code: a figure, or several by order of arrival, as 6/5/4. Empty: the checkpoint's own."""
    points: Item = {}
    for place, code in enumerate(codes(course)):
        text = fields.text(f"points_{place}", 100)
        figures = [part.strip() for part in text.split("/")]
        if not text:
            continue
        if not all(part.isdecimal() and len(part) < 6 for part in figures):
            fields.fault(f"points_{place}", Words("Points are a whole number, or several by order of arrival: 6/5/4."))
        else:
            points[code] = int(figures[0]) if len(figures) == 1 else [int(part) for part in figures]
    return points or None


def _read_legs(fields: Fields) -> list[list[str]] | None:
    lines = [line.replace("→", " ").replace("-", " ").split() for line in fields.text("legs").split("\n")]
    legs = [line for line in lines if line]
    if any(len(leg) != 2 for leg in legs):
        fields.fault("legs", Words("Write one leg a line, from where to where: S 31. S is the start, F the finish."))
    return legs or None


def _read_missed(fields: Fields) -> Item | None:
    if fields.text("missed", 20) != "penalty_s":
        return None
    return {"penalty_s": fields.number("missed_s", 0, 86_400) or 0}


def _read_needed(fields: Fields, course: Mapping[str, Any]) -> Item:
    if fields.text("needed", 10) != "some":
        return {"compulsory": None, "free": None}
    named = codes(course)
    compulsory = [code for place, code in enumerate(named) if fields.ticked(f"compulsory_{place}")]
    free = fields.number("free", 0, len(named) - len(compulsory))
    return {"compulsory": compulsory or None, "free": free if compulsory else free or 0}


def show_rules(data: Mapping[str, Any], wanted: str) -> dict[str, Any]:
    """Return what the page's fields show of a class of a race file."""
    class_ = class_of(data, wanted)
    if class_ is None:
        return {}
    course = course_of(data, class_)
    late, missed = course.get("late") or {}, course.get("missed")
    limit = class_.get("time_limit_s", course.get("time_limit_s"))
    shown: dict[str, Any] = {
        "format": course["format"],
        "start": class_.get("start", StartKind.MASS.value),
        "limit_min": "" if limit is None else limit // MINUTE_S,
        "late": "cost" if late else "out",
        "late_cost": late.get(SECONDS, late.get(POINTS, "")),
        "rounding": late.get("rounding", "started"),
        "cut_off_min": late["cut_off_s"] // MINUTE_S if late.get("cut_off_s") is not None else "",
        "after_lost": "" if late.get("after_counts", True) else "1",
        "missed": "penalty_s" if isinstance(missed, Mapping) else "mispunch",
        "missed_s": missed["penalty_s"] if isinstance(missed, Mapping) else "",
        "needed": "some" if "free" in course or "compulsory" in course else "all",
        "free": course.get("free", ""),
        "minimum_points": course.get("minimum_points", ""),
        "weight": course.get("weight", ""),
        "distinct": "1" if course.get("distinct") else "",
        "legs": "\n".join(" ".join(map(str, leg)) for leg in course.get("voided_legs", [])),
    }
    for place, code in enumerate(codes(course)):
        given = course.get("points", {}).get(code, "")
        shown[f"points_{place}"] = "/".join(map(str, given)) if isinstance(given, list) else given
        shown[f"compulsory_{place}"] = "1" if code in course.get("compulsory", []) else ""
    for place, game in enumerate(games_of(data, course)):
        shown[f"cap_{place}"] = int(whole_game(game).get("credit_cap_s", STANDARD.credit_cap_s)) // MINUTE_S
    return shown


def seen_rules(data: Mapping[str, Any], wanted: str) -> list[Any]:
    """Return what of a race file the page shows: a change elsewhere does not get in its way."""
    class_ = class_of(data, wanted)
    if class_ is None:
        return []
    course = course_of(data, class_)
    return [class_, course, [[game["id"], whole_game(game).get("credit_cap_s")] for game in games_of(data, course)]]


def for_preview(data: Mapping[str, Any]) -> Item:
    """Return the race file without its teams and its questions: rules need neither, and there may be thousands."""
    banks = [{**bank, "questions": []} for bank in data.get("banks", [])]
    return {**data, "entries": [], **({"banks": banks} if banks else {})}
