"""The first step: what the race is called, where and when it is, how big a team is, how long it may take."""

from typing import Any

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from base.faults import Fault, FaultyInput
from base.web import tell
from organize.forms.basics import read_basics, show_basics
from organize.forms.fields import Fields, Overtaken, check_seen, seen_of
from organize.model import StepName
from organize.views.editing import edit, race_data
from organize.views.frame import desk_page, desk_race, saved_at
from people.rules import Act
from people.views import allowed
from race.live.races import LiveRace

blueprint = Blueprint("basics", __name__)


@blueprint.get("/organize/<slug>/basics")
@allowed(Act.SET_UP)
def basics(slug: str) -> ResponseReturnValue:
    """Show the basics of a race."""
    live = desk_race(slug)
    data = race_data(live)
    return _page(live, show_basics(data), seen_of(_own(data)))


@blueprint.post("/organize/<slug>/basics")
@allowed(Act.SET_UP)
def save(slug: str) -> ResponseReturnValue:
    """Save them, unless somebody else did meanwhile."""
    live, fields, seen = desk_race(slug), Fields(request.form), request.form.get("seen", "")

    def change(data: dict[str, Any]) -> dict[str, Any]:
        check_seen(_own(data), seen)
        changed = read_basics(fields, data)
        if fields.faults:
            raise FaultyInput(fields.faults)
        return changed

    try:
        edit(live, change)
    except FaultyInput as faulty:
        return _page(live, request.form, seen, faulty.faults), 400
    except Overtaken as overtaken:
        theirs = show_basics(overtaken.theirs)
        return _page(live, request.form, seen_of(overtaken.theirs), theirs=theirs), 409
    return redirect(saved_at("basics.basics", slug, "basics"))


def _own(data: dict[str, Any]) -> dict[str, Any]:
    """Return what of the race file this page shows: changes elsewhere do not get in its way."""
    return {part: data.get(part) for part in ("race", "classes")}


def _page(
    live: LiveRace, values: Any, seen: str, faults: list[Fault] | None = None, theirs: dict[str, Any] | None = None
) -> str:
    different = (
        [(name, value) for name, value in theirs.items() if str(value) != values.get(name, "")] if theirs else None
    )
    return desk_page(
        "organize/basics.html",
        live,
        StepName.BASICS,
        values=values,
        seen=seen,
        faults={fault.path.rpartition(".")[2]: tell(fault.words) for fault in faults or ()},
        theirs=different,
    )
