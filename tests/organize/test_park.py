"""The second step: a picture of the park, placed by its corners or by nothing, or no map at all."""

import io
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from maps.exchange.pictures import PHONE_BYTES
from maps.model import ParkMap, Position
from maps.rules import fit, to_pixel
from tests.factories import SLUG
from tests.fixtures_app import SmallRace
from tests.maps.test_exchange import TURNED_RIGHT, photo
from tests.maps.test_for_phones import sheet
from tests.pages import form_fields
from tests.phones import Desk, csrf

MAP = f"/organize/{SLUG}/map"
# The photo is 80 × 60; so is this, in tens of metres.
PLACED = {"way": "two", "top_left": "39.904, 116.396", "bottom_right": "39.8986, 116.40536", "datum": "wgs84"}


def shown(browser: FlaskClient) -> dict[str, Any]:
    return form_fields(browser.get(MAP).text, "place")


def send(browser: FlaskClient, path: str, **form: Any) -> TestResponse:
    answer = browser.post(path, data={**form, "csrf_token": csrf(browser, "/organize/")})
    answer.request.environ["wsgi.input"].close()
    return answer


def upload(browser: FlaskClient, data: bytes, name: str = "南园导览图.jpg") -> TestResponse:
    return send(browser, f"{MAP}/picture", picture=(io.BytesIO(data), name))


def map_of(small: SmallRace) -> ParkMap:
    park = small().setup.map
    assert park
    return park


@pytest.fixture
def pictured(organizer: FlaskClient) -> FlaskClient:
    """An organizer whose race has a picture."""
    assert upload(organizer, photo()).status_code == 302
    return organizer


def test_an_uploaded_picture_is_upright_and_waits_to_be_placed(
    organizer: FlaskClient, client: FlaskClient, small: SmallRace
) -> None:
    assert upload(organizer, photo(orientation=TURNED_RIGHT)).location == f"{MAP}?saved=picture"
    assert small().picture_size == (60, 80)
    park = map_of(small)
    assert (park.name, park.corners) == ("南园导览图", ())
    assert client.get(f"/r/{SLUG}/map").content_type == "image/jpeg"
    assert "再说一下它在哪儿" in organizer.get(MAP).text


@pytest.mark.parametrize("data", [b"", b"no picture at all", b"<svg/>"])
def test_what_is_no_picture_is_refused_with_a_word(organizer: FlaskClient, small: SmallRace, data: bytes) -> None:
    before = small().revision
    answer = upload(organizer, data)
    assert answer.status_code == 400
    assert 'class="error"' in answer.text
    assert small().revision == before


def test_two_corners_place_it_and_the_page_says_how_large_it_is(pictured: FlaskClient, small: SmallRace) -> None:
    assert send(pictured, MAP, **shown(pictured) | PLACED).status_code == 302
    park = map_of(small)
    assert park.corners[1] == Position(39.904, 116.40536)
    page = pictured.get(MAP).text
    assert "800 m" in page
    assert "600 m" in page
    assert shown(pictured)["top_left"] == "39.904000, 116.396000"
    assert send(pictured, MAP, **shown(pictured)).status_code == 302
    assert map_of(small) == park, "what is shown is what is stored"


def test_corners_of_a_chinese_map_are_converted_and_that_is_said(pictured: FlaskClient) -> None:
    saved = send(pictured, MAP, **shown(pictured) | PLACED | {"datum": "gcj02"})
    assert "GCJ-02 抄来，已换算成 WGS-84" in pictured.get(f"{saved.location}&lang=zh").text
    assert shown(pictured)["top_left"] != "39.904000, 116.396000"
    assert "已换算" not in pictured.get(f"{MAP}?lang=zh").text
    plain = send(pictured, MAP, **shown(pictured) | PLACED)
    assert "已换算" not in pictured.get(f"{plain.location}&lang=zh").text


