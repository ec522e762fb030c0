"""The second step: the park's picture, and where it lies."""

import hashlib
import mimetypes
from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from base.faults import Fault, FaultyInput
from base.languages import Words
from base.web import Outside, of_app, tell
from maps.exchange.pictures import MOST_BYTES, read_picture, upright
from maps.model import Picture, Position
from maps.rules import fit
from maps.store import save_picture
from organize.forms.fields import Fields, Overtaken, check_seen, seen_of
from organize.forms.placing import CORNERS, read_placing, show_placing
from organize.model import StepName
from organize.rules.placing import carried, doubts, lies_on, made_up, sides_m
from organize.views.editing import edit, race_data
from organize.views.frame import by_field, desk_page, desk_race, progress_of, saved_at
from people.rules import Act
from people.views import allowed
from race.live.race import LiveRace

blueprint = Blueprint("park", __name__)

# A world file holds six numbers.
MOST_WORLD_BYTES = 10_000
# Two pictures whose shapes differ by less are the same sheet, saved at another size.
SAME_SHAPE = 0.01
FIELDS = frozenset({"way", "datum", "world", "crs", *CORNERS})
# Ways of placing by typed corners, and the Chinese datums that are converted then, as people call them.
BY_HAND = ("two", "four")
SHIFTED = {"gcj02": "GCJ-02", "bd09": "BD-09"}
Data = dict[str, Any]


@blueprint.get("/organize/<slug>/map")
@allowed(Act.SET_UP)
def park(slug: str) -> ResponseReturnValue:
    """Show the map: its picture, where it lies, how large it is on the ground."""
    live = desk_race(slug)
    data = race_data(live)
    return _page(live, data, show_placing(data.get("map", {})), seen_of(data.get("map")))


@blueprint.post("/organize/<slug>/map/picture")
@allowed(Act.SET_UP)
def picture(slug: str) -> ResponseReturnValue:
    """Take a picture in. One of the same shape as the last lies where that lay; any other must be placed anew."""
    live = desk_race(slug)
    file = request.files.get("picture")
    name, data = (file.filename or "", file.read(MOST_BYTES + 1)) if file else ("", b"")
    if not data:
        return _refused(live, "picture", [Fault("picture", Words("Choose a picture first."))])
    try:
        found = of_app(Outside).run(lambda: upright(read_picture(data)))
        edit(live, lambda before: _with_picture(before, live, name, found), also=_saves(live, found))
    except FaultyInput as faulty:
        return _refused(live, "picture", faulty.faults)
    return redirect(saved_at("park.park", slug, "picture"))


def _with_picture(data: Data, live: LiveRace, file: str, picture: Picture) -> None:
    before = data.get("map", {})
    ending = mimetypes.guess_extension(picture.media_type) or ""
    digest = hashlib.sha256(picture.data).hexdigest()[:12]
    park = {"datum": "wgs84", **before, "image": f"map-{digest}{ending}"}
    park.setdefault("name", file.rpartition(".")[0][:80])
    old, shape = live.picture_size, picture.width / picture.height
    same = old is not None and abs(old[0] / old[1] / shape - 1) < SAME_SHAPE
    if not same and before.get("measured", True):
        park.pop("corners", None)
    elif not same:
        corners = made_up(picture.width, picture.height)
        park["corners"] = [[corner.lat, corner.lon] for corner in corners]
    data["map"] = {key: value for key, value in park.items() if value not in ("", None)}


def _saves(live: LiveRace, picture: Picture) -> Callable[[Any], None]:
    return lambda connection: save_picture(connection, live.race.id, picture)


