"""What is open for practice now, and the questions drawn for it: shared by sheets and duels."""

from flask import g

from base.clock import now_ms
from base.languages import Words
from base.problems import Problem, malformed, not_found
from base.web import of_app
from practice.rules.drawing import open_banks
from quizzes.model import Bank, Question
from quizzes.rules import Orders
from race.live.race import LiveRace
from race.live.races import Live

ORDERS = Orders()
CLOSED = Words("Practice is not open now. Ask the organizer when it is.")


def the_race(slug: str) -> LiveRace:
    """Return the race of this address.

    Raises:
        Problem: there is none.

    """
    live = of_app(Live).by_slug(slug)
    if live is None:
        raise not_found()
    g.race_language = live.setup.about.language
    return live


def banks_open(live: LiveRace) -> tuple[Bank, ...]:
    """Return the banks that are open now, at least one.

    Raises:
        Problem: practice is closed.

    """
    banks = open_banks(live.setup, live.race.stage, now_ms())
    if not banks:
        raise Problem(404, "practice_closed", CLOSED)
    return banks


def the_bank(live: LiveRace, name: object) -> Bank:
    """Return one of the banks that are open.

    Raises:
        Problem: this one is not.

    """
    bank = next((bank for bank in banks_open(live) if bank.id == name), None)
    if bank is None:
        raise malformed(Words("These questions are not open for practice. Choose others."))
    return bank


def questions_of(live: LiveRace, bank: str) -> dict[str, Question]:
    """Return the questions of a bank by id; none where the bank is gone by now."""
    found = live.setup.banks.get(bank)
    return {question.id: question for question in found.questions} if found else {}
