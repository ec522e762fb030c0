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
    """A map: `corners` are its picture's top-left, top-right, bottom-right and bottom-left, or empty without a picture.

    They are always WGS-84, whatever datum they came in. `image` is the name of the picture's file.
    Where nothing was `measured` the corners are made up, only to hold the picture: no distance on it is true.
    """

    name: str = ""
    datum: str = "wgs84"
    corners: tuple[Position, ...] = ()
    picture: Picture | None = None
    scale: int | None = None
    image: str = ""
    measured: bool = True


@dataclass(frozen=True, slots=True)
class Fit:
    """Where each pixel of a picture lies: lat = lat0 + lat_x·x + lat_y·y, and lon likewise; x to the right, y down.

    `residual_m` is how far the worst corner lies from where it was said to be.
    """

    lat0: float
    lat_x: float
    lat_y: float
    lon0: float
    lon_x: float
    lon_y: float
    residual_m: float = 0.0
