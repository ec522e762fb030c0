"""Changing the set-up: one transaction, judged whole by the race file's forms, never over somebody else's change."""

import logging
import secrets
from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from flask import request
from sqlalchemy import Connection, Engine

from base import canonical
from base.clock import now_ms
from base.database import reading
from base.faults import Fault, FaultyInput
from base.languages import Words
from base.problems import malformed
from base.web import of_app, write
from facts.model import Race, Stage
from facts.store import any_about, race_by_id, since
from organize.forms.fields import Overtaken, seen_of
from organize.views.frame import by_whom, needs_reason
from race.forms.file import read_race_file
from race.live.race import LiveRace, load_race
from race.live.races import Live
from race.store import load_draw_numbers, load_setup, note_setup, save_setup

Change = Callable[[dict[str, Any]], dict[str, Any] | None]
MOST_REASON = 400
# The stages whose records are people's results.
COUNTING = frozenset({Stage.RACE, Stage.PUBLISHED})

logger = logging.getLogger(__name__)


def edit(
    live: LiveRace,
    change: Change,
    *,
    also: Callable[[Connection], None] | None = None,
    by: str | None = None,
    reason: str | None = None,
) -> None:
    """Let `change` alter the race file and store what comes out; it may return another one, or None for the same.

    `change` may raise `Overtaken` where the form was filled in upon something that is no longer so. `also` writes in
    the same transaction. After the gun `reason`, else the form's field of that name, must say why. `by` is who changes
    it, where that is nobody who signed in.

    Raises:
        FaultyInput: the race file would not be sound; nothing is stored.

    """
    reason = reason or request.form.get("reason", "").strip()[:MOST_REASON] or None
    by, now, nonce = by or by_whom(), now_ms(), secrets.token_hex(8)

    def work(connection: Connection) -> None:
        race = race_by_id(connection, live.race.id)
        if reason is None and (needs_reason(live) or _began(connection, live, race)):
            raise FaultyInput([Fault("reason", Words("The race is under way: say why you change this."))])
        before = load_setup(connection, race.id)
        after = deepcopy(before)
        after = change(after) or after
        if not canonical.can_be_kept(after):
            raise malformed(Words("This request cannot be read as JSON."))
        read_race_file(after, load_draw_numbers(connection, race.id))
        if race.stage in COUNTING:
            _check_recorded(connection, race, before, after)
        save_setup(connection, race.id, after, by=by, now=now, nonce=nonce, reason=reason)
        if also:
            also(connection)
        if race.stage in COUNTING:
            _check_computable(connection, race)

    write(work)
    of_app(Live).catch_up()


def _began(connection: Connection, live: LiveRace, race: Race) -> bool:
    """Tell whether the gun was fired after the page's race was read: nobody's result changes unseen in that moment."""
    return race.stage in COUNTING and any(fact.kind == "gun" for fact in since(connection, race.id, live.revision))


def _check_recorded(connection: Connection, race: Race, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Check that nothing goes of which the race has records, however late they came in: they would hang in the air."""
    if any_about(connection, race, "entry", _gone(before, after, "entries", "id")):
        words = Words("Something was recorded of this team already: withdraw it in race control instead.")
        raise FaultyInput([Fault("entries", words)])
    if any_about(connection, race, "checkpoint", _gone(before, after, "checkpoints", "code")):
        words = Words(
            "The race is under way: nothing is deleted now. If a sign is lost, waive the checkpoint in “Results”."
        )
        raise FaultyInput([Fault("code", words)])


def _gone(before: Mapping[str, Any], after: Mapping[str, Any], part: str, key: str) -> list[str]:
    return sorted({str(item[key]) for item in before.get(part, [])} - {str(item[key]) for item in after.get(part, [])})


def _check_computable(connection: Connection, race: Race) -> None:
    """Check that the race can still be worked out from what was recorded: a decision may name a class, a sheet a quiz.

    After the commit it would be too late: nobody could read the race any more.
    """
    try:
        load_race(connection, race)
    except Exception:
        logger.exception("A change would make the race %s unreadable", race.slug)
        words = Words("What was recorded or decided in the race needs what you take away here. Nothing was changed.")
        raise FaultyInput([Fault("", words)]) from None


def refused(
    live: LiveRace, change: Change, page: Callable[..., str], show: Callable[[Any], Mapping[str, Any]]
) -> tuple[str, int] | None:
    """Do an edit; return nothing, or the page that says why it was not done, with all that was typed still in it.

    `page` takes what it is filled in upon, faults, and what somebody else saved. Where somebody was quicker, `show`
    gives what its fields would show of what stands there now.
    """
    try:
        edit(live, change)
    except FaultyInput as faulty:
        return page(request.form.get("seen", ""), faulty.faults), 400
    except Overtaken as overtaken:
        shown = show(overtaken.theirs)
        theirs = [(name, value) for name, value in shown.items() if str(value) != request.form.get(name, "")]
        return page(seen_of(overtaken.theirs), None, theirs), 409
    return None


def note(live: LiveRace, part: str, value: str) -> None:
    """Write down what happened to the set-up without changing it: a step ticked off, a sign verified."""
    by, now, nonce = by_whom(), now_ms(), secrets.token_hex(8)
    write(lambda connection: note_setup(connection, live.race.id, part, value, by=by, now=now, nonce=nonce))
    of_app(Live).catch_up()


def race_data(live: LiveRace) -> dict[str, Any]:
    """Return the race file as it stands in the database now: what a form is filled in upon."""
    with reading(of_app(Engine)) as connection:
        return load_setup(connection, live.race.id)
