"""The park map: a picture and where it lies on the earth."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Position:
    """A place in WGS-84 degrees."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Picture:
    """The bytes of a map's picture. `width` and `height` are pixels, or user units of an SVG."""

    media_type: str
    data: bytes
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class ParkMap:
    """A map: `corners` are its picture's top-left, top-right, bottom-right and bottom-left, or empty without a picture."""

    name: str = ""
    datum: str = "wgs84"
    corners: tuple[Position, ...] = ()
    picture: Picture | None = None
    scale: int | None = None
