"""Banks of questions on the race file: which quizzes use one, when one is frozen, one taken over from another race."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from base.languages import Words
from facts.model import Fact, Stage
from organize.rules.tasks import BANK, Data, free_name
from race.model import Setup

FROZEN = Words(
    "Teams have been given questions from this bank, so it stays as it is. "
    "If one is wrong, void it or correct its answer under Results: that marks every sheet again."
)


def bank_of(data: Mapping[str, Any], name: str) -> Data | None:
    """Return the race file's bank of this id, or None."""
    return next((bank for bank in data.get("banks", []) if str(bank["id"]) == name), None)


def users_of_bank(setup: Setup, name: str) -> list[str]:
    """Return the codes of the checkpoints that draw from a bank; a quiz that no checkpoint holds goes by its id."""
    quizzes = {quiz.id for quiz in setup.quizzes.values() if quiz.bank == name}
    held = {task.id: item.code for item in setup.checkpoints.values() for task in item.tasks if task.id in quizzes}
    codes = [item.code for item in setup.checkpoints.values() if any(task.id in quizzes for task in item.tasks)]
    return [*codes, *sorted(quizzes - held.keys())]


def is_frozen(setup: Setup, stage: Stage, facts: Iterable[Fact], name: str, *, sealed: bool = False) -> bool:
    """Tell whether a sheet of the race that counts was drawn from a bank: from then on it stays as it is.

    Those that phones were given `sealed` are drawn as well, if a checkpoint asks for them.
    """
    if stage not in (Stage.RACE, Stage.PUBLISHED):
        return False
    quizzes = {quiz.id for quiz in setup.quizzes.values() if quiz.bank == name}
    if sealed and any(task.id in quizzes for item in setup.checkpoints.values() for task in item.tasks):
        return True
    return any(fact.kind == "sheet" and fact.body.get("quiz") in quizzes for fact in facts)


def add_bank(data: Data, name: Any, questions: Iterable[Data] = ()) -> str:
    """Add a bank to the race file and return its id."""
    bank = {"id": free_name(data, "banks", BANK), "name": name, "questions": deepcopy(list(questions))}
    data.setdefault("banks", []).append(bank)
    return str(bank["id"])
