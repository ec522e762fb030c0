"""The fields of one checkpoint → its item of the race file, and the tasks it names. A form may hold only some."""

import json
import re
from collections.abc import Mapping
from typing import Any

from base.faults import Fault, FaultyInput
from base.languages import Words
from games.forms import game_to_json, read_game
from games.templates import TEMPLATES
from maps.forms import read_place
from maps.model import Position
from maps.rules import DATUMS, rounded, to_wgs84
from organize.forms.fields import Fields

LONGEST_CODE = 20
LONGEST_NAME = 60
LONGEST_DESCRIPTION = 300
MOST_POINTS = 300
# A quiz that is wanted while there is no bank yet: it draws from an empty one, and the checklist says so.
LATER = "later"
# What stands before the name of a template of games that the race has not taken in yet.
TEMPLATE = "template:"
Data = dict[str, Any]


def read_point(fields: Fields, before: Mapping[str, Any]) -> Data:
    """Return a checkpoint with the fields of the form laid over it. Faults gather in `fields`."""
    item = dict(before)
    if "code" in fields:
        item["code"] = _code(fields)
    if "name" in fields:
        item["name"] = fields.texts("name", item.get("name", ""), LONGEST_NAME)
    if "description" in fields:
        item["description"] = fields.texts("description", item.get("description", ""), LONGEST_DESCRIPTION)
    if "kind" in fields:
        item["kind"] = fields.text("kind", 20)
    if "points" in fields:
        item["points"] = fields.number("points", 0, 10_000)
    if "place" in fields:
        item |= _typed_place(fields, item)
    elif "lat" in fields:
        lat, lon = _degrees(fields, "lat", 90), _degrees(fields, "lon", 180)
        there = rounded(Position(lat, lon)) if lat is not None and lon is not None else None
        item |= {"lat": there and there.lat, "lon": there and there.lon}
    return {key: value for key, value in item.items() if value not in ("", None, 0)} | _zero(item)


def _zero(item: Mapping[str, Any]) -> Data:
    """A position on the equator is a position."""
    return {key: item[key] for key in ("lat", "lon") if item.get(key) == 0}


def _code(fields: Fields) -> str:
    code = re.sub(r"\s+", "", fields.text("code", LONGEST_CODE))
    if not code or not re.fullmatch(r"[\w.-]+", code):
        fields.fault("code", Words("The number that is printed on the sign: letters, digits, hyphens."))
    return code


def _degrees(fields: Fields, name: str, most: int) -> float | None:
    text = fields.text(name, 30)
    try:
        number = float(text)
    except ValueError:
        if text:
            fields.fault(name, Words("This is no position."))
        return None
    if not abs(number) <= most:
        fields.fault(name, Words("This is no position."))
        return None
    return number


def _typed_place(fields: Fields, before: Mapping[str, Any]) -> Data:
    """Read a pasted position; empty, it takes the position away."""
    text, datum = fields.text("place", 120), fields.text("datum", 10)
    kept = {"lat": before.get("lat"), "lon": before.get("lon")}
    if not text:
        return {"lat": None, "lon": None}
    if text == place_text(before):
        return kept
    place = read_place(text)
    if place is None:
        fields.fault("place", Words("Write it as 39.9087, 116.3975: latitude, then longitude."))
        return kept
    if datum not in DATUMS:
        fields.fault("datum", Words("Where is this position from? They lie hundreds of metres apart."))
        return kept
    place = rounded(to_wgs84(place, datum))
    return {"lat": place.lat, "lon": place.lon}


def place_text(item: Mapping[str, Any]) -> str:
    """Return a checkpoint's position as a text to be read and copied, or nothing."""
    return f"{item['lat']:.6f}, {item['lon']:.6f}" if item.get("lat") is not None else ""


