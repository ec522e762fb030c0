"""What each checkpoint asks: chosen on the race file, and what a task still lacks before it can be played."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from enum import StrEnum
from typing import Any

from base.languages import Words
from checkpoints.model import Checkpoint, TaskKind
from games.templates import TEMPLATES
from race.model import Setup

# What a race's first quiz and its bank are called; nobody sees it.
QUIZ, BANK = "quiz", "bank"
# A choice of a quiz or game that is not there yet: a set-up of the checkpoint's own, a copy of a template.
OWN = "own"
TEMPLATE = "template:"

Data = dict[str, Any]


class Asks(StrEnum):
    """What a checkpoint asks, in one word. `MORE` is what no word here says: two quizzes, say, or two games."""

    NOTHING = "nothing"
    QUIZ = "quiz"
    GAME = "game"
    BOTH = "both"
    MORE = "more"


def asks_of(checkpoint: Mapping[str, Any]) -> Asks:
    """Return what a checkpoint of a race file asks."""
    kinds = sorted(kind for task in checkpoint.get("tasks", []) for kind in task)
    found = {(): Asks.NOTHING, ("quiz",): Asks.QUIZ, ("game",): Asks.GAME, ("game", "quiz"): Asks.BOTH}
    return found.get(tuple(kinds), Asks.MORE)


def task_of(checkpoint: Mapping[str, Any], kind: TaskKind) -> str:
    """Return the id of a checkpoint's first quiz or game, "" where it has none."""
    return next((str(task[kind]) for task in checkpoint.get("tasks", []) if kind in task), "")


def set_tasks(data: Data, code: str, asks: Asks, quiz: str = "", game: str = "") -> None:
    """Make a checkpoint of a race file ask this.

    `quiz` is a quiz's id, `OWN`, or "" for what it has now, else the race's first; `game` a game's id, `TEMPLATE` and a
    template's name, or "" for what it has now, else the first template. What is not there yet is made, a quiz on a bank
    that may still be empty. The order of tasks that stay is kept; a new quiz comes before a game.
    """
    checkpoint = next(item for item in data["checkpoints"] if item["code"] == code)
    if asks is Asks.MORE:
        return
    wanted = {
        TaskKind.QUIZ: asks in (Asks.QUIZ, Asks.BOTH),
        TaskKind.GAME: asks in (Asks.GAME, Asks.BOTH),
    }
    before = [kind for task in checkpoint.get("tasks", []) for kind in TaskKind if kind in task]
    order = [kind for kind in before if wanted[kind]] + [k for k in TaskKind if wanted[k] and k not in before]
    made = {
        TaskKind.QUIZ: lambda: _quiz(data, code, quiz or task_of(checkpoint, TaskKind.QUIZ)),
        TaskKind.GAME: lambda: _game(data, game or task_of(checkpoint, TaskKind.GAME)),
    }
    tasks = [{kind.value: made[kind]()} for kind in dict.fromkeys(order)]
    checkpoint.pop("tasks", None)
    if tasks:
        checkpoint["tasks"] = tasks


def _quiz(data: Data, code: str, wanted: str) -> str:
    if wanted == OWN and data.get("quizzes"):
        # It begins as a copy of the first: what differs is then changed on its own.
        name = free_name(data, "quizzes", f"{QUIZ}-{code}")
        data["quizzes"].append({**deepcopy(data["quizzes"][0]), "id": name})
        return name
    return wanted if wanted not in ("", OWN) else first_quiz(data)


def first_quiz(data: Data) -> str:
    """Return the id of the race's first quiz; where there is none, one is put there, on a bank that may be empty."""
    quizzes = data.setdefault("quizzes", [])
    if not quizzes:
        banks = data.setdefault("banks", [])
        if not banks:
            banks.append({"id": BANK, "questions": []})
        quizzes.append({"id": QUIZ, "bank": banks[0]["id"]})
    return str(quizzes[0]["id"])


def _game(data: Data, wanted: str) -> str:
    wanted = wanted or f"{TEMPLATE}{next(iter(TEMPLATES))}"
    if not wanted.startswith(TEMPLATE):
        return wanted
    fresh = fresh_game(wanted.removeprefix(TEMPLATE))
    games = data.setdefault("games", [])
    if fresh in games:  # unchanged since it was copied: both checkpoints play the same
        return str(fresh["id"])
    fresh["id"] = free_name(data, "games", str(fresh["id"]))
    games.append(fresh)
    return str(fresh["id"])


def fresh_game(template: str) -> Data:
    """Return a game as its template has it, in full: a later change of the template changes no race."""
    return {"id": template, "template": template, **deepcopy(dict(TEMPLATES[template]))}


def free_name(data: Mapping[str, Any], part: str, wanted: str) -> str:
    """Return `wanted` as an id of this part, with a number behind it where it is taken."""
    taken = {str(item.get("id")) for item in data.get(part, [])}
    names = (wanted if number == 1 else f"{wanted}-{number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def users_of(data: Mapping[str, Any], kind: TaskKind, name: str) -> list[str]:
    """Return the codes of the checkpoints that hold this quiz or game."""
    held = {kind.value: name}
    return [str(item["code"]) for item in data.get("checkpoints", []) if held in item.get("tasks", [])]


def lacking(setup: Setup) -> list[str]:
    """Return the codes of the checkpoints that hold a task which cannot be played yet."""
    return [item.code for item in setup.checkpoints.values() if next(_lacks(setup, item), None)]


def why_not_ready(setup: Setup) -> Words | None:
    """Return why no trial and no race can begin yet, with what to do, or None: every task can be played."""
    return next((words for item in setup.checkpoints.values() for words in _lacks(setup, item)), None)


def _lacks(setup: Setup, checkpoint: Checkpoint) -> Iterator[Words]:
    for task in checkpoint.tasks:
        if task.kind is TaskKind.GAME and task.id not in setup.games:
            yield Words("Checkpoint %(code)s holds a game that is not there: choose one.", {"code": checkpoint.code})
        if task.kind is TaskKind.QUIZ:
            quiz = setup.quizzes.get(task.id)
            bank = setup.banks.get(quiz.bank) if quiz else None
            count, draw = len(bank.questions) if bank else 0, quiz.draw if quiz else 1
            if not count:
                yield Words("Checkpoint %(code)s asks questions, but there are none yet.", {"code": checkpoint.code})
            elif count < draw:
                yield Words(
                    "Checkpoint %(code)s asks %(draw)s questions, but its bank holds only %(count)s.",
                    {"code": checkpoint.code, "draw": draw, "count": count},
                )
