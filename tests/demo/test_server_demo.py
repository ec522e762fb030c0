import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from base.database import open_engine, reading
from base.serving import server_line
from demo.phones import Notes, Pace, Phone, Refused
from demo.plan import PhoneLuck
from demo.play import Simulation
from demo.race import race_file
from demo.setting import NotOurs, fresh_database, lay_out, only_demo
from facts.model import Fact
from facts.store import race_by_slug, since

WAYPOST = Path(sys.executable).parent / "waypost"
CODES = ["35", "36", "37", "33", "31"]
TEAMS = 6


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WAYPOST_INSTANCE", str(tmp_path))
    monkeypatch.delenv("WAYPOST_DATABASE_URL", raising=False)
    monkeypatch.delenv("WAYPOST_PUBLIC_URL", raising=False)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    return tmp_path


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def small_race() -> dict[str, Any]:
    """Six teams, five checkpoints, and cool-downs that a test can wait for."""
    race = race_file()
    race["checkpoints"] = [point for point in race["checkpoints"] if point["code"] in ("S", *CODES, "F")]
    race["courses"][0]["checkpoints"] = CODES
    steps = [{"cool_down_s": 1}, {"cool_down_s": 1}, {"penalty_s": 120}]
    race["quizzes"] = [quiz | {"need": quiz["draw"], "limit_s": 20, "on_fail": steps} for quiz in race["quizzes"]]
    race["entries"] = [entry | {"first": [CODES[index % 5]]} for index, entry in enumerate(race["entries"][:TEAMS])]
    return race


def waits_for(what: Callable[[], bool], seconds: float = 20) -> bool:
    until = time.monotonic() + seconds
    while not what():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@contextmanager
def running(line: list[str], folder: Path) -> Iterator[subprocess.Popen[str]]:
    with (folder / "output").open("w") as output:
        process = subprocess.Popen(line, stdout=output, stderr=subprocess.STDOUT, text=True, start_new_session=True)
        try:
            yield process
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(10)


def facts_in(url: str) -> list[Fact]:
    engine = open_engine(url)
    with reading(engine) as connection:
        race = race_by_slug(connection, "nanyuan")
        assert race is not None
        facts = [fact for fact in since(connection, race.id) if fact.kind != "setup"]
    engine.dispose()
    return facts


