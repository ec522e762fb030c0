"""How the park's picture is placed: fields → the race file's `map`, its corners in WGS-84."""

from collections.abc import Mapping
from typing import Any

from base.faults import FaultyInput
from base.languages import Words
from maps.forms import read_map, read_place, read_world_file
from maps.model import Position
from maps.rules import DATUMS, rounded, to_wgs84
from organize.forms.fields import Fields
from organize.rules.placing import made_up, north_up

# By two opposite corners, by all four, by a world file, or not at all.
WAYS = ("two", "four", "world", "none")
CORNERS = ("top_left", "top_right", "bottom_right", "bottom_left")
LONGEST_WORLD = 2000
LONGEST_NAME = 80


def read_placing(
    fields: Fields, before: Mapping[str, Any], size: tuple[float, float], world: str | None = None
) -> dict[str, Any]:
    """Return the map with its corners as the form says. `world` is the text of an uploaded world file.

    Faults gather in `fields`; what comes out then has no corners.
    """
    park = {
        key: value for key, value in before.items() if key not in {"corners", "measured", "datum", "world_file", "crs"}
    }
    way, datum = fields.text("way", 10), fields.text("datum", 10)
    corners: tuple[Position, ...] | None = None
    if way == "none":
        corners, park["measured"] = made_up(*size), False
    elif way == "world":
        corners = _by_world(fields, size, world)
    elif way in {"two", "four"}:
        corners = _by_hand(fields, way, datum)
    else:
        fields.fault("way", Words("Please choose one."))
    park["datum"] = "wgs84"
    if corners and not fields.faults:
        park["corners"] = [[corner.lat, corner.lon] for corner in map(rounded, corners)]
        for fault in read_map(park, "map")[1]:
            fields.fault("world" if way == "world" else "top_left", fault.words)
    return park


def _by_hand(fields: Fields, way: str, datum: str) -> tuple[Position, ...] | None:
    names = CORNERS if way == "four" else ("top_left", "bottom_right")
    found: list[Position] = []
    for name in names:
        place = read_place(fields.text(name, 120))
        if place is None:
            fields.fault(name, Words("Write it as 39.9087, 116.3975: latitude, then longitude."))
        else:
            found.append(place)
    if datum not in DATUMS:
        fields.fault("datum", Words("Where is this position from? They lie hundreds of metres apart."))
    if fields.faults:
        return None
    found = [to_wgs84(place, datum) for place in found]
    return tuple(found) if way == "four" else north_up(found[0], found[1])


def _by_world(fields: Fields, size: tuple[float, float], world: str | None) -> tuple[Position, ...] | None:
    text, crs = world or fields.text("world", LONGEST_WORLD), fields.text("crs", 200)
    if not crs:
        fields.fault("crs", Words("A world file does not say its coordinate system; write it here, as EPSG:32650."))
        return None
    try:
        return read_world_file(text, *size, crs)
    except FaultyInput as faulty:
        for fault in faulty.faults:
            fields.fault("world", fault.words)
        return None


def show_placing(park: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the fields show of a map as it stands."""
    corners = park.get("corners") or []
    measured = park.get("measured", True)
    shown: dict[str, Any] = dict.fromkeys(CORNERS, "")
    if corners and measured:
        shown |= {name: f"{lat:.6f}, {lon:.6f}" for name, (lat, lon) in zip(CORNERS, corners, strict=True)}
    top_left, top_right, bottom_right, bottom_left = corners or [[0, 0]] * 4
    straight = top_left[0] == top_right[0] and top_right[1] == bottom_right[1] and bottom_left[1] == top_left[1]
    way = "none" if corners and not measured else "two" if straight else "four"
    return {**shown, "way": way, "datum": "wgs84" if corners and measured else "", "world": "", "crs": ""}
