"""The paths of the made-up park, and how far it is to walk along them.

All places are metres on the map's sheet: x to the right, y down from the top left corner, so they are also the
coordinates of the drawing. `NODES` are where paths meet or a checkpoint stands; a path's line names the nodes it runs
through and gives plain points for the bends between them.
"""

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import dist
from typing import Literal

Point = tuple[float, float]
Segment = tuple[Point, Point, Point, Point]

CHECKPOINTS: dict[str, Point] = {
    "S": (458, 639),
    "31": (191, 158),
    "32": (78, 296),
    "33": (218, 459),
    "34": (102, 562),
    "35": (338, 606),
    "36": (416, 332),
    "37": (528, 519),
    "38": (596, 237),
    "39": (712, 141),
    "40": (820, 270),
    "41": (726, 426),
    "42": (802, 580),
    "F": (519, 622),
}

JUNCTIONS: dict[str, Point] = {
    "gate": (458, 676),
    "ring north-west": (180, 106),
    "ring north": (416, 124),
    "ring north-east": (727, 89),
    "ring east": (878, 374),
    "ring east steps": (873, 458),
    "ring south-east": (829, 637),
    "ring south": (363, 659),
    "ring south-west": (82, 608),
    "ring west": (22, 520),
    "ring reeds": (24, 306),
    "reeds": (161, 306),
    "boardwalk west": (156, 339),
    "boardwalk east": (517, 357),
    "north fork": (484, 270),
    "south fork": (528, 442),
    "hill fork": (667, 217),
    "willow fork": (137, 494),
}

NODES: dict[str, Point] = CHECKPOINTS | JUNCTIONS


@dataclass(frozen=True, slots=True)
class Path:
    """A way to walk: its look on the map, and its line through nodes (by name) and bends (points).

    A line begins at a node; an open one ends at one, a closed one comes back to its first.
    """

    kind: Literal["road", "path", "boardwalk"]
    line: tuple[str | Point, ...]
    closed: bool = False


# fmt: off
RING = Path("road", (
    "ring north-west", (238, 99), (304, 101), (371, 112), "ring north",
    (460, 132), (516, 132), (571, 117), (638, 98), "ring north-east", (793, 94), (843, 119), (874, 161), (884, 217),
    (889, 283), "ring east", (871, 417), "ring east steps", (876, 528), (866, 594), "ring south-east", (771, 656),
    (704, 664), (627, 664), (540, 664), "gate", (416, 670), "ring south", (282, 659), (216, 650), (149, 635),
    "ring south-west", (45, 572), "ring west", (16, 472), (15, 417), (18, 361), "ring reeds",
    (31, 261), (49, 189), (82, 150), (132, 119),
), closed=True)

PATHS: tuple[Path, ...] = (
    RING,
    Path("path", ("ring north-west", "31", (182, 206), (166, 270), "reeds", "boardwalk west", (166, 392), "33",
                  (229, 506), (274, 556), "35", "ring south")),
    Path("boardwalk", ("boardwalk west", (216, 342), (271, 343), (318, 352), (371, 347), "36", (460, 334),
                       "boardwalk east")),
    Path("path", ("ring north", (426, 160), (458, 210), "north fork", "boardwalk east", (530, 405), "south fork",
                  (524, 481), "37", (524, 575), "F")),
    Path("path", ("north fork", (538, 248), "38", "hill fork", (707, 210), (758, 222), "40", (858, 320),
                  "ring east")),
    Path("path", ("hill fork", (678, 178), "39", "ring north-east")),
    Path("path", ("south fork", (571, 449), (640, 448), "41", (793, 424), "ring east steps")),
    Path("path", ("41", (729, 472), (754, 522), "42", "ring south-east")),
    Path("path", ("33", (177, 478), "willow fork", (80, 512), "ring west")),
    Path("path", ("willow fork", (116, 526), "34", "ring south-west")),
    Path("path", ("ring reeds", "32", (118, 290), "reeds")),
    Path("path", ("35", (395, 610), "S", (488, 636), "F")),
    Path("path", ("S", "gate")),
)
# fmt: on


def place(item: str | Point) -> Point:
    """The point of a path's item: a node's, or the bend itself."""
    return NODES[item] if isinstance(item, str) else item


def bend(points: Sequence[Point], *, closed: bool = False) -> list[Segment]:
    """A smooth line through all points (Catmull-Rom), as cubic Bézier segments, one for each pair of neighbours."""
    count = len(points)

    def at(index: int) -> Point:
        return points[index % count] if closed else points[min(max(index, 0), count - 1)]

    segments = []
    for index in range(count if closed else count - 1):
        before, start, end, after = (at(index + step) for step in (-1, 0, 1, 2))
        lead = (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6)
        tail = (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6)
        segments.append((start, lead, tail, end))
    return segments


def points_along(segment: Segment, steps: int = 8) -> list[Point]:
    """`steps` + 1 points on a segment, its two ends among them."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = segment
    points = []
    for step in range(steps + 1):
        t = step / steps
        u = 1 - t
        a, b, c, d = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
        points.append((a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy))
    return points


def _length(points: Iterable[Point]) -> float:
    return sum(dist(start, end) for start, end in pairwise(points))


@cache
def edges() -> dict[str, dict[str, float]]:
    """For each node its neighbours on the paths, with the metres between them."""
    graph: dict[str, dict[str, float]] = {name: {} for name in NODES}
    for path in PATHS:
        segments = bend([place(item) for item in path.line], closed=path.closed)
        ends = [*path.line[1:], path.line[0]] if path.closed else path.line[1:]
        stretches = [(end, _length(points_along(segment))) for end, segment in zip(ends, segments, strict=True)]
        last, metres = path.line[0], 0.0
        for end, length in stretches:
            metres += length
            if isinstance(end, str):
                graph[str(last)][end] = graph[end][str(last)] = metres
                last, metres = end, 0.0
    return graph


@cache
def _distances(start: str) -> dict[str, float]:
    """Dijkstra: the metres from `start` to every node that can be reached."""
    done: dict[str, float] = {}
    queue = [(0.0, start)]
    while queue:
        metres, name = heapq.heappop(queue)
        if name in done:
            continue
        done[name] = metres
        for neighbour, step in edges()[name].items():
            if neighbour not in done:
                heapq.heappush(queue, (metres + step, neighbour))
    return done


def walk(a: str, b: str) -> float:
    """Metres along the paths from node `a` to node `b` (checkpoint codes, or junctions), the shortest way.

    Raises KeyError for a name that is no node.
    """
    return _distances(a)[b]
