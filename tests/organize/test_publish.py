"""Publishing: a version freezes the list exactly; what comes later only proposes the next one."""

import threading
from typing import Any

import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from base.database import reading
from base.web import part_of
from facts.model import Stage
from facts.rules import first_broken
from facts.store import since
from race.live.races import Live
from results.live import Publications
from results.rules.publication import digest_of
from results.store import load_publications
from tests.factories import DRAGONFLY, EGRET, SLUG
from tests.fixtures_app import SmallRace
from tests.pages import form_fields
from tests.phones import Desk, csrf

PUBLISH = f"/organize/{SLUG}/publish"
RESULTS = f"/r/{SLUG}/results"
BEGUN = [("1", 1), ("2", 0)]


@pytest.fixture
def closed(desk: Desk) -> Desk:
    """The small race, run by two teams of three and closed: Egret passed one checkpoint, Dragonfly none."""
    desk.start()
    for entry, punches in BEGUN:
        phone = desk.phone(entry)
        for code in ("31",)[:punches]:
            phone.punch(code)
        phone.finish()
        desk.marshal("F1").tell("heads", entry=entry, heads=5)
    assert desk.act("decision", what="close", reason="都回来了").status == 200
    return desk


def freeze(browser: FlaskClient, query: str = "", **more: str) -> "tuple[int, str]":
    """Look at the list and publish it; return the status and the page."""
    fields = form_fields(browser.get(f"{PUBLISH}{query}").text, "publish")
    answer = browser.post(PUBLISH, data=fields | more)
    return answer.status_code, answer.text


def decide(desk: Desk, entry: str, seconds: int) -> None:
    """A penalty, or a credit below nothing: the jury's word on a team."""
    done = desk.act("decision", entry=entry, what="penalty_s", value={"seconds": seconds}, reason="裁决")
    assert done.status == 200, done.text


def test_the_first_version_publishes_the_race(organizer: FlaskClient, closed: Desk, small: SmallRace) -> None:
    assert freeze(organizer)[0] == 302
    assert small().race.stage is Stage.PUBLISHED
    page = organizer.get(f"{RESULTS}?lang=zh").text
    assert "第 1 版" in page
    assert "白鹭" in page
    assert "白鹭1" not in page, "no member is named unless the organizer says so"


def test_version_one_stays_byte_for_byte_after_ten_decisions(
    organizer: FlaskClient, client: FlaskClient, closed: Desk, engine: Engine
) -> None:
    freeze(organizer)
    page, table = client.get(f"{RESULTS}?version=1").data, client.get(f"{RESULTS}.csv?version=1").data
    with reading(engine) as connection:
        [body] = [one.body for one in load_publications(connection, 1)]
    for number in range(10):
        decide(closed, EGRET, 60 + number)
    decide(closed, DRAGONFLY, 30)
    assert client.get(f"{RESULTS}?version=1").data == page
    assert client.get(RESULTS).data == page, "what is published stays, until somebody publishes anew"
    assert client.get(f"{RESULTS}.csv").data == table
    with reading(engine) as connection:
        assert [one.body for one in load_publications(connection, 1)] == [body]


def test_the_log_remembers_what_was_published(organizer: FlaskClient, closed: Desk, engine: Engine) -> None:
    freeze(organizer)
    with reading(engine) as connection:
        [version] = load_publications(connection, 1)
        facts = list(since(connection, 1))
    [note] = [fact for fact in facts if fact.body.get("part") == "publication"]
    assert note.body["value"] == {"version": 1, "digest": digest_of(version.body)}
    assert note.revision == version.revision + 1
    assert first_broken(facts) is None


def test_a_late_decision_proposes_the_next_version_with_who_moves(
    organizer: FlaskClient, client: FlaskClient, closed: Desk
) -> None:
    freeze(organizer)
    quiet = organizer.get(f"{PUBLISH}?lang=zh").text
    assert "之后没有变化" in quiet
    assert 'id="publish"' not in quiet, "there is nothing new to publish"
    closed.act("decision", entry=EGRET, what="status", value={"status": "Disqualified"}, reason="抄近路")
    page = organizer.get(f"{PUBLISH}?lang=zh").text
    assert "公布第 2 版" in page
    assert page.count("<tr") >= 2
    assert freeze(organizer, reason="")[0] == 400
    assert freeze(organizer, reason="仲裁后更正")[0] == 302
    both = client.get(f"{RESULTS}?lang=zh").text
    assert "第 2 版" in both
    assert "仲裁后更正" in both
    assert "取消资格" in both
    assert "取消资格" not in client.get(f"{RESULTS}?version=1&lang=zh").text
    assert client.get(f"{RESULTS}?version=3").status_code == 404
    assert client.get(f"{RESULTS}?version=x").status_code == 404


