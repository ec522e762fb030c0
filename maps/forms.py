"""The park map: race-file JSON to model and back, the world files (.jgw, .pgw, .tfw) that place a picture, and places
as people copy them from a map app or read them off a GPS.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from base.faults import Fault, FaultyInput
from base.forms import Reader
from base.languages import Words
from maps.model import ParkMap, Picture, Position
from maps.rules import DATUMS, WGS84, distance_m, fit, rounded, to_wgs84, turns_right

FARTHEST_M = 100_000
LONGEST_PLACE = 120
# No park lies farther north or south; a larger first number is a longitude, which Chinese map sites give first.
_FARTHEST_LAT = 66
_WORDS = {
    "N": r"北纬|纬度|latitude|lat",
    "S": r"南纬",
    "E": r"东经|经度|longitude|lng|lon",
    "W": r"西经",
}
_SIGNS = {"度": "°", "º": "°", "分": "'", "′": "'", "’": "'", "秒": '"', "″": '"', "”": '"', "''": '"'}
_NUMBER = r"(-?\d{1,3}(?:\.\d+)?)(?:\s*°\s*(?:(\d{1,2}(?:\.\d+)?)\s*'\s*(?:(\d{1,2}(?:\.\d+)?)\s*\"?)?)?)?"
_BEFORE = re.compile(rf"([NSEW])[\s:=]*{_NUMBER}")
_BEHIND = re.compile(rf"{_NUMBER}\s*([NSEW])")
_BARE = re.compile(_NUMBER)


def read_map(
    data: Any, path: str, picture: Picture | None = None, world: str | None = None
) -> tuple[ParkMap, list[Fault]]:
    """Read the map. Its corners come out in WGS-84; `world` is the text of the world file that it names, if any."""
    faults: list[Fault] = []
    reader = Reader(data, path, faults)
    datum = reader.choice("datum", DATUMS, WGS84)
    park = ParkMap(
        name=reader.string("name", longest=200),
        corners=tuple(rounded(to_wgs84(corner, datum)) for corner in _corners(reader)),
        picture=picture,
        scale=reader.optional_integer("scale", least=100, most=10_000_000),
        image=reader.string("image", longest=200),
        measured=reader.truth("measured", default=True),
    )
    world_file, crs = reader.string("world_file", longest=200), reader.string("crs", longest=2000)
    if world_file and park.corners:
        reader.fault("world_file", Words("Give either the corners or a world file, not both."))
    elif world_file:
        park = _with_world(reader, park, world, crs)
    reader.close()
    return park, faults


def _corners(reader: Reader) -> tuple[Position, ...]:
    if "corners" not in reader:
        reader.take("corners")
        return ()
    raw = reader.take("corners")
    if not isinstance(raw, list | tuple) or len(raw) != 4 or not all(_is_pair(item) for item in raw):
        reader.fault("corners", Words("This must list four corners as [lat, lon]."))
        return ()
    if any(abs(lat) > 90 or abs(lon) > 180 for lat, lon in raw):
        reader.fault("corners", Words("These are no degrees of [lat, lon]; latitude comes first."))
        return ()
    return _checked(reader, "corners", tuple(Position(float(lat), float(lon)) for lat, lon in raw))


def _checked(reader: Reader, key: str, corners: tuple[Position, ...]) -> tuple[Position, ...]:
    """Return the corners if a park's picture can have them, else nothing, and note why."""
    if not turns_right(corners) or not _encloses(corners):
        words = Words("The corners must be the picture's top-left, top-right, bottom-right and bottom-left.")
        reader.fault(key, words)
        return ()
    if distance_m(corners[0], corners[2]) > FARTHEST_M:
        reader.fault(key, Words("These corners lie more than 100 km apart."))
        return ()
    return corners


def _encloses(corners: tuple[Position, ...]) -> bool:
    try:
        fit(corners, 1, 1)
    except ValueError:
        return False
    return True


def _is_pair(value: Any) -> bool:
    return (
        isinstance(value, list | tuple)
        and len(value) == 2
        and all(isinstance(item, int | float) and not isinstance(item, bool) and abs(item) < 1e9 for item in value)
    )


