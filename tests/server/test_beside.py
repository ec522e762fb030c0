import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from base.database import reading
from facts.model import Draft, Race
from facts.rules import first_broken
from facts.store import since
from facts.store.writer import Writer
from race.commands.store_race import lay_down
from tests.factories import race_file
from tests.phones import Desk, soon
from tests.serving import ROOT, Served, surroundings

WITHIN_S = 2


def test_the_board_shows_a_punch_within_a_second(far_desk: Desk) -> None:
    far_desk.start()
    phone = far_desk.phone("1")
    phone.punch("31")
    begun = time.monotonic()
    soon(far_desk.standings, lambda board: board["classes"][0]["results"][0]["passed"] == ["31"], within_s=1)
    assert time.monotonic() - begun < 1


def test_an_import_beside_the_running_server_is_noticed(
    served: Served, far_desk: Desk, url: str, tmp_path: Path
) -> None:
    far_desk.start()
    phone = far_desk.phone("1")
    sheet = phone.open_sheet("32")
    data = race_file()
    data["checkpoints"][1]["name"] = "石拱桥"
    path = tmp_path / "race.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", "from app import main; main()", "import", str(path)],
        env={**surroundings(url, tmp_path), "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    soon(phone.play, lambda play: play["course"]["checkpoints"][0]["name"] == "石拱桥", WITHIN_S)
    assert phone.answer(sheet)["tasks"][0]["state"] == "passed"


def test_a_new_race_is_there_without_a_restart(served: Served, far_desk: Desk, engine: Engine) -> None:
    other = race_file()
    other["race"]["slug"] = "second"
    lay_down(engine, "second", other, None, "operator")
    soon(
        lambda: served.line.ask("GET", "/api/v1/races/second/standings").status, lambda status: status == 200, WITHIN_S
    )


def test_facts_written_by_another_process_are_heard(far_desk: Desk, engine: Engine, race_row: Race) -> None:
    far_desk.start()
    now = int(time.time() * 1000)
    writer = Writer(engine)
    writer.append(race_row.id, [Draft("x1", "punch", now, now, "command", "2", "31", {"proof": "paper"})])
    writer.close()
    soon(far_desk.phone("2").play, lambda play: play["run"]["passed"] == 1, WITHIN_S)


def test_two_servers_on_one_database_agree(serve: Callable[[], Served], served: Served, far_desk: Desk) -> None:
    far_desk.start()
    other = serve()
    beside = Desk(other.line, far_desk.keys.race, far_desk.token)

    def punch(desk: Desk, entry: str) -> None:
        phone = desk.phone(entry)
        for code in ("31", "33", "32", "34") * 3:
            phone.punch(code)

    soon(beside.standings, lambda board: board["gun"] is not None, WITHIN_S)
    threads = [threading.Thread(target=punch, args=pair) for pair in ((far_desk, "1"), (beside, "2"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    def both() -> list[list[tuple[str, int]]]:
        boards = (far_desk.standings(), beside.standings())
        return [[(row["entry"], row["checkpoints"]) for row in board["classes"][0]["results"]] for board in boards]

    rows = soon(both, lambda rows: rows[0] == rows[1] and dict(rows[0]) == {"1": 1, "2": 1, "3": 0}, WITHIN_S)
    assert rows


@pytest.fixture(autouse=True)
def chain_is_whole_in_the_end(engine: Engine, race_row: Race) -> Iterator[None]:
    yield
    with reading(engine) as connection:
        facts = list(since(connection, race_row.id))
    assert [fact.revision for fact in facts] == list(range(1, len(facts) + 1))
    assert first_broken(facts) is None
