"""Where a picture lies: by two corners, by four, by a world file, or nowhere."""

import pytest

from maps.model import Position
from maps.rules import distance_m, fit, to_pixel, to_wgs84
from organize.forms.fields import Fields
from organize.forms.placing import read_placing, show_placing
from organize.rules.placing import carried, doubts, made_up, north_up, sides_m

SIZE = (1200, 1000)
TOP_LEFT, BOTTOM_RIGHT = Position(39.80, 116.40), Position(39.791, 116.414)
TWO = {"way": "two", "top_left": "39.80, 116.40", "bottom_right": "39.791, 116.414", "datum": "wgs84"}


def test_two_opposite_corners_of_a_picture_with_north_up_give_the_other_two() -> None:
    corners = north_up(TOP_LEFT, BOTTOM_RIGHT)
    assert corners[1] == Position(39.80, 116.414)
    assert corners[3] == Position(39.791, 116.40)
    top, right, bottom, left = sides_m(corners)
    assert abs(top - 1199) <= 2
    assert abs(right - 999) <= 2
    assert abs(top - bottom) <= 1
    assert left == right


def test_corners_that_fit_the_picture_raise_no_doubt() -> None:
    assert doubts(north_up(TOP_LEFT, BOTTOM_RIGHT), *SIZE) == []


@pytest.mark.parametrize(
    ("bottom_right", "word"),
    [
        (Position(39.5, 116.87), "40 km"),
        (Position(39.79985, 116.4002), "17 m"),
        (Position(39.791, 116.45), "squeezed"),
    ],
)
def test_a_slip_of_the_finger_is_seen_by_the_size_or_the_shape(bottom_right: Position, word: str) -> None:
    assert any(word in str(doubt) for doubt in doubts(north_up(TOP_LEFT, bottom_right), *SIZE))


def test_corners_from_a_chinese_map_are_put_right() -> None:
    park = read_placing(Fields(TWO | {"datum": "gcj02"}), {"image": "m.png"}, SIZE)
    there = to_wgs84(TOP_LEFT, "gcj02")
    assert distance_m(Position(*park["corners"][0]), there) < 0.1
    assert distance_m(there, TOP_LEFT) > 300
    assert park["datum"] == "wgs84"


def test_without_the_map_they_were_copied_from_corners_are_not_taken() -> None:
    fields = Fields(TWO | {"datum": ""})
    assert "corners" not in read_placing(fields, {}, SIZE)
    assert [fault.path for fault in fields.faults] == ["datum"]


def test_corners_in_a_wrong_order_are_refused() -> None:
    fields = Fields(TWO | {"top_left": TWO["bottom_right"], "bottom_right": TWO["top_left"]})
    read_placing(fields, {}, SIZE)
    assert fields.faults == [], "the other way round is a picture with south up"
    fields = Fields(TWO | {"bottom_right": "39.80, 116.414"})
    read_placing(fields, {}, SIZE)
    assert [fault.path for fault in fields.faults] == ["top_left"]


def test_a_world_file_places_the_picture_and_needs_its_system() -> None:
    world = "1.0\n0.0\n0.0\n-1.0\n448000.5\n4405999.5\n"
    fields = Fields({"way": "world", "world": world, "crs": "EPSG:32650"})
    park = read_placing(fields, {}, SIZE)
    assert fields.faults == []
    assert sides_m([Position(*corner) for corner in park["corners"]])[0] in range(1198, 1203)
    fields = Fields({"way": "world", "world": world, "crs": ""})
    read_placing(fields, {}, SIZE)
    assert [fault.path for fault in fields.faults] == ["crs"]
    fields = Fields({"way": "world", "world": "1 2 3", "crs": "EPSG:32650"})
    read_placing(fields, {}, SIZE)
    assert [fault.path for fault in fields.faults] == ["world"]


def test_a_picture_that_lies_nowhere_has_made_up_corners_of_its_shape_and_says_that_they_are() -> None:
    park = read_placing(Fields({"way": "none"}), {"image": "m.png"}, SIZE)
    assert park["measured"] is False
    top, right, _, _ = sides_m([Position(*corner) for corner in park["corners"]])
    assert abs(top / right - 1.2) < 0.01
    assert show_placing(park)["way"] == "none"
    assert show_placing(park)["top_left"] == "", "nothing made up is shown as measured"


def test_a_picture_placed_after_all_takes_its_checkpoints_along() -> None:
    before = fit(made_up(*SIZE), *SIZE)
    after = fit(north_up(TOP_LEFT, BOTTOM_RIGHT), *SIZE)
    spot = Position(0.001, 0.002)
    x, y = to_pixel(before, spot)
    moved_x, moved_y = to_pixel(after, carried(spot, before, after))
    assert abs(moved_x - x) < 0.1
    assert abs(moved_y - y) < 0.1


def test_the_fields_show_what_is_stored() -> None:
    park = read_placing(Fields(TWO), {"image": "m.png"}, SIZE)
    shown = show_placing(park)
    assert (shown["way"], shown["top_left"], shown["datum"]) == ("two", "39.800000, 116.400000", "wgs84")
    turned = {**park, "corners": [[39.80, 116.40], [39.801, 116.414], [39.792, 116.415], [39.791, 116.401]]}
    assert show_placing(turned)["way"] == "four"
