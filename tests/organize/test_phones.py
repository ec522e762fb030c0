"""A team's phones: handing over to another browser, taking a phone off, and knowing what they still hold."""

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from base.database import writing
from base.web import part_of
from organize.live import Matters
from organize.rules.open_matters import MatterKind
from race.live.phones import Phones
from race.store.phones import add_handover, use_handover
from race.views.api import HANDOVER_S
from tests.factories import SLUG
from tests.fixtures_app import SmallRace
from tests.phones import Desk, OverFlask, Phone, csrf

TEAM = f"/organize/{SLUG}/control/1"
TEAMS = f"/organize/{SLUG}/teams"


@pytest.fixture
def egret(desk: Desk) -> Phone:
    """白鹭's phone in a race that has started."""
    desk.start()
    return desk.phone("1")


def device_of(phone: Phone) -> str:
    """The name its token carries."""
    return phone.token.split(".")[3]


def test_a_team_goes_on_in_another_browser_by_a_code_that_works_once(app: Flask, egret: Phone) -> None:
    given = egret.post("/api/v1/handover", {}).json
    assert given["expires_s"] == HANDOVER_S
    code = given["url"].split("?h=")[1]
    line = OverFlask(app)
    joined = line.ask("POST", "/api/v1/join", {"handover": code})
    assert (joined.status, joined.json["team"]["entry"]) == (200, "1")
    assert joined.json["token"] != egret.token
    again = line.ask("POST", "/api/v1/join", {"handover": code})
    assert (again.status, again.json["code"]) == (400, "bad_handover")


def test_a_handover_is_good_for_five_minutes(engine: Engine, desk: Desk) -> None:
    race = desk.keys.race.id
    with writing(engine) as connection:
        for code in ("in time", "too late"):
            add_handover(connection, code, race, "1", HANDOVER_S * 1000)
        assert use_handover(connection, "in time", HANDOVER_S * 1000 - 1) == (race, "1")
        assert use_handover(connection, "too late", HANDOVER_S * 1000) is None


def test_a_phone_that_was_taken_off_is_told_so_and_others_go_on(
    desk: Desk, egret: Phone, organizer: FlaskClient, app: Flask
) -> None:
    other = desk.phone("1")
    page = organizer.get(TEAM).text
    assert page.count('name="device"') == 2
    form = {"csrf_token": csrf(organizer, TEAM), "device": device_of(egret)}
    assert organizer.post(f"{TEAM}/phone", data=form).status_code == 302
    for answer in (egret.get("/api/v1/play"), egret.post("/api/v1/facts", {"records": []})):
        assert (answer.status, answer.json["code"]) == (401, "removed")
    assert other.get("/api/v1/play").status == 200
    assert organizer.get(TEAM).text.count('name="device"') == 1
    # A server that starts anew knows it still.
    assert Phones(part_of(app, Engine)).is_removed(desk.keys.race.id, device_of(egret))


def test_a_phone_is_taken_off_by_its_own_team_s_page_only(desk: Desk, egret: Phone, organizer: FlaskClient) -> None:
    form = {"csrf_token": csrf(organizer, TEAM), "device": device_of(egret)}
    organizer.post(f"/organize/{SLUG}/control/2/phone", data=form)
    assert egret.get("/api/v1/play").status == 200
    assert desk.phone("2").get("/api/v1/play").status == 200


@pytest.mark.parametrize(("choice", "status"), [({}, 200), ({"phones": "out"}, 401)])
def test_a_new_card_takes_its_phones_off_where_that_is_chosen(
    egret: Phone, organizer: FlaskClient, choice: dict[str, str], status: int
) -> None:
    form = {"csrf_token": csrf(organizer, TEAMS), "entry": "1", "reason": "丢了", **choice}
    assert organizer.post(f"{TEAMS}/card", data=form).status_code == 302
    assert egret.get("/api/v1/play").status == status


def test_what_a_phone_still_holds_is_an_open_matter_until_it_has_sent_it(
    app: Flask, egret: Phone, organizer: FlaskClient, small: SmallRace
) -> None:
    def unsent() -> list[str]:
        found = part_of(app, Matters).of(small())
        return [matter.entry for matter in found if matter.kind is MatterKind.UNSENT]

    assert unsent() == []
    egret.get("/api/v1/play", **{"X-Unsent": "2"})
    assert unsent() == ["1"]
    assert Phones(part_of(app, Engine)).unsent(egret.keys.race.id) == {"1": 2}  # other processes know it too
    assert "<b>" in organizer.get(TEAM).text.split('id="phones"')[1].split("</section>")[0]
    egret.punch("31")
    assert unsent() == ["1"]
    egret.punch("33")
    assert unsent() == []


@pytest.mark.parametrize("said", ["-1", "x", "²", "9" * 30, ""])
def test_rubbish_about_what_is_held_is_no_matter(app: Flask, egret: Phone, said: str) -> None:
    answer = egret.get("/api/v1/play", **{"X-Unsent": said.encode().decode("latin-1")})
    assert json.loads(answer.body)["team"]["entry"] == "1"
    assert part_of(app, Phones).unsent(egret.keys.race.id) == {}
