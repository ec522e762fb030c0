"""The switch of practice and duels: which banks anybody may practise on, and until when."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from base.clock import now_ms, parse_instant
from base.faults import Fault, FaultyInput
from base.languages import Words, say
from base.web import language
from organize.forms.fields import Fields
from organize.model import StepName
from organize.rules.banks import users_of_bank
from organize.views.editing import edit
from organize.views.frame import by_field, desk_page, desk_race, saved_at
from people.rules import Act
from people.views.guards import allowed
from practice.rules.drawing import open_banks
from race.live.race import LiveRace

blueprint = Blueprint("practising", __name__)

FORM = "practice"


@blueprint.get("/organize/<slug>/questions/practice")
@allowed(Act.SET_UP)
def practice(slug: str) -> ResponseReturnValue:
    """Show which banks are open for practice."""
    return _page(desk_race(slug))


def _page(live: LiveRace, faults: list[Fault] | None = None) -> str:
    setup = live.setup
    opened = setup.about.practice
    until = datetime.fromtimestamp(opened.until / 1000, ZoneInfo(setup.about.timezone)) if opened else None
    chosen = request.form.getlist("bank") if faults else opened.banks if opened else ()
    banks = [
        {
            "id": bank.id,
            "name": say(bank.name, language()) or bank.id,
            "count": len(bank.questions),
            "users": users_of_bank(setup, bank.id),
            "chosen": bank.id in chosen,
        }
        for bank in setup.banks.values()
        if bank.questions
    ]
    return desk_page(
        "organize/practice.html",
        live,
        StepName.TASKS,
        banks=banks,
        until=opened.until if opened and open_banks(setup, live.race.stage, now_ms()) else None,
        day=request.form.get("day") or (until.date().isoformat() if until else ""),
        time=request.form.get("time") or (f"{until:%H:%M}" if until else "22:00"),
        faults=by_field(faults, {"day"}),
    )


@blueprint.post("/organize/<slug>/questions/practice")
@allowed(Act.SET_UP)
def switch(slug: str) -> ResponseReturnValue:
    """Open the banks that are ticked until an instant; without any, close."""
    live, fields = desk_race(slug), Fields(request.form, request.form.getlist)
    banks = [row["bank"] for row in fields.rows("bank")]
    until = fields.day_and_time("day", "time", live.setup.about.timezone) if banks else None
    if banks and not fields.faults and (until is None or parse_instant(until) <= now_ms()):
        fields.fault("day", Words("Until when? Choose a moment that is still to come, best before race day."))

    def change(data: dict[str, Any]) -> None:
        if fields.faults:
            raise FaultyInput(fields.faults)
        data["race"].pop("practice", None)
        if banks:
            data["race"]["practice"] = {"banks": banks, "until": until}

    try:
        edit(live, change)
    except FaultyInput as faulty:
        return _page(live, faulty.faults), 400
    return redirect(saved_at("practising.practice", slug, FORM))
