"""Duels over HTTP: two phones that hold a seat each, and the table of the evening."""

import secrets
import unicodedata
from functools import partial
from typing import Any

from flask import Blueprint, Response, jsonify, request
from sqlalchemy import Connection, Engine

from base import canonical
from base.clock import now_ms
from base.database import reading
from base.keys import SYMBOLS, sign, signed
from base.languages import Words
from base.limits import Limit
from base.problems import Problem, malformed, not_found, unauthorized
from base.web import body_json, client_address, of_app, write
from facts.model import Stage
from practice.model import Duel
from practice.rules import duel as rules
from practice.rules.drawing import offered
from practice.rules.evening import folded, table
from practice.store import KEPT_MS, add_duel, count_duels, load_duel, load_duels, save_duel
from practice.views.open import CLOSED, ORDERS, banks_open, questions_of, the_bank, the_race
from practice.views.sheets import hold_back
from quizzes.rules import mark, own_numbers
from race.live.race import LiveRace
from race.views.shapes import question_json, reviewed_json, words_of

blueprint = Blueprint("duels", __name__)

ROOMS = Limit(most=60, within_s=3600)
GUESSES = Limit(most=30, within_s=60)
MOST_DUELS = 1000
MOST_BYTES = 8192
CODE_LENGTH = 4
LONGEST_NAME = 16
NO_DUEL = Words("There is no duel of this code. Look at the other phone and type it again.")


@blueprint.get("/api/v1/practice/<slug>/duels")
def evening(slug: str) -> Response:
    """Return the table of the evening."""
    live, now = the_race(slug), now_ms()
    banks_open(live)
    with reading(of_app(Engine)) as connection:
        duels = load_duels(connection, live.race.id, now - KEPT_MS)
    rows = table([rules.settled(duel, now, _offers(live, duel)) for duel in duels])
    return jsonify({"table": [{name: getattr(row, name) for name in row.__slots__} for row in rows]})


@blueprint.post("/api/v1/practice/<slug>/duels")
def open_duel(slug: str) -> Response:
    """Open a duel and take its first seat."""
    live, data, now = the_race(slug), body_json(MOST_BYTES), now_ms()
    bank, name = the_bank(live, data.get("bank")), _name(data.get("name"))
    hold_back(ROOMS, now)
    ROOMS.failed(client_address(), now)
    draw_no = secrets.randbelow(10**6)

    def work(connection: Connection) -> Duel:
        if count_duels(connection, live.race.id) >= MOST_DUELS:
            raise Problem(429, "too_many", Words("So many duels were opened today that no more fit. Try tomorrow."))
        code = _new_code()
        while load_duel(connection, live.race.id, code):
            code = _new_code()
        duel = Duel(code, bank.id, draw_no, (name,), now)
        add_duel(connection, live.race.id, duel)
        return duel

    duel = write(work)
    return jsonify({"token": _token(live, duel, 0), **_shown(live, duel, 0, now)})


@blueprint.post("/api/v1/practice/<slug>/duels/<code>/join")
def join(slug: str, code: str) -> Response:
    """Take the second seat: the duel begins."""
    live, data, now = the_race(slug), body_json(MOST_BYTES), now_ms()
    hold_back(GUESSES, now)
    name = _name(data.get("name"))

    def work(connection: Connection) -> Duel | None:
        duel = load_duel(connection, live.race.id, _clean(code), to_change=True)
        if duel is None:
            return None
        _still_open(live, duel)
        if duel.started_at is not None:
            raise Problem(409, "full", Words("Two are playing this duel already. Open one of your own."))
        if folded(duel.names[0]) == folded(name):
            raise malformed(Words("The other player has this name. Choose another."))
        duel = rules.joined(duel, name, now, _offers(live, duel))
        save_duel(connection, live.race.id, duel)
        return duel

    duel = write(work)
    if duel is None:
        GUESSES.failed(client_address(), now)
        raise not_found(NO_DUEL)
    return jsonify({"token": _token(live, duel, 1), **_shown(live, duel, 1, now)})


@blueprint.get("/api/v1/practice/<slug>/duels/<code>")
def how_it_stands(slug: str, code: str) -> Response:
    """Return how a duel stands for one seat."""
    live, now = the_race(slug), now_ms()
    with reading(of_app(Engine)) as connection:
        duel = load_duel(connection, live.race.id, _clean(code))
    duel, seat = _seated(live, duel, _bearer())
    return jsonify(_shown(live, rules.settled(duel, now, _offers(live, duel)), seat, now))


@blueprint.post("/api/v1/practice/<slug>/duels/<code>")
def act(slug: str, code: str) -> Response:
    """Ask, or answer. What came too late or twice changes nothing, and the answer says how it stands."""
    live, data, now, token = the_race(slug), body_json(MOST_BYTES), now_ms(), _bearer()

    def work(connection: Connection) -> tuple[Duel, int]:
        before, seat = _seated(live, load_duel(connection, live.race.id, _clean(code), to_change=True), token)
        offer = _offers(live, before)
        after = rules.settled(before, now, offer)
        if data.get("turn") == len(after.turns) - 1:
            after = _done(live, after, seat, data, now)
        if after != before:
            save_duel(connection, live.race.id, after)
        return after, seat

    duel, seat = write(work)
    return jsonify(_shown(live, duel, seat, now))


