"""Check-in at the desk: every team's heads counted on race morning, by several people at once."""

import secrets
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from base.clock import now_ms
from base.faults import FaultyInput
from base.languages import Words
from base.problems import Problem, malformed
from base.web import of_app, tell, write
from facts.model import Stage
from organize.forms.checkin import everybody, read_count
from organize.forms.fields import Fields
from organize.model import StepName
from organize.rules.checkin import Counted, counted
from organize.rules.teams import Wanted, found, one_page, pages
from organize.views.frame import by_whom, desk_page, desk_race
from people.rules import Act
from people.views import allowed
from race.forms.organizer import read_act
from race.forms.records import new_names
from race.live.race import LiveRace
from race.live.races import Live
from race.live.referee import Referee
from race.model import Entry
from race.store import swap_members

blueprint = Blueprint("checkin", __name__)

SHOWN = ("", "waiting", "short")
FILTERS = ("q", "show", "page")
OVERTAKEN = Words(
    "Somebody else has counted this team meanwhile. This is how it stands now; count again if it is wrong."
)


@blueprint.get("/organize/<slug>/checkin")
@allowed(Act.CONTROL)
def checkin(slug: str) -> ResponseReturnValue:
    """Show every team and whether it is here; `open` names one whose members are shown."""
    return _page(desk_race(slug))


def _stand(live: LiveRace, entry: Entry) -> Counted:
    size = live.setup.classes[entry.class_].team_size
    facts = live.facts.get(entry.id, ())
    return counted(entry, size, live.runs[entry.id].checkin, facts, live.race.log, live.whole.undone)


def _page(live: LiveRace, *, opened: str = "", error: str | None = None) -> str:
    entries = live.setup.entries.values()
    stands = {entry.id: _stand(live, entry) for entry in entries}
    asked = {name: request.values.get(name, "")[:80] for name in FILTERS}
    show = asked["show"] if asked["show"] in SHOWN else ""
    shown = [entry for entry in found(entries, Wanted(asked["q"])) if _fits(show, stands[entry.id])]
    here = min(max(request.values.get("page", 1, type=int), 1), pages(len(shown)))
    opened = opened or request.args.get("open", "")[:64]
    return desk_page(
        "organize/checkin.html",
        live,
        StepName.CHECKIN,
        ready=live.race.stage in (Stage.TRIAL, Stage.RACE),
        waits=live.gun is None,
        totals=_totals(stands),
        rows=[_row(entry, stands[entry.id]) for entry in one_page(shown, here)],
        opened=_opened(live, opened, stands),
        q=asked["q"],
        show=show,
        page=here,
        pages=pages(len(shown)),
        shown=len(shown),
        address=lambda **more: _address(live.race.slug, **more),
        error=error,
    )


def _fits(show: str, stand: Counted) -> bool:
    return {"": True, "waiting": stand.heads is None, "short": stand.short > 0}[show]


def _totals(stands: dict[str, Counted]) -> dict[str, int]:
    done = [stand for stand in stands.values() if stand.heads is not None]
    return {
        "teams": len(stands),
        "people": sum(stand.size for stand in stands.values()),
        "teams_here": len(done),
        "people_here": sum(stand.heads or 0 for stand in done),
        "waiting": len(stands) - len(done),
        "short": sum(stand.short > 0 for stand in done),
    }


def _row(entry: Entry, stand: Counted) -> dict[str, Any]:
    return {
        "entry": entry.id,
        "bib": entry.bib,
        "team": entry.team,
        "club": entry.club,
        "all": len(entry.members) or stand.size,
        "stand": stand,
    }


def _opened(live: LiveRace, name: str, stands: dict[str, Counted]) -> dict[str, Any] | None:
    """Return a team with its members, each ticked as it was counted last; before the first count all are."""
    entry = live.setup.entries.get(name)
    if entry is None:
        return None
    count, stand = live.runs[name].checkin, stands[name]
    named = set(count.members) if count else set(range(len(entry.members)))
    return {
        **_row(entry, stand),
        "members": [(member.name, member.role, place in named) for place, member in enumerate(entry.members)],
        "more": max(0, count.heads - len(named)) if count else 0,
    }


