import http.client
import threading
import time
from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from base.database import reading
from facts.model import Fact, Race
from facts.rules import first_broken
from facts.store import since
from people.live import new_personal_token
from people.model import Account
from tests.phones import Desk, Phone, record
from tests.serving import Served

CLIENTS = 4
ENOUGH = 60


class Punching(threading.Thread):
    """A phone that posts punch after punch and keeps what was acknowledged, until nobody answers any more."""

    def __init__(self, phone: Phone, enough: threading.Semaphore) -> None:
        super().__init__()
        self.phone = phone
        self.enough = enough
        self.acknowledged: list[str] = []
        self.sent: list[str] = []

    def run(self) -> None:
        while True:
            scan = record("punch", key=self.phone.keys.sign("31"))
            self.sent.append(scan["id"])
            try:
                answer = self.phone.post("/api/v1/facts", {"records": [scan]})
            except (OSError, http.client.HTTPException):
                return
            if answer.status == 200:
                self.acknowledged.append(scan["id"])
                self.enough.release()


def log_of(engine: Engine, race: Race) -> list[Fact]:
    with reading(engine) as connection:
        return list(since(connection, race.id))


@pytest.mark.parametrize("turn", range(3))
def test_kill_9_between_punches_loses_nothing_that_was_acknowledged(
    turn: int, serve: Callable[[], Served], engine: Engine, race_row: Race, account: Account
) -> None:
    served = serve()
    token = new_personal_token(engine, account, 0)
    desk = Desk(served.line, race_row, token)
    desk.start()
    enough = threading.Semaphore(0)
    clients = [Punching(desk.phone(str(which % 3 + 1)), enough) for which in range(CLIENTS)]
    for client in clients:
        client.start()
    for _ in range(ENOUGH):
        assert enough.acquire(timeout=30)
    served.kill()
    for client in clients:
        client.join()
    acknowledged = [name for client in clients for name in client.acknowledged]
    sent = {name for client in clients for name in client.sent}

    again = Desk(serve().line, race_row, token)
    facts = log_of(engine, race_row)
    punches = [fact.id for fact in facts if fact.kind == "punch"]
    assert len(acknowledged) >= ENOUGH
    assert set(acknowledged) <= set(punches) <= sent
    assert len(punches) == len(set(punches))
    assert [fact.revision for fact in facts] == list(range(1, len(facts) + 1))
    assert first_broken(facts) is None
    # And it runs on: what was not acknowledged is sent again, and a team's run is as it was.
    phone = again.phone("1")
    assert phone.play()["run"]["passed"] == 1
    unsure = next(iter(sent - set(acknowledged)), None)
    if unsure:
        assert phone.report({"id": unsure, "kind": "punch", "key": phone.keys.sign("31")})[0]["id"] == unsure
    assert phone.punch("33")["verdict"] == "accepted"


def test_asked_to_stop_it_stops_with_good_grace(serve: Callable[[], Served]) -> None:
    served = serve()
    begun = time.monotonic()
    served.process.terminate()
    assert served.process.wait(10) == 0
    assert time.monotonic() - begun < 8
