"""What a team's phone carries sealed: which checkpoints, and the first sheet that each would hand out.

A sheet's id follows from what is on it, so the answer of a phone that was long without signal says which questions the
team saw. A `Basis` is all that a draw depends on: kept when phones are first given what was drawn from it, it draws the
same sheets again after the set-up was changed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from base import canonical
from base.keys import derive
from checkpoints.model import Checkpoint, CheckpointKind, TaskKind
from checkpoints.rules import codes_of
from facts.model import Draft, Race, Stage
from quizzes.model import Bank, Question, QuestionKind, Quiz, Step, StepKind
from quizzes.rules import Orders, draw
from race.model import Entry, Run, Setup
from race.rules.quiz import SEALED
from race.rules.sheets import BY_SERVER, drawing_secret, sheet_id


@dataclass(frozen=True, slots=True)
class Basis:
    """What first sheets are drawn from: by checkpoint its quiz, the quizzes, and the banks without their words."""

    quizzes: Mapping[str, Quiz]
    banks: Mapping[str, Bank]
    tasks: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FirstSheet:
    """The sheet of a first attempt before anybody has asked for it."""

    id: str
    checkpoint: str
    quiz: str
    questions: tuple[str, ...]


def salt_of(secret: bytes) -> bytes:
    """Return the salt of a race's signs and codes: public, and never the same in two races."""
    return derive(secret, "seal salt")[:16]


def log_of_race(race: Race) -> str:
    """Return the log that a sheet would be in: while a race is set up, phones make ready for the race that counts."""
    return race.log if race.stage is not Stage.SETUP else Stage.RACE.value


def checkpoints_on(setup: Setup, entry: Entry) -> list[Checkpoint]:
    """Return the checkpoints whose signs an entry may meet: its course's, in that order, then starts and finishes."""
    items = setup.courses[setup.classes[entry.class_].course].checkpoints
    if any(isinstance(item, dict) and item.get("any") for item in items):
        return list(setup.checkpoints.values())
    codes = dict.fromkeys(code for item in items for code in codes_of(item))
    ends = {item.id for item in setup.checkpoints.values() if item.kind is not CheckpointKind.CONTROL}
    return [setup.checkpoints[code] for code in (*codes, *sorted(ends - codes.keys())) if code in setup.checkpoints]


def places_open(setup: Setup, run: Run | None, now: int) -> bool:
    """Tell whether a team may know where checkpoints lie: after its start, or where the organizer shows them early."""
    started = run is not None and run.start is not None and run.start <= now
    return setup.about.places_early or started


def basis_of(setup: Setup) -> Basis:
    """Return what first sheets are drawn from now. A quiz behind another task is handed out by the server alone."""
    tasks = {
        item.id: item.tasks[0].id
        for item in setup.checkpoints.values()
        if item.tasks and item.tasks[0].kind is TaskKind.QUIZ
    }
    quizzes = {name: setup.quizzes[name] for name in tasks.values()}
    return Basis(quizzes, {quiz.bank: setup.banks[quiz.bank] for quiz in quizzes.values()}, tasks)


def first_sheet(
    basis: Basis, secret: bytes, log: str, entry: Entry, checkpoint: str, orders: Orders | None = None
) -> FirstSheet | None:
    """Return what `entry` is asked first at a checkpoint, or None where its first task is no quiz."""
    name = basis.tasks.get(checkpoint)
    if name is None:
        return None
    quiz = basis.quizzes[name]
    drawn = draw(basis.banks[quiz.bank], quiz, drawing_secret(secret, log), checkpoint, entry.draw_no, 1, orders)
    questions = tuple(question.id for question in drawn)
    return FirstSheet(sheet_id(log, entry.id, checkpoint, name, 1, questions), checkpoint, name, questions)


def first_sheets(
    basis: Basis, secret: bytes, log: str, entry: Entry, orders: Orders | None = None
) -> Iterator[FirstSheet]:
    """Yield what `entry` is asked first at each checkpoint that begins with a quiz."""
    for checkpoint in basis.tasks:
        sheet = first_sheet(basis, secret, log, entry, checkpoint, orders)
        if sheet:
            yield sheet


def opened_sheets(sealed: Mapping[str, FirstSheet], drafts: Iterable[Draft], entry: Entry | None) -> list[Draft]:
    """Return the facts that a phone opened sheets by itself, for the answers among `drafts` that name them.

    Each is dated when the phone showed it, as far as it says; the fold lets it begin when the team came there.
    """
    opened: dict[str, Draft] = {}
    for draft in drafts:
        sheet = sealed.get(str(draft.body.get("sheet"))) if draft.kind == "answer" else None
        if sheet is None or entry is None:
            continue
        at = draft.at - round(1000 * draft.body.get("seconds", 0))
        body = {"quiz": sheet.quiz, "attempt": 1, "questions": list(sheet.questions), SEALED: True}
        fact = Draft(sheet.id, "sheet", at, draft.received_at, BY_SERVER, entry.id, sheet.checkpoint, body)
        opened.setdefault(sheet.id, fact)
    return list(opened.values())


def basis_to_json(basis: Basis) -> dict[str, Any]:
    """Return a basis as it is kept: no words, no answers."""
    return {
        "tasks": dict(basis.tasks),
        "quizzes": {
            quiz.id: {"bank": quiz.bank, "draw": quiz.draw, "on_fail": [step.kind.value for step in quiz.on_fail]}
            for quiz in basis.quizzes.values()
        },
        "banks": {
            bank.id: [[item.id, item.tags[0] if item.tags else None, item.difficulty] for item in bank.questions]
            for bank in basis.banks.values()
        },
    }


def read_basis(data: Mapping[str, Any]) -> Basis:
    """Read a basis that was kept: enough of each question and quiz to draw again."""
    quizzes = {
        name: Quiz(name, item["bank"], item["draw"], on_fail=tuple(Step(StepKind(kind)) for kind in item["on_fail"]))
        for name, item in data["quizzes"].items()
    }
    banks = {
        name: Bank(name, tuple(_question(*item) for item in questions)) for name, questions in data["banks"].items()
    }
    return Basis(quizzes, banks, data["tasks"])


def _question(name: str, tag: str | None, difficulty: int | None) -> Question:
    return Question(name, QuestionKind.TEXT, "", (), tags=(tag,) if tag else (), difficulty=difficulty)


def basis_digest(data: Mapping[str, Any]) -> str:
    """Return by what a kept basis is known."""
    return canonical.sha256(canonical.encode(dict(data)))


def box_key(secret: bytes, entry: str, name: str, plain: bytes) -> tuple[bytes, bytes]:
    """Return key and nonce for a sealed text of an entry; another text gets another pair."""
    digest = canonical.sha256(plain.decode())
    return derive(secret, "box", entry, name, digest), derive(secret, "nonce", entry, name, digest)
