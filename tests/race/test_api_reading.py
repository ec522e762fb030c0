import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine

from app import create_app
from base.database import reading, writing
from base.settings import Settings
from base.web import part_of
from facts.store import race_by_slug, since
from race.commands.store_race import lay_down
from race.live.races import Live
from race.store import save_setup
from tests.factories import EXPLANATION, SLUG, changed, race_file
from tests.fixtures_app import SmallRace
from tests.phones import Desk, OverFlask, Phone, soon

STANDINGS = f"/api/v1/races/{SLUG}/standings"


@pytest.fixture
def egret(desk: Desk) -> Phone:
    """白鹭's phone in a race that has started."""
    desk.start()
    return desk.phone("1")


def test_a_phone_gets_all_that_its_team_plays_from(egret: Phone) -> None:
    play = egret.play()
    assert (play["race"]["slug"], play["race"]["stage"], play["race"]["emergency_phone"]) == (SLUG, "race", "110")
    assert play["team"]["members"][0] == {"name": "白鹭1", "role": ""}
    assert [checkpoint["code"] for checkpoint in play["course"]["checkpoints"]] == ["31", "32", "33", "34"]
    assert (play["course"]["start"]["code"], play["course"]["finish"]["code"]) == ("S1", "F1")
    assert play["closing"] - play["gun"] == 7_200_000
    assert play["run"]["of"] == 3


def test_a_phone_gets_no_secret_and_nobody_s_telephone(egret: Phone) -> None:
    egret.open_sheet("32")
    text = egret.get("/api/v1/play").text
    keys = egret.keys
    assert "13800000001" not in text
    assert not any(keys.sign(code) in text or keys.typed(code) in text for code in keys.setup.checkpoints)
    assert not any(keys.card(entry) in text for entry in keys.setup.entries)


@pytest.mark.parametrize("path", ["/api/v1/play", STANDINGS])
def test_an_answer_that_has_not_changed_is_not_sent_again(egret: Phone, path: str) -> None:
    first = egret.get(path)
    again = egret.get(path, **{"If-None-Match": first.headers["etag"]})
    assert (again.status, again.body) == (304, b"")
    egret.punch("31")
    soon(lambda: egret.get(path, **{"If-None-Match": first.headers["etag"]}).status, lambda status: status == 200)


@pytest.mark.parametrize("path", ["/api/v1/play", STANDINGS])
def test_a_phone_that_another_process_answers_is_told_that_nothing_is_new(
    app: Flask, url: str, desk: Desk, egret: Phone, path: str
) -> None:
    egret.punch("31")
    desk.act("decision", what="penalty_s", value={"seconds": 30}, entry="1", reason="test")
    desk.act("message", text="三号点关闭")
    desk.phone("2").punch("31")
    other = create_app(Settings(url, "http://localhost:8000", "a secret of tests"))
    lines = [OverFlask(each) for each in (app, other)]
    # A place may be a fifth of a second old.
    soon(lambda: len({line.ask("GET", path, headers=egret.bearer).headers["etag"] for line in lines}), (1).__eq__)
    part_of(other, Engine).dispose()


@pytest.mark.parametrize(
    "act",
    [
        {"kind": "message", "text": "三号点关闭"},
        {"kind": "decision", "what": "penalty_s", "value": {"seconds": 30}, "entry": "1", "reason": "test"},
        {"kind": "decision", "what": "waive", "value": {"checkpoint": "34"}, "reason": "test"},
        {"kind": "decision", "what": "merge", "value": {"entry": "2"}, "entry": "1", "reason": "test"},
    ],
)
def test_what_the_organizer_does_reaches_a_phone_that_asks_for_news(
    desk: Desk, egret: Phone, act: dict[str, Any]
) -> None:
    egret.punch("31")
    tag = egret.get("/api/v1/play").headers["etag"]
    assert desk.act(**act).json["results"][0]["verdict"] == "accepted"
    assert egret.get("/api/v1/play", **{"If-None-Match": tag}).status == 200


def test_a_station_s_answer_is_not_sent_again_until_something_happens(desk: Desk, egret: Phone) -> None:
    marshal = desk.marshal("33")
    first = marshal.get("/api/v1/station")
    assert marshal.get("/api/v1/station", **{"If-None-Match": first.headers["etag"]}).status == 304
    egret.punch("33")
    assert marshal.get("/api/v1/station", **{"If-None-Match": first.headers["etag"]}).status == 200


