"""Two at once and the race between them: what was recorded stays, and the race can always be worked out."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from base.clock import now_ms
from base.database import writing
from base.faults import FaultyInput
from base.web import part_of
from facts.model import Draft
from facts.store import append
from organize.views.editing import edit
from race.live.races import Live
from tests.factories import EGRET, SLUG
from tests.fixtures_app import SmallRace
from tests.phones import Desk, csrf

Change = Callable[[dict[str, Any]], None]
Edit = Callable[..., None]


@pytest.fixture
def change(app: Flask, small: SmallRace) -> Edit:
    """Returns what changes the set-up, from a page of the race as this process last heard of it."""

    def change(how: Change, reason: str | None = "核对") -> None:
        with app.test_request_context("/", method="POST"):
            edit(small(), how, by="organizer:1", reason=reason)

    return change


@pytest.fixture
def elsewhere(app: Flask, small: SmallRace) -> Callable[..., None]:
    """Returns what appends a fact as another process would: this one has not heard of it yet."""

    def elsewhere(kind: str, **about: str) -> None:
        now = now_ms()
        with writing(part_of(app, Engine)) as connection:
            append(connection, small().race.id, [Draft(f"x-{kind}", kind, now, now, "organizer:1", **about)])  # type: ignore[arg-type]

    return elsewhere


def put_in_another_class(data: dict[str, Any]) -> None:
    data["classes"].append({**data["classes"][0], "id": "late"})


def take_it_out(data: dict[str, Any]) -> None:
    data["classes"] = [item for item in data["classes"] if item["id"] != "late"]


def leave_egret_out(data: dict[str, Any]) -> None:
    data["entries"] = [entry for entry in data["entries"] if entry["id"] != EGRET]


def rename(data: dict[str, Any]) -> None:
    data["race"]["name"] = "别的名字"


def test_a_class_into_which_the_jury_put_a_team_stays(app: Flask, change: Edit, desk: Desk, small: SmallRace) -> None:
    change(put_in_another_class)
    desk.start()
    moved = desk.act("decision", what="class", entry=EGRET, value={"class": "late"}, reason="年龄")
    assert moved.status == 200
    with pytest.raises(FaultyInput):
        change(take_it_out)
    assert "late" in small().setup.classes
    assert Live(part_of(app, Engine)).by_slug(SLUG) is not None


def test_a_gun_that_another_process_fired_asks_for_a_reason(
    change: Edit, desk: Desk, elsewhere: Callable[..., None]
) -> None:
    assert desk.stage("race").status == 200
    elsewhere("gun")
    with pytest.raises(FaultyInput) as refused:
        change(rename, reason=None)
    assert [fault.path for fault in refused.value.faults] == ["reason"]


def test_a_team_whose_punch_came_in_a_moment_ago_is_not_deleted(
    change: Edit, desk: Desk, elsewhere: Callable[..., None], small: SmallRace
) -> None:
    desk.start()
    elsewhere("punch", entry=EGRET, checkpoint="31")
    with pytest.raises(FaultyInput):
        change(leave_egret_out)
    change(rename)
    assert [fact.kind for fact in small().facts[EGRET]] == ["punch"]


def test_a_team_of_which_only_the_trial_knows_may_go(change: Edit, desk: Desk, small: SmallRace) -> None:
    assert desk.stage("trial").status == 200
    assert desk.act("gun").status == 200
    desk.phone(EGRET).punch("31")
    assert desk.stage("race").status == 200
    assert small().facts[EGRET] == []
    change(leave_egret_out)
    assert EGRET not in small().setup.entries


@pytest.mark.parametrize(
    "back",
    [
        '{"item":{"code":"88","name":"\\ud800"},"courses":{},"first":{}}',
        '{"item":{"code":"88","lat":NaN,"lon":1},"courses":{},"first":{}}',
        '{"item":{"code":"88","points":1e999},"courses":{},"first":{}}',
    ],
)
def test_what_no_text_can_hold_is_refused(organizer: FlaskClient, small: SmallRace, back: str) -> None:
    token = csrf(organizer, "/organize/")
    answer = organizer.post(f"/organize/{SLUG}/checkpoints", data={"csrf_token": token, "back": back})
    assert answer.status_code == 400
    assert "88" not in small().setup.checkpoints