def test_simulated_teams_play_a_race_to_its_end(instance: Path, port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    url, _ = fresh_database()
    monkeypatch.setenv("WAYPOST_DATABASE_URL", url)
    engine = open_engine(url)
    race = small_race()
    papers = lay_out(engine, race)
    engine.dispose()
    with running(server_line("127.0.0.1", port), instance):
        assert waits_for(lambda: answers(f"http://127.0.0.1:{port}/healthz"))
        simulation = Simulation(race, papers, port, speed=500, seed=3, left_station="36")
        public = Phone(port, Pace(1), Notes())
        address = f"/api/v1/races/{papers.slug}/standings"
        try:
            simulation.start()
            simulation.fire()
            assert waits_for(simulation.all_back, 60)
            assert waits_for(lambda: all(row["heads_confirmed"] for row in rows(public, address)))
        finally:
            simulation.stop()
        standings = rows(public, address)
        public.drop()
    assert simulation.notes.troubles == {}
    assert {verdict for _, verdict in simulation.notes.verdicts} <= {"accepted", "repeated"}
    assert {row["status"] for row in standings} == {"OK"}
    assert {row["checkpoints"] for row in standings} == {5}
    assert [row["place"] for row in standings] == sorted(row["place"] for row in standings)
    assert len({row["time_s"] for row in standings}) > 1
    assert any(row["credit_s"] for row in standings)

    facts = facts_in(url)
    assert {fact.kind for fact in facts} >= {"gun", "checkin", "punch", "sheet", "answer", "stamp", "game", "finish"}
    assert {fact.kind for fact in facts} >= {"heads", "withdraw", "message"}
    assert any(fact.kind == "sheet" and fact.body["attempt"] > 1 for fact in facts)
    by_luck = {plan.phone: plan.entry for plan in simulation.plans}
    reporters = {luck: {f.by for f in facts if f.entry == by_luck[luck] and f.kind != "sheet"} for luck in by_luck}
    assert not any(by.startswith("team:") for by in reporters[PhoneLuck.NONE])
    phones = {f.body.get("device") for f in facts if f.entry == by_luck[PhoneLuck.DIES] and f.by.startswith("team:")}
    assert len(phones) == 2


def rows(phone: Phone, address: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = phone.get(address)["classes"][0]["results"]
    return found


def test_the_command_prints_its_links_plays_and_ends_at_once_when_told(instance: Path, port: int) -> None:
    line = [str(WAYPOST), "demo", "--port", str(port), "--speed", "200"]
    output = instance / "output"
    with running(line, instance) as demo:
        board = f"http://127.0.0.1:{port}/api/v1/races/nanyuan/standings"
        assert waits_for(lambda: "The gun!" in output.read_text(), 30), output.read_text()
        text = output.read_text()
        links = re.findall(rf"http://localhost:{port}/(\S+)", text)
        assert len([link for link in links if link.startswith("C/")]) == 14
        assert len([link for link in links if link.startswith("T/")]) == 1
        assert len([link for link in links if link.startswith("M/")]) == 1
        assert all(answers(f"http://127.0.0.1:{port}/{link}") for link in links if not link.startswith("C/"))
        assert waits_for(lambda: '"what":"passed"' in urllib.request.urlopen(board, timeout=5).read().decode())
        second = subprocess.run([*line[:2], "--port", "1"], capture_output=True, text=True, check=False)
        assert second.returncode == 1
        assert len(second.stderr.splitlines()) == 1
        began = time.monotonic()
        os.killpg(demo.pid, signal.SIGINT)
        assert demo.wait(10) == 0
        assert time.monotonic() - began < 6
    assert not answers(f"http://127.0.0.1:{port}/healthz")
    assert "Traceback" not in output.read_text()


def test_without_play_the_race_is_open_and_waits_for_a_gun(instance: Path, port: int) -> None:
    output = instance / "output"
    line = [str(WAYPOST), "demo", "--port", str(port), "--no-play"]
    for first in (True, False):
        with running(line, instance) as demo:
            assert waits_for(lambda: "fire" in output.read_text(), 30), output.read_text()
            text = output.read_text()
            assert ("removed" in text) is not first
            assert len(re.findall(r"/M/\S+", text)) == 15
            key = re.findall(r"/T/(\S+)", text)[0]
            phone = Phone(port, Pace(1), Notes())
            phone.join(key)
            play = phone.get("/api/v1/play")
            phone.drop()
            assert (play["race"]["stage"], play["gun"]) == ("race", None)
            demo.send_signal(signal.SIGTERM)
            assert demo.wait(10) == 0


def test_a_port_in_use_is_said_in_one_line(instance: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = str(other.getsockname()[1])
        done = subprocess.run([WAYPOST, "demo", "--port", taken], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert taken in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (instance / "demo.db").exists()


def test_an_address_that_cannot_be_is_said_in_one_line(instance: Path, port: int) -> None:
    environment = {**os.environ, "WAYPOST_PUBLIC_URL": "https://example.org/races"}
    line = [str(WAYPOST), "demo", "--port", str(port)]
    done = subprocess.run(line, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "example.org/races" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_database_that_no_demo_made_is_left_alone(instance: Path) -> None:
    path = instance / "demo.db"
    path.write_bytes(b"somebody's notes")
    with pytest.raises(NotOurs):
        fresh_database()
    assert path.read_bytes() == b"somebody's notes"


def test_a_race_that_somebody_set_up_is_left_alone(instance: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{instance / 'waypost.db'}"
    monkeypatch.setenv("WAYPOST_DATABASE_URL", url)
    assert fresh_database() == (url, False)
    engine = open_engine(url)
    lay_out(engine, small_race())
    engine.dispose()
    with pytest.raises(NotOurs):
        fresh_database()


def test_two_demos_do_not_share_a_folder(instance: Path) -> None:
    with only_demo(), pytest.raises(NotOurs), only_demo():
        pass


def test_a_phone_waits_out_a_server_that_does_not_answer_and_then_says_so(port: int, capsys: Any) -> None:
    class Hurried(Pace):
        def rest(self, seconds: float) -> None:
            assert seconds >= 0

    notes = Notes()
    with pytest.raises(Refused):
        Phone(port, Hurried(1), notes).get("/api/v1/play")
    assert len(notes.troubles) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