def _done(live: LiveRace, duel: Duel, seat: int, data: dict[str, Any], now: int) -> Duel:
    offer = _offers(live, duel)
    if "ask" in data:
        return rules.asked(duel, seat, str(data["ask"]), now, offer)
    if not rules.may_answer(duel, seat):
        return duel
    answer = data.get("answer")
    if not canonical.can_be_kept(answer):
        raise malformed(Words("This request cannot be read as JSON."))
    question = questions_of(live, duel.bank).get(duel.turns[-1].question or "")
    if question is None:  # the organizer took it out meanwhile: nobody does squats for it
        return rules.answered(duel, seat, answer, now, offer, right=True)
    own = own_numbers(question, answer, live.race.secret, _sheet(duel, len(duel.turns) - 1))
    return rules.answered(duel, seat, own, now, offer, right=mark(question, own))


def _offers(live: LiveRace, duel: Duel) -> rules.Offer:
    bank = live.setup.banks.get(duel.bank)
    if bank is None or not bank.questions:
        return lambda _turn: ("",)
    return partial(_offered, live, duel)


def _offered(live: LiveRace, duel: Duel, turn: int) -> tuple[str, ...]:
    return offered(live.setup.banks[duel.bank], live.race.secret, duel.draw_no, turn, ORDERS)


def _sheet(duel: Duel, turn: int) -> str:
    return f"{duel.code}-{duel.opened_at}-{turn}"


# Who sits where.


def _token(live: LiveRace, duel: Duel, seat: int) -> str:
    return f"{seat}.{sign(live.race.secret, 'duel', duel.code, duel.opened_at, seat)}"


def _bearer() -> str:
    return request.headers.get("Authorization", "").removeprefix("Bearer ").strip()


def _seated(live: LiveRace, duel: Duel | None, token: str) -> tuple[Duel, int]:
    """Return the duel with the seat of whoever holds `token`.

    Raises:
        Problem: there is no such duel, or this phone has no seat at it.

    """
    if duel is None:
        raise not_found(NO_DUEL)
    _still_open(live, duel)
    for seat in range(len(duel.names)):
        if signed(live.race.secret, token.partition(".")[2], "duel", duel.code, duel.opened_at, seat):
            return duel, seat
    raise unauthorized(Words("This phone plays no part in this duel. Join by its code."))


def _still_open(live: LiveRace, duel: Duel) -> None:
    """A duel that began goes to its end, but not into the race: its questions may be asked there.

    Raises:
        Problem: it may not go on.

    """
    if live.race.stage is Stage.RACE or duel.bank not in live.setup.banks:
        raise Problem(404, "practice_closed", CLOSED)


def _new_code() -> str:
    return "".join(secrets.choice(SYMBOLS) for _ in range(CODE_LENGTH))


def _clean(code: str) -> str:
    return unicodedata.normalize("NFKC", code).strip().upper()[:8]


def _name(value: object) -> str:
    name = " ".join(value.split()) if isinstance(value, str) and canonical.can_be_kept(value) else ""
    name = "".join(letter for letter in name if not unicodedata.category(letter).startswith("C"))
    if not 0 < len(name) <= LONGEST_NAME:
        raise malformed(
            Words("Give a name of at most %(longest)s letters; a nickname is enough.", {"longest": LONGEST_NAME})
        )
    return name


# What a phone sees.


def _shown(live: LiveRace, duel: Duel, seat: int, now: int) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "code": duel.code,
        "you": seat,
        "names": list(duel.names),
        "phase": "waiting",
        "squats_each": rules.SQUATS,
        "ends_at": rules.ends_at(duel),
        "server_time": now,
    }
    if duel.started_at is None:
        return shown
    scores = [rules.score(duel, other) for other in range(rules.PLAYERS)]
    shown["scores"] = [{"right": one.right, "squats": one.wrong * rules.SQUATS} for one in scores]
    known = questions_of(live, duel.bank)
    ended = [turn for turn in duel.turns if turn.ended_at is not None]
    if ended and ended[-1].question in known:
        last, question = ended[-1], known[ended[-1].question or ""]
        answers = {} if last.answer is None else {question.id: last.answer}
        shown["last"] = {"seat": 1 - last.asker, **reviewed_json(question, answers), "right": bool(last.right)}
    if rules.is_over(duel):
        return {**shown, "phase": "over", "winner": rules.winner(duel)}
    turn, number = duel.turns[-1], len(duel.turns) - 1
    shown |= {"turn": number, "asker": turn.asker}
    if turn.asked_at is None:
        shown |= {"phase": "asking", "until": turn.begun_at + rules.CHOOSING_MS, "length_s": rules.CHOOSING_MS // 1000}
        if turn.asker == seat:
            shown["offered"] = [
                {"id": name, "text": words_of(known[name].text)} for name in turn.offered if name in known
            ]
        return shown
    shown |= {"phase": "answering", "until": turn.asked_at + rules.ANSWERING_MS, "length_s": rules.ANSWERING_MS // 1000}
    if turn.question in known:
        shown["question"] = question_json(known[turn.question or ""], live.race.secret, _sheet(duel, number))
    return shown
