"""Checkpoints from a file: it is read, shown, and stored when it was looked at."""

import json
from typing import Any

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from base.faults import Fault, FaultyInput
from base.languages import Words
from base.translate import put
from base.web import Outside, language, of_app, tell
from checkpoints.forms import checkpoint_to_json, read_checkpoint
from maps.rules import DATUMS, WGS84
from organize.forms.points import MOST_POINTS
from organize.model import StepName
from organize.rules.points_file import changes, in_wgs84, lay_over
from organize.views.editing import edit, race_data
from organize.views.frame import desk_page, desk_race, saved_at
from people.rules import Act
from people.views import allowed
from race.exchange.files import MOST_BYTES, read_file
from race.live.race import LiveRace
from race.views.shapes import words_of

blueprint = Blueprint("points_file", __name__)

KINDS = frozenset({"race", "courses", "kml", "gpx", "points"})
# What was read waits in the page until it is stored; a form's field holds no more.
MOST_WAITING = 400_000
Data = dict[str, Any]


@blueprint.get("/organize/<slug>/checkpoints/file")
@allowed(Act.SET_UP)
def choose(slug: str) -> ResponseReturnValue:
    """Ask for the file."""
    return _page(desk_race(slug))


@blueprint.post("/organize/<slug>/checkpoints/file")
@allowed(Act.SET_UP)
def take(slug: str) -> ResponseReturnValue:
    """Read a file and show what it would do; with the field `items`, which that page holds, do it."""
    live = desk_race(slug)
    if request.form.get("items"):
        return _store(live)
    file, datum = request.files.get("file"), request.form.get("datum", WGS84)
    name, data = (file.filename or "", file.read(MOST_BYTES + 1)) if file else ("", b"")
    try:
        if datum not in DATUMS:
            raise FaultyInput([Fault("datum", Words("Please choose one."))])
        if not data:
            raise FaultyInput([Fault("file", Words("Choose a file first."))])
        items, refused = of_app(Outside).run(lambda: _read(name, data))
    except FaultyInput as faulty:
        return _page(live, faults=faulty.faults), 400
    return _page(live, items=in_wgs84(items, datum), refused=refused, name=name)


def _read(name: str, data: bytes) -> tuple[list[Data], list[Fault]]:
    part = read_file(name, data)
    if part.kind not in KINDS:
        words = Words("This file holds no checkpoints. Take KML, KMZ, GPX, CourseData, or a table with 纬度 and 经度.")
        raise FaultyInput([Fault("file", words)])
    given = part.data.get("checkpoints", [])
    faults: list[Fault] = []
    read = [read_checkpoint(item, f"checkpoints[{place}]", faults) for place, item in enumerate(given[:MOST_POINTS])]
    if faults:
        raise FaultyInput(faults)
    items = [{key: value for key, value in checkpoint_to_json(item).items() if key != "tasks"} for item in read]
    refused = list(part.refused)
    if len(given) > MOST_POINTS:
        words = Words("A race has at most %(most)s checkpoints.", {"most": MOST_POINTS})
        refused.append(Fault("", words))
    if part.data.get("courses"):
        refused.append(Fault("", Words("The file's courses are not taken here, only its checkpoints.")))
    if not items:
        raise FaultyInput([Fault("file", Words("This file holds no checkpoints.")), *refused])
    return items, refused


def _store(live: LiveRace) -> ResponseReturnValue:
    try:
        items = json.loads(request.form["items"][:MOST_WAITING])
        if not isinstance(items, list) or not all(isinstance(item, dict) and item.get("code") for item in items):
            raise ValueError
    except (ValueError, RecursionError):
        words = Words("Please choose the file again.")
        return _page(live, faults=[Fault("file", words)]), 400
    try:
        edit(live, lambda data: lay_over(data, items))
    except FaultyInput as faulty:
        return _page(live, items=items, faults=faulty.faults), 400
    return redirect(saved_at("points.editor", live.race.slug, "file"))


def _page(
    live: LiveRace,
    *,
    items: list[Data] | None = None,
    refused: list[Fault] | None = None,
    faults: list[Fault] | None = None,
    name: str = "",
) -> str:
    found = changes(race_data(live), items) if items else []
    waiting = json.dumps(items, ensure_ascii=False, separators=(",", ":")) if items else ""
    return desk_page(
        "organize/checkpoints-file.html",
        live,
        StepName.CHECKPOINTS,
        waiting=waiting if found and len(waiting) <= MOST_WAITING else "",
        read=len(items or ()),
        file=name[:120],
        new=[(item.code, words_of(item.name)) for item in found if item.new],
        changed=[
            (
                item.code,
                words_of(item.name),
                item.moved_m if item.moved_m is None else round(item.moved_m),
                item.renamed,
            )
            for item in found
            if not item.new
        ],
        refused=[(_place(fault), put(fault.words, language())) for fault in refused or ()],
        faults=[(_place(fault), tell(fault.words)) for fault in faults or ()],
    )


def _place(fault: Fault) -> str:
    return fault.path if fault.path.startswith(("line", "sheet")) else ""
