"""Two processes on PostgreSQL, and what holds of them beside what every server's test asks."""

import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine

from base.database import reading
from facts.model import Draft, Race
from facts.rules import first_broken
from facts.store import append, race_by_id, revisions, since
from facts.store.writer import Writer
from people.live import new_personal_token
from people.model import Account
from tests.factories import SLUG
from tests.phones import Desk, Phone, record, soon
from tests.serving import Browser, Served

TEAMS = ("1", "2", "3")
EACH = 30
# Far less than the five seconds after which each process looks at the phones by itself.
WIRE_S = 0.5

pytestmark = pytest.mark.parametrize("url", ["two on PostgreSQL"], indirect=True)


def test_punches_to_both_processes_are_one_log_and_one_board(
    served: Served, far_desk: Desk, engine: Engine, race_row: Race
) -> None:
    """Many at once over connections of their own, some sent twice: each counts once, in revisions without a gap."""
    far_desk.start()
    phones = [far_desk.phone(team) for team in TEAMS for _ in range(2)]
    sent: list[str] = []

    def play(phone: Phone) -> None:
        for _ in range(EACH):
            scan = record("punch", key=phone.keys.sign("31"))
            sent.append(scan["id"])
            assert phone.report(scan)[0]["verdict"] in ("accepted", "repeated")
            assert phone.report(scan)[0]["verdict"] in ("accepted", "repeated")

    threads = [threading.Thread(target=play, args=(phone,)) for phone in phones]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading(engine) as connection:
        facts = list(since(connection, race_row.id))
    assert sorted(fact.id for fact in facts if fact.kind == "punch") == sorted(sent)
    assert len(sent) == EACH * len(phones)
    assert [fact.revision for fact in facts] == list(range(1, len(facts) + 1))
    assert first_broken(facts) is None
    for _ in range(4):  # whichever of the two answers
        soon(far_desk.standings, lambda board: board["revision"] == facts[-1].revision, within_s=2)


def test_a_change_of_set_up_holds_the_log_until_it_is_stored(engine: Engine, race_row: Race) -> None:
    """Whoever judges an edit beside what is recorded sees all of it: nothing slips in between."""
    writer, done = Writer(engine), threading.Event()

    def punch() -> None:
        writer.append(race_row.id, [Draft("late", "punch", 1, 1, "test", "1", "31", {"proof": "qr"})])
        done.set()

    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        race_by_id(connection, race_row.id)
        thread = threading.Thread(target=punch)
        thread.start()
        assert not done.wait(0.5)
        append(connection, race_row.id, [Draft("edit", "setup", 1, 1, "test", body={"part": "x", "value": 1})])
    thread.join()
    writer.close()
    with reading(engine) as connection:
        assert [fact.id for fact in since(connection, race_row.id)][-2:] == ["edit", "late"]


def test_a_page_of_one_process_shows_what_was_saved_in_the_other(served: Served, far_desk: Desk) -> None:
    """An organizer's answers may come from either: no page is older than what was just stored."""
    marshal = far_desk.marshal("33")
    for stage in ("trial", "race"):
        assert far_desk.stage(stage).status == 200
        assert [marshal.station()["race"]["stage"] for _ in range(3)] == [stage] * 3


def test_a_phone_goes_or_hands_over_whichever_process_answers(far_desk: Desk, browser: Browser) -> None:
    """Taken off at one process, it is gone at the other at once; a link taken from one works once, at either."""
    far_desk.start()
    lost, kept = far_desk.phone("1"), far_desk.phone("1")
    code = kept.post("/api/v1/handover", {}).json["url"].split("?h=")[1]
    asked = [far_desk.line.ask("POST", "/api/v1/join", {"handover": code}) for _ in range(4)]
    assert [answer.status for answer in asked] == [200, 400, 400, 400]
    assert browser.post(f"/organize/{SLUG}/control/1/phone", device=lost.token.split(".")[3]) == 302
    time.sleep(WIRE_S)
    for phone, status in ((lost, 401), (kept, 200)):
        assert [phone.get("/api/v1/play").status for _ in range(6)] == [status] * 6
    new = {"Authorization": f"Bearer {asked[0].json['token']}"}
    assert [far_desk.line.ask("GET", "/api/v1/play", None, new).status for _ in range(6)] == [200] * 6


def test_without_redis_they_still_hear_of_each_other(
    tmp_path: Path, url: str, engine: Engine, race_row: Race, account: Account
) -> None:
    """A Redis that nobody reaches costs half a second, not the race."""
    lonely = Served(url, tmp_path, "redis://127.0.0.1:1/0")
    try:
        lonely.wait_until_it_answers()
        desk = Desk(lonely.line, race_row, new_personal_token(engine, account, 0))
        desk.start()
        with reading(engine) as connection:
            last = revisions(connection)[race_row.id]
        for _ in range(4):  # whichever of the two answers
            soon(desk.standings, lambda board: board["revision"] == last)
    finally:
        lonely.stop()
