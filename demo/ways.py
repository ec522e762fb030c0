"""How far it is from one checkpoint to another: along the sample park's paths, or as the crow flies and then some."""

from collections.abc import Callable
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from checkpoints.model import CheckpointKind
from demo.paths import walk
from maps.model import Position
from race.model import Setup

EARTH_M = 6_371_000
# Paths wind; and where a race file says no places, checkpoints of a park lie about so far apart.
WINDING = 1.3
UNKNOWN_M = 250.0


@dataclass(frozen=True, slots=True)
class Ways:
    """Where a race starts and finishes (checkpoint codes; a race may have no start sign), and how far it is to walk."""

    start: str | None
    finish: str
    metres: Callable[[str, str], float]


PARK = Ways("S", "F", walk)


def ways_of(setup: Setup) -> Ways:
    """Return the ways of any race, from where its checkpoints lie."""
    places = {item.id: item.position for item in setup.checkpoints.values()}

    def metres(one: str, two: str) -> float:
        a, b = places.get(one), places.get(two)
        return UNKNOWN_M if a is None or b is None else WINDING * _apart_m(a, b)

    return Ways(_first(setup, CheckpointKind.START), _first(setup, CheckpointKind.FINISH) or "", metres)


def _first(setup: Setup, kind: CheckpointKind) -> str | None:
    return next((item.id for item in setup.checkpoints.values() if item.kind is kind), None)


def _apart_m(a: Position, b: Position) -> float:
    """Return the distance on the globe (haversine)."""
    lat_a, lat_b = radians(a.lat), radians(b.lat)
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 2 * EARTH_M * asin(sqrt(half))
