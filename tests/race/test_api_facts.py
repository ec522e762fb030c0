import sys
from typing import Any

import pytest
from flask import Flask

from base.clock import now_ms
from facts.store import writer
from tests.factories import EXPLANATION, RIGHT
from tests.fixtures_app import SmallRace
from tests.phones import Desk, OverFlask, Phone, record


@pytest.fixture
def egret(desk: Desk) -> Phone:
    """白鹭's phone in a race that has started."""
    desk.start()
    return desk.phone("1")


def test_before_the_gun_a_scan_opens_nothing(desk: Desk) -> None:
    phone = desk.phone("1")
    for stage in ("set-up", "trial", "race"):
        if stage != "set-up":
            desk.stage(stage)
        result = phone.punch("32")
        assert result["verdict"] == "not_started"
        assert "tasks" not in result


def test_a_plain_punch_counts_at_once(egret: Phone) -> None:
    result = egret.punch("31")
    assert (result["verdict"], result["checkpoint"]) == ("accepted", {"code": "31", "name": "木桥"})
    assert result["run"]["passed"] == 1
    assert result["run"]["checkpoints"]["31"]["state"] == "passed"


def test_the_same_record_sent_again_has_the_same_verdict_and_the_same_tasks(egret: Phone, small: SmallRace) -> None:
    scan = record("punch", key=egret.keys.sign("32"), at=now_ms())
    first = egret.report(scan)[0]
    before = small().revision
    again = egret.report(scan)[0]
    assert (again["verdict"], again["at"], again["tasks"]) == (first["verdict"], first["at"], first["tasks"])
    assert small().revision == before


