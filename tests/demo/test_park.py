from itertools import combinations
from math import dist
from xml.etree import ElementTree as ET

import pytest
from geopy.distance import geodesic

from demo.park import CENTRE, HEIGHT, WIDTH, corners, draw, lat_lon, outline, sheet_point
from demo.paths import CHECKPOINTS, NODES, PATHS, Point, edges, place, walk

pytestmark = pytest.mark.unit


def inside(point: Point, polygon: list[Point]) -> bool:
    """Even-odd rule: a ray to the right crosses the polygon's edge an odd number of times."""
    x, y = point
    crossings = 0
    for (ax, ay), (bx, by) in zip(polygon, [*polygon[1:], polygon[0]], strict=True):
        if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
            crossings += 1
    return crossings % 2 == 1


def test_every_checkpoint_lies_inside_the_park() -> None:
    edge = outline()
    assert [code for code, point in CHECKPOINTS.items() if not inside(point, edge)] == []
    assert not inside((5, 5), edge)


def test_the_nearest_two_checkpoints_are_sixty_metres_apart() -> None:
    nearest = min(combinations(CHECKPOINTS, 2), key=lambda pair: dist(CHECKPOINTS[pair[0]], CHECKPOINTS[pair[1]]))
    assert dist(*(CHECKPOINTS[code] for code in nearest)) >= 60, nearest


def test_every_checkpoint_can_be_walked_to_from_the_start() -> None:
    assert all(0 < walk("S", code) < 1500 for code in NODES if code != "S")


def test_a_path_begins_and_an_open_one_ends_at_a_node() -> None:
    for path in PATHS:
        assert isinstance(path.line[0], str)
        assert path.closed or isinstance(path.line[-1], str)
        assert all(place(item) for item in path.line)


def test_the_ring_road_comes_back_to_its_first_node() -> None:
    assert "ring reeds" in edges()["ring north-west"]


def test_walking_is_the_same_both_ways_and_never_shorter_than_the_straight_line() -> None:
    for a, b in combinations(CHECKPOINTS, 2):
        assert walk(a, b) == pytest.approx(walk(b, a))
        assert walk(a, b) >= dist(CHECKPOINTS[a], CHECKPOINTS[b])
    assert walk("31", "31") == 0


def test_walking_goes_round_the_lake_and_not_through_it() -> None:
    assert walk("33", "37") > 1.2 * dist(CHECKPOINTS["33"], CHECKPOINTS["37"])


def test_an_unknown_place_cannot_be_walked_to() -> None:
    with pytest.raises(KeyError):
        walk("S", "99")


def test_a_metre_on_the_sheet_is_a_metre_on_the_ellipsoid() -> None:
    for a, b in (("S", "39"), ("32", "40"), ("31", "42")):
        on_earth = geodesic(lat_lon(CHECKPOINTS[a]), lat_lon(CHECKPOINTS[b])).m
        assert on_earth == pytest.approx(dist(CHECKPOINTS[a], CHECKPOINTS[b]), abs=0.1)


def test_degrees_lead_back_to_the_same_point_of_the_sheet() -> None:
    for point in CHECKPOINTS.values():
        assert sheet_point(*lat_lon(point)) == pytest.approx(point)


def test_the_sheet_is_turned_to_magnetic_north_and_its_corners_go_round_clockwise() -> None:
    (top_left, top_right, bottom_right, bottom_left) = corners()
    assert top_left[0] > bottom_left[0]
    assert top_right[1] > top_left[1]
    assert top_left[1] < bottom_left[1]  # up is west of true north
    assert top_right[0] > top_left[0]
    assert geodesic(top_left, top_right).m == pytest.approx(WIDTH, abs=0.1)
    assert geodesic(top_right, bottom_right).m == pytest.approx(HEIGHT, abs=0.1)
    assert (top_left[0] + bottom_right[0]) / 2 == pytest.approx(CENTRE[0], abs=1e-6)


def test_the_map_is_a_drawing_that_asks_for_nothing_from_outside() -> None:
    text = draw()
    root = ET.fromstring(text)
    assert root.get("viewBox") == f"0 0 {WIDTH} {HEIGHT}"
    tags = {element.tag.split("}")[1] for element in root.iter()}
    assert tags <= {"svg", "defs", "pattern", "g", "rect", "circle", "path", "polygon"}
    used = {part.split(")")[0] for part in text.split("url(#")[1:]}
    assert used == {element.get("id") for element in root.iter() if element.get("id")}
    assert "href" not in text
    assert " style=" not in text
