"""What is drawn for practice and duels: as in the race, by another key, so that it says nothing of the race's draws."""

import base64
import binascii

from base import canonical
from base.keys import derive, sign, signed
from facts.model import Stage
from practice.model import Ticket
from quizzes.model import Bank, Quiz
from quizzes.rules import Orders, draw
from race.model import Setup

SHEET, DUEL = "practice", "duel"
OFFERED = 3


def open_banks(setup: Setup, stage: Stage, now: int) -> tuple[Bank, ...]:
    """Return the banks that are open for practice now. While the race runs none is: it would answer its questions."""
    practice = setup.about.practice
    if practice is None or now >= practice.until or stage is Stage.RACE:
        return ()
    return tuple(setup.banks[name] for name in practice.banks if setup.banks[name].questions)


def practice_quiz(setup: Setup, bank: Bank) -> Quiz:
    """Return by which quiz a bank is practised: the first of the race that draws from it, else the usual one."""
    return next((quiz for quiz in setup.quizzes.values() if quiz.bank == bank.id), Quiz("practice", bank.id))


def sheet_for(bank: Bank, quiz: Quiz, secret: bytes, place: int, orders: Orders) -> tuple[str, ...]:
    """Return the questions of the practice sheet at this place of the bank's order; the next place holds others."""
    drawn = draw(bank, quiz, derive(secret, SHEET), SHEET, place, 1, orders)
    return tuple(question.id for question in drawn)


def offered(bank: Bank, secret: bytes, draw_no: int, turn: int, orders: Orders) -> tuple[str, ...]:
    """Return the questions of which one is asked at this turn of a duel."""
    quiz = Quiz(DUEL, bank.id, draw=OFFERED)
    drawn = draw(bank, quiz, derive(secret, DUEL), DUEL, draw_no + turn, 1, orders)
    return tuple(question.id for question in drawn)


def pack(secret: bytes, ticket: Ticket) -> str:
    """Return the ticket as the text that a phone hands back with its answers; nobody can make one up."""
    body = canonical.encode([ticket.bank, list(ticket.questions), ticket.at])
    packed = base64.urlsafe_b64encode(body.encode()).decode()
    return f"{packed}.{sign(secret, SHEET, packed)}"


def unpack(secret: bytes, text: str) -> Ticket | None:
    """Return the ticket in `text`, or None where it is not ours."""
    packed, _, signature = text.partition(".")
    if not signed(secret, signature, SHEET, packed):
        return None
    try:
        bank, questions, at = canonical.decode(base64.urlsafe_b64decode(packed).decode())
    except (binascii.Error, ValueError):
        return None
    return Ticket(bank, tuple(questions), at)
