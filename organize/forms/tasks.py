"""The table of checkpoints and what each asks: fields ↔ the race file's tasks. Rows go by the checkpoint's place."""

from typing import Any

from base.languages import Words
from checkpoints.model import CheckpointKind, TaskKind
from games.templates import TEMPLATES
from organize.forms.fields import Fields
from organize.rules.tasks import OWN, TEMPLATE, Asks, asks_of, set_tasks, task_of


def controls_of(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the race file's checkpoints between start and finish."""
    return [
        item
        for item in data.get("checkpoints", [])
        if item.get("kind", CheckpointKind.CONTROL) == CheckpointKind.CONTROL
    ]


def read_tasks(fields: Fields, data: dict[str, Any]) -> None:
    """Make the checkpoints of `data` ask what the fields say. A checkpoint without a row keeps what it has."""
    for place, checkpoint in enumerate(controls_of(data)):
        word = fields.text(f"asks_{place}", 20)
        if not word:
            continue
        asks = next((one for one in Asks if one == word), None)
        quiz, game = fields.text(f"quiz_{place}", 80), fields.text(f"game_{place}", 80)
        if asks is None or not (_is_quiz(data, quiz) and _is_game(data, game)):
            fields.fault(f"asks_{place}", Words("This choice is no longer there. Please choose again."))
        else:
            set_tasks(data, str(checkpoint["code"]), asks, quiz, game)


def _is_quiz(data: dict[str, Any], name: str) -> bool:
    return name in ("", OWN) or name in {str(quiz["id"]) for quiz in data.get("quizzes", [])}


def _is_game(data: dict[str, Any], name: str) -> bool:
    return name in {
        "",
        *(f"{TEMPLATE}{one}" for one in TEMPLATES),
        *(str(game["id"]) for game in data.get("games", [])),
    }


def show_tasks(data: dict[str, Any]) -> dict[str, str]:
    """Return what the table's fields show of a race file."""
    shown: dict[str, str] = {}
    for place, checkpoint in enumerate(controls_of(data)):
        shown |= {
            f"asks_{place}": asks_of(checkpoint),
            f"quiz_{place}": task_of(checkpoint, TaskKind.QUIZ),
            f"game_{place}": task_of(checkpoint, TaskKind.GAME),
        }
    return shown


def seen_tasks(data: dict[str, Any]) -> list[Any]:
    """Return what of a race file the table shows: a change elsewhere does not get in its way."""
    return [[item["code"], item.get("tasks", [])] for item in controls_of(data)]