def test_a_phone_hears_when_another_team_passes_it(desk: Desk, egret: Phone) -> None:
    egret.punch("31")
    tag = egret.get("/api/v1/play").headers["etag"]
    other = desk.phone("2")
    other.punch("31")
    other.answer(other.open_sheet("32"))
    soon(lambda: egret.get("/api/v1/play", **{"If-None-Match": tag}).status, lambda status: status == 200)
    assert egret.play()["run"]["place"] == 2


def test_the_language_asked_for_is_another_answer(egret: Phone) -> None:
    chinese = egret.get("/api/v1/play", **{"Accept-Language": "zh"})
    english = egret.get("/api/v1/play", **{"Accept-Language": "en", "If-None-Match": chinese.headers["etag"]})
    assert (chinese.json["race"]["name"], english.json["race"]["name"]) == ("练习赛", "Practice race")


def test_a_message_to_one_team_reaches_only_it(desk: Desk, egret: Phone) -> None:
    desk.act("message", text="起点有雨衣")
    desk.act("message", text="白鹭请到终点", entry="1")
    texts = {entry: [item["text"] for item in desk.phone(entry).play()["messages"]] for entry in "12"}
    assert texts == {"1": ["白鹭请到终点", "起点有雨衣"], "2": ["起点有雨衣"]}
    assert "白鹭请到终点" not in desk.phone("2").get("/api/v1/play").text
    assert "白鹭请到终点" not in egret.line.ask("GET", STANDINGS).text


def test_a_message_may_be_taken_back(desk: Desk, egret: Phone) -> None:
    sent = desk.act("message", text="三号点关闭").json["results"][0]["id"]
    desk.act("decision", what="undo", value={"fact": sent})
    assert egret.play()["messages"] == []


def test_a_reload_of_the_set_up_leaves_phones_and_runs_as_they_are(
    app: Flask, desk: Desk, egret: Phone, live: Live, small: SmallRace
) -> None:
    egret.punch("31")
    sheet = egret.open_sheet("32")
    data = changed("checkpoints", 1, name="新木桥")
    lay_down(part_of(app, Engine), SLUG, {"checkpoints": data["checkpoints"]}, None, "operator")
    live.catch_up()
    play = egret.play()
    assert play["course"]["checkpoints"][0]["name"] == "新木桥"
    assert play["run"]["passed"] == 1
    assert egret.answer(sheet)["tasks"][0]["state"] == "passed"
    assert small().race.stage == "race"


def test_a_phone_whose_team_was_taken_out_is_told_so(app: Flask, desk: Desk, egret: Phone, live: Live) -> None:
    data = race_file()
    data["entries"] = data["entries"][1:]
    with writing(part_of(app, Engine)) as connection:
        race = race_by_slug(connection, SLUG)
        assert race
        save_setup(connection, race.id, data, by="t", now=1, nonce="n")
    live.catch_up()
    answer = egret.get("/api/v1/play")
    assert (answer.status, answer.json["code"]) == (401, "unauthorized")
    assert desk.phone("2").get("/api/v1/play").status == 200


