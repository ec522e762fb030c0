"""Acts of the desk: each is one fact, however often and by however many it is pressed, and may be taken back."""

import secrets
from typing import Any

from flask import request
from sqlalchemy import Engine

from base.clock import now_ms
from base.database import reading
from base.faults import FaultyInput
from base.languages import Words
from base.problems import Problem, malformed
from base.web import of_app
from facts.model import Fact
from organize.rules.acts import act_id, refusal, state_of
from organize.views.frame import by_whom
from people.store.accounts import account_names
from race.forms.organizer import read_act
from race.live.race import LiveRace
from race.live.referee import Referee

OVERTAKEN = Words("Somebody else was quicker. See how it stands now, and press again if it is still right.")


def state(live: LiveRace) -> str:
    """Return what each form about the whole race carries as `after`: the state that its page showed."""
    return state_of(live.race.log, live.wide)


def nonce() -> str:
    """Return what each form about a team, and each message, carries as `nonce`: one page, one act."""
    return secrets.token_hex(8)


def act_on_all(live: LiveRace, what: str, record: dict[str, Any], *named: object, refused: Words | None = None) -> Fact:
    """Do something to the race as a whole, once for each state of it that a page showed; `refused` says why not.

    Raises:
        Problem: it is not possible now, or somebody else did something meanwhile.

    """
    after = request.form.get("after", "")[:80] or state(live)
    name = act_id(after, what, *named)
    if name not in live.by_id:
        refused = refusal(what, live.race.stage, live.whole, now_ms()) or refused
        if after != state(live):
            raise Problem(409, "overtaken", OVERTAKEN)
        if refused:
            raise Problem(409, "wrong_stage", refused)
    return _take(live, name, record)


def act_once(live: LiveRace, what: str, record: dict[str, Any], *named: object) -> Fact:
    """Do something about a team, or say something: once for each page it was sent from."""
    refused = refusal(what, live.race.stage, live.whole, now_ms())
    if refused:
        raise Problem(409, "wrong_stage", refused)
    page = request.form.get("nonce", "")[:40] or nonce()
    return _take(live, act_id(live.race.log, page, what, *named), record)


def _take(live: LiveRace, name: str, record: dict[str, Any]) -> Fact:
    now = now_ms()
    try:
        draft = read_act({**record, "id": name}, live.setup, by_whom(), now, name)
    except FaultyInput as faulty:
        raise malformed(faulty.faults[0].words) from None
    appended = of_app(Referee).take(live, [draft], now)[0]
    if appended.conflict:
        words = Words("This was sent from this page already, with other words. Look at the page anew.")
        raise Problem(409, "conflict", words)
    return appended.fact


def names_of(who: set[str]) -> dict[str, str]:
    """Return how people are called whom facts name: accounts by their name, others as they are."""
    numbers = {by: int(by.removeprefix("organizer:")) for by in who if by.removeprefix("organizer:").isdecimal()}
    with reading(of_app(Engine)) as connection:
        names = account_names(connection, list(numbers.values())) if numbers else {}
    return {by: names.get(numbers[by], by) if by in numbers else by for by in who}