def test_a_nonsense_size_is_shown_first_and_stored_only_if_it_is_meant(pictured: FlaskClient, small: SmallRace) -> None:
    wide = shown(pictured) | PLACED | {"bottom_right": "39.60, 116.92"}
    answer = send(pictured, MAP, **wide)
    assert answer.status_code == 200
    assert "照这样图有 45 公里宽" in answer.text
    assert map_of(small).corners == ()
    assert send(pictured, MAP, **wide | {"sure": "1"}).status_code == 302
    assert len(map_of(small).corners) == 4


def test_only_measuring_stores_nothing(pictured: FlaskClient, small: SmallRace) -> None:
    before = small().revision
    answer = send(pictured, MAP, **shown(pictured) | PLACED | {"try": "1"})
    assert "800 m" in answer.text
    assert form_fields(answer.text, "place")["top_left"] == PLACED["top_left"]
    assert small().revision == before


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"datum": ""}, "datum"),
        ({"top_left": "南门"}, "top_left"),
        ({"way": "four"}, "top_right"),
        ({"way": "world", "world": "1 2 3", "crs": "EPSG:32650"}, "world"),
        ({"way": "world", "world": "1\n0\n0\n-1\n448000\n4406000", "crs": ""}, "crs"),
        ({"bottom_right": "39.904, 116.40536"}, "top_left"),
    ],
)
def test_a_fault_is_said_beside_its_field(
    pictured: FlaskClient, small: SmallRace, typed: dict[str, str], field: str
) -> None:
    before = small().revision
    answer = send(pictured, MAP, **shown(pictured) | PLACED | typed)
    assert answer.status_code == 400
    assert f'id="{field}-about"' in answer.text
    assert small().revision == before


def test_a_world_file_is_taken_from_the_file_as_well(pictured: FlaskClient, small: SmallRace) -> None:
    world = b"10\r\n0\r\n0\r\n-10\r\n448000\r\n4406000\r\n"
    form = shown(pictured) | {"way": "world", "crs": "EPSG:32650", "world_file": (io.BytesIO(world), "park.jgw")}
    assert send(pictured, MAP, **form).status_code == 302
    assert len(map_of(small).corners) == 4


def test_just_a_picture_is_enough_and_phones_are_told_that_nothing_was_measured(
    pictured: FlaskClient, desk: Desk
) -> None:
    assert send(pictured, MAP, **shown(pictured) | {"way": "none"}).status_code == 302
    assert desk.phone("1").play()["map"]["measured"] is False


def test_checkpoints_on_a_mere_picture_stay_where_they_are_on_it_when_it_is_placed(
    pictured: FlaskClient, small: SmallRace
) -> None:
    send(pictured, MAP, **shown(pictured) | {"way": "none"})
    added = {"code": "35", "lat": "0.001", "lon": "0.002"}
    assert send(pictured, f"/organize/{SLUG}/checkpoints", **added).status_code == 302

    def pixel() -> tuple[float, float]:
        live = small()
        assert live.setup.map
        spot = live.setup.checkpoints["35"].position
        assert spot
        return to_pixel(fit(live.setup.map.corners, 80, 60), spot)

    before = pixel()
    send(pictured, MAP, **shown(pictured) | PLACED)
    assert pixel() == pytest.approx(before, abs=0.02)


def test_checkpoints_of_a_measured_map_move_with_it_only_if_that_is_wanted(
    pictured: FlaskClient, small: SmallRace
) -> None:
    send(pictured, MAP, **shown(pictured) | PLACED)
    spot = small().setup.checkpoints["31"].position
    north = {"top_left": "39.905, 116.396", "bottom_right": "39.8996, 116.40536"}
    send(pictured, MAP, **shown(pictured) | PLACED | north)
    assert small().setup.checkpoints["31"].position == spot
    send(pictured, MAP, **shown(pictured) | PLACED | {"carry": "1"})
    moved = small().setup.checkpoints["31"].position
    assert spot
    assert moved
    assert moved.lat == pytest.approx(spot.lat - 0.001)


