"""The park map: race-file JSON to model and back, and the world files (.jgw, .pgw, .tfw) that place a picture."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from base.faults import Fault, FaultyInput
from base.forms import Reader
from base.languages import Words
from maps.model import ParkMap, Picture, Position
from maps.rules import DATUMS, WGS84, distance_m, fit, to_wgs84, turns_right

FARTHEST_M = 100_000
# Seven decimals of a degree are a centimetre.
DECIMALS = 7


def read_map(
    data: Any, path: str, picture: Picture | None = None, world: str | None = None
) -> tuple[ParkMap, list[Fault]]:
    """Read the map. Its corners come out in WGS-84; `world` is the text of the world file that it names, if any."""
    faults: list[Fault] = []
    reader = Reader(data, path, faults)
    datum = reader.choice("datum", DATUMS, WGS84)
    park = ParkMap(
        name=reader.string("name", longest=200),
        corners=tuple(_rounded(to_wgs84(corner, datum)) for corner in _corners(reader)),
        picture=picture,
        scale=reader.optional_integer("scale", least=100, most=10_000_000),
        image=reader.string("image", longest=200),
    )
    world_file, crs = reader.string("world_file", longest=200), reader.string("crs", longest=2000)
    if world_file and park.corners:
        reader.fault("world_file", Words("Give either the corners or a world file, not both."))
    elif world_file:
        park = _with_world(reader, park, world, crs)
    reader.close()
    return park, faults


def _rounded(position: Position) -> Position:
    return Position(round(position.lat, DECIMALS), round(position.lon, DECIMALS))


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
    corners = tuple(map(_rounded, _checked(reader, "world_file", corners)))
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
    return data