@blueprint.post("/organize/<slug>/map")
@allowed(Act.SET_UP)
def place(slug: str) -> ResponseReturnValue:
    """Place the picture. What looks wrong is said first, and stored only when it is said to be right all the same."""
    live, fields, seen = desk_race(slug), Fields(request.form), request.form.get("seen", "")
    size = live.picture_size
    if size is None:
        return redirect(f"/organize/{slug}/{StepName.MAP}")
    file = request.files.get("world_file")
    world = file.read(MOST_WORLD_BYTES).decode("utf-8", "replace") if file else ""
    data = race_data(live)
    try:
        park = read_placing(fields, data.get("map", {}), size, world.strip() or None)
        if fields.faults:
            raise FaultyInput(fields.faults)
        corners = [Position(*corner) for corner in park["corners"]]
        odd = doubts(corners, *size) if park.get("measured", True) else []
        if fields.ticked("try") or (odd and not fields.ticked("sure")):
            return _page(live, data, request.form, seen, tried=corners, odd=odd)
        edit(live, lambda before: _placed(before, park, seen, size, moved=fields.ticked("carry")))
    except FaultyInput as faulty:
        return _page(live, data, request.form, seen, faulty.faults), 400
    except Overtaken as overtaken:
        theirs = show_placing(overtaken.theirs or {})
        return _page(live, data, request.form, seen_of(overtaken.theirs), theirs=theirs), 409
    # What was put right by some hundred metres is said: the fields then show other figures than were typed.
    shifted = park.get("measured", True) and fields.text("way", 10) in BY_HAND and fields.text("datum", 10) in SHIFTED
    return redirect(saved_at("park.park", slug, "place", **({"from": fields.text("datum", 10)} if shifted else {})))


def _placed(data: Data, park: Data, seen: str, size: tuple[float, float], *, moved: bool) -> None:
    """Put the map in. Checkpoints of an unmeasured picture stay where they are on it, others if that is wanted."""
    before = data.get("map")
    check_seen(before, seen)
    if before and before.get("corners") and (moved or not before.get("measured", True)):
        old, new = (fit([Position(*corner) for corner in item["corners"]], *size) for item in (before, park))
        for item in data.get("checkpoints", []):
            spot = Position(item["lat"], item["lon"]) if item.get("lat") is not None else None
            if spot and lies_on(spot, old, *size):
                there = carried(spot, old, new)
                item |= {"lat": there.lat, "lon": there.lon}
    data["map"] = park


def _refused(live: LiveRace, field: str, faults: list[Fault]) -> ResponseReturnValue:
    data = race_data(live)
    named = [fault if fault.path == "reason" else Fault(field, fault.words) for fault in faults]
    return _page(live, data, show_placing(data.get("map", {})), seen_of(data.get("map")), named), 400


def _page(
    live: LiveRace,
    data: Data,
    values: Any,
    seen: str,
    faults: list[Fault] | None = None,
    *,
    theirs: Data | None = None,
    tried: list[Position] | None = None,
    odd: list[Words] | None = None,
) -> str:
    park = data.get("map", {})
    corners = tried or [Position(*corner) for corner in park.get("corners", [])]
    measured = park.get("measured", True) if tried is None else request.form.get("way") != "none"
    size = live.picture_size
    return desk_page(
        "organize/map.html",
        live,
        StepName.MAP,
        values=values,
        seen=seen,
        faults=by_field(faults, FIELDS),
        theirs=[(key, value) for key, value in theirs.items() if str(value) != values.get(key, "")] if theirs else None,
        placed=bool(park.get("corners")),
        tried=tried is not None,
        measured=measured,
        sides=sides_m(corners) if corners and size and measured else None,
        odd=[tell(words) for words in (odd if odd is not None else _odd(corners, size, measured=measured))],
        shifted=SHIFTED.get(request.args.get("from", "")),
        without=StepName.MAP in progress_of(live).ticked,
        points=sum(item.get("lat") is not None for item in data.get("checkpoints", [])),
        corners=CORNERS,
    )


def _odd(corners: list[Position], size: tuple[float, float] | None, *, measured: bool) -> list[Words]:
    return doubts(corners, *size) if corners and size and measured else []