def read_tasks(fields: Fields, data: Data, item: Data) -> None:
    """Give a checkpoint the quiz and the game that the form chose; what they need is added to the race file.

    Of further quizzes or games, which only a file can give it, those stay whose kind is still wanted.
    """
    for kind, take in (("quiz", _take_quiz), ("game", _take_game)):
        if kind not in fields:
            continue
        wanted = fields.text(kind, 80)
        tasks = list(item.get("tasks", []))
        others = [task for task in tasks if kind not in task]
        if not wanted:
            tasks = others
        elif name := take(fields, data, wanted):
            first = next((place for place, task in enumerate(tasks) if kind in task), None)
            if first is not None:
                tasks[first] = {kind: name}
            else:
                tasks = [{kind: name}, *others] if kind == "quiz" else [*others, {kind: name}]
            tasks = [task for place, task in enumerate(tasks) if task not in tasks[:place]]
        item["tasks"] = tasks
    if not item.get("tasks"):
        item.pop("tasks", None)


def _take_quiz(fields: Fields, data: Data, wanted: str) -> str | None:
    quizzes = data.setdefault("quizzes", [])
    if any(quiz["id"] == wanted for quiz in quizzes):
        return wanted
    if wanted != LATER:
        fields.fault("quiz", Words("This quiz is no longer there. Please choose another."))
        return None
    quizzes.append({"id": LATER, "bank": LATER})
    banks = data.setdefault("banks", [])
    if not any(bank["id"] == LATER for bank in banks):
        banks.append({"id": LATER, "questions": []})
    return LATER


def _take_game(fields: Fields, data: Data, wanted: str) -> str | None:
    games = data.setdefault("games", [])
    template = wanted.removeprefix(TEMPLATE)
    if wanted.startswith(TEMPLATE) and template in TEMPLATES:
        if not any(game["id"] == template for game in games):
            games.append(fresh_game(template))
        return template
    if any(game["id"] == wanted for game in games):
        return wanted
    fields.fault("game", Words("This game is no longer there. Please choose another."))
    return None


def fresh_game(template: str) -> Data:
    """Return a game as its template has it, in full: a later change of the template changes no race."""
    game, faults = read_game({"id": template, "template": template}, "")
    assert not faults
    return game_to_json(game)


def tidy(data: Data) -> None:
    """Take away what only stood there for a checkpoint that no longer asks for it, and nothing that anybody made."""
    named = {
        (kind, name)
        for item in data.get("checkpoints", [])
        for task in item.get("tasks", [])
        for kind, name in task.items()
    }
    if ("quiz", LATER) not in named:
        data["quizzes"] = [quiz for quiz in data.get("quizzes", []) if quiz != {"id": LATER, "bank": LATER}]
    if not any(quiz["bank"] == LATER for quiz in data.get("quizzes", [])):
        data["banks"] = [bank for bank in data.get("banks", []) if bank != {"id": LATER, "questions": []}]
    data["games"] = [
        game
        for game in data.get("games", [])
        if ("game", game["id"]) in named or game["id"] not in TEMPLATES or game != fresh_game(game["id"])
    ]


def check_new_code(data: Mapping[str, Any], code: str) -> None:
    """Check that a code is free and that there is room for one more.

    Raises:
        FaultyInput: it is not.

    """
    if any(item["code"] == code for item in data.get("checkpoints", [])):
        raise FaultyInput([Fault("code", Words("There is a checkpoint %(code)s already.", {"code": code}))])
    if len(data.get("checkpoints", [])) >= MOST_POINTS:
        words = Words("A race has at most %(most)s checkpoints.", {"most": MOST_POINTS})
        raise FaultyInput([Fault("code", words)])


def read_back(text: str) -> Data | None:
    """Return what a deletion gave to undo it, or None where it is nothing of the kind."""
    try:
        back = json.loads(text)
    except (ValueError, RecursionError):
        return None
    shaped = (
        isinstance(back, dict)
        and all(isinstance(back.get(part), dict) for part in ("item", "courses", "first"))
        and isinstance(back["item"].get("code"), str)
        and all(isinstance(course, dict) for course in back["courses"].values())
        and all(isinstance(first, list) for first in back["first"].values())
    )
    return back if shaped else None
