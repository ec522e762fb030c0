from collections.abc import Mapping
from typing import Any

import pytest

from facts.model import Fact
from race.model import Verdict
from tests.factories import DRAGONFLY, EGRET, Log
from tests.windows import NOW, Window, marshal, team, with_sheet


def test_a_scanned_sign_is_a_punch_there() -> None:
    draft = team().take("punch", key="key31", at=NOW - 5000)
    assert (draft.id, draft.kind, draft.entry, draft.checkpoint) == ("r1", "punch", EGRET, "31")
    assert (draft.at, draft.received_at, draft.by) == (NOW - 5000, NOW, "team:1")
    assert draft.body == {"proof": "qr", "phone_at": NOW - 5000, "device": "d1"}


def test_a_typed_code_is_a_punch_of_that_proof() -> None:
    draft = team().take("punch", typed_code="2222-2222")
    assert (draft.checkpoint, draft.body["proof"]) == ("31", "code")
    assert team().take("punch", typed_code="2222-2223").checkpoint is None


def test_a_torn_or_foreign_sign_is_kept_with_what_was_read() -> None:
    draft = team().take("punch", key="NOSUCHKEY" * 10)
    assert draft.checkpoint is None
    assert draft.body["unknown"] == ("NOSUCHKEY" * 10)[:40]


def test_the_printed_number_is_never_a_proof() -> None:
    assert team().refuse("punch", checkpoint="31")[0] is Verdict.MALFORMED
    assert team().take("punch", key="31").checkpoint is None


def test_where_the_phone_was_is_kept_beside_the_punch() -> None:
    draft = team().take("punch", key="KEY31", gps={"lat": 39.9, "lon": 116.4, "accuracy_m": 15, "name": "x"})
    assert draft.body["gps"] == {"lat": 39.9, "lon": 116.4, "accuracy_m": 15}


def test_answers_are_kept_for_what_was_asked_and_for_nothing_else() -> None:
    draft = team(known=with_sheet()).take("answer", sheet="s1", answers={"q1": 2, "q9": 1, "q3": [0]})
    assert (draft.checkpoint, draft.entry) == ("32", EGRET)
    assert draft.body["answers"] == {"q1": 2, "q3": [0]}
    assert draft.body["quiz"] == "gate"


@pytest.mark.parametrize(
    ("window", "fields"),
    [
        (team(DRAGONFLY, with_sheet(EGRET)), {"sheet": "s1", "answers": {}}),
        (team(), {"sheet": "s1", "answers": {}}),
        (team(known=with_sheet()), {"answers": {}}),
    ],
    ids=["another team's sheet", "an unknown sheet", "no sheet"],
)
def test_a_team_answers_only_its_own_sheets(window: Window, fields: dict[str, Any]) -> None:
    assert window.refuse("answer", **fields)[0] is Verdict.REFUSED


def test_a_punch_is_not_a_sheet_to_answer() -> None:
    log = Log()
    log.punch("1", "32", 1, name="p1")
    assert team(known={"p1": log.facts[0]}).refuse("answer", sheet="p1", answers={})[0] is Verdict.REFUSED


def test_answers_must_be_there() -> None:
    assert team(known=with_sheet()).refuse("answer", sheet="s1")[0] is Verdict.MALFORMED
    assert team(known=with_sheet()).refuse("answer", sheet="s1", answers=[2])[0] is Verdict.MALFORMED


def test_a_team_finishes_at_the_finish_sign_and_nowhere_else() -> None:
    assert team().take("finish", key="KEYF1").checkpoint == "F1"
    assert team().refuse("finish", key="KEY31")[0] is Verdict.REFUSED
    assert team().refuse("finish", key="TORN")[0] is Verdict.REFUSED
    assert team().refuse("finish")[0] is Verdict.MALFORMED


@pytest.mark.parametrize("kind", ["game", "stamp", "heads", "checkin", "withdraw", "decision", "gun", "sheet", "x", ""])
def test_a_team_reports_nothing_that_a_marshal_or_the_server_says(kind: str) -> None:
    assert team().refuse(kind, entry=EGRET, heads=5)[0] is Verdict.REFUSED


def test_a_marshal_reports_at_the_own_station_only() -> None:
    draft = marshal("33").take("punch", entry=EGRET, checkpoint="34", key="KEY34")
    assert (draft.checkpoint, draft.by, draft.body["proof"]) == ("33", "marshal:33", "marshal")


