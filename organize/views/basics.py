"""The first step: what the race is called, where and when it is, who holds it, its classes, how long it may take."""

import hashlib
from typing import Any

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from base.faults import Fault, FaultyInput
from base.languages import LANGUAGES, Words, say
from base.web import Outside, language, of_app, tell
from facts.model import Stage
from facts.store import race_by_slug, rename_race
from maps.exchange.pictures import read_picture, small
from organize.forms.basics import ends_of, read_basics, show_basics, typed_basics
from organize.forms.fields import Fields, Overtaken, check_seen, seen_of
from organize.model import StepName
from organize.views.editing import edit, race_data
from organize.views.frame import by_field, desk_page, desk_race, saved_at
from people.rules import Act
from people.views import allowed
from race.live.race import LiveRace
from race.model import StartKind
from race.store import save_logo

blueprint = Blueprint("basics", __name__)

LONGEST_LOGO = 800
MOST_LOGO_BYTES = 5 * 1024 * 1024
ROLES = ("主办", "承办", "协办", "支持")
ROWS = frozenset({"award_name", "host_name", "class_name", "logo", "slug"})
STARTS = {
    StartKind.MASS: Words("all at the gun"),
    StartKind.WAVE: Words("in waves"),
    StartKind.INTERVAL: Words("one after the other"),
    StartKind.PUNCH: Words("each at its start punch"),
}


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
    live, seen = desk_race(slug), request.form.get("seen", "")
    fields = Fields(request.form, request.form.getlist)
    named = slug

    def change(data: dict[str, Any]) -> dict[str, Any]:
        nonlocal named
        check_seen(_own(data), seen)
        changed = read_basics(fields, data)
        named = changed["race"].get("slug", "")
        if named != live.race.slug and live.race.stage not in (Stage.SETUP, Stage.TRIAL):
            fields.fault("slug", Words("The race has begun: its address stays."))
        if fields.faults:
            raise FaultyInput(fields.faults)
        return changed

    def rename(connection: Connection) -> None:
        if named == live.race.slug:
            return
        if race_by_slug(connection, named):
            raise FaultyInput([Fault("slug", Words("Another race has this address. Please choose another."))])
        rename_race(connection, live.race.id, named)

    try:
        edit(live, change, also=rename)
    except FaultyInput as faulty:
        return _page(live, typed_basics(fields, request.form), seen, faulty.faults), 400
    except Overtaken as overtaken:
        theirs = show_basics(overtaken.theirs)
        return _page(live, typed_basics(fields, request.form), seen_of(overtaken.theirs), theirs=theirs), 409
    return redirect(saved_at("basics.basics", named, "basics"))


@blueprint.post("/organize/<slug>/basics/logo")
@allowed(Act.SET_UP)
def logo(slug: str) -> ResponseReturnValue:
    """Take the hosts' mark in, drawn anew so that it is small and nothing but a picture; or take it away."""
    live = desk_race(slug)
    file = request.files.get("logo")
    data = file.read(MOST_LOGO_BYTES + 1) if file else b""
    try:
        mark = None
        if not request.form.get("remove"):
            if not data:
                raise FaultyInput([Fault("logo", Words("Choose a picture first."))])
            if len(data) > MOST_LOGO_BYTES:
                words = Words(
                    "The picture is larger than %(most)s MB. Save it smaller.", {"most": MOST_LOGO_BYTES >> 20}
                )
                raise FaultyInput([Fault("logo", words)])
            mark = of_app(Outside).run(lambda: small(read_picture(data), LONGEST_LOGO))
        name = f"logo-{hashlib.sha256(mark.data).hexdigest()[:12]}.png" if mark else ""

        def change(data: dict[str, Any]) -> None:
            about = {key: value for key, value in data["race"].items() if key != "logo"}
            data["race"] = {**about, "logo": name} if name else about

        edit(live, change, also=lambda connection: save_logo(connection, live.race.id, mark))
    except FaultyInput as faulty:
        stored = race_data(live)
        faults = [Fault("reason" if fault.path == "reason" else "logo", fault.words) for fault in faulty.faults]
        return _page(live, show_basics(stored), seen_of(_own(stored)), faults), 400
    return redirect(saved_at("basics.basics", slug, "logo"))


def _own(data: dict[str, Any]) -> dict[str, Any]:
    """Return what of the race file this page shows: changes elsewhere do not get in its way."""
    about = {key: value for key, value in data.get("race", {}).items() if key != "logo"}
    return {"race": about, "classes": data.get("classes")}


def _page(
    live: LiveRace, values: Any, seen: str, faults: list[Fault] | None = None, theirs: dict[str, Any] | None = None
) -> str:
    data = race_data(live)
    named = {class_["id"]: say(class_.get("name"), language()) or class_["id"] for class_ in data.get("classes", [])}
    return desk_page(
        "organize/basics.html",
        live,
        StepName.BASICS,
        values=values,
        seen=seen,
        faults=by_field([Fault(_field(fault), fault.words) for fault in faults or ()], {*values, *ROWS}),
        theirs=_differences(values, theirs) if theirs else None,
        rules=[(end, named[class_]) for class_, end in ends_of(data)],
        classes=list(named.items()),
        courses=[course["id"] for course in data.get("courses", [])],
        starts=[(str(start), tell(words)) for start, words in STARTS.items()],
        roles=ROLES,
        languages_of=LANGUAGES,
        slug_fixed=live.race.stage not in (Stage.SETUP, Stage.TRIAL),
    )


def _field(fault: Fault) -> str:
    """Return the field that a fault's path is about: the race file's own forms name its parts."""
    name = fault.path.rpartition(".")[2]
    for part, field in (("awards", "award_name"), ("hosts", "host_name"), ("classes", "class_name")):
        if f"{part}[" in fault.path and name not in {"time_limit_s", "team_size"}:
            return field
    return name


def _differences(values: Any, theirs: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return what stands there now and is not what was typed: rows as one line each."""
    found = []
    for name, value in theirs.items():
        mine = values.get(name, "")
        if isinstance(value, list):
            theirs_rows = [" ".join(str(cell) for cell in row.values() if cell) for row in value]
            mine_rows = [" ".join(str(cell) for cell in row.values() if cell) for row in mine or ()]
            if theirs_rows != mine_rows:
                found.append((name, " / ".join(theirs_rows)))
        elif str(value) != str(mine):
            found.append((name, value))
    return found
