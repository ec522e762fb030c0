"""Checkpoints of a file laid over those of a race: which are new, which change and how, which are the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from maps.model import Position
from maps.rules import distance_m, rounded, to_wgs84
from organize.rules.points import add_point, point_of

Data = dict[str, Any]
# What a file may say of a checkpoint that is there already; its tasks and points stay as they are.
TAKEN = ("name", "description", "lat", "lon")
# A file that rounds its degrees moves nothing.
SAME_M = 0.5


@dataclass(frozen=True, slots=True)
class Change:
    """What a file does with one checkpoint. `moved_m` is how far it moves, None where it had no place before."""

    code: str
    name: Any
    new: bool
    moved_m: float | None = None
    renamed: bool = False


def in_wgs84(items: Sequence[Mapping[str, Any]], datum: str) -> list[Data]:
    """Return a file's checkpoints with their positions in WGS-84."""
    return [_in_wgs84(dict(item), datum) for item in items]


def _in_wgs84(item: Data, datum: str) -> Data:
    if item.get("lat") is not None and item.get("lon") is not None:
        there = rounded(to_wgs84(Position(item["lat"], item["lon"]), datum))
        item |= {"lat": there.lat, "lon": there.lon}
    return item


def changes(data: Mapping[str, Any], items: Sequence[Mapping[str, Any]]) -> list[Change]:
    """Return what a file would do, without the checkpoints that stay as they are."""
    found = (_change(point_of(data, item["code"]), item) for item in items)
    return [change for change in found if change]


def _change(before: Mapping[str, Any] | None, item: Mapping[str, Any]) -> Change | None:
    if before is None:
        return Change(item["code"], item.get("name", ""), new=True)
    moved: float | None = 0.0
    if item.get("lat") is not None:
        there = Position(item["lat"], item["lon"])
        moved = distance_m(Position(before["lat"], before["lon"]), there) if before.get("lat") is not None else None
    renamed = any(item.get(key, before.get(key)) != before.get(key) for key in ("name", "description"))
    if moved is not None and moved < SAME_M and not renamed:
        return None
    return Change(item["code"], item.get("name") or before.get("name", ""), new=False, moved_m=moved, renamed=renamed)


def lay_over(data: Data, items: Sequence[Mapping[str, Any]]) -> None:
    """Put a file's checkpoints in: known ones take what it says of them, new ones come last on every course."""
    for item in items:
        before = point_of(data, item["code"])
        if before is None:
            add_point(data, dict(item))
        else:
            before |= {key: item[key] for key in TAKEN if item.get(key) is not None}
