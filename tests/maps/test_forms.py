import json
from dataclasses import astuple
from pathlib import Path
from typing import Any

import pytest

from maps.forms import map_to_json, read_map, read_place, read_world_file
from maps.model import Picture, Position
from maps.rules import distance_m, fit, from_wgs84, to_pixel

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared maps are not on this machine")

CORNERS = [[39.80, 116.40], [39.80, 116.42], [39.79, 116.42], [39.79, 116.40]]
DATA: dict[str, Any] = {"name": "公园", "datum": "wgs84", "image": "park.svg", "corners": CORNERS, "scale": 5000}
PICTURE = Picture("image/png", b"", 595, 841)


def faults_of(**change: Any) -> list[str]:
    return [fault.path for fault in read_map(DATA | change, "map")[1]]


def test_a_map_reads_and_writes_back_the_same() -> None:
    park, faults = read_map(DATA, "map", PICTURE)
    assert faults == []
    assert park.corners[2] == Position(39.79, 116.42)
    assert park.picture is PICTURE
    assert map_to_json(park) == DATA


def test_a_map_without_a_picture_is_a_name() -> None:
    park, faults = read_map({"name": "公园"}, "map")
    assert (faults, park.corners, map_to_json(park)) == ([], (), {"name": "公园", "datum": "wgs84"})


@pytest.mark.parametrize("datum", ["gcj02", "bd09"])
def test_corners_of_another_datum_come_out_in_wgs84(datum: str) -> None:
    moved = [from_wgs84(Position(lat, lon), datum) for lat, lon in CORNERS]
    park, faults = read_map(DATA | {"datum": datum, "corners": [[c.lat, c.lon] for c in moved]}, "map")
    assert faults == []
    assert park.datum == "wgs84"
    assert max(distance_m(a, Position(*b)) for a, b in zip(park.corners, CORNERS, strict=True)) < 0.02


@pytest.mark.parametrize(
    "corners",
    [
        CORNERS[:3],
        [[lon, lat] for lat, lon in CORNERS],
        CORNERS[::-1],
        [CORNERS[0]] * 4,
        [CORNERS[0], CORNERS[2], CORNERS[1], CORNERS[3]],
        [[39.8, "116.4"], *CORNERS[1:]],
        [[39.8, float("nan")], *CORNERS[1:]],
        [[41, 116], [41, 118], [39, 118], [39, 116]],
        "corners",
    ],
)
def test_corners_that_cannot_be_are_refused(corners: Any) -> None:
    assert faults_of(corners=corners) == ["map.corners"]


def test_other_faults_are_named() -> None:
    assert faults_of(datum="cgcs") == ["map.datum"]
    assert faults_of(scale=0) == ["map.scale"]
    assert faults_of(colour=1) == ["map.colour"]
    assert faults_of(world_file="map.jgw", crs="EPSG:3857") == ["map.world_file"]


def test_a_world_file_places_the_outer_edge_half_a_pixel_before_its_point() -> None:
    corners = read_world_file("0.001\n0\n0\n-0.001\n116.4\n39.8\n", 20, 10, "EPSG:4326")
    assert astuple(corners[0]) == pytest.approx((39.8005, 116.3995))
    assert astuple(corners[2]) == pytest.approx((39.7905, 116.4195))


def test_a_world_file_wants_its_system_and_its_picture() -> None:
    bare = {"world_file": "map.jgw"}
    text = "0.00001\n0\n0\n-0.00001\n116.4\n39.8\n"

    def paths(data: dict[str, Any], picture: Picture | None, world: str | None) -> list[str]:
        return [fault.path for fault in read_map(data, "map", picture, world)[1]]

    assert paths(bare, PICTURE, text) == ["map.crs"]
    assert paths(bare | {"crs": "EPSG:4326"}, None, text) == ["map.world_file"]
    assert paths(bare | {"crs": "EPSG:4326"}, PICTURE, None) == ["map.world_file"]
    assert paths(bare | {"crs": "EPSG:0"}, PICTURE, text) == ["map.world_file"]
    assert paths(bare | {"crs": "EPSG:4326"}, PICTURE, "1 2 3") == ["map.world_file"]
    assert paths(bare | {"crs": "EPSG:32650"}, PICTURE, "1 0 0 -1 1e12 1e12") == ["map.world_file"]
    assert paths(bare | {"crs": "EPSG:4326"}, PICTURE, "1e-4 0 0 1e-4 116.4 39.8") == ["map.world_file"]
    assert paths(bare | {"crs": "EPSG:4326"}, PICTURE, text) == []


@needs_shared
def test_a_real_world_file_puts_the_controls_on_their_pixels() -> None:
    expected = json.loads((SHARED / "coords" / "expected_georeferencing.json").read_text(encoding="utf-8"))
    for name, file in (("oom", "oom_636ca9e43ca63.jgw"), ("ellenbrook", "ellenbrook.jgw")):
        known = expected[name]
        width, height = known["size"]
        text = (SHARED / "maps" / file).read_text(encoding="utf-8")
        found = fit(read_world_file(text, width, height, known["world_file_crs"]), width, height)
        for control in known["controls"]:
            lat, lon = control["wgs84"] if "wgs84" in control else (control["lat"], control["lng"])
            x, y = to_pixel(found, Position(lat, lon))
            assert abs(x - control["px"][0]) < 1.5
            assert abs(y - control["px"][1]) < 1.5


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("39.909, 116.397", (39.909, 116.397)),
        ("116.397,39.909", (39.909, 116.397)),  # Chinese map sites give the longitude first
        ("39.909，116.397", (39.909, 116.397)),
        ("31.2304N,121.4737E", (31.2304, 121.4737)),
        ("N39.9 E116.4", (39.9, 116.4)),
        ("北纬39.9 东经116.4", (39.9, 116.4)),
        ("经度：116.4，纬度：39.9", (39.9, 116.4)),
        ("lng: 116.4, lat: 39.9", (39.9, 116.4)),
        ("39°54'36\"N 116°24'E", (39.91, 116.4)),
        ("30度15分36秒 120度12分", (30.26, 120.2)),
        ("33.86 S 151.2 E", (-33.86, 151.2)),
        ("-33.86 151.2", (-33.86, 151.2)),
    ],
)
def test_a_place_is_read_however_people_copy_it(text: str, place: tuple[float, float]) -> None:
    found = read_place(text)
    assert found
    assert (round(found.lat, 6), round(found.lon, 6)) == place


@pytest.mark.parametrize("text", ["", "南园", "39.9", "39.9 116.4 5", "116.4 139.9", "39.9N 116.4N", "1e5 2"])
def test_what_names_no_single_place_is_no_place(text: str) -> None:
    assert read_place(text) is None


def test_a_map_that_nobody_measured_says_so_and_is_read_again_so() -> None:
    park, faults = read_map(DATA | {"measured": False}, "map")
    assert (park.measured, faults) == (False, [])
    assert map_to_json(park)["measured"] is False
    assert "measured" not in map_to_json(read_map(DATA, "map")[0])
    assert faults_of(measured="no") == ["map.measured"]