def test_where_too_many_wait_a_phone_is_told_when_to_come_again_and_loses_nothing(
    egret: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = record("punch", key=egret.keys.sign("31"))
    with monkeypatch.context() as crowded:
        crowded.setattr(writer, "MOST_WAITING", 0)
        answer = egret.post("/api/v1/facts", {"records": [scan]})
    assert (answer.status, answer.json["code"]) == (503, "busy")
    assert int(answer.headers["retry-after"]) > 0
    assert egret.report(scan)[0]["verdict"] == "accepted"


def test_a_record_twice_in_one_request_counts_once(egret: Phone) -> None:
    scan = record("punch", key=egret.keys.sign("31"))
    assert [result["verdict"] for result in egret.report(scan, scan)] == ["accepted", "accepted"]
    assert egret.play()["run"]["passed"] == 1


def test_the_same_id_with_other_content_is_a_conflict(egret: Phone) -> None:
    scan = record("punch", key=egret.keys.sign("31"))
    egret.report(scan)
    [result] = egret.report({**scan, "key": egret.keys.sign("33")})
    assert result["verdict"] == "conflict"
    assert egret.play()["run"]["checkpoints"]["33"]["state"] == "none"


def test_a_record_that_comes_again_after_joining_anew_is_the_same(desk: Desk, egret: Phone) -> None:
    scan = record("punch", key=egret.keys.sign("31"), at=now_ms())
    egret.report(scan)
    assert desk.phone("1").report(scan)[0]["verdict"] == "accepted"


BAD: list[Any] = [
    None,
    5,
    {},
    {"id": "x"},
    {"id": "\ud800", "kind": "punch"},
    {"id": [], "kind": "punch"},
    {"id": "y", "kind": "punch", "key": []},
    {"id": "n", "kind": "punch", "key": "K", "gps": {"lat": float("nan")}},
    {"id": "s", "kind": "punch", "key": "\ud800"},
    {"id": "z", "kind": "gun"},
    {"id": "t", "kind": "punch", "key": "K", "at": "now"},
]


def test_a_bad_record_sinks_no_other(egret: Phone) -> None:
    good = [record("punch", key=egret.keys.sign("31")), record("punch", key=egret.keys.sign("33"))]
    results = egret.report(good[0], *BAD, good[1])
    assert [results[0]["verdict"], results[-1]["verdict"]] == ["accepted", "accepted"]
    assert {result["verdict"] for result in results[1:-1]} <= {"malformed", "refused", "unknown"}
    assert all(result["message"] for result in results)
    assert len(results) == len(BAD) + 2


def test_at_most_200_records_come_at_once(egret: Phone) -> None:
    many = [record("punch", key=egret.keys.sign("31")) for _ in range(201)]
    answer = egret.post("/api/v1/facts", {"records": many})
    assert (answer.status, answer.json["code"]) == (400, "malformed")
    assert len(egret.report(*many[:200])) == 200
    assert egret.play()["run"]["passed"] == 1


@pytest.mark.parametrize("body", [{}, {"records": {}}, {"records": None}, [], b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_list_of_records_is_malformed(egret: Phone, body: Any) -> None:
    answer = egret.post("/api/v1/facts", body, **{"Content-Type": "application/json"})
    assert (answer.status, answer.json["code"]) == (400, "malformed")


def test_a_body_over_the_limit_is_too_large(egret: Phone) -> None:
    answer = egret.post("/api/v1/facts", {"records": [{"id": "x" * 300_000}]})
    assert (answer.status, answer.json["code"]) == (413, "too_large")


def test_a_torn_sign_is_unknown_and_says_what_to_do(egret: Phone) -> None:
    result = egret.tell("punch", key="NOSUCHKEY")
    assert (result["verdict"], result["checkpoint"]) == ("unknown", None)
    assert result["message"]


def test_a_sign_s_typed_code_is_as_good_as_its_qr(egret: Phone) -> None:
    code = egret.keys.typed("31").lower()
    assert egret.tell("punch", typed_code=f"{code[:4]}-{code[4:]}")["verdict"] == "accepted"


def test_a_quiz_runs_from_scan_to_passed(egret: Phone) -> None:
    scan = egret.punch("32")
    [task] = scan["tasks"]
    assert (task["state"], task["attempt"], task["need"], task["draw"]) == ("open", 1, 2, 3)
    assert len(task["sheet"]["questions"]) == 3
    assert task["sheet"]["deadline"] - task["sheet"]["given_at"] == 60_000
    answered = egret.answer(task["sheet"], right=2)
    assert answered["verdict"] == "accepted"
    [done] = answered["tasks"]
    assert (done["state"], done["right"]) == ("passed", 2)
    assert done["review"][0]["explanation"] == EXPLANATION
    assert answered["run"]["checkpoints"]["32"]["state"] == "passed"


def test_two_phones_of_a_team_get_the_same_sheet_and_a_reload_keeps_it(desk: Desk, egret: Phone) -> None:
    first = egret.open_sheet("32")
    other = desk.phone("1")
    assert other.open_sheet("32") == first
    assert egret.play()["tasks"]["32"][0]["sheet"] == first


def test_neighbours_get_other_questions(desk: Desk, egret: Phone) -> None:
    asked = [{question["id"] for question in desk.phone(entry).open_sheet("32")["questions"]} for entry in "123"]
    assert not asked[0] & asked[1]
    assert not asked[1] & asked[2]


def test_a_second_answer_to_a_sheet_is_repeated(desk: Desk, egret: Phone) -> None:
    sheet = egret.open_sheet("32")
    assert egret.answer(sheet, right=0)["tasks"][0]["state"] == "cooling"
    assert desk.phone("1").answer(sheet, right=3)["verdict"] == "repeated"
    assert egret.play()["run"]["passed"] == 0


def test_who_has_seen_the_right_answers_cannot_have_given_them_earlier(desk: Desk, egret: Phone) -> None:
    sheet = egret.open_sheet("32")
    passed = egret.answer(sheet, right=2)
    assert passed["tasks"][0]["review"]
    cheat = desk.phone("1").answer(sheet, right=3, at=sheet["given_at"] + 1)
    assert (cheat["verdict"], cheat["tasks"][0]["right"]) == ("repeated", 2)


def test_while_it_cools_down_a_scan_opens_no_sheet(egret: Phone) -> None:
    egret.answer(egret.open_sheet("32"), right=0)
    scan = egret.punch("32")
    assert scan["verdict"] == "repeated"
    [task] = scan["tasks"]
    assert (task["state"], task["attempt"]) == ("cooling", 2)
    assert "sheet" not in task
    assert "review" not in task


def test_a_team_cannot_answer_another_team_s_sheet(desk: Desk, egret: Phone) -> None:
    sheet = egret.open_sheet("32")
    assert desk.phone("2").answer(sheet)["verdict"] == "refused"
    assert egret.play()["run"]["checkpoints"]["32"]["state"] == "open"


def test_a_game_runs_from_arrival_over_the_marshal_s_result_to_passed(desk: Desk, egret: Phone) -> None:
    marshal = desk.marshal("33")
    [task] = egret.punch("33")["tasks"]
    assert (task["kind"], task["state"], task["ahead"]) == ("game", "waiting", 0)
    assert desk.phone("2").punch("33")["tasks"][0]["ahead"] == 1
    assert marshal.station()["queue"] == ["1", "2"]
    marshal.tell("stamp", entry="1", what="begun")
    assert marshal.station()["playing"] == ["1"]
    result = marshal.tell("game", entry="1", game="throw", measures={"hits": 6, "fouls": 0})
    assert result["verdict"] == "accepted"
    assert "run" not in result
    assert egret.play()["run"]["checkpoints"]["33"]["state"] == "passed"


def test_a_marshal_takes_a_slip_back(desk: Desk, egret: Phone) -> None:
    marshal = desk.marshal("33")
    egret.punch("33")
    slip = marshal.tell("game", entry="1", game="throw", measures={"hits": 9})
    assert egret.play()["run"]["passed"] == 1
    assert marshal.tell("decision", what="undo", value={"fact": slip["id"]})["verdict"] == "accepted"
    assert egret.play()["run"]["passed"] == 0
    assert marshal.station()["recent"][0]["undone"]
    other = desk.marshal("34").tell("decision", what="undo", value={"fact": slip["id"]})
    assert other["verdict"] == "refused"


def test_a_marshal_s_punch_opens_no_sheet_that_nobody_sees(desk: Desk, egret: Phone) -> None:
    marshal = desk.marshal("32")
    assert marshal.tell("punch", entry="2")["verdict"] == "accepted"
    assert desk.phone("2").play()["tasks"]["32"][0]["state"] == "due"
    marshal.tell("answer", entry="2", quiz="gate", right=3)
    assert desk.phone("2").play()["run"]["checkpoints"]["32"]["state"] == "passed"


def test_the_finish_asks_to_confirm_and_then_stops_the_clock(desk: Desk, egret: Phone) -> None:
    scan = egret.punch("F1")
    assert scan["tasks"] == [{"kind": "finish", "state": "confirm"}]
    assert scan["run"]["finish"] is None
    done = egret.finish()
    assert (done["verdict"], done["run"]["status"]) == ("accepted", "Finished")
    assert egret.punch("31")["verdict"] == "finished"
    desk.marshal("F1").tell("heads", entry="1", heads=5)
    assert egret.play()["run"]["status"] == "OK"


def test_an_organizer_s_undo_needs_not_name_the_team(desk: Desk, egret: Phone) -> None:
    slip = egret.finish()
    assert desk.act("decision", what="undo", value={"fact": slip["id"]}).status == 200
    assert egret.play()["run"]["finish"] is None


def test_a_closed_race_takes_nothing_more(desk: Desk, egret: Phone) -> None:
    desk.act("decision", what="close")
    result = egret.punch("31")
    assert result["verdict"] == "closed"
    assert "tasks" not in result


def test_trial_facts_never_count(desk: Desk) -> None:
    desk.stage("trial")
    desk.act("gun")
    phone = desk.phone("1")
    scan = record("punch", key=phone.keys.sign("31"))
    assert phone.report(scan)[0]["run"]["passed"] == 1
    desk.start()
    assert phone.play()["run"]["passed"] == 0
    assert phone.report(scan)[0]["run"]["passed"] == 0
    assert phone.punch("31")["run"]["passed"] == 1


def test_a_card_that_left_the_race_is_told_to_ask(app: Flask, desk: Desk, egret: Phone) -> None:
    answer = OverFlask(app).ask("POST", "/api/v1/facts", {"records": []}, {"Authorization": "Bearer x"})
    assert (answer.status, answer.json["code"]) == (401, "unauthorized")


def test_a_right_answer_is_the_bank_s_own_number_wherever_it_stands(egret: Phone) -> None:
    orders = [[choice["index"] for choice in question["choices"]] for question in egret.open_sheet("32")["questions"]]
    assert all(sorted(order) == [0, 1, 2, 3] for order in orders)
    assert RIGHT in orders[0]


def test_a_phone_gone_wild_is_stopped_before_it_stops_everybody(
    egret: Phone, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["race.views.api"], "MOST_FACTS", 3)
    egret.report(*(record("punch", key="NOWHERE") for _ in range(3)))
    refused = egret.post("/api/v1/facts", {"records": [record("punch", key="NOWHERE")]})
    assert (refused.status, refused.json["code"]) == (429, "too_many")
    assert desk.phone("2").punch("31")["verdict"] == "accepted"
