"""The third step: the checkpoints, on the map, as a list, one by one, and on the spot with a phone.

Each change is one form, posted by the page's script as it happens or by a browser's own form: both come to the same
address, and who asked gets JSON or a page.
"""

from typing import Any

from flask import Blueprint, current_app, jsonify, redirect, request
from flask.typing import ResponseReturnValue

from base.faults import Fault, FaultyInput
from base.languages import Words
from base.problems import not_found
from base.qr import symbol
from base.web import of_app
from checkpoints.model import CheckpointKind
from checkpoints.rules import free_code
from facts.model import Stage
from organize.forms.fields import Fields, Overtaken, check_seen, seen_of
from organize.forms.points import bring_tasks_back, check_new_code, read_back, read_point, read_tasks, tidy
from organize.model import StepName
from organize.rules.points import add_point, change_kind, has_finish, point_of, put_back, remove_point, rename_point
from organize.views.editing import edit, race_data
from organize.views.frame import by_field, desk_page, desk_race, needs_reason, saved_at
from organize.views.points_state import editor_state, games, lead, point_json, quizzes
from people.rules import Act
from people.views import allowed
from people.views.guards import by_script
from race.live.race import LiveRace
from race.live.races import Live

blueprint = Blueprint("points", __name__)

MOST_BACK = 200_000
FIELDS = ("code", "kind", "name", "description", "place", "datum", "lat", "lon", "points", "quiz", "game")
Data = dict[str, Any]


@blueprint.get("/organize/<slug>/checkpoints")
@allowed(Act.SET_UP)
def editor(slug: str) -> ResponseReturnValue:
    """Show all checkpoints, on the map and as a list."""
    live = desk_race(slug)
    data = race_data(live)
    state = editor_state(live, data)
    return desk_page(
        "organize/checkpoints.html",
        live,
        StepName.CHECKPOINTS,
        state=state,
        lead=lead(data, state),
        unplaced_picture=live.picture_size is not None and state["map"] is None,
    )


@blueprint.post("/organize/<slug>/checkpoints")
@allowed(Act.SET_UP)
def add(slug: str) -> ResponseReturnValue:
    """Add a checkpoint, or bring one back that was deleted: the field `back` is then what deleting answered."""
    live, fields = desk_race(slug), Fields(request.form)
    back = read_back(request.form.get("back", "")[:MOST_BACK]) if request.form.get("back") else None

    def change(data: Data) -> None:
        if back:
            check_new_code(data, back["item"]["code"])
            put_back(data, back)
            bring_tasks_back(data, back["item"])
            return
        item = read_point(fields, {"code": "", "kind": str(CheckpointKind.CONTROL)})
        if "code" not in fields:
            fields.fault("code", Words("The number that is printed on the sign: letters, digits, hyphens."))
        if fields.faults:
            raise FaultyInput(fields.faults)
        check_new_code(data, item["code"])
        add_point(data, item)
        read_tasks(fields, data, item["code"])
        if fields.faults:
            raise FaultyInput(fields.faults)

    return _do(live, change, None)


@blueprint.get("/organize/<slug>/checkpoint")
@allowed(Act.SET_UP)
def one(slug: str) -> ResponseReturnValue:
    """Show the form of one checkpoint, or of a new one."""
    live = desk_race(slug)
    data = race_data(live)
    code = request.args.get("code", "")
    item = point_of(data, code)
    if code and item is None:
        raise not_found()
    values = point_json(item, set()) if item else _fresh(data)
    return _form(live, data, values, was=code)


def _fresh(data: Data) -> Data:
    return {"code": free_code({item["code"] for item in data.get("checkpoints", [])}), "kind": "control", "datum": ""}


