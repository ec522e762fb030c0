"""Datums, distances, and the fit of a picture to the ground.

Chinese map sites and phones draw and give GCJ-02 (Amap, Tencent, WeChat) or BD-09 (Baidu), which lie some 300 to 700 m
beside WGS-84. The formulae below are the widely published ones: GCJ-02 is a sum of sines on the Krasovsky ellipsoid,
valid within a box around China, BD-09 a further small swirl. Neither has a closed inverse; a few rounds of correction
give it to better than a millimetre.
"""

import math
from collections.abc import Callable, Sequence

from maps.model import Fit, Position

WGS84, GCJ02, BD09 = "wgs84", "gcj02", "bd09"
DATUMS = (WGS84, GCJ02, BD09)

# Semi-major axis in metres and squared eccentricity of the Krasovsky 1940 ellipsoid.
_AXIS = 6_378_245.0
_ECCENTRICITY2 = 0.00669342162296594323
_ROUNDS = 12
# Seven decimals of a degree are a centimetre.
_DECIMALS = 7
# South, north, west, east of the box in which GCJ-02 differs.
_SOUTH, _NORTH, _WEST, _EAST = 0.8293, 55.8271, 72.004, 137.8347


def to_wgs84(position: Position, datum: str) -> Position:
    """Return a position given in `datum` (wgs84, gcj02, bd09) in WGS-84.

    Raises:
        ValueError: the datum is another.

    """
    if datum == WGS84:
        return position
    if datum == GCJ02:
        return _inverse(_gcj02, position)
    if datum == BD09:
        return _inverse(_gcj02, _inverse(_bd09, position))
    raise ValueError(f"no such datum: {datum}")


def from_wgs84(position: Position, datum: str) -> Position:
    """Return a WGS-84 position in `datum`.

    Raises:
        ValueError: the datum is none of wgs84, gcj02, bd09.

    """
    if datum == WGS84:
        return position
    if datum == GCJ02:
        return _gcj02(position)
    if datum == BD09:
        return _bd09(_gcj02(position))
    raise ValueError(f"no such datum: {datum}")


def _gcj02(position: Position) -> Position:
    lat, lon = position.lat, position.lon
    if not (_SOUTH <= lat <= _NORTH and _WEST <= lon <= _EAST):
        return position
    x, y = lon - 105.0, lat - 35.0
    root = math.sqrt(abs(x))
    waves = 20.0 * _sine(6.0, x) + 20.0 * _sine(2.0, x)
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north += (
        (waves + 20.0 * _sine(1.0, y) + 40.0 * _sine(1 / 3, y) + 160.0 * _sine(1 / 12, y) + 320.0 * _sine(1 / 30, y))
        * 2
        / 3
    )
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east += (
        (waves + 20.0 * _sine(1.0, x) + 40.0 * _sine(1 / 3, x) + 150.0 * _sine(1 / 12, x) + 300.0 * _sine(1 / 30, x))
        * 2
        / 3
    )
    radians = math.radians(lat)
    curve = 1 - _ECCENTRICITY2 * math.sin(radians) ** 2
    lat += math.degrees(north / (_AXIS * (1 - _ECCENTRICITY2) / curve**1.5))
    lon += math.degrees(east / (_AXIS / math.sqrt(curve) * math.cos(radians)))
    return Position(lat, lon)


def _sine(times: float, x: float) -> float:
    return math.sin(times * x * math.pi)


def _bd09(position: Position) -> Position:
    turn = math.pi * 3000.0 / 180.0
    x, y = position.lon, position.lat
    radius = math.hypot(x, y) + 0.00002 * math.sin(y * turn)
    angle = math.atan2(y, x) + 0.000003 * math.cos(x * turn)
    return Position(radius * math.sin(angle) + 0.006, radius * math.cos(angle) + 0.0065)


def _inverse(convert: Callable[[Position], Position], wanted: Position) -> Position:
    """Return the position that `convert` takes to `wanted`: correct a guess by what it misses."""
    guess = wanted
    for _ in range(_ROUNDS):
        there = convert(guess)
        guess = Position(guess.lat + wanted.lat - there.lat, guess.lon + wanted.lon - there.lon)
    return guess


def rounded(position: Position) -> Position:
    """Return a position to the centimetre: more decimals only look exact."""
    return Position(round(position.lat, _DECIMALS), round(position.lon, _DECIMALS))


def distance_m(a: Position, b: Position) -> float:
    """Return the distance in metres on the WGS-84 ellipsoid."""
    from geopy.distance import geodesic  # it brings a client for a dozen web services with it

    return float(geodesic((a.lat, a.lon), (b.lat, b.lon)).meters)


def fit(corners: Sequence[Position], width: float, height: float) -> Fit:
    """Return the affine map nearest to four corners (top-left, top-right, bottom-right, bottom-left), least squares.

    A map of a park is small enough for degrees to be flat: over 3 km the error is below a metre.

    Raises:
        ValueError: there are not four corners, they enclose nothing, or the picture has no size.

    """
    if len(corners) != 4 or width <= 0 or height <= 0:
        raise ValueError("a fit needs four corners and a picture with a size")
    lat0, lat_x, lat_y = _plane([corner.lat for corner in corners], width, height)
    lon0, lon_x, lon_y = _plane([corner.lon for corner in corners], width, height)
    found = Fit(lat0, lat_x, lat_y, lon0, lon_x, lon_y)
    if lat_x * lon_y == lat_y * lon_x:
        raise ValueError("the corners enclose nothing")
    ends = ((0.0, 0.0), (width, 0.0), (width, height), (0.0, height))
    residual = max(distance_m(corner, to_position(found, *end)) for corner, end in zip(corners, ends, strict=True))
    return Fit(lat0, lat_x, lat_y, lon0, lon_x, lon_y, residual)


def _plane(values: Sequence[float], width: float, height: float) -> tuple[float, float, float]:
    """Fit value = v0 + vx·x + vy·y through the four corners; for a rectangle least squares are these means."""
    top_left, top_right, bottom_right, bottom_left = values
    by_x = (top_right + bottom_right - top_left - bottom_left) / (2 * width)
    by_y = (bottom_left + bottom_right - top_left - top_right) / (2 * height)
    return sum(values) / 4 - by_x * width / 2 - by_y * height / 2, by_x, by_y


def to_position(found: Fit, x: float, y: float) -> Position:
    """Return where pixel (x, y) lies."""
    return Position(found.lat0 + found.lat_x * x + found.lat_y * y, found.lon0 + found.lon_x * x + found.lon_y * y)


def to_pixel(found: Fit, position: Position) -> tuple[float, float]:
    """Return the pixel (x, y) at which a position lies; it may be off the picture."""
    lat, lon = position.lat - found.lat0, position.lon - found.lon0
    whole = found.lat_x * found.lon_y - found.lat_y * found.lon_x
    return (lat * found.lon_y - lon * found.lat_y) / whole, (lon * found.lat_x - lat * found.lon_x) / whole


def turns_right(corners: Sequence[Position]) -> bool:
    """Tell whether the corners run clockwise as seen from above, as a picture's corners in their order must."""
    pairs = zip(corners, [*corners[1:], corners[0]], strict=True)
    return sum((b.lon - a.lon) * (b.lat + a.lat) for a, b in pairs) > 0
