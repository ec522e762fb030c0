"""Placemarks of a KML file, or of the KML inside a KMZ."""

import io
import re
import zipfile
from typing import Any

from base.faults import Fault, FaultyInput
from base.languages import Words
from base.xml import MOST_BYTES, Element, parse
from checkpoints.exchange.places import Point, as_checkpoints

# Shapes that are drawn on the map and mark no single place.
_SHAPES = {"LineString", "Polygon", "LinearRing", "Track", "MultiTrack"}


def is_kmz(data: bytes) -> bool:
    """Tell whether this is an archive with a KML file in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(name.lower().endswith(".kml") for name in archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False


def read_kml(data: bytes) -> tuple[dict[str, Any], list[Fault]]:
    """Return the point placemarks of a KML or KMZ file as checkpoints, and the faults.

    Raises:
        FaultyInput: it is no readable KML or would unpack to something huge.

    """
    if data.startswith(b"PK"):
        data = _unpacked(data)
    faults: list[Fault] = []
    points: list[Point] = []
    for placemark in parse(data).descend():
        if placemark.name != "Placemark":
            continue
        found = [element for element in placemark.descend() if element.name == "Point"]
        if found:
            points.append(_point(placemark, found[0]))
        elif any(element.name in _SHAPES for element in placemark.descend()):
            words = Words("“%(name)s” is a line or an area, not a point; left out.", {"name": _name(placemark)[:40]})
            faults.append(Fault(f"line {placemark.line}", words))
    if not points:
        raise FaultyInput([Fault("", Words("This KML file holds no points.")), *faults])
    part, more = as_checkpoints(points)
    return part, [*more, *faults]


def _name(placemark: Element) -> str:
    return placemark.value("name")


def _point(placemark: Element, point: Element) -> Point:
    lon, lat, *_ = [*point.value("coordinates").replace(" ", "").split(","), "", ""]
    # Descriptions are often whole pages of HTML for a balloon.
    description = " ".join(re.sub(r"<[^>]*>", " ", placemark.value("description")).split())
    return Point(_name(placemark), lat, lon, placemark.line, description)


def _unpacked(data: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = sorted(
                (name for name in archive.namelist() if name.lower().endswith(".kml")),
                key=lambda name: (name.lower() != "doc.kml", name.count("/"), name),
            )
            if names and archive.getinfo(names[0]).file_size > MOST_BYTES:
                raise FaultyInput([Fault("", Words("This file would unpack to something too large to read."))])
            if names:
                return archive.read(names[0])
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, EOFError) as error:
        raise FaultyInput([Fault("", Words("This KMZ file cannot be unpacked."))]) from error
    raise FaultyInput([Fault("", Words("There is no KML file in this archive."))])
