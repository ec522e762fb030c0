"""Handing out sheets: which are due to a run now, and what is on them. And giving up those that ran out."""

import hashlib
from collections.abc import Iterator, Sequence

from base.keys import derive
from facts.model import Draft
from quizzes.rules import Orders, draw
from race.model import Entry, QuizTask, Run, Setup, TaskState, Visit
from race.rules.quiz import EXPIRY_MS

BY_SERVER = "server"


def due_sheet(
    setup: Setup, secret: bytes, log: str, entry: Entry, visit: Visit, punched_at: int, now: int, orders: Orders
) -> Draft | None:
    """Return the sheet to hand out at this visit now, or None: nothing is due, one is open, or it cools down.

    A further attempt wants a punch that was made after the failed one: what a phone without signal tells long after
    the team has run on opens nothing.

    Its id follows from what it is for, so two phones that ask at once are handed the same sheet.
    """
    for task in visit.tasks:
        if not isinstance(task, QuizTask):
            continue
        cooled = task.until is not None and now >= task.until and punched_at >= (task.tries[-1].answered_at or 0)
        if task.state is not TaskState.DUE and not cooled:
            continue
        quiz = setup.quizzes[task.quiz]
        drawing = drawing_secret(secret, log)
        drawn = draw(setup.banks[quiz.bank], quiz, drawing, visit.checkpoint, entry.draw_no, task.next_attempt, orders)
        questions = [question.id for question in drawn]
        name = sheet_id(log, entry.id, visit.checkpoint, task.quiz, task.next_attempt, questions)
        body = {"quiz": task.quiz, "attempt": task.next_attempt, "questions": questions}
        return Draft(name, "sheet", now, now, BY_SERVER, entry.id, visit.checkpoint, body)
    return None


def drawing_secret(secret: bytes, log: str) -> bytes:
    """Return what sheets are drawn with: each trial has its own, and gives nothing of the race away."""
    return derive(secret, "draw", log)


def sheet_id(log: str, entry: str, checkpoint: str, quiz: str, attempt: int, questions: Sequence[str]) -> str:
    """Return the id of the one sheet that asks `questions` in this attempt: a phone that opened it by itself names it.

    The choices are laid out by it and the race's secret.
    """
    named = "\x00".join((log, entry, checkpoint, quiz, str(attempt), *questions))
    return f"sheet-{hashlib.sha256(named.encode()).hexdigest()[:24]}"


def expired(run: Run, now: int) -> Iterator[Draft]:
    """Yield the empty answer to each sheet that ran out and can no longer be answered in time.

    It stands at the moment of giving up, after any answer given in time, so one that comes late from a phone without
    signal still counts before it.
    """
    for visit in run.visits.values():
        for task in visit.tasks:
            if not isinstance(task, QuizTask) or task.state is not TaskState.OPEN:
                continue
            last = task.tries[-1]
            if last.sheet and last.deadline is not None and now >= last.deadline + EXPIRY_MS:
                at = last.deadline + EXPIRY_MS
                body = {"sheet": last.sheet, "quiz": task.quiz, "answers": {}, "expired": True}
                name = f"expired-{last.sheet}"
                yield Draft(name, "answer", at, now, BY_SERVER, run.entry, visit.checkpoint, body)