def test_a_new_picture_of_the_same_shape_lies_where_the_old_one_lay_and_any_other_is_placed_anew(
    pictured: FlaskClient, small: SmallRace
) -> None:
    send(pictured, MAP, **shown(pictured) | PLACED)
    upload(pictured, photo("PNG"))
    assert len(map_of(small).corners) == 4
    assert map_of(small).image.endswith(".png")
    upload(pictured, photo(orientation=TURNED_RIGHT))
    assert map_of(small).corners == ()


def test_of_two_who_place_it_at_once_the_second_sees_what_the_first_did(pictured: FlaskClient) -> None:
    mine = shown(pictured) | PLACED
    send(pictured, MAP, **shown(pictured) | {"way": "none"})
    answer = send(pictured, MAP, **mine)
    assert answer.status_code == 409
    assert form_fields(answer.text, "place")["top_left"] == PLACED["top_left"]
    again = form_fields(answer.text, "place") | {"way": "two"}
    assert send(pictured, MAP, **again).status_code == 302


def test_a_copied_race_has_the_map_and_the_logo_at_once(pictured: FlaskClient, client: FlaskClient) -> None:
    send(pictured, MAP, **shown(pictured) | PLACED)
    send(pictured, f"/organize/{SLUG}/basics/logo", logo=(io.BytesIO(photo("PNG")), "logo.png"))
    slug = send(pictured, f"/organize/{SLUG}/copy").location.split("/")[2]
    page = client.get(f"/r/{slug}").text
    assert f"/r/{slug}/map" in page
    assert f"/r/{slug}/logo" in page
    assert client.get(f"/r/{slug}/logo").status_code == 200


def test_phones_fetch_a_light_picture_again_only_when_it_or_its_place_has_changed(
    pictured: FlaskClient, client: FlaskClient, desk: Desk
) -> None:
    def address() -> str:
        return str(desk.phone("1").play()["map"]["image"])

    send(pictured, MAP, **shown(pictured) | PLACED)
    before, data = address(), sheet(2600, 1950)
    upload(pictured, data)  # of the same shape as the first: it lies where that lay
    first = address()
    assert first != before
    light = client.get(first)
    assert (light.status_code, light.content_type) == (200, "image/jpeg")
    assert len(light.data) <= PHONE_BYTES
    assert client.get(f"/r/{SLUG}/map").data == data, "the desk and the paper have it as it was uploaded"
    assert desk.phone("1").play()["map"]["width"] == 2600
    send(pictured, f"/organize/{SLUG}/basics/logo", logo=(io.BytesIO(photo("PNG")), "logo.png"))
    desk.start()
    desk.phone("1").punch("31")
    assert address() == first, "neither another edit nor the race itself moves it"

    send(pictured, MAP, **shown(pictured) | PLACED | {"bottom_right": "39.8985, 116.4055", "reason": "量准了"})
    assert address() != first


def test_a_race_goes_without_a_map_and_back(organizer: FlaskClient) -> None:
    assert "不用地图" in organizer.get(MAP).text
    send(organizer, f"/organize/{SLUG}/tick", step="map")
    assert "手机上按列表看打卡点" in organizer.get(MAP).text
    send(organizer, f"/organize/{SLUG}/tick", step="map", undo="1")
    assert "公园的一张图" in organizer.get(MAP).text


def test_after_the_gun_the_map_changes_only_for_a_reason(pictured: FlaskClient, desk: Desk, small: SmallRace) -> None:
    desk.start()
    assert send(pictured, MAP, **shown(pictured) | PLACED).status_code == 400
    assert upload(pictured, photo("PNG")).status_code == 400
    assert send(pictured, MAP, **shown(pictured) | PLACED | {"reason": "角填错了"}).status_code == 302
    assert map_of(small).corners
