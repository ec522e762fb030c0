"""What a team finds on its phone after the finish: its way, and its certificate once the organizer has published."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from base.database import writing
from base.web import part_of
from race.live.races import Live
from race.store import load_setup, save_setup
from results.printing.certificates import AWARD, FINISH, own_pages
from tests.factories import SLUG, race, race_file
from tests.organize.test_publish import freeze
from tests.phones import Desk, Phone

ROW = {
    "place": 2, "status": "OK", "team": "白鹭", "bib": "1", "club": "湿地工会", "checkpoints": 4, "points": 0,
    "time_s": 1800, "splits": [],
}  # fmt: skip


@pytest.fixture
def egret(desk: Desk) -> Phone:
    """白鹭's phone in a race that has started."""
    desk.start()
    return desk.phone("1")


def test_the_way_stands_on_the_phone_after_the_finish(egret: Phone) -> None:
    egret.punch("31")
    assert egret.play()["result"] is None
    egret.finish()
    result = egret.play()["result"]
    assert [(split["checkpoint"], split["state"]) for split in result["splits"]] == [
        ("31", "OK"), ("F", "Finish"), ("32", "Missing"), ("33", "Missing"), ("34", "Missing"),
    ]  # fmt: skip
    assert result["certificate"] is None
    assert [step[:2] for step in result["why"][:2]] == ["出发", "到达"], "each step of the score in the reader's words"


def test_a_team_gets_its_awards_else_that_it_came_through() -> None:
    awards = [{"name": "一等奖", "places": [1, 1]}, {"name": "道德风尚奖", "by_hand": True, "to": [{"entry": "2"}]}]
    setup = race(race_file(race={**race_file()["race"], "awards": awards}))
    rows = [
        {**ROW, "entry": "1"},
        {**ROW, "entry": "2", "team": "蜻蜓", "place": 1},
        {**ROW, "entry": "3", "status": "DidNotFinish", "place": None},
    ]
    results = {"classes": [{"id": "open", "results": rows}]}
    titles = {entry: [page.title for page in own_pages(setup, results, entry)] for entry in "123"}
    assert titles == {"1": [FINISH], "2": [AWARD, AWARD], "3": []}
    assert {page.recipient for page in own_pages(setup, results, "2")} == {"蜻蜓"}


def test_the_certificate_comes_with_publication(desk: Desk, egret: Phone, organizer: FlaskClient) -> None:
    before = egret.get("/api/v1/certificate")
    assert (before.status, before.json["code"]) == (409, "not_published")
    for code in ("31", "33"):
        egret.punch(code)
    egret.finish()
    desk.marshal("F1").tell("heads", entry="1", heads=5)
    desk.act("decision", what="close", reason="都回来了")
    assert freeze(organizer)[0] == 302
    assert egret.play()["result"]["certificate"] == "/api/v1/certificate"
    paper = egret.get("/api/v1/certificate")
    assert (paper.status, paper.headers["content-type"], paper.body[:5]) == (200, "application/pdf", b"%PDF-")
    assert desk.phone("3").get("/api/v1/certificate").json["code"] == "no_certificate"


def test_places_on_legs_come_when_the_race_is_over(desk: Desk, egret: Phone, organizer: FlaskClient) -> None:
    egret.punch("31")
    desk.phone("2").punch("31")
    egret.finish()
    assert "leg_place" not in egret.play()["result"]["splits"][0], "while teams are out it would move with each"
    desk.act("decision", what="close", reason="都回来了")
    assert egret.play()["result"]["splits"][0]["leg_place"] == 1
    assert freeze(organizer)[0] == 302
    path = f"/api/v1/races/{SLUG}/standings?splits=1"
    [in_class] = egret.line.ask("GET", path).json["classes"]
    assert [split["checkpoint"] for split in egret.play()["result"]["splits"][:2]] == ["31", "F"]
    places = {row["entry"]: row["splits"][0]["leg_place"] for row in in_class["results"] if row["splits"]}
    assert places["1"] == 1
    finished = {row["entry"] for row in in_class["results"] if any(item["state"] == "Finish" for item in row["splits"])}
    assert finished == {"1"}, "in the published list too; who never came back has no way home"
    assert places["2"] in (1, 2)


def test_a_team_without_a_finish_finds_the_award_it_was_given_by_hand(
    desk: Desk, engine: Engine, organizer: FlaskClient
) -> None:
    desk.start()
    helpers = desk.phone("2")
    helpers.punch("31")
    desk.act("decision", what="close", reason="都回来了")
    with writing(engine) as connection:
        data = load_setup(connection, 1)
        data["race"]["awards"] = [{"name": "道德风尚奖", "by_hand": True, "to": [{"entry": "2"}]}]
        save_setup(connection, 1, data, by="t", now=1, nonce="t", reason="t")
    part_of(organizer.application, Live).catch_up()
    assert helpers.play()["result"] is None, "nothing is given before the organizer has published"
    assert freeze(organizer)[0] == 302
    assert helpers.play()["result"]["certificate"] == "/api/v1/certificate"
    assert helpers.get("/api/v1/certificate").body[:5] == b"%PDF-"
    assert desk.phone("3").play()["result"] is None
