from typing import Any

from flask.testing import FlaskClient

from tests.phones import Desk, csrf


def test_an_act_sent_again_is_one_and_with_other_content_a_conflict(desk: Desk) -> None:
    desk.stage("race")

    def verdict(**act: Any) -> str:
        found: str = desk.act("message", id="m1", **act).json["results"][0]["verdict"]
        return found

    assert [verdict(text="一"), verdict(text="一"), verdict(text="二")] == ["accepted", "accepted", "conflict"]
    assert [message["text"] for message in desk.phone("1").play()["messages"]] == ["一"]


def test_of_several_acts_with_one_fault_none_is_done(desk: Desk) -> None:
    desk.stage("race")
    body = {"records": [{"kind": "message", "text": "好"}, {"kind": "message"}]}
    assert desk.line.ask("POST", "/api/v1/races/lianxi/facts", body, desk.bearer).status == 400
    assert desk.phone("1").play()["messages"] == []


def test_the_desk_s_buttons_open_start_tell_and_close(organizer: FlaskClient, desk: Desk) -> None:
    token = csrf(organizer, "/organize/")

    def press(what: str, **form: str) -> int:
        return organizer.post(f"/organize/lianxi/{what}", data={"csrf_token": token, **form}).status_code

    assert press("stage", stage="race") == 302
    assert press("gun") == 302
    assert press("message", text="注意安全", bib="2") == 302
    assert [message["text"] for message in desk.phone("2").play()["messages"]] == ["注意安全"]
    assert desk.phone("1").play()["messages"] == []
    assert press("message", text="谁", bib="0") == 400
    assert press("message", text="谁", bib="99") == 400
    assert press("close", reason="雷雨") == 302
    assert desk.standings()["closed"]
    assert press("stage", stage="trial") == 409


def test_the_desk_shows_who_is_out_with_whom_to_call(organizer: FlaskClient, desk: Desk) -> None:
    desk.start()
    desk.phone("1").punch("33")
    page = organizer.get("/organize/lianxi/control").text
    assert "白鹭" in page
    assert "13800000001" in page
    assert desk.keys.station("33") in page