@blueprint.post("/organize/<slug>/checkpoint")
@allowed(Act.SET_UP)
def change_one(slug: str) -> ResponseReturnValue:
    """Change the checkpoint that the field `was` names, or delete it: `act` is then "delete"."""
    live, fields = desk_race(slug), Fields(request.form)
    code, seen = request.form.get("was", ""), request.form.get("seen", "")
    deleted = request.form.get("act") == "delete"
    given: Data = {}

    def change(data: Data) -> None:
        item = point_of(data, code)
        check_seen(item, seen)
        if item is None:
            raise Overtaken(None)
        before = has_finish(data)
        if deleted:
            _may_be_deleted(live)
            given.update(remove_point(data, code))
        else:
            _change(live, fields, data, item)
        tidy(data)
        if before and not has_finish(data):
            raise FaultyInput([Fault("kind", Words("This is the only finish. Add another one first."))])

    return _do(live, change, code, given)


def _may_be_deleted(live: LiveRace) -> None:
    if needs_reason(live):
        words = Words(
            "The race is under way: nothing is deleted now. If a sign is lost, waive the checkpoint in “Results”."
        )
        raise FaultyInput([Fault("code", words)])


def _change(live: LiveRace, fields: Fields, data: Data, item: Data) -> None:
    was = item["code"]
    changed = read_point(fields, item)
    read_tasks(fields, data, was)
    if changed["code"] != was and live.race.stage not in (Stage.SETUP, Stage.TRIAL):
        fields.fault("code", Words("The race has begun: the printed number stays."))
    if fields.faults:
        raise FaultyInput(fields.faults)
    kind, code = changed.get("kind", "control"), changed.pop("code")
    changed |= {"kind": item.get("kind", "control"), "tasks": item.get("tasks", [])}
    item.clear()
    item.update({"code": was, **{key: value for key, value in changed.items() if value != []}})
    if code != was:
        check_new_code(data, code)
        rename_point(data, was, code)
    change_kind(data, item, kind)


def _do(live: LiveRace, change: Any, was: str | None, given: Data | None = None) -> ResponseReturnValue:
    """Make a change and answer: to the script with the new state, to a browser's form with the next page."""
    slug, status, faults, theirs = live.race.slug, 400, list[Fault](), None
    try:
        edit(live, change)
    except FaultyInput as faulty:
        faults = faulty.faults
    except Overtaken as overtaken:
        status, theirs = 409, overtaken.theirs
    now = of_app(Live).by_slug(slug) or live
    data = race_data(now)
    said = by_field(faults, FIELDS)
    failed = bool(faults) or status == 409
    if by_script():
        answer = {"state": editor_state(now, data), "faults": said, "back": given or None}
        return jsonify(answer), status if failed else 200
    if failed:
        shown = point_json(theirs, set()) if theirs else None
        seen = seen_of(theirs) if status == 409 else request.form.get("seen", "")
        values = {**request.form, "seen": seen}
        return _form(now, data, values, was=was or "", faults=said, theirs=shown, overtaken=status == 409), status
    return redirect(saved_at("points.editor", slug, f"point-{was or 'new'}"))


def _form(
    live: LiveRace,
    data: Data,
    values: Data,
    *,
    was: str,
    faults: dict[str, str] | None = None,
    theirs: Data | None = None,
    overtaken: bool = False,
) -> str:
    different = [(key, value) for key, value in (theirs or {}).items() if key in values and str(value) != values[key]]
    return desk_page(
        "organize/checkpoint.html",
        live,
        StepName.CHECKPOINTS,
        values=values,
        was=was,
        faults=faults or {},
        theirs=different if overtaken else None,
        quizzes=[(item["id"], item["label"]) for item in quizzes(live)],
        games=[(item["id"], item["label"]) for item in games(data)],
        renamable=live.race.stage in (Stage.SETUP, Stage.TRIAL),
    )


@blueprint.get("/organize/<slug>/checkpoints/here")
@allowed(Act.SET_UP)
def here(slug: str) -> ResponseReturnValue:
    """Show the page with which somebody stands at a spot and says: here. A laptop is shown how to get a phone there."""
    live = desk_race(slug)
    state = editor_state(live, race_data(live))
    address = f"{current_app.config['PUBLIC_URL']}/organize/{slug}/checkpoints/here"
    return desk_page(
        "organize/here.html",
        live,
        StepName.CHECKPOINTS,
        state=state,
        code=request.args.get("code", ""),
        address=address,
        qr=symbol(address),
        drawn=state["map"] is not None and not state["map"]["measured"],
    )
