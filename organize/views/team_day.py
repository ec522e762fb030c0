"""One team on the day: call it, write to it, withdraw it or some of it, swap members; and a team that comes late."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, Engine

from base.clock import now_ms
from base.database import reading
from base.faults import Fault, FaultyInput
from base.languages import Words, say
from base.problems import Problem, malformed, not_found
from base.web import language, of_app, tell, write
from organize.forms.fields import Fields, Overtaken, check_seen, seen_of
from organize.forms.team_day import name_of, read_late_team, read_members
from organize.rules.day import calls_for_help, help_flag, seen_at, unsafe_of
from organize.views.acting import act_once
from organize.views.control import head_parts
from organize.views.day import last_words
from organize.views.editing import edit, race_data
from organize.views.frame import desk_race, needs_reason
from people.rules import Act
from people.views import allowed
from race.live.phones import Phones
from race.live.race import LiveRace
from race.live.races import Live
from race.store.phones import phones_of, remove_phones
from race.views.station import captain_phone, last_checkpoint

blueprint = Blueprint("team_day", __name__)


@blueprint.get("/organize/<slug>/control/<entry>")
@allowed(Act.CONTROL)
def team(slug: str, entry: str) -> ResponseReturnValue:
    """Show a team and what can be done about it."""
    return _page(desk_race(slug), entry)


def _page(live: LiveRace, name: str, error: str | None = None, faults: list[Fault] | None = None) -> str:
    entry = live.setup.entries.get(name)
    if entry is None:
        raise not_found(Words("There is no team of that number in this race."))
    run, now = live.runs[name], now_ms()
    own = _own(race_data(live), name)
    seen = seen_at(run)
    return render_template(
        "organize/team_day.html",
        **head_parts(live, now),
        last=last_words(live, now),
        needs_reason=needs_reason(live),
        team={
            "entry": entry.id,
            "bib": entry.bib,
            "team": entry.team,
            "club": entry.club,
            "class": say(live.setup.classes[run.class_].name, language()),
            "phone": captain_phone(entry),
            "captain": entry.contact.name if entry.contact else "",
            "status": run.status.value,
            "heads_confirmed": run.heads_confirmed,
            "finish": run.finish,
            "checkpoint": last_checkpoint(run),
            "minutes": max(0, now - seen) // 60_000 if seen is not None else None,
            "passed": len(run.passed),
            "unsafe": name in unsafe_of({name: live.facts.get(name, [])}, live.whole.undone),
            "members": [
                {"index": index, "name": member.name, "role": member.role, "out": index in run.withdrawn}
                for index, member in enumerate(entry.members)
            ],
        },
        phones=_phones(live, name),
        seen=seen_of(own.get("members")),
        typed=request.form,
        faults={fault.path: tell(fault.words) for fault in faults or ()},
        error=error,
    )


def _own(data: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next((item for item in data.get("entries", ()) if str(item["id"]) == name), {})
    return found


@blueprint.post("/organize/<slug>/control/<entry>/helped")
@allowed(Act.CONTROL)
def helped(slug: str, entry: str) -> ResponseReturnValue:
    """Note that somebody has dealt with a team's call for help; the same word twice is one."""
    live, name = desk_race(slug), request.form.get("fact", "")[:80]
    call = next((fact for fact in calls_for_help(live.facts, live.whole) if fact.id == name), None)
    if call is not None and call.entry == entry:
        value = {"flag": help_flag(call), "accepted": True}
        record = {"kind": "decision", "what": "flag", "entry": entry, "value": value}
        act_once(live, "flag", {**record, "reason": tell(Words("Dealt with at race control"))}, call.id)
    return redirect(url_for("control.control", slug=slug))


HOW = {
    "card": Words("by the team card"),
    "code": Words("by the code typed"),
    "handover": Words("handed over by another browser"),
}


def _phones(live: LiveRace, name: str) -> list[dict[str, Any]]:
    with reading(of_app(Engine)) as connection:
        joined = phones_of(connection, live.race.id, name)
    found = []
    for phone in joined:
        known, race = of_app(Phones), live.race.id
        about = {"seen_at": known.seen(race, phone.device), "unsent": known.held_by(race, phone.device)}
        found.append({"device": phone.device, "joined_at": phone.at, "how": tell(HOW[phone.how]), **about})
    return found