@pytest.mark.parametrize(
    ("code", "kind", "fields", "body"),
    [
        ("33", "stamp", {"what": "begun"}, {"what": "begun"}),
        (
            "33",
            "game",
            {"game": "throw", "measures": {"hits": 7, "fouls": 1}},
            {"game": "throw", "measures": {"hits": 7, "fouls": 1}},
        ),
        ("33", "game", {"measures": {"hits": 7}}, {"game": "throw", "measures": {"hits": 7}}),
        ("32", "answer", {"quiz": "gate", "right": 2}, {"quiz": "gate", "right": 2}),
        ("S1", "checkin", {"heads": 5, "members": [4, 0, 0]}, {"heads": 5, "members": [0, 4]}),
        ("S1", "checkin", {"members": [0, 1, 2]}, {"heads": 3, "members": [0, 1, 2]}),
        ("F1", "heads", {"heads": 4}, {"heads": 4}),
        ("F1", "finish", {}, {"proof": "marshal"}),
        ("31", "withdraw", {"members": [3], "safe": False}, {"members": [3], "reason": "", "safe": False}),
        ("31", "withdraw", {"reason": "扭伤"}, {"reason": "扭伤", "safe": True}),
    ],
)
def test_what_a_marshal_may_report(code: str, kind: str, fields: dict[str, Any], body: dict[str, Any]) -> None:
    draft = marshal(code).take(kind, entry=DRAGONFLY, **fields)
    assert draft.entry == DRAGONFLY
    assert {name: value for name, value in draft.body.items() if name != "device"} == body


@pytest.mark.parametrize(
    ("code", "kind", "fields"),
    [
        ("33", "checkin", {"heads": 5}),
        ("F1", "checkin", {"heads": 5}),
        ("33", "heads", {"heads": 5}),
        ("S1", "heads", {"heads": 5}),
        ("33", "finish", {}),
        ("S1", "punch", {}),
        ("F1", "punch", {}),
        ("31", "game", {"measures": {"hits": 5}}),
        ("31", "stamp", {"what": "begun"}),
        ("33", "game", {"game": "other", "measures": {"hits": 5}}),
        ("31", "answer", {"right": 3}),
        ("33", "answer", {"right": 3}),
        ("33", "sheet", {}),
        ("33", "gun", {}),
        ("99", "punch", {}),
    ],
)
def test_what_a_station_may_not_report(code: str, kind: str, fields: dict[str, Any]) -> None:
    assert marshal(code).refuse(kind, entry=EGRET, **fields)[0] is Verdict.REFUSED


@pytest.mark.parametrize(
    ("code", "kind", "fields"),
    [
        ("33", "game", {}),
        ("33", "game", {"measures": {"hits": 99}}),
        ("33", "game", {"measures": {"other": 1}}),
        ("33", "game", {"measures": {"hits": True}}),
        ("33", "stamp", {}),
        ("33", "stamp", {"what": "eaten"}),
        ("32", "answer", {"right": 9}),
        ("32", "answer", {}),
        ("S1", "checkin", {"heads": -1}),
        ("F1", "heads", {}),
        ("F1", "heads", {"heads": "five"}),
        ("31", "withdraw", {"members": []}),
        ("31", "withdraw", {"members": ["Li"]}),
        ("31", "withdraw", {"safe": "yes"}),
    ],
)
def test_a_marshal_s_slip_is_named_and_never_guessed(code: str, kind: str, fields: dict[str, Any]) -> None:
    assert marshal(code).refuse(kind, entry=EGRET, **fields)[0] is Verdict.MALFORMED


def test_a_number_no_team_wears_is_refused() -> None:
    verdict, words = marshal("33").refuse("punch", entry="99")
    assert verdict is Verdict.REFUSED
    assert "no team of that number" in words


def test_swapped_names_stay_out_of_the_log() -> None:
    draft = marshal("S1").take("checkin", entry=EGRET, heads=5, swapped={"3": "王替补"})
    assert draft.body["swapped"] == [3]
    assert "王替补" not in str(draft)


@pytest.mark.parametrize("swapped", [{"9" * 5000: "王"}, {"3": None}, {"3": " "}, {"3": 5}, {"a": "王"}, ["王"], "王"])
def test_a_swap_that_names_nobody_is_none(swapped: object) -> None:
    assert "swapped" not in marshal("S1").take("checkin", entry=EGRET, heads=5, swapped=swapped).body


def reported(by: str, kind: str = "game") -> dict[str, Fact]:
    log = Log()
    log.add(kind, 10, EGRET, "33", name="g1", by=by)
    return {"g1": log.facts[0]}


UNDO = {"what": "undo", "value": {"fact": "g1"}, "reason": "记错队"}


def test_a_marshal_takes_back_what_the_own_station_reported() -> None:
    draft = marshal("33", reported("marshal:33")).take("decision", **UNDO)
    assert (draft.entry, draft.checkpoint) == (EGRET, "33")
    assert draft.body["value"] == {"fact": "g1"}


@pytest.mark.parametrize(
    ("known", "undo"),
    [
        (reported("marshal:34"), UNDO),
        (reported("team:1", "punch"), UNDO),
        (reported("marshal:33", "decision"), UNDO),
        (reported("server", "sheet"), UNDO),
        ({}, UNDO),
        (reported("marshal:33"), {**UNDO, "what": "close"}),
        (reported("marshal:33"), {**UNDO, "value": "g1"}),
        (reported("marshal:33"), {"what": "undo"}),
    ],
    ids=["another station's", "a team's", "an undo", "the server's", "unknown", "no undo", "no object", "no value"],
)
def test_a_marshal_takes_back_nothing_else(known: Mapping[str, Fact], undo: dict[str, Any]) -> None:
    assert marshal("33", known).refuse("decision", **undo)[0] is Verdict.REFUSED
