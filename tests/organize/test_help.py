"""A team calls for help: race control sees it at once, with where it is and whom to call."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from race.model import Status
from tests.factories import SLUG
from tests.fixtures_app import SmallRace
from tests.phones import Desk, Phone, csrf

CONTROL = f"/organize/{SLUG}/control"
HERE = {"lat": 39.912345, "lon": 116.398765, "accuracy_m": 12.4}


@pytest.fixture
def egret(desk: Desk) -> Phone:
    """白鹭's phone in a race that has started."""
    desk.start()
    return desk.phone("1")


def called(page: str) -> str:
    """The part of race control that shows calls for help, empty while there is none."""
    return page.split('data-live="helps"')[1].split('data-live="start"', maxsplit=1)[0].partition(">")[2]


def test_race_control_shows_who_calls_where_and_their_telephone(egret: Phone, organizer: FlaskClient) -> None:
    assert "flagged" not in called(organizer.get(CONTROL).text)
    result = egret.tell("help", text="脚扭了 <b>", **HERE)
    assert result["verdict"] == "accepted"
    assert "指挥台" in result["message"]
    part = called(organizer.get(CONTROL).text)
    assert "白鹭" in part
    assert "脚扭了 &lt;b&gt;" in part
    assert "position=116.398765,39.912345&amp;coordinate=wgs84" in part
    assert "± 12 m" in part
    assert "tel:13800000001" in part


def test_it_goes_when_somebody_has_dealt_with_it_and_once_is_enough(
    egret: Phone, organizer: FlaskClient, small: SmallRace
) -> None:
    call = egret.tell("help", **HERE)["id"]
    form = {"csrf_token": csrf(organizer, CONTROL), "fact": call}
    for _ in range(2):
        assert organizer.post(f"{CONTROL}/1/helped", data=form).status_code == 302
    assert "flagged" not in called(organizer.get(CONTROL).text)
    assert sum(fact.kind == "decision" for fact in small().by_id.values()) == 1
    assert small().runs["1"].status is Status.INACTIVE  # a call is no start


@pytest.mark.parametrize(
    "place", [{}, {"lat": "x", "lon": 1}, {"lat": 91, "lon": 1}, {"lat": 1}, {"lat": True, "lon": 1}, {"text": 7}]
)
def test_a_call_without_a_place_is_a_call_all_the_same(egret: Phone, organizer: FlaskClient, place: Any) -> None:
    assert egret.tell("help", **place)["verdict"] == "accepted"
    part = called(organizer.get(CONTROL).text)
    assert "白鹭" in part
    assert "amap" not in part
