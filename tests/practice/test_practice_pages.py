"""Practice and duels over HTTP: opened by the organizer, marked on the server, and nothing of it in the race's log."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from base.clock import now_ms
from base.database import reading
from base.web import part_of
from organize.live import forget_old
from practice.model import Ticket
from practice.rules import duel as rules
from practice.rules.drawing import pack, unpack
from practice.store import KEPT_MS, count_duels, load_duel, save_duel
from practice.views.duels import _offers
from practice.views.sheets import SHEETS
from race.rules.quiz import LATE_MS
from tests.factories import EXPLANATION, RIGHT, SLUG, WRONG
from tests.fixtures_app import SmallRace
from tests.phones import Answer, Desk, OverFlask, csrf

API = f"/api/v1/practice/{SLUG}"
DESK = f"/organize/{SLUG}/questions/practice"
ZONE = ZoneInfo("Asia/Shanghai")


def switch(organizer: FlaskClient, *banks: str, days: int = 1) -> Any:
    until = datetime.now(ZONE) + timedelta(days=days)
    form = {
        "csrf_token": csrf(organizer, "/organize/"),
        "bank": list(banks),
        "day": until.date().isoformat(),
        "time": "22:00",
    }
    return organizer.post(DESK, data=form)


@pytest.fixture
def opened(app: Flask, organizer: FlaskClient) -> OverFlask:
    """The practice of the small race, open."""
    assert switch(organizer, "wetland").status_code == 302
    return OverFlask(app)


def sheet(line: OverFlask, place: int) -> Any:
    return line.ask("POST", f"{API}/sheet", {"bank": "wetland", "place": place}).json


def test_practice_is_closed_until_the_organizer_opens_it(
    app: Flask, organizer: FlaskClient, client: FlaskClient, small: SmallRace
) -> None:
    line = OverFlask(app)
    assert line.ask("GET", API).status == 404
    assert "/practice" not in client.get(f"/r/{SLUG}").text
    assert "practice.js" not in client.get(f"/r/{SLUG}/practice").text
    page = organizer.get(DESK).text
    assert "32、34" in page, "where the race asks these questions"
    assert switch(organizer, "wetland", days=-1).status_code == 400
    assert switch(organizer, "wetland").status_code == 302
    said = line.ask("GET", API).json
    assert [(bank["id"], bank["count"]) for bank in said["banks"]] == [("wetland", 40)]
    assert f"/r/{SLUG}/practice" in client.get(f"/r/{SLUG}").text
    assert "practice.js" in client.get(f"/r/{SLUG}/practice").text
    deleted = organizer.post(
        f"/organize/{SLUG}/questions/delete/wetland", data={"csrf_token": csrf(organizer, "/organize/")}
    )
    assert deleted.status_code == 400
    assert switch(organizer).status_code == 302
    assert small().setup.about.practice is None
    assert line.ask("GET", API).status == 404


def test_while_the_race_runs_practice_is_closed(opened: OverFlask, desk: Desk) -> None:
    """It would answer the race's questions."""
    mine = opened.ask("POST", f"{API}/duels", {"bank": "wetland", "name": "白鹭"}).json
    ticket = sheet(opened, 0)["sheet"]
    desk.start()
    assert opened.ask("GET", API).status == 404
    assert opened.ask("POST", f"{API}/answer", {"sheet": ticket, "answers": {}}).status == 404
    assert stand(opened, mine).status == 404


def test_a_sheet_is_drawn_marked_and_explained_and_leaves_no_trace(opened: OverFlask, small: SmallRace) -> None:
    before = small().revision
    one, two = sheet(opened, 7), sheet(opened, 8)
    assert (len(one["questions"]), one["need"], one["limit_s"]) == (3, 2, 60), "as the race's own quiz"
    assert not {item["id"] for item in one["questions"]} & {item["id"] for item in two["questions"]}
    assert sheet(opened, 7)["questions"][0]["id"] == one["questions"][0]["id"]
    assert EXPLANATION not in str(one)
    names = [item["id"] for item in one["questions"]]
    answers = {names[0]: RIGHT, names[1]: RIGHT, names[2]: WRONG}
    marked = opened.ask("POST", f"{API}/answer", {"sheet": one["sheet"], "answers": answers}).json
    assert (marked["right"], marked["passed"]) == (2, True)
    assert [item["right"] for item in marked["review"]] == [True, True, False]
    assert marked["review"][2]["explanation"] == EXPLANATION
    assert small().revision == before


def test_a_ticket_is_the_servers_own_and_runs_out(opened: OverFlask, small: SmallRace) -> None:
    secret = small().race.secret
    given = sheet(opened, 0)
    ticket = unpack(secret, given["sheet"])
    assert ticket
    late = pack(secret, Ticket(ticket.bank, ticket.questions, now_ms() - 60_000 - LATE_MS - 1000))
    all_right = dict.fromkeys(ticket.questions, RIGHT)
    marked = opened.ask("POST", f"{API}/answer", {"sheet": late, "answers": all_right}).json
    assert (marked["right"], marked["in_time"], marked["passed"]) == (3, False, False)
    for forged in (given["sheet"][1:], f"{given['sheet']}x", "", "é.é", 7, None):
        assert opened.ask("POST", f"{API}/answer", {"sheet": forged, "answers": {}}).status == 400
    for place in (-1, True, "1", 10**12):
        assert opened.ask("POST", f"{API}/sheet", {"bank": "wetland", "place": place}).status == 400
    assert opened.ask("POST", f"{API}/sheet", {"bank": "other", "place": 1}).status == 400