@blueprint.post("/organize/<slug>/control/<entry>/phone")
@allowed(Act.CONTROL)
def remove_phone(slug: str, entry: str) -> ResponseReturnValue:
    """Take a phone off its team: what it sent stays, and it may join again by the card that holds now."""
    live, device, now = desk_race(slug), request.form.get("device", "")[:40], now_ms()
    if entry not in live.setup.entries:
        raise not_found(Words("There is no team of that number in this race."))
    take_off(live, entry, [device], now)
    return redirect(url_for("team_day.team", slug=slug, entry=entry, _anchor="phones"))


def take_off(live: LiveRace, entry: str, devices: list[str] | None, now: int) -> None:
    """Take phones off a team, all of them if none is named."""

    def work(connection: Connection) -> list[str]:
        joined = [phone.device for phone in phones_of(connection, live.race.id, entry)]
        gone = [device for device in joined if devices is None or device in devices]
        remove_phones(connection, live.race.id, entry, gone, now)
        return gone

    of_app(Phones).remove(live.race.id, write(work))


@blueprint.post("/organize/<slug>/control/<entry>/withdraw")
@allowed(Act.CONTROL)
def withdraw(slug: str, entry: str) -> ResponseReturnValue:
    """Note that a team, or some of it, does not go on, and whether they are known to be safe."""
    live, fields = desk_race(slug), Fields(request.form)
    whole = request.form.get("who") == "all"
    members = [int(index) for index in request.form.getlist("members") if index.isdecimal()]
    record: dict[str, Any] = {
        "kind": "withdraw",
        "entry": entry,
        "reason": fields.text("reason", 400),
        "safe": request.form.get("safe") != "no",
    }
    if not whole:
        record["members"] = members
    try:
        act_once(live, "withdraw", record, entry)
    except Problem as problem:
        return _page(of_app(Live).races[live.race.id], entry, tell(problem.words)), problem.status
    return redirect(url_for("team_day.team", slug=slug, entry=entry))


@blueprint.post("/organize/<slug>/control/<entry>/members")
@allowed(Act.CONTROL)
def swap(slug: str, entry: str) -> ResponseReturnValue:
    """Put other people in the place of members."""
    live, fields = desk_race(slug), Fields(request.form)

    def change(data: dict[str, Any]) -> None:
        own = _own(data, entry)
        if not own:
            raise malformed(Words("There is no team of that number in this race."))
        check_seen(own.get("members"), request.form.get("seen", ""))
        own["members"] = read_members(fields, own.get("members", []))

    try:
        edit(live, change)
    except FaultyInput as faulty:
        return _page(live, entry, tell(faulty.faults[0].words), faulty.faults), 400
    except Overtaken as overtaken:
        theirs = "、".join(name_of(member) for member in overtaken.theirs or ())
        words = Words("Somebody else has changed this team meanwhile. It is now: %(names)s.", {"names": theirs})
        return _page(of_app(Live).races[live.race.id], entry, tell(words)), 409
    return redirect(url_for("team_day.team", slug=slug, entry=entry))


@blueprint.get("/organize/<slug>/late")
@allowed(Act.CONTROL)
def late(slug: str) -> ResponseReturnValue:
    """Show the form for a team that comes late."""
    return _late_page(desk_race(slug))


def _late_page(live: LiveRace, faults: list[Fault] | None = None) -> str:
    now = now_ms()
    waves = sorted({entry.wave for entry in live.setup.entries.values() if entry.wave})
    return render_template(
        "organize/late.html",
        **head_parts(live, now),
        last=last_words(live, now),
        needs_reason=needs_reason(live),
        classes=[(name, say(class_.name, language()) or name) for name, class_ in live.setup.classes.items()],
        waves=[("", "–"), *((wave, wave) for wave in waves)],
        values=request.form,
        faults={fault.path: tell(fault.words) for fault in faults or ()},
    )


@blueprint.post("/organize/<slug>/late")
@allowed(Act.CONTROL)
def add(slug: str) -> ResponseReturnValue:
    """Enter a team now. Its page shows where to print its card."""
    live, fields = desk_race(slug), Fields(request.form)
    added: dict[str, Any] = {}

    def change(data: dict[str, Any]) -> None:
        added.update(read_late_team(fields, live.setup, live.named))
        data["entries"] = [*data.get("entries", []), added]

    try:
        edit(live, change)
    except FaultyInput as faulty:
        return _late_page(live, faulty.faults), 400
    return redirect(url_for("team_day.team", slug=slug, entry=added["id"]))
