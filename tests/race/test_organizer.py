from typing import Any

import pytest

from base.faults import FaultyInput
from race.forms.organizer import LONGEST_MESSAGE, read_act
from tests.factories import GUN, race

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
