"""The trial: what it needs, which signs are verified, and that nothing of it counts."""

from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from organize.rules.trial import lacks, sign_name, verified
from race.rules.cards import REHEARSAL, Bearer, issue
from tests.factories import EGRET, SLUG, Log, changed, race, race_file
from tests.fixtures_app import SmallRace
from tests.phones import Desk, csrf, record


def press(organizer: FlaskClient, what: str, **form: str) -> Any:
    token = csrf(organizer, "/organize/")
    return organizer.post(f"/organize/{SLUG}/{what}", data={"csrf_token": token, **form})


NOWHERE = {"id": "A", "format": "count", "checkpoints": []}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (race_file(checkpoints=race_file()["checkpoints"][:1], courses=[NOWHERE]), "no checkpoint"),
        (race_file(checkpoints=race_file()["checkpoints"][:-1]), "no finish"),
        (changed("quizzes", draw=41), "its bank holds only 40"),
        (changed("courses", checkpoints=[]), "course of a class"),
        (race_file(entries=[]), "no team"),
    ],
)
def test_a_race_that_lacks_something_is_told_what_first(data: dict[str, Any], words: str) -> None:
    assert words in str(lacks(race(data)))


def test_a_race_with_all_it_needs_lacks_nothing() -> None:
    assert lacks(race()) is None


def test_a_sign_is_verified_by_the_desk_or_by_a_real_phone_s_scan_and_by_nothing_else() -> None:
    log = Log()
    log.punch(EGRET, "31", 10, device="phone")
    log.punch(EGRET, "32", 10, proof="code", device="phone")
    log.punch(EGRET, "33", 10, proof="marshal")
    log.punch(EGRET, "34", 10, device=f"{REHEARSAL}abc")
    assert verified(race(), ["F1", None, "gone"], {EGRET: log.facts}) == {"31", "F1"}


def test_a_sign_that_was_printed_anew_is_to_be_scanned_again() -> None:
    setup = race()
    anew = replace(setup.checkpoints["31"], sign_version=2)
    setup = replace(setup, checkpoints={**setup.checkpoints, "31": anew})
    assert sign_name(setup.checkpoints["31"]) == "31/2"
    assert verified(setup, ["31"], {}) == frozenset()
    assert verified(setup, ["31/2"], {}) == {"31"}


def test_neither_trial_nor_race_begins_while_something_lacks(organizer: FlaskClient) -> None:
    token = csrf(organizer, "/organize/")
    begun = organizer.post("/organize/new", data={"csrf_token": token, "name": "新的比赛"}).location
    home = begun.rpartition("/")[0]
    assert "还没有打卡点" in organizer.get(f"{home}/trial").text
    for stage in ("trial", "race"):
        refused = organizer.post(f"{home}/stage", data={"csrf_token": token, "stage": stage})
        assert refused.status_code == 409
        assert "还没有打卡点" in refused.text


def test_an_organizers_camera_on_a_sign_leads_to_the_trial_and_verifies_it_once(
    organizer: FlaskClient, client: FlaskClient, desk: Desk, small: SmallRace
) -> None:
    key = desk.keys.sign("31")
    assert organizer.get(f"/C/{key}").status_code == 200, "before the trial a sign is a sign"
    desk.stage("trial")
    assert client.get(f"/C/{key}").status_code == 200, "and to everybody else"
    assert organizer.get(f"/C/{key}?play=1").status_code == 200, "and to an organizer who plays"
    led = organizer.get(f"/c/{key.lower()}")
    assert led.location == f"/organize/{SLUG}/trial?sign={key}"
    before = small().revision
    assert key in organizer.get(led.location).text
    assert small().revision == before, "looking verifies nothing"
    for _ in range(2):
        assert press(organizer, "trial/sign", key=key).location == f"/organize/{SLUG}/trial?verified=31"
    assert "31 号牌已验证 · 还差 5 块" in organizer.get(f"/organize/{SLUG}/trial?verified=31").text
    assert small().revision == before + 1
    assert press(organizer, "trial/sign", key="NOSUCHKEY").status_code == 400


def test_signs_are_verified_in_a_trial_only(organizer: FlaskClient, desk: Desk) -> None:
    desk.stage("race")
    assert press(organizer, "trial/sign", key=desk.keys.sign("31")).status_code == 409
    assert organizer.get(f"/C/{desk.keys.sign('31')}").status_code == 200


def test_a_teams_punch_in_the_trial_verifies_the_sign_too(organizer: FlaskClient, desk: Desk) -> None:
    desk.stage("trial")
    desk.act("gun")
    desk.phone(EGRET).punch("31")
    assert "还差 5 块" in organizer.get(f"/organize/{SLUG}/trial").text


def test_the_race_begins_empty_and_nothing_of_the_trial_counts(
    organizer: FlaskClient, desk: Desk, small: SmallRace
) -> None:
    press(organizer, "stage", stage="trial")
    desk.act("gun")
    phone = desk.phone(EGRET)
    assert phone.punch("31")["verdict"] == "accepted"
    phone.answer(phone.open_sheet("32"))
    press(organizer, "message", text="试一下")
    press(organizer, f"control/{EGRET}/withdraw", who="all", safe="yes")
    assert press(organizer, "stage", stage="race").location == f"/organize/{SLUG}/control"
    live = small()
    assert live.whole.guns == {}
    assert live.messages == []
    assert live.by_id == {}
    assert all(not run.visits and run.start is None for run in live.runs.values())
    assert {run.status.value for run in live.runs.values()} == {"Inactive"}
    assert desk.standings()["gun"] is None
    assert press(organizer, "stage", stage="trial").status_code == 409


def test_a_stage_is_moved_once_however_often_it_is_pressed(organizer: FlaskClient, small: SmallRace) -> None:
    for _ in range(2):
        assert press(organizer, "stage", stage="trial").status_code == 302
    log = small().race.log
    assert press(organizer, "stage", stage="trial").status_code == 302
    assert small().race.log == log, "and what the trial holds is still there"


def test_simulated_people_are_heard_in_a_trial_and_never_in_the_race(desk: Desk) -> None:
    def says() -> int:
        token = issue(desk.keys.race.secret, Bearer(desk.keys.race.id, "team", EGRET, f"{REHEARSAL}x"))
        body = {"records": [record("punch", key=desk.keys.sign("31"))]}
        return desk.line.ask("POST", "/api/v1/facts", body, {"Authorization": f"Bearer {token}"}).status

    desk.stage("trial")
    desk.act("gun")
    assert says() == 200
    desk.stage("race")
    desk.act("gun")
    assert says() == 403
    assert desk.standings()["classes"][0]["results"][0]["checkpoints"] == 0


def test_simulated_teams_are_not_set_running_outside_a_trial(organizer: FlaskClient, desk: Desk) -> None:
    assert press(organizer, "trial/teams", speed="10").status_code == 409
    desk.start()
    assert press(organizer, "trial/teams", speed="10").status_code == 409
