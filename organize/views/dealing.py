"""Dealing first checkpoints and waves: look at it, do it, take it back."""

import secrets
from typing import Any

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from base.clock import now_ms
from base.faults import Fault, FaultyInput
from base.languages import Words
from base.problems import Problem
from base.web import tell
from organize.forms.fields import Fields, Overtaken, check_seen, seen_of
from organize.model import StepName
from organize.rules.dealing import MOST_EACH, Deal, compared, deal, read_waves, spread, with_dealt
from organize.store.proposals import add_proposal, drop_expired, drop_proposal
from organize.views.editing import edit, race_data
from organize.views.frame import desk_page, desk_race
from organize.views.teams import address_of
from organize.views.undoing import KIND, kept_deal
from people.rules import Act
from people.views import allowed
from race.live.race import LiveRace

blueprint = Blueprint("dealing", __name__)


@blueprint.get("/organize/<slug>/teams/deal")
@allowed(Act.SET_UP)
def dealing(slug: str) -> ResponseReturnValue:
    """Show what dealing would do: the address says what to deal, and nothing is stored."""
    live, fields = desk_race(slug), Fields(request.args)
    return _page(live, _read(fields), fields.faults)


def _read(fields: Fields) -> Deal:
    what = fields.text("what", 10)
    return Deal(
        what="wave" if what == "wave" else "first",
        each=fields.number("each", 1, MOST_EACH) or 1,
        waves=read_waves(fields.text("waves", 200)),
        again=fields.ticked("again"),
    )


def _page(live: LiveRace, wanted: Deal, faults: list[Fault], *, overtaken: bool = False) -> str:
    entries = race_data(live).get("entries", [])
    dealt = deal(entries, live.setup, wanted)
    return desk_page(
        "organize/teams_deal.html",
        live,
        StepName.TEAMS,
        deal=wanted,
        rows=compared(entries, wanted.what, dealt),
        spread=spread(entries, wanted.what, dealt),
        have=sum(1 for entry in entries if entry.get(wanted.what)),
        seen=seen_of(entries),
        most_each=MOST_EACH,
        faults={fault.path: tell(fault.words) for fault in faults},
        overtaken=overtaken,
        back=address_of(live.race.slug),
    )


@blueprint.post("/organize/<slug>/teams/deal")
@allowed(Act.SET_UP)
def do(slug: str) -> ResponseReturnValue:
    """Deal as was shown, unless the teams changed meanwhile; what stood before is kept for a day."""
    live, fields, seen = desk_race(slug), Fields(request.form), request.form.get("seen", "")
    wanted, key, now = _read(fields), secrets.token_hex(16), now_ms()
    before: dict[str, Any] = {}

    def change(data: dict[str, Any]) -> None:
        entries = data.get("entries", [])
        check_seen(entries, seen)
        dealt = deal(entries, live.setup, wanted)
        before.clear()
        for entry in entries:
            name = str(entry["id"])
            if dealt.get(name, entry.get(wanted.what)) != entry.get(wanted.what):
                before[name] = [entry.get(wanted.what), dealt[name]]
        data["entries"] = with_dealt(entries, wanted.what, dealt)

    def also(connection: Any) -> None:
        drop_expired(connection, now)
        add_proposal(connection, live.race.id, KIND, key, {"what": wanted.what, "before": before}, now)

    try:
        edit(live, change, also=also)
    except Overtaken:
        return _page(live, wanted, fields.faults, overtaken=True), 409
    except FaultyInput as faulty:
        return _page(live, wanted, faulty.faults), 400
    return redirect(address_of(slug, "deal", undo=key))


@blueprint.post("/organize/<slug>/teams/undo")
@allowed(Act.SET_UP)
def undo(slug: str) -> ResponseReturnValue:
    """Put back what teams had before a dealing; whoever was changed by hand since keeps that."""
    live, key = desk_race(slug), request.form.get("key", "")[:64]
    kept = kept_deal(live, key)
    if kept is None:
        raise Problem(410, "gone", Words("This can no longer be taken back."))
    what = kept["what"]

    def change(data: dict[str, Any]) -> None:
        entries = data.get("entries", [])
        now = {str(entry["id"]): entry.get(what) for entry in entries}
        back = {name: was for name, (was, dealt) in kept["before"].items() if now.get(name) == dealt}
        data["entries"] = with_dealt(entries, what, back)

    try:
        edit(live, change, also=lambda connection: drop_proposal(connection, live.race.id, key))
    except FaultyInput as faulty:
        raise Problem(409, "reason", faulty.faults[0].words) from None
    return redirect(address_of(slug, "undo"))