def _with_world(reader: Reader, park: ParkMap, world: str | None, crs: str) -> ParkMap:
    if not crs:
        reader.fault("crs", Words("A world file does not say its coordinate system; write it here, as EPSG:32650."))
        return park
    if world is None or park.picture is None:
        reader.fault("world_file", Words("The world file and the picture must lie beside the race file."))
        return park
    try:
        corners = read_world_file(world, park.picture.width, park.picture.height, crs)
    except FaultyInput as refused:
        for fault in refused.faults:
            reader.fault("world_file", fault.words)
        return park
    corners = tuple(map(rounded, _checked(reader, "world_file", corners)))
    return replace(park, corners=corners)


def read_world_file(text: str, width: float, height: float, crs: str) -> tuple[Position, ...]:
    """Return the four corners in WGS-84 of a picture of `width` × `height` pixels.

    The file holds A D B E C F, one a line: x = A·column + B·row + C, y = D·column + E·row + F; (C, F) is the
    centre of the top-left pixel, so the picture begins half a pixel before it. `crs` says which system is meant.

    Raises:
        FaultyInput: it does not hold six numbers, or the system is not known.

    """
    from pyproj import CRS, Transformer
    from pyproj.exceptions import ProjError

    try:
        a, d, b, e, c, f = [float(number.replace(",", ".")) for number in text.split()]
    except ValueError:
        raise _refused(Words("A world file holds six numbers, one a line.")) from None
    try:
        transformer = Transformer.from_crs(CRS.from_user_input(crs), "EPSG:4326", always_xy=True)
    except ProjError:
        words = Words("The coordinate system “%(crs)s” is not known; write it as EPSG:32650.", {"crs": crs})
        raise _refused(words) from None
    corners = []
    for column, row in ((0.0, 0.0), (width, 0.0), (width, height), (0.0, height)):
        x, y = column - 0.5, row - 0.5
        lon, lat = transformer.transform(a * x + b * y + c, d * x + e * y + f)
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            raise _refused(Words("This does not lie on the earth; please check the coordinate system."))
        corners.append(Position(lat, lon))
    return tuple(corners)


def _refused(words: Words) -> FaultyInput:
    return FaultyInput([Fault("", words)])


def map_to_json(park: ParkMap) -> dict[str, Any]:
    """Return the race file's form of a map; its picture is a file of its own."""
    data: dict[str, Any] = {"datum": park.datum}
    given: Mapping[str, Any] = {"name": park.name, "image": park.image, "scale": park.scale}
    data |= {name: value for name, value in given.items() if value}
    if park.corners:
        data["corners"] = [[corner.lat, corner.lon] for corner in park.corners]
    if not park.measured:
        data["measured"] = False
    return data


def read_place(text: str) -> Position | None:
    """Return the place that a text names, in whatever datum it was copied, or None.

    `39.909, 116.397`, `116.397,39.909` (as Chinese map sites have it), `39°54'33"N 116°23'50"E`, `北纬39.9 东经116.4`.
    """
    text = unicodedata.normalize("NFKC", text[:LONGEST_PLACE]).strip()
    for sign, plain in _SIGNS.items():
        text = text.replace(sign, plain)
    for letter, words in _WORDS.items():
        text = re.sub(rf"(?:{words})(?![a-z])", letter, text, flags=re.IGNORECASE)
    text = re.sub(r"(?<![A-Za-z])[nsew](?![A-Za-z])", lambda found: found[0].upper(), text)
    if re.match(r"\W*[NSEW]", text):
        found = [(item[1], item.groups()[1:]) for item in _BEFORE.finditer(text)]
    elif re.search(r"[NSEW]", text):
        found = [(item[4], item.groups()[:3]) for item in _BEHIND.finditer(text)]
    else:
        found = [("", item.groups()) for item in _BARE.finditer(text)]
    if len(found) != 2:
        return None
    return _placed(*((letter, _degrees(*parts)) for letter, parts in found))


def _degrees(whole: str, minutes: str | None, seconds: str | None) -> float:
    size = abs(float(whole)) + float(minutes or 0) / 60 + float(seconds or 0) / 3600
    return -size if whole.startswith("-") else size


def _placed(one: tuple[str, float], other: tuple[str, float]) -> Position | None:
    (first, lat), (second, lon) = one, other
    swapped = first in "EW" and second in "NS" if first else abs(lat) > _FARTHEST_LAT >= abs(lon)
    if first and (first in "NS") == (second in "NS"):
        return None
    if swapped:
        (first, lat), (second, lon) = other, one
    lat, lon = -lat if first == "S" else lat, -lon if second == "W" else lon
    return Position(lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else None