def _address(slug: str, **more: Any) -> str:
    asked = {name: request.values.get(name, "") for name in FILTERS} | more
    query = urlencode({name: value for name, value in asked.items() if value not in ("", None)})
    return f"/organize/{slug}/checkin" + (f"?{query}" if query else "")


@blueprint.post("/organize/<slug>/checkin")
@allowed(Act.CONTROL)
def count(slug: str) -> ResponseReturnValue:
    """Take a team's count: `all` is the id of the count of a team that is all here, else the form says who is."""
    live, fields = desk_race(slug), Fields(request.form)
    _check_stage(live)
    whole, _, id_ = fields.text("all", 140).rpartition(" ")
    entry = live.setup.entries.get(whole or fields.text("entry", 64))
    if entry is None:
        raise malformed(Words("There is no team of that number in this race."))
    stand, size = _stand(live, entry), live.setup.classes[entry.class_].team_size
    name = id_ or fields.text("count", 80)
    record = everybody(entry, size, name) if whole else read_count(fields, entry, name)
    if fields.faults:
        return _page(live, opened=entry.id, error=tell(fields.faults[0].words)), 400
    # Whoever presses twice, or just after somebody who found the same, has done no harm.
    if name != stand.next and not (whole and stand.heads == record["heads"]):
        return _page(live, opened=entry.id, error=tell(OVERTAKEN)), 409
    if name == stand.next and not _take(live, entry, record):
        return _page(desk_race(slug), opened=entry.id, error=tell(OVERTAKEN)), 409
    return redirect(f"{_address(slug)}#team-{entry.id}")


def _check_stage(live: LiveRace) -> None:
    if live.race.stage not in (Stage.TRIAL, Stage.RACE):
        raise Problem(409, "wrong_stage", Words("Open the trial or the race first; then count heads."))


def _take(live: LiveRace, entry: Entry, record: dict[str, Any]) -> bool:
    """Append a count; tell whether it stands. New names go to the entry, where personal data lives."""
    by, now = by_whom(), now_ms()
    try:
        draft = read_act(record, live.setup, by, now, secrets.token_hex(8))
    except FaultyInput as faulty:
        raise malformed(faulty.faults[0].words) from None
    (appended,) = of_app(Referee).take(live, [draft], now)
    if appended.conflict:
        return False
    if names := new_names(record.get("swapped")):
        nonce, race = secrets.token_hex(6), live.race.id
        write(lambda connection: swap_members(connection, race, entry.id, names, by=by, now=now, nonce=nonce))
        of_app(Live).catch_up()
    return True


@blueprint.post("/organize/<slug>/checkin/undo")
@allowed(Act.CONTROL)
def undo(slug: str) -> ResponseReturnValue:
    """Take a team's last count back, if it is still the one that was shown."""
    live, fields = desk_race(slug), Fields(request.form)
    _check_stage(live)
    entry = live.setup.entries.get(fields.text("entry", 64))
    if entry is None:
        raise malformed(Words("There is no team of that number in this race."))
    stand = _stand(live, entry)
    if stand.fact is None or stand.fact != fields.text("fact", 80):
        return _page(live, opened=entry.id, error=tell(OVERTAKEN)), 409
    act = {"kind": "decision", "what": "undo", "value": {"fact": stand.fact}, "entry": entry.id}
    now = now_ms()
    try:
        draft = read_act(
            {**act, "reason": tell(Words("Check-in corrected."))}, live.setup, by_whom(), now, secrets.token_hex(8)
        )
    except FaultyInput as faulty:
        raise malformed(faulty.faults[0].words) from None
    of_app(Referee).take(live, [draft], now)
    return redirect(f"{_address(slug, open=entry.id)}#team-{entry.id}")
