"""The fields of one checkpoint → its item of the race file, and the tasks it names. A form may hold only some."""

import json
import re
from collections.abc import Mapping
from typing import Any

from base.faults import Fault, FaultyInput
from base.languages import Words
from checkpoints.model import TaskKind
from games.templates import TEMPLATES
from maps.forms import read_place
from maps.model import Position
from maps.rules import DATUMS, rounded, to_wgs84
from organize.forms.fields import Fields
from organize.rules.tasks import BANK, OWN, QUIZ, TEMPLATE, Asks, first_quiz, fresh_game, set_tasks, task_of

LONGEST_CODE = 20
LONGEST_NAME = 60
LONGEST_DESCRIPTION = 300
MOST_POINTS = 300
_ASKS = {
    (False, False): Asks.NOTHING,
    (True, False): Asks.QUIZ,
    (False, True): Asks.GAME,
    (True, True): Asks.BOTH,
}
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


def read_tasks(fields: Fields, data: Data, code: str) -> None:
    """Give a checkpoint of `data` the quiz and the game that the form chose; without these fields, none changes."""
    if "quiz" not in fields and "game" not in fields:
        return
    item = next(item for item in data["checkpoints"] if item["code"] == code)
    before = {kind: task_of(item, kind) for kind in TaskKind}
    quiz = _quiz(fields, data) if "quiz" in fields else before[TaskKind.QUIZ]
    game = _game(fields, data) if "game" in fields else before[TaskKind.GAME]
    # Several of a kind only a file can give; they stay until something else is chosen.
    if not fields.faults and {TaskKind.QUIZ: quiz, TaskKind.GAME: game} != before:
        set_tasks(data, code, _ASKS[bool(quiz), bool(game)], quiz, game)


def _quiz(fields: Fields, data: Data) -> str:
    wanted = fields.text("quiz", 80)
    known = {quiz["id"] for quiz in data.get("quizzes", [])}
    if not wanted or wanted in known:
        return wanted
    # An undo brings back what was tidied away: the first quiz, or a copy of it.
    if wanted in (OWN, QUIZ) or wanted.startswith(f"{QUIZ}-"):
        return OWN if known and wanted != QUIZ else first_quiz(data)
    fields.fault("quiz", Words("This quiz is no longer there. Please choose another."))
    return ""


def _game(fields: Fields, data: Data) -> str:
    wanted = fields.text("game", 80)
    if not wanted or any(game["id"] == wanted for game in data.get("games", [])):
        return wanted
    template = wanted.removeprefix(TEMPLATE)
    if template in TEMPLATES:
        return f"{TEMPLATE}{template}"
    fields.fault("game", Words("This game is no longer there. Please choose another."))
    return ""


def tidy(data: Data) -> None:
    """Take away what only stood there for a checkpoint that no longer asks for it, and nothing that anybody made."""
    named = {next(iter(task.items())) for item in data.get("checkpoints", []) for task in item.get("tasks", [])}
    first = {"id": QUIZ, "bank": BANK}
    quizzes = data.get("quizzes", [])
    data["quizzes"] = [
        quiz
        for place, quiz in enumerate(quizzes)
        if ("quiz", quiz["id"]) in named or not (_is_copy(quiz, quizzes[0]) if place else quiz == first)
    ]
    if not any(quiz["bank"] == BANK for quiz in data.get("quizzes", [])):
        data["banks"] = [bank for bank in data.get("banks", []) if bank != {"id": BANK, "questions": []}]
    data["games"] = [game for game in data.get("games", []) if ("game", game["id"]) in named or not _fresh(game)]


def bring_tasks_back(data: Data, item: Data) -> None:
    """Make anew what a checkpoint brought back asks for, where it was tidied away; what somebody deleted stays away."""
    kept = []
    for task in item.get("tasks", []):
        ((kind, name),) = task.items()
        part = "quizzes" if kind == TaskKind.QUIZ else "games"
        items = data.setdefault(part, [])
        if not any(other["id"] == name for other in items):
            made = _quiz_again(data, name) if kind == TaskKind.QUIZ else _game_again(name)
            if made is None:
                continue
            if made["id"] not in {other["id"] for other in items}:
                items.append(made)
        kept.append(task)
    if item.get("tasks"):
        item["tasks"] = kept


def _quiz_again(data: Data, name: str) -> Data | None:
    if name != QUIZ and not name.startswith(f"{QUIZ}-"):
        return None
    first = first_quiz(data)
    return {**next(quiz for quiz in data["quizzes"] if quiz["id"] == first), "id": name}


def _game_again(name: str) -> Data | None:
    template = name if name in TEMPLATES else name.rpartition("-")[0]
    return {**fresh_game(template), "id": name} if template in TEMPLATES else None


def _fresh(game: Mapping[str, Any]) -> bool:
    """Tell whether a game is as its template made it."""
    template = game.get("template", "")
    return template in TEMPLATES and game == {**fresh_game(template), "id": game["id"]}


def _is_copy(quiz: Mapping[str, Any], first: Mapping[str, Any]) -> bool:
    """Tell whether a quiz was made for one checkpoint and never differed from the first."""
    return str(quiz["id"]).startswith(f"{QUIZ}-") and quiz == {**first, "id": quiz["id"]}


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
