"""Practice sheets: handed out, marked, forgotten. Nothing of them is kept here: the phone holds a signed ticket."""

from typing import Any

from flask import Blueprint, Response, jsonify, render_template
from flask.typing import ResponseReturnValue

from base.clock import now_ms
from base.languages import Words
from base.limits import Limit
from base.problems import Problem, malformed
from base.web import body_json, client_address
from practice.model import Ticket
from practice.rules.drawing import open_banks, pack, practice_quiz, sheet_for, unpack
from practice.views.open import ORDERS, banks_open, questions_of, the_bank, the_race
from quizzes.rules import own_numbers
from race.live.race import LiveRace
from race.rules.quiz import LATE_MS
from race.views.pages import race_page
from race.views.shapes import question_json, reviewed_json, words_of

blueprint = Blueprint("practice", __name__)

# A whole office practises behind one address; somebody who copies a bank out sheet by sheet is slowed all the same.
SHEETS = Limit(most=300, within_s=3600)
MOST_BYTES = 64 * 1024
MOST_PLACE = 10**9


@blueprint.get("/r/<slug>/practice")
def page(slug: str) -> ResponseReturnValue:
    """Show the page of practice and duels; it says so where practice is closed."""
    live = the_race(slug)
    is_open = bool(open_banks(live.setup, live.race.stage, now_ms()))
    return render_template("practice/practice.html", race=race_page(live), is_open=is_open)


@blueprint.get("/api/v1/practice/<slug>")
def what_is_open(slug: str) -> Response:
    """Say which banks are open, and until when."""
    live = the_race(slug)
    banks = banks_open(live)
    practice = live.setup.about.practice
    return jsonify(
        {
            "race": words_of(live.setup.about.name) or live.race.slug,
            "until": practice.until if practice else None,
            "timezone": live.setup.about.timezone,
            "server_time": now_ms(),
            "banks": [
                {"id": bank.id, "name": words_of(bank.name) or bank.id, "count": len(bank.questions)} for bank in banks
            ],
        }
    )


@blueprint.post("/api/v1/practice/<slug>/sheet")
def hand_out(slug: str) -> Response:
    """Hand out the sheet at a place of a bank's order."""
    live, data, now = the_race(slug), body_json(MOST_BYTES), now_ms()
    bank, place = the_bank(live, data.get("bank")), data.get("place")
    if isinstance(place, bool) or not isinstance(place, int) or not 0 <= place <= MOST_PLACE:
        raise malformed(Words("Say which sheet: a whole number from 0."))
    hold_back(SHEETS, now)
    SHEETS.failed(client_address(), now)
    quiz = practice_quiz(live.setup, bank)
    ids = sheet_for(bank, quiz, live.race.secret, place, ORDERS)
    ticket = pack(live.race.secret, Ticket(bank.id, ids, now))
    questions = questions_of(live, bank.id)
    return jsonify(
        {
            "sheet": ticket,
            "given_at": now,
            "deadline": None if quiz.limit_s is None else now + quiz.limit_s * 1000,
            "limit_s": quiz.limit_s,
            "need": min(quiz.need, len(ids)),
            "questions": [question_json(questions[name], live.race.secret, ticket) for name in ids],
            "server_time": now,
        }
    )


def hold_back(limit: Limit, now: int) -> None:
    """Let whoever asked too often wait.

    Raises:
        Problem: they must wait; it says how long.

    """
    wait = limit.wait_s(client_address(), now)
    if wait:
        words = Words("That was very much in a short time. Go on in %(minutes)s min.", {"minutes": -(-wait // 60)})
        raise Problem(429, "too_many", words, retry_after_s=wait)


@blueprint.post("/api/v1/practice/<slug>/answer")
def mark_sheet(slug: str) -> Response:
    """Mark a sheet and show each question with its answer. Nothing is kept."""
    live, data, now = the_race(slug), body_json(MOST_BYTES), now_ms()
    text, given = data.get("sheet"), data.get("answers")
    ticket = unpack(live.race.secret, text) if isinstance(text, str) else None
    if ticket is None or not isinstance(given, dict):
        raise malformed(Words("These are no questions of this page. Begin anew."))
    the_bank(live, ticket.bank)
    return jsonify(_marked(live, ticket, str(text), given, now))


def _marked(live: LiveRace, ticket: Ticket, text: str, given: dict[str, Any], now: int) -> dict[str, Any]:
    known = questions_of(live, ticket.bank)
    asked = [known[name] for name in ticket.questions if name in known]
    answers = {
        question.id: own_numbers(question, given[question.id], live.race.secret, text)
        for question in asked
        if question.id in given
    }
    review = [reviewed_json(question, answers) for question in asked]
    quiz = practice_quiz(live.setup, live.setup.banks[ticket.bank])
    right, need = sum(item["right"] for item in review), min(quiz.need, len(ticket.questions))
    limit_ms = None if quiz.limit_s is None else quiz.limit_s * 1000
    taken = now - ticket.at
    in_time = limit_ms is None or taken <= limit_ms + LATE_MS
    return {
        "right": right,
        "need": need,
        "draw": len(asked),
        "seconds": (taken if limit_ms is None else min(taken, limit_ms)) / 1000,
        "in_time": in_time,
        "passed": in_time and right >= need,
        "review": review,
        "server_time": now,
    }
