from typing import Any

import pytest
from flask.testing import FlaskClient

from base.faults import FaultyInput
from race.forms.organizer import LONGEST_MESSAGE, read_act
from tests.factories import GUN, race
from tests.phones import Desk, csrf

NOW = GUN + 1000


def act(**data: Any) -> Any:
    return read_act(data, race(), "organizer:李", NOW, "nonce")


@pytest.mark.parametrize(
    ("data", "body"),
    [
        ({"kind": "gun"}, {"class": None, "wave": None}),
        ({"kind": "gun", "class": "open", "wave": "a"}, {"class": "open", "wave": "a"}),
        ({"kind": "message", "text": " 下雨了 "}, {"text": "下雨了"}),
        ({"kind": "checkin", "entry": "1", "members": [0, 1]}, {"heads": 2, "members": [0, 1]}),
        ({"kind": "start", "entry": "1"}, {}),
        ({"kind": "decision", "what": "close"}, {"what": "close", "value": None, "reason": ""}),
        (
            {"kind": "decision", "what": "undo", "value": {"fact": "f1"}, "reason": "误操作"},
            {"what": "undo", "value": {"fact": "f1"}, "reason": "误操作"},
        ),
    ],
)
def test_what_an_organizer_may_do(data: dict[str, Any], body: dict[str, Any]) -> None:
    draft = act(**data)
    assert draft.body == body
    assert (draft.id, draft.at, draft.received_at, draft.by) == ("nonce", NOW, NOW, "organizer:李")


def test_a_gun_may_be_set_for_later_and_a_message_may_not() -> None:
    assert act(kind="gun", at=NOW + 60_000).at == NOW + 60_000
    with pytest.raises(FaultyInput, match="has not come yet"):
        act(kind="message", text="x", at=NOW + 60_000)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"kind": "punch"},
        {"kind": "gun", "class": "none"},
        {"kind": "gun", "colour": "red"},
        {"kind": "message"},
        {"kind": "message", "text": "长" * (LONGEST_MESSAGE + 1)},
        {"kind": "message", "text": "x", "entry": "99"},
        {"kind": "checkin"},
        {"kind": "start"},
        {"kind": "decision"},
        {"kind": "decision", "what": "dance"},
        {"kind": "decision", "what": "undo"},
        {"kind": "decision", "what": "undo", "value": {"fact": 5}},
        {"kind": "gun", "at": "noon"},
        {"kind": "gun", "entry": "1"},
        {"kind": "decision", "what": "recall", "value": "open"},
        {"kind": "decision", "what": "stop", "value": float("nan")},
        {"kind": "message", "text": "\ud800"},
    ],
)
def test_what_an_organizer_may_not_do(data: dict[str, Any]) -> None:
    with pytest.raises(FaultyInput):
        act(**data)


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
    page = organizer.get("/organize/lianxi").text
    assert "白鹭" in page
    assert "13800000001" in page
    assert desk.keys.station("33") in page
