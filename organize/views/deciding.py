"""Deciding: a form becomes a record, everybody sees who would move, and only what was seen is stored."""

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any

from flask import request
from sqlalchemy import Engine

from base.clock import now_ms, time_of_day
from base.database import reading
from base.faults import Fault, FaultyInput
from base.languages import Words, say
from base.problems import Problem, malformed
from base.web import Outside, duration, language, of_app, tell
from facts.model import Draft, Fact, Stage
from organize.forms.decisions import Asking, Day, read_decision_form
from organize.forms.fields import Fields, seen_of
from organize.model import StepName
from organize.views.frame import by_whom, desk_page
from people.store.accounts import account_names
from race.live.race import LiveRace
from race.live.referee import Referee
from race.model import Run, Setup
from race.rules.naming import STATUSES
from race.rules.preview import Move, Where
from race.rules.telling import team_of, tell_fact, tell_whom

_NAME = re.compile(r"[0-9a-f]{16}")
# More rows than this nobody reads; the page says how many more there are.
MOST_MOVES = 60
BY_POINTS = frozenset({"score", "composite"})


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of a form: the page to show and its status, or, where it was stored, neither."""

    page: str | None = None
    status: int = 200


def all_facts(live: LiveRace) -> list[Fact]:
    """Return all facts that count, in no order."""
    return [*live.wide, *chain.from_iterable(live.facts.values())]


def day_of(live: LiveRace) -> Day:
    """Return the day on which a time of day is meant: the gun's, else the planned one, else today."""
    about = live.setup.about
    return Day(live.gun or about.planned_at or now_ms(), about.timezone)


def decide(live: LiveRace, entry: str | None, back: str) -> Decided:
    """Take a decision's form: first show who would move, then store what was confirmed.

    The address it is posted to is its own for both steps; `back` is where "not now" leads.

    Raises:
        FaultyInput: the form cannot be read.

    """
    if live.race.stage is Stage.SETUP:
        raise Problem(409, "wrong_stage", Words("Nothing has happened yet: there is nothing to decide."))
    form = request.form
    confirming = form.get("step") == "confirm"
    name = form.get("id", "") if confirming else secrets.token_hex(8)
    if not _NAME.fullmatch(name):
        raise malformed(Words("This form is not whole. Please load the page again."))
    if confirming and name in live.by_id:
        return Decided()  # pressed twice
    asking = Asking(live.setup, day_of(live), entry, by_whom(), now_ms(), name)
    draft = read_decision_form(Fields(form), asking)
    if entry is None and draft.body.get("what") == "undo":
        draft = _with_entry(live, draft)
    if confirming and form.get("revision") == str(live.revision):
        return _store(live, draft)
    moves = moves_of(live, draft)
    seen = seen_of([(move.entry, repr(move.before), repr(move.after)) for move in moves])
    if confirming and form.get("seen") == seen:
        return _store(live, draft)
    page = desk_page(
        "organize/jury_preview.html",
        live,
        StepName.JURY,
        action=request.full_path.rstrip("?"),
        back=back,
        about=team_of(live.setup, entry) if entry else None,
        told=tell(tell_fact(live.setup, as_fact(live, draft), live.by_id)),
        reason=form.get("reason", "").strip(),
        fields=[(key, value) for key, value in form.items() if key not in _OWN],
        name=name,
        seen=seen,
        seen_revision=live.revision,
        overtaken=confirming,
        moves=[move_row(live.setup, move) for move in moves[:MOST_MOVES]],
        more=max(0, len(moves) - MOST_MOVES),
    )
    return Decided(page, 409 if confirming else 200)


_OWN = frozenset({"csrf_token", "step", "id", "seen", "revision"})


def _store(live: LiveRace, draft: Draft) -> Decided:
    [appended] = of_app(Referee).take(live, [draft], now_ms())
    if appended.conflict:
        raise malformed(Words("This form is not whole. Please load the page again."))
    return Decided()


def _with_entry(live: LiveRace, draft: Draft) -> Draft:
    """Return an undo under the name of the team that what it takes back was about, so that it stands on its page."""
    target = live.by_id.get(str(draft.body["value"]["fact"]))
    if target is None:
        raise FaultyInput([Fault("fact", Words("That record is not there any more."))])
    return Draft(draft.id, draft.kind, draft.at, draft.received_at, draft.by, target.entry, None, draft.body)


def as_fact(live: LiveRace, draft: Draft) -> Fact:
    """Return a draft as the fact it would be."""
    return Fact(
        draft.id, draft.kind, draft.at, draft.received_at, draft.by, draft.entry, draft.checkpoint, draft.body,
        live.race.log, live.revision + 1, b"",
    )  # fmt: skip


def moves_of(live: LiveRace, draft: Draft) -> list[Move]:
    """Return who would move, worked out where it holds nobody up."""
    moves: list[Move] = of_app(Outside).run(live.supposing(as_fact(live, draft)))
    return moves


def move_row(setup: Setup, move: Move) -> dict[str, Any]:
    """Return a move for a page: the team, and where it stands before and after."""
    return {
        "entry": move.entry,
        "team": team_of(setup, move.entry),
        "before": _where(setup, move.before),
        "after": _where(setup, move.after),
        "up": _rank(move.after) < _rank(move.before),
        "down": _rank(move.after) > _rank(move.before),
        "class_changed": move.before.class_ != move.after.class_,
    }


def _rank(where: Where) -> int:
    return where.place if where.place is not None else 10**9


def _where(setup: Setup, where: Where) -> dict[str, Any]:
    format_ = setup.courses[setup.classes[where.class_].course].format
    return {
        "class": tell(tell_whom(setup, where.class_)),
        "place": where.place,
        "status": tell(STATUSES[where.status]),
        "count": where.checkpoints,
        "points": where.points if format_ in BY_POINTS else None,
        "time": duration(where.time_s),
    }


def names_of(live: LiveRace, facts: Iterable[Fact]) -> dict[str, str]:
    """Return by whom facts were made, as people call them: by `by`."""
    makers = {fact.by for fact in facts}
    numbers = [int(number) for maker in makers if (number := maker.removeprefix("organizer:")).isdecimal()]
    with reading(of_app(Engine)) as connection:
        accounts = account_names(connection, numbers) if numbers else {}
    return {maker: tell(_called(live.setup, maker, accounts)) for maker in makers}


def _called(setup: Setup, maker: str, accounts: dict[int, str]) -> Words | str:
    role, _, subject = maker.partition(":")
    if role == "organizer":
        return accounts.get(int(subject), "–") if subject.isdecimal() else "–"
    if role == "marshal" and subject in setup.checkpoints:
        return Words("marshal at %(code)s", {"code": setup.checkpoints[subject].code})
    if role == "team":
        return Words("the team's phone")
    if role == "server":
        return Words("by itself")
    return maker


def run_row(setup: Setup, run: Run, place: int | None) -> dict[str, Any]:
    """Return a run for a page: who, place, and what it is ranked by."""
    where = Where(run.class_, place, run.status, len(run.passed), run.points, run.time_s)
    entry = setup.entries[run.entry]
    return {
        "entry": run.entry,
        "team": team_of(setup, run.entry),
        "club": entry.club,
        **_where(setup, where),
        "finish": time_of_day(run.finish, setup.about.timezone) if run.finish is not None else None,
        "name": say(entry.team, language()),
    }