def values(data: Any) -> Iterator[tuple[str, Any]]:
    """Every name and value of a JSON text, wherever it stands."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield name, value
            yield from values(value)
    elif isinstance(data, list):
        for item in data:
            yield from values(item)


def open_answers(desk: Desk, phone: Phone, result: dict[str, Any]) -> list[str]:
    """All that any phone can get while a sheet is open or cooling."""
    marshal = desk.marshal("32")
    texts = [json.dumps(result, ensure_ascii=False), phone.get("/api/v1/play").text]
    texts.append(marshal.get("/api/v1/station").text)
    texts += [desk.marshal("S1").get("/api/v1/station").text, desk.phone("2").get("/api/v1/play").text]
    for query in ("", "?splits=1", "?around=1&top=3", "?class=open"):
        texts.append(phone.line.ask("GET", STANDINGS + query).text)
    return texts


def assert_no_answer(texts: list[str]) -> None:
    for text in texts:
        assert EXPLANATION not in text
        names = {name for name, _ in values(json.loads(text))}
        assert not names & {"answer", "explanation", "review", "accepted", "correct"}


def test_right_answers_reach_no_phone_before_the_quiz_is_decided(desk: Desk, egret: Phone) -> None:
    scan = egret.punch("32")
    assert_no_answer(open_answers(desk, egret, scan))
    failed = egret.answer(scan["tasks"][0]["sheet"], right=0)
    assert failed["tasks"][0]["state"] == "cooling"
    assert_no_answer(open_answers(desk, egret, failed))


def test_standings_of_a_class_and_around_a_team(egret: Phone) -> None:
    def rows(query: str) -> list[list[str]]:
        answer = egret.line.ask("GET", f"{STANDINGS}{query}").json
        return [[row["entry"] for row in in_class["results"]] for in_class in answer["classes"]]

    assert rows("") == [["1", "2", "3"]]
    assert rows("?class=open") == [["1", "2", "3"]]
    assert rows("?class=nobody") == []
    assert rows("?around=3&top=2") == [["1", "2", "3"]]
    for top in ("0", "-5", "1", "abc", "999999"):
        assert "3" in rows(f"?around=3&top={top}")[0]
    assert rows("?around=99&top=2") == [["1", "2"]]


def test_standings_with_splits_name_what_was_visited_and_what_is_missing(egret: Phone) -> None:
    egret.punch("31")
    [in_class] = egret.line.ask("GET", f"{STANDINGS}?splits=1").json["classes"]
    first = in_class["results"][0]
    assert [(split["checkpoint"], split["state"]) for split in first["splits"]] == [
        ("31", "OK"),
        ("32", "Missing"),
        ("33", "Missing"),
        ("34", "Missing"),
    ]


def test_a_punch_is_on_the_board_at_once(desk: Desk, egret: Phone) -> None:
    before = desk.standings()["revision"]
    egret.punch("31")
    board = soon(desk.standings, lambda board: board["revision"] > before, within_s=1)
    row = board["classes"][0]["results"][0]
    assert (row["entry"], row["place"], row["passed"], row["provisional"]) == ("1", 1, ["31"], True)


def test_a_marshal_sees_who_is_expected_checked_in_out_and_back(desk: Desk, egret: Phone) -> None:
    start, finish = desk.marshal("S1"), desk.marshal("F1")
    start.tell("checkin", entry="1", heads=5, members=[0, 1, 2, 3, 4])
    start.tell("checkin", entry="2", heads=4, members=[0, 1, 2, 3])
    egret.finish()
    station = finish.station()
    assert [station[name] for name in ("expected", "checked_in", "back", "out")] == [3, 2, 1, 1]
    entry = next(item for item in station["entries"] if item["entry"] == "2")
    assert entry["checkin"] == {"heads": 4, "members": [0, 1, 2, 3]}
    assert entry["captain_phone"] == "13800000002"


def test_only_the_finish_is_told_the_captains_numbers(desk: Desk) -> None:
    for checkpoint in ("S1", "31", "33"):
        assert {entry["captain_phone"] for entry in desk.marshal(checkpoint).station()["entries"]} == {None}
    assert "13800000002" in {entry["captain_phone"] for entry in desk.marshal("F1").station()["entries"]}


def test_a_swapped_member_stands_in_the_team_and_not_in_the_log(app: Flask, desk: Desk, egret: Phone) -> None:
    desk.marshal("S1").tell("checkin", entry="1", heads=5, members=[0, 1, 2, 3, 4], swapped={"4": "王替补"})
    assert egret.play()["team"]["members"][4]["name"] == "王替补"
    with reading(part_of(app, Engine)) as connection:
        assert "王替补" not in str(list(since(connection, 1)))


def test_a_marshal_previews_what_a_result_is_worth_and_records_nothing(
    desk: Desk, egret: Phone, small: SmallRace
) -> None:
    marshal, before = desk.marshal("33"), small().revision
    answer = marshal.post("/api/v1/games/preview", {"game": "throw", "measures": {"hits": 4, "fouls": 2}})
    assert (answer.json["passed"], answer.json["points"], answer.json["penalty_s"]) == (True, 10, 10)
    for wrong in ({"game": "x", "measures": {}}, {"game": "throw"}, {"game": "throw", "measures": {"hits": 99}}):
        assert marshal.post("/api/v1/games/preview", wrong).status == 400
    assert small().revision == before


def test_the_api_describes_itself(app: Flask) -> None:
    answer = OverFlask(app).ask("GET", "/api/v1/openapi.json")
    assert answer.json["openapi"].startswith("3.1")
