import json
from dataclasses import astuple
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maps.model import Position
from maps.rules import distance_m, fit, from_wgs84, to_pixel, to_position, to_wgs84, turns_right

COORDS = Path(__file__).resolve().parents[3] / "shared" / "data" / "coords"
BEIJING = Position(39.911954, 116.377817)
CORNERS = (Position(39.80, 116.40), Position(39.80, 116.42), Position(39.79, 116.42), Position(39.79, 116.40))

positions = st.builds(Position, st.floats(18, 53), st.floats(75, 134))


def test_a_published_pair_of_beijing_is_met_within_two_centimetres() -> None:
    assert distance_m(from_wgs84(BEIJING, "gcj02"), Position(39.9133455, 116.3840473)) < 0.02


@pytest.mark.skipif(not COORDS.is_dir(), reason="the shared coordinate pairs are not on this machine")
def test_the_shared_pairs_are_met_both_ways() -> None:
    for pair in json.loads((COORDS / "gcj02_pairs.json").read_text(encoding="utf-8"))["points"]:
        wgs84, gcj02 = Position(*pair["wgs84"]), Position(*pair["gcj02"])
        assert distance_m(from_wgs84(wgs84, "gcj02"), gcj02) < 0.02
        assert distance_m(to_wgs84(gcj02, "gcj02"), wgs84) < 0.02
        # Ours is measured on the ellipsoid, theirs on a sphere.
        assert distance_m(wgs84, gcj02) == pytest.approx(pair["offset_m"], rel=0.003)


@given(positions, st.sampled_from(["wgs84", "gcj02", "bd09"]))
def test_there_and_back_is_the_same_place(position: Position, datum: str) -> None:
    assert distance_m(to_wgs84(from_wgs84(position, datum), datum), position) < 0.001


@given(positions)
def test_within_china_the_datums_lie_hundreds_of_metres_apart(position: Position) -> None:
    assert 10 < distance_m(position, from_wgs84(position, "gcj02")) < 1200


def test_outside_china_gcj02_is_wgs84() -> None:
    london = Position(51.7466, -0.2986)
    assert from_wgs84(london, "gcj02") == london
    assert to_wgs84(london, "gcj02") == london


def test_an_unknown_datum_is_refused() -> None:
    with pytest.raises(ValueError, match="no such datum"):
        to_wgs84(BEIJING, "epsg")
    with pytest.raises(ValueError, match="no such datum"):
        from_wgs84(BEIJING, "epsg")


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    assert distance_m(Position(39.0, 116.0), Position(40.0, 116.0)) == pytest.approx(111_029, abs=10)


def test_corners_of_a_rectangle_fit_without_residual() -> None:
    found = fit(CORNERS, 1000, 800)
    assert found.residual_m < 1e-6
    assert astuple(to_position(found, 500, 400)) == pytest.approx((39.795, 116.41))
    assert to_pixel(found, CORNERS[2]) == pytest.approx((1000, 800))


@given(st.floats(-2000, 2000), st.floats(-2000, 2000), st.floats(-0.01, 0.01), st.floats(0, 0.005))
def test_pixel_to_ground_and_back_is_the_same_pixel(x: float, y: float, skew: float, turn: float) -> None:
    corners = [Position(c.lat + turn * (c.lon - 116.4) * 50, c.lon + skew * (c.lat - 39.8)) for c in CORNERS]
    found = fit(corners, 1000, 800)
    assert to_pixel(found, to_position(found, x, y)) == pytest.approx((x, y), abs=1e-3)


def test_a_corner_that_lies_off_shows_in_the_residual() -> None:
    off = (*CORNERS[:3], Position(39.7904, 116.40))
    # Four equal shares of 0.0004 degrees, 44.4 m: each corner is a quarter of it away from the fit.
    assert fit(off, 1000, 800).residual_m == pytest.approx(11.1, abs=0.1)


def test_a_fit_of_nothing_is_refused() -> None:
    for corners, width in ((CORNERS[:3], 10), (CORNERS, 0), ((BEIJING,) * 4, 10)):
        with pytest.raises(ValueError, match="corners"):
            fit(corners, width, 10)


def test_corners_turn_right_and_not_left() -> None:
    assert turns_right(CORNERS)
    assert not turns_right(CORNERS[::-1])


@pytest.mark.skipif(not COORDS.is_dir(), reason="the shared georeferences are not on this machine")
def test_controls_of_a_real_map_fall_on_their_pixels() -> None:
    expected = json.loads((COORDS / "expected_georeferencing.json").read_text(encoding="utf-8"))["oom"]
    placed = [(Position(c["lat"], c["lng"]), c["px"]) for c in expected["controls"]]
    width, height = expected["size"]
    # A street map in Web Mercator is affine in degrees over two kilometres: two of its controls give the corners.
    (a, pa), (b, pb) = placed[1], placed[3]
    by_x, by_y = (b.lon - a.lon) / (pb[0] - pa[0]), (b.lat - a.lat) / (pb[1] - pa[1])
    ends = ((0, 0), (width, 0), (width, height), (0, height))
    corners = [Position(a.lat + by_y * (y - pa[1]), a.lon + by_x * (x - pa[0])) for x, y in ends]
    found = fit(corners, width, height)
    for position, pixel in placed:
        assert to_pixel(found, position) == pytest.approx(tuple(pixel), abs=0.3)
