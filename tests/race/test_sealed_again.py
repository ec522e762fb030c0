"""What a phone holds sealed already is not sent to it again, and all that changed is."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine

from base.clock import now_ms
from base.database import writing
from base.web import part_of
from race.live.races import Live
from race.live.seals import Seals
from race.store import save_setup
from tests.factories import race_file
from tests.fixtures_app import SmallRace
from tests.phones import Desk, Phone

Edit = Callable[[dict[str, Any]], None]
Lays = Callable[[Edit], None]


@pytest.fixture
def egret(desk: Desk, app: Flask) -> Phone:
    """A team's phone in a race that has started; typed codes cost nothing."""
    seals = part_of(app, Seals)
    seals._iterations = 2
    desk.start()
    phone = desk.phone("1")
    phone.play()
    seals.stretch(lambda work: work())
    return phone


@pytest.fixture
def edits(engine: Engine, live: Live, small: SmallRace) -> Lays:
    """The organizer changes something in the set-up."""

    def lay(edit: Edit) -> None:
        data = race_file()
        edit(data)
        with writing(engine) as connection:
            save_setup(connection, small().race.id, data, by="test", now=now_ms(), nonce="again")
        live.catch_up()

    return lay


def asked(phone: Phone, held: str, **headers: str) -> dict[str, Any]:
    """What a phone that holds boxes of this digest is sent sealed."""
    sealed: dict[str, Any] = phone.get(f"/api/v1/play?boxes={held}", **headers).json["sealed"]
    return sealed


def test_a_phone_that_names_its_boxes_is_sent_all_but_those_while_its_team_runs(egret: Phone) -> None:
    before = egret.get("/api/v1/play")
    sealed = before.json["sealed"]
    assert egret.punch("31")["verdict"] == "accepted"
    answer = egret.get(f"/api/v1/play?boxes={sealed['digest']}", **{"If-None-Match": before.headers["etag"]})
    assert (answer.status, answer.json["run"]["checkpoints"]["31"]["state"]) == (200, "passed")
    assert answer.json["sealed"] == {name: part for name, part in sealed.items() if name != "boxes"}
    again = egret.get(f"/api/v1/play?boxes={sealed['digest']}", **{"If-None-Match": answer.headers["etag"]})
    assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize("path", ["/api/v1/play", "/api/v1/play?boxes=", "/api/v1/play?boxes=0123456789abcdef"])
def test_who_names_none_or_others_is_sent_all(egret: Phone, path: str) -> None:
    sealed = egret.get(path).json["sealed"]
    assert len(sealed["boxes"]) == len(sealed["signs"]) == len(sealed["codes"]) == 6


def _question(data: dict[str, Any]) -> None:
    for bank in data["banks"]:
        for question in bank["questions"]:
            question["text"] = f"{question['text']} (changed)"


def _limit(data: dict[str, Any]) -> None:
    data["quizzes"][0]["limit_s"] = 45


def _name(data: dict[str, Any]) -> None:
    data["checkpoints"][1]["name"] = "石桥"


@pytest.mark.parametrize("edit", [_question, _limit, _name])
def test_boxes_come_again_when_anything_in_them_was_changed(egret: Phone, edits: Lays, edit: Edit) -> None:
    held = egret.play()["sealed"]
    edits(edit)
    sealed = asked(egret, held["digest"])
    assert sealed["digest"] != held["digest"]
    assert sealed["boxes"].keys() == held["boxes"].keys()
    assert sealed["boxes"] != held["boxes"]


def test_boxes_in_another_language_are_others(egret: Phone) -> None:
    held = egret.play()["sealed"]
    assert "boxes" in asked(egret, held["digest"], **{"Accept-Language": "en"})


def test_an_edit_of_something_else_sends_no_boxes(egret: Phone, edits: Lays) -> None:
    """A team's name is corrected while two hundred phones are out: none of them fetches its pictures again."""
    held = egret.play()["sealed"]
    edits(lambda data: data["entries"][1].update(team="蜻蜓二队"))
    assert asked(egret, held["digest"]).keys() == held.keys() - {"boxes"}


def test_another_team_s_digest_does_not_stand_for_one_s_own_boxes(egret: Phone, desk: Desk) -> None:
    theirs = desk.phone("2").play()["sealed"]["digest"]
    assert "boxes" in asked(egret, theirs)
