import resource
from pathlib import Path

import pytest
from sqlalchemy import Engine

from base.database import reading
from facts.model import Race
from facts.rules import first_broken
from facts.store import since
from tests.phones import Desk, record
from tests.serving import Served

ROOM = 40_000


@pytest.mark.parametrize("url", ["one process on SQLite"], indirect=True)  # PostgreSQL's disk is its own affair
def test_a_full_disk_is_said_in_words_and_loses_nothing(
    served: Served, far_desk: Desk, engine: Engine, race_row: Race, database: Path
) -> None:
    far_desk.start()
    phone = far_desk.phone("1")
    largest = max(path.stat().st_size for path in database.parent.glob("waypost.db*"))
    _, hard = resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE, (largest + ROOM, hard))
    acknowledged, refused = [], None
    for _ in range(400):
        scan = record("punch", key=phone.keys.sign("31"))
        answer = phone.post("/api/v1/facts", {"records": [scan]}, **{"Accept-Language": "en"})
        if answer.status != 200:
            refused = scan
            break
        acknowledged.append(scan["id"])
    assert refused is not None
    assert (answer.status, answer.json["code"]) == (503, "full")
    assert int(answer.headers["retry-after"]) > 0
    assert "Nothing is lost" in answer.json["detail"]

    resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE, (hard, hard))
    assert phone.report(refused)[0]["verdict"] == "repeated"
    with reading(engine) as connection:
        facts = list(since(connection, race_row.id))
    assert [fact.id for fact in facts if fact.kind == "punch"] == [*acknowledged, refused["id"]]
    assert first_broken(facts) is None
