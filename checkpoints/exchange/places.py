"""Points with a name on the earth → checkpoints, with codes from their names."""

from dataclasses import dataclass
from typing import Any

from base.faults import Fault
from base.languages import Words
from checkpoints.exchange.codes import LONGEST, code_and_name, kind_of
from checkpoints.rules import free_code

MOST_POINTS = 2_000


@dataclass(frozen=True, slots=True)
class Point:
    """A named point of a file, as written there."""

    name: str
    lat: str
    lon: str
    line: int
    description: str = ""


def as_checkpoints(points: list[Point]) -> tuple[dict[str, Any], list[Fault]]:
    """Return `{"checkpoints": […]}` and the faults.

    A point whose name holds no number gets the next free one from 31, and a fault that says which.
    """
    faults: list[Fault] = []

    def fault(point: Point, message: str, **arguments: object) -> None:
        faults.append(Fault(f"line {point.line}" if point.line else "", Words(message, arguments)))

    placed: list[tuple[Point, float, float]] = []
    for point in points:
        lat, lon = degrees(point.lat, 90), degrees(point.lon, 180)
        if lat is None or lon is None:
            fault(point, "“%(name)s” has no position in degrees; left out.", name=point.name[:40])
        elif len(placed) == MOST_POINTS:
            fault(point, "There are more than %(most)s points; the rest is left out.", most=MOST_POINTS)
            break
        else:
            placed.append((point, lat, lon))
    taken = {code_and_name(point.name)[0] for point, _, _ in placed}
    checkpoints: dict[str, dict[str, Any]] = {}
    for point, lat, lon in placed:
        code, name = code_and_name(point.name)
        if not code or len(code) > LONGEST:
            code, name = free_code(taken), " ".join(point.name.split())
            taken.add(code)
            fault(point, "“%(name)s” has no number of its own; it became %(code)s.", name=name[:40], code=code)
        if code in checkpoints:
            fault(point, "%(code)s stands twice; the first stands.", code=code)
            continue
        checkpoints[code] = {"code": code, "kind": str(kind_of(code)), "lat": lat, "lon": lon}
        if name:
            checkpoints[code]["name"] = name[:200]
        if point.description:
            checkpoints[code]["description"] = point.description[:500]
    return {"checkpoints": list(checkpoints.values())}, faults


def degrees(text: str, most: int) -> float | None:
    """Return a number of degrees within ± `most`, or None."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if abs(number) <= most else None
