"""The organizer's races and the first step: beginning, copying, editing together."""

import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from base.database import reading, writing
from base.web import part_of
from people.model import Account, Role
from people.store.accounts import add_account
from race.live.races import Live
from race.store import load_setup
from tests.factories import SLUG, race_file
from tests.fixtures_app import NAME, SmallRace, hashed
from tests.pages import form_fields
from tests.phones import Desk, csrf

BASICS = f"/organize/{SLUG}/basics"


def post(browser: FlaskClient, path: str, **form: Any) -> "tuple[int, str]":
    """Send a form; return the status and where it leads."""
    answer = browser.post(path, data={**form, "csrf_token": csrf(browser, "/organize/")})
    return answer.status_code, answer.location or ""


def fields(browser: FlaskClient, path: str) -> dict[str, Any]:
    """Return what the fields of the page of basics hold."""
    return form_fields(browser.get(path).text, "basics")


def test_a_race_begins_with_a_name_and_leads_to_its_basics(organizer: FlaskClient, live: Live) -> None:
    status, where = post(organizer, "/organize/new", name="春季定向赛")
    assert status == 302
    slug = where.split("/")[2]
    assert where == f"/organize/{slug}/basics"
    begun = live.by_slug(slug)
    assert begun
    assert begun.setup.about.name == "春季定向赛"
    assert organizer.get(where).status_code == 200
    assert organizer.get(f"/organize/{slug}").location == where, "the desk leads to the next step"


def test_a_race_without_a_name_is_not_begun_and_what_was_typed_stays(organizer: FlaskClient, live: Live) -> None:
    before = len(live.races)
    assert post(organizer, "/organize/new", name="  ")[0] == 400
    answer = organizer.post("/organize/new", data={"csrf_token": csrf(organizer, "/organize/"), "name": "长" * 81})
    assert answer.status_code == 400
    assert "长" * 80 in answer.text
    assert len(live.races) == before


def test_a_copy_takes_the_set_up_along_and_leaves_the_teams(organizer: FlaskClient, live: Live) -> None:
    _, where = post(organizer, f"/organize/{SLUG}/copy", name="第二届练习赛", questions="1")
    copied = live.by_slug(where.split("/")[2])
    assert copied
    assert copied.setup.about.name == "第二届练习赛"
    assert copied.setup.entries == {}
    assert copied.setup.banks.keys() == {"wetland"}
    assert copied.race.secret != live.races[1].race.secret, "its signs are its own"
    _, where = post(organizer, f"/organize/{SLUG}/copy")
    bare = live.by_slug(where.split("/")[2])
    assert bare
    assert bare.setup.banks == {}
    assert "先导入题目" in organizer.get(f"/organize/{bare.race.slug}/tasks").text
    assert "先导入题目" not in organizer.get(f"/organize/{SLUG}/tasks").text


def test_the_basics_are_saved_and_nothing_else_of_the_race_is_touched(organizer: FlaskClient, engine: Engine) -> None:
    form = fields(organizer, BASICS) | {"name": "湿地练习赛", "day": "2026-05-01", "time": "09:30", "limit_min": "80"}
    assert post(organizer, BASICS, **form) == (302, f"{BASICS}?saved=basics")
    with reading(engine) as connection:
        data = load_setup(connection, 1)
    before = race_file()
    assert data["race"]["name"] == {"zh": "湿地练习赛", "en": "Practice race"}
    assert data["race"]["planned"] == "2026-05-01T09:30:00+08:00"
    assert data["classes"][0]["time_limit_s"] == 4800
    assert data["race"]["hosts"] == before["race"]["hosts"]
    assert data["banks"] == before["banks"]
    assert [entry["members"] for entry in data["entries"]] == [entry["members"] for entry in before["entries"]]


def test_saving_what_is_shown_changes_nothing(organizer: FlaskClient, small: SmallRace) -> None:
    before = small().setup
    post(organizer, BASICS, **fields(organizer, BASICS))
    assert small().setup == before


def test_of_two_who_save_at_once_the_second_is_told_and_loses_nothing(organizer: FlaskClient, small: SmallRace) -> None:
    mine, theirs = fields(organizer, BASICS), fields(organizer, BASICS)
    assert post(organizer, BASICS, **theirs | {"venue": "西湖"})[0] == 302
    answer = organizer.post(BASICS, data=mine | {"venue": "南湖", "csrf_token": csrf(organizer, "/organize/")})
    assert answer.status_code == 409
    assert "南湖" in answer.text, "what I typed is still there"
    assert "西湖" in answer.text, "and I see what the other wrote"
    assert small().setup.about.venue == "西湖"
    again = re.search(r'name="seen" value="([^"]*)"', answer.text)
    assert again
    assert post(organizer, BASICS, **mine | {"venue": "南湖", "seen": again[1]})[0] == 302
    assert small().setup.about.venue == "南湖"


def test_a_fault_is_said_beside_its_field_and_nothing_is_stored(organizer: FlaskClient, small: SmallRace) -> None:
    before = small().revision
    form = fields(organizer, BASICS) | {"team_size": "0", "name": "没存上"}
    answer = organizer.post(BASICS, data=form | {"csrf_token": csrf(organizer, "/organize/")})
    assert answer.status_code == 400
    assert 'id="team_size-about"' in answer.text
    assert "没存上" in answer.text
    assert small().revision == before


def test_after_the_gun_a_change_wants_its_reason(organizer: FlaskClient, desk: Desk, small: SmallRace) -> None:
    desk.start()
    form = fields(organizer, BASICS) | {"venue": "南湖"}
    assert post(organizer, BASICS, **form | {"reason": ""})[0] == 400
    assert post(organizer, BASICS, **form | {"reason": "场地临时更换"})[0] == 302
    assert small().setup.about.venue == "南湖"


def test_two_at_a_desk_see_each_other_and_what_the_other_changed(
    app: Flask, organizer: FlaskClient, account: Account, small: SmallRace
) -> None:
    with writing(part_of(app, Engine)) as connection:
        colleague = add_account(connection, "李雯", hashed(), account.union, Role.ORGANIZER, 0)
    other = app.test_client()
    with other.session_transaction() as session:
        session["account"] = colleague.id
    since = str(small().revision)

    def here(browser: FlaskClient) -> Any:
        form = {"csrf_token": csrf(browser, "/organize/"), "since": since, "page": BASICS}
        return browser.post(f"/organize/{SLUG}/here", data=form).json

    assert here(organizer)["others"] == []
    assert here(other)["others"] == [{"name": NAME, "page": BASICS}]
    assert here(organizer)["others"] == [{"name": "李雯", "page": BASICS}]
    post(other, BASICS, **fields(other, BASICS) | {"venue": "南湖"})
    assert here(other)["edits"] == [], "one's own changes are no news"
    assert [(edit["name"], edit["what"]) for edit in here(organizer)["edits"]] == [("李雯", "基本信息")]


def test_a_step_is_ticked_off_and_taken_back(organizer: FlaskClient, small: SmallRace) -> None:
    def done() -> bool:
        step = organizer.get(BASICS).text.split(f'href="/organize/{SLUG}/print"')[0].rpartition("<li")[2]
        return "is-done" in step

    assert not done()
    assert post(organizer, f"/organize/{SLUG}/tick", step="print") == (302, f"/organize/{SLUG}/print")
    assert done()
    post(organizer, f"/organize/{SLUG}/tick", step="print", undo="1")
    assert not done()
    assert post(organizer, f"/organize/{SLUG}/tick", step="dance")[0] == 400
