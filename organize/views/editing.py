"""Changing the set-up: one transaction, judged whole by the race file's forms, never over somebody else's change."""

import secrets
from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from flask import request
from sqlalchemy import Connection, Engine

from base.clock import now_ms
from base.database import reading
from base.faults import Fault, FaultyInput
from base.languages import Words
from base.web import of_app, write
from organize.forms.fields import Overtaken, seen_of
from organize.views.frame import by_whom, needs_reason
from race.forms.file import read_race_file
from race.live.races import Live, LiveRace
from race.store import load_draw_numbers, load_setup, note_setup, save_setup

Change = Callable[[dict[str, Any]], dict[str, Any] | None]
MOST_REASON = 400


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
    if needs_reason(live) and reason is None:
        raise FaultyInput([Fault("reason", Words("The race is under way: say why you change this."))])
    by, now, nonce = by or by_whom(), now_ms(), secrets.token_hex(8)

    def work(connection: Connection) -> None:
        before = load_setup(connection, live.race.id)
        after = deepcopy(before)
        after = change(after) or after
        read_race_file(after, load_draw_numbers(connection, live.race.id))
        save_setup(connection, live.race.id, after, by=by, now=now, nonce=nonce, reason=reason)
        if also:
            also(connection)

    write(work)
    of_app(Live).catch_up()


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
