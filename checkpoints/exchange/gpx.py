"""Waypoints of a GPX file."""

from typing import Any

from base.faults import Fault, FaultyInput
from base.languages import Words
from base.xml import Element, parse
from checkpoints.exchange.places import Point, as_checkpoints


def read_gpx(data: bytes) -> tuple[dict[str, Any], list[Fault]]:
    """Return the waypoints of a GPX file, else the points of its route, as checkpoints, and the faults.

    Raises:
        FaultyInput: it is no readable XML, or holds only a track.

    """
    root = parse(data)
    points = root.all("wpt") or root.all("rte", "rtept")
    if not points:
        words = Words("This GPX file holds no waypoints. A track alone does not say where the checkpoints are.")
        raise FaultyInput([Fault("", words)])
    part, faults = as_checkpoints([_point(point) for point in points])
    if root.all("trk"):
        faults.append(Fault(f"line {root.all('trk')[0].line}", Words("Tracks are not read, only waypoints.")))
    return part, faults


def _point(point: Element) -> Point:
    name, description = point.value("name"), point.value("desc") or point.value("cmt")
    lat, lon = point.attributes.get("lat", ""), point.attributes.get("lon", "")
    return Point(name, lat, lon, point.line, description if description != name else "")