def test_who_copies_a_bank_out_is_slowed(opened: OverFlask) -> None:
    for _ in range(300):
        SHEETS.failed("127.0.0.1", now_ms())
    refused = opened.ask("POST", f"{API}/sheet", {"bank": "wetland", "place": 1})
    assert refused.status == 429
    assert int(refused.headers["retry-after"]) > 3000


# The duel.


def stand(line: OverFlask, seat: Any) -> Answer:
    return line.ask("GET", f"{API}/duels/{seat['code']}", headers={"Authorization": f"Bearer {seat['token']}"})


def do(line: OverFlask, seat: Any, **what: Any) -> Any:
    headers = {"Authorization": f"Bearer {seat['token']}"}
    return line.ask("POST", f"{API}/duels/{seat['code']}", what, headers=headers).json


def two_seats(line: OverFlask) -> tuple[Any, Any]:
    host = line.ask("POST", f"{API}/duels", {"bank": "wetland", "name": "白鹭"}).json
    guest = line.ask("POST", f"{API}/duels/{host['code'].lower()}/join", {"name": "蜻蜓"}).json
    return host, guest


def test_two_people_ask_each_other(opened: OverFlask, small: SmallRace) -> None:
    before = small().revision
    host, guest = two_seats(opened)
    assert host["phase"] == "waiting"
    assert (guest["phase"], guest["asker"], guest["names"]) == ("asking", 0, ["白鹭", "蜻蜓"])
    assert "offered" not in guest, "who answers does not see the choice"
    choice = stand(opened, host).json["offered"]
    assert len(choice) == 3
    asked = do(opened, host, turn=0, ask=choice[1]["id"])
    assert asked["phase"] == "answering"
    seen = stand(opened, guest).json["question"]
    assert (seen["id"], EXPLANATION in str(seen)) == (choice[1]["id"], False)
    assert do(opened, host, turn=0, answer=RIGHT)["phase"] == "answering", "it is not the host's to answer"
    answered = do(opened, guest, turn=0, answer=WRONG)
    assert answered["scores"][1] == {"right": 0, "squats": 5}
    assert (answered["last"]["right"], answered["last"]["answer"]) == (False, "丙")
    assert do(opened, guest, turn=0, answer=RIGHT)["scores"][1]["right"] == 0, "the same turn is answered once"
    do(opened, guest, turn=1, ask=stand(opened, guest).json["offered"][0]["id"])
    assert do(opened, host, turn=1, answer=RIGHT)["scores"][0] == {"right": 1, "squats": 0}
    assert small().revision == before


def test_a_restart_loses_no_duel_and_the_evening_has_its_table(opened: OverFlask, app: Flask, small: SmallRace) -> None:
    host, guest = two_seats(opened)
    do(opened, host, turn=0, ask=stand(opened, host).json["offered"][0]["id"])
    do(opened, guest, turn=0, answer=RIGHT)
    engine, race = part_of(app, Engine), small().race.id
    with reading(engine) as connection:
        kept = load_duel(connection, race, host["code"])
    assert kept
    # Ten minutes and a bit ago: the clock did the rest.
    long = rules.LENGTH_MS + 120_000
    ago = _earlier(kept, long)
    with engine.begin() as connection:
        save_duel(connection, race, ago)
    over = stand(opened, host).json
    assert over["phase"] == "over"
    assert over["scores"] == stand(opened, guest).json["scores"]
    assert rules.is_over(rules.settled(ago, now_ms(), _offers(small(), ago)))
    rows = opened.ask("GET", f"{API}/duels").json["table"]
    assert [row["name"] for row in rows] == ["蜻蜓", "白鹭"]
    assert rows[0]["won"] == 1
    forget_old(engine, now_ms())
    with reading(engine) as connection:
        assert count_duels(connection, race) == 1
    forget_old(engine, now_ms() + KEPT_MS + 1000)
    with reading(engine) as connection:
        assert count_duels(connection, race) == 0


def _earlier(duel: Any, by: int) -> Any:
    """The same duel, begun so many milliseconds earlier; it keeps its tokens."""
    turns = tuple(
        replace(
            turn,
            begun_at=turn.begun_at - by,
            asked_at=None if turn.asked_at is None else turn.asked_at - by,
            ended_at=None if turn.ended_at is None else turn.ended_at - by,
        )
        for turn in duel.turns
    )
    return replace(duel, started_at=duel.started_at - by, turns=turns)


@pytest.mark.parametrize("name", ["", "  ", "x" * 17, 7, None, "\ud800"])
def test_a_name_is_asked_for_in_words(opened: OverFlask, name: Any) -> None:
    refused = opened.ask("POST", f"{API}/duels", {"bank": "wetland", "name": name})
    assert refused.status == 400


def test_who_has_no_seat_sees_nothing_and_guessing_codes_ends(opened: OverFlask) -> None:
    host, guest = two_seats(opened)
    assert opened.ask("POST", f"{API}/duels/{host['code']}/join", {"name": "三"}).status == 409
    forged = {"code": host["code"], "token": f"0.{guest['token'][2:]}x"}
    assert stand(opened, forged).status == 401
    other = opened.ask("POST", f"{API}/duels", {"bank": "wetland", "name": "白鹭"}).json
    assert stand(opened, {"code": other["code"], "token": host["token"]}).status == 401
    assert opened.ask("POST", f"{API}/duels/{other['code']}/join", {"name": "白鹭"}).status == 400, "the same name"
    statuses = [opened.ask("POST", f"{API}/duels/ZZZZ{n}/join", {"name": "三"}).status for n in range(31)]
    assert statuses[0] == 404
    assert statuses[-1] == 429