def test_places_beyond_those_shown_are_nowhere_to_be_seen(
    organizer: FlaskClient, client: FlaskClient, closed: Desk
) -> None:
    before = closed.standings()["classes"][0]["results"]
    assert freeze(organizer, "?chosen=1&placed=1")[0] == 302
    for path in (f"/api/v1/races/{SLUG}/standings", f"/api/v1/races/{SLUG}/standings?splits=1"):
        rows = {row["entry"]: row for row in client.get(path).json["classes"][0]["results"]}  # type: ignore[index]
        assert rows[EGRET]["place"] == 1
        assert rows[EGRET]["time_s"] == next(row["time_s"] for row in before if row["entry"] == EGRET)
        hidden = {rows[DRAGONFLY][name] for name in ("place", "time_s", "checkpoints", "points", "behind_s")}
        assert hidden == {None}
        assert rows[DRAGONFLY]["status"] == "OK"
    assert client.get(f"/api/v1/races/{SLUG}/standings").json["clubs"] == []  # type: ignore[index]
    line = next(row for row in client.get(f"{RESULTS}.csv?lang=zh").text.splitlines() if "蜻蜓" in row)
    assert "完赛" in line
    assert not any(cell.isdecimal() for cell in line.split(",") if cell != DRAGONFLY)
    assert client.get(f"/r/{SLUG}/live").status_code == 200


def test_members_are_named_only_where_that_was_chosen(
    organizer: FlaskClient, client: FlaskClient, closed: Desk
) -> None:
    freeze(organizer, "?chosen=1&members=1")
    assert "白鹭1" in client.get(RESULTS).text


def test_an_open_race_is_not_published(organizer: FlaskClient, desk: Desk, small: SmallRace) -> None:
    desk.start()
    page = organizer.get(f"{PUBLISH}?lang=zh").text
    assert 'id="publish"' not in page
    fields = {"csrf_token": csrf(organizer, "/organize/"), "version": "1", "seen": ""}
    assert organizer.post(PUBLISH, data=fields).status_code == 409
    assert small().race.stage is Stage.RACE


def test_what_changed_after_one_looked_is_looked_at_again(
    organizer: FlaskClient, closed: Desk, small: SmallRace
) -> None:
    fields = form_fields(organizer.get(PUBLISH).text, "publish")
    decide(closed, EGRET, 600)
    answer = organizer.post(PUBLISH, data=fields)
    assert answer.status_code == 409
    assert small().race.stage is Stage.RACE
    assert organizer.post(PUBLISH, data=form_fields(answer.text, "publish")).status_code == 302


def test_two_who_publish_at_once_make_one_version(
    app: Flask, organizer: FlaskClient, closed: Desk, engine: Engine, live: Live
) -> None:
    fields = form_fields(organizer.get(PUBLISH).text, "publish")
    with organizer.session_transaction() as session:
        mine = dict(session)
    gate, statuses = threading.Barrier(2), []

    def press() -> None:
        browser = app.test_client()
        with browser.session_transaction() as session:
            session.update(mine)
        gate.wait()
        statuses.append(browser.post(PUBLISH, data=fields).status_code)

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [302, 409]
    with reading(engine) as connection:
        assert [one.version for one in load_publications(connection, 1)] == [1]
    found = live.by_slug(SLUG)
    assert found
    assert [one.version for one in part_of(app, Publications).of(found)] == [1]


def test_paper_of_a_published_race_shows_the_version(organizer: FlaskClient, closed: Desk) -> None:
    freeze(organizer)
    decide(closed, EGRET, 600)
    freeze(organizer, reason="更正")

    def text(query: str) -> str:
        made = organizer.get(f"/organize/{SLUG}/print/results.pdf{query}").data
        return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made))

    first, second, last, odd = map(text, ("?version=1", "?version=2", "", "?version=9"))
    assert "第 1 版" in first
    assert "+10:00" not in first
    assert "第 2 版" in second
    assert "+10:00" in second
    assert second.split("第 2 版")[1:] == last.split("第 2 版")[1:] == odd.split("第 2 版")[1:]


def test_an_award_is_given_by_hand_and_taken_back(organizer: FlaskClient, closed: Desk, small: SmallRace) -> None:
    token = csrf(organizer, "/organize/")
    basics = form_fields(organizer.get(f"/organize/{SLUG}/basics").text, "basics")
    hand = {"award_was": "", "award_name": "优秀组织奖", "award_class": "-", "award_first": "", "award_last": ""}
    assert organizer.post(f"/organize/{SLUG}/basics", data=basics | hand | {"reason": "加奖"}).status_code == 302
    give = {"csrf_token": token, "award": "0"}
    for given in ({"club": "湿地工会"}, {"entry": EGRET}, {"name": "王老师"}, {"club": "湿地工会"}):
        assert organizer.post(f"{PUBLISH}/award", data=give | given).status_code == 302
    assert [to.value for to in small().setup.about.awards[0].to] == ["湿地工会", EGRET, "王老师"]
    assert "王老师" not in str([fact.body for fact in facts_of(organizer, small)]), "no person is named in the log"
    assert organizer.post(f"{PUBLISH}/award", data=give | {"back": f"entry:{EGRET}"}).status_code == 302
    assert [to.value for to in small().setup.about.awards[0].to] == ["湿地工会", "王老师"]
    freeze(organizer)
    assert "王老师" in organizer.get(RESULTS).text
    assert organizer.post(f"{PUBLISH}/award", data=give | {"award": "7", "name": "谁"}).status_code == 400


def facts_of(organizer: FlaskClient, small: SmallRace) -> list[Any]:
    """The whole log of the small race."""
    with reading(part_of(organizer.application, Engine)) as connection:
        return list(since(connection, small().race.id))
