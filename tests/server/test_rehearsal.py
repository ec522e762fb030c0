"""Simulated teams in the trial of a race that is not the sample race, against a real server process."""

import subprocess
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine

from base.database import reading
from base.serving import ROOT, command_line
from facts.model import Race
from facts.store import since
from race.rules.cards import is_rehearsal
from tests.factories import SLUG
from tests.phones import Desk, soon
from tests.serving import Browser, Served, surroundings


@pytest.mark.parametrize("url", ["one process on SQLite"], indirect=True)  # several refuse, in test_sharing.py
def test_simulated_teams_play_the_whole_trial_and_stop_with_it(
    browser: Browser, far_desk: Desk, engine: Engine, race_row: Race
) -> None:
    assert browser.post(f"/organize/{SLUG}/stage", stage="trial") == 302
    assert far_desk.phone("2").punch("31")["verdict"] == "not_started"
    assert browser.post(f"/organize/{SLUG}/trial/teams", speed="100") == 302
    assert browser.post(f"/organize/{SLUG}/trial/teams", speed="5") == 302, "pressed twice there is one"

    def rows() -> dict[str, int]:
        return {row["entry"]: row["checkpoints"] for row in far_desk.standings()["classes"][0]["results"]}

    soon(rows, lambda found: max(found["1"], found["3"]) >= 2, within_s=40)
    status, page = browser.ask("GET", f"/organize/{SLUG}/trial?lang=zh")
    assert (status, "正在跑" in page) == (200, True)
    assert browser.post(f"/organize/{SLUG}/stage", stage="race") == 302
    assert "100 倍" not in browser.ask("GET", f"/organize/{SLUG}/trial?lang=zh")[1]
    with reading(engine) as connection:
        last = max(fact.revision for fact in since(connection, race_row.id))
    time.sleep(2)
    with reading(engine) as connection:
        facts = list(since(connection, race_row.id))
    assert max(fact.revision for fact in facts) == last, "nobody plays on"
    played = [fact for fact in facts if is_rehearsal(str(fact.body.get("device", "")))]
    assert all(fact.log.startswith("trial-") for fact in played)
    assert {fact.kind for fact in played} >= {"punch", "checkin"}
    assert "team:2" not in {fact.by for fact in played}, "a team with a real phone is left to it"
    assert all(row == 0 for row in rows().values()), "the race begins empty"


def rehearse(url: str, folder: Path, *words: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        command_line("rehearse", *words),
        cwd=ROOT,
        env=surroundings(url, folder),
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_outside_a_trial_they_do_not_even_begin(served: Served, far_desk: Desk, url: str, tmp_path: Path) -> None:
    far_desk.start()
    process = rehearse(url, tmp_path, SLUG, "--port", str(served.port))
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert said.decode().count("\n") == 1
    assert far_desk.standings()["classes"][0]["results"][0]["checkpoints"] == 0


def test_they_end_with_whoever_set_them_running(served: Served, far_desk: Desk, url: str, tmp_path: Path) -> None:
    far_desk.stage("trial")
    process = rehearse(url, tmp_path, SLUG, "--port", str(served.port), "--led")
    soon(lambda: far_desk.marshal("S1").station()["checked_in"], lambda count: count == 3, within_s=40)
    assert process.poll() is None, "before the gun they wait"
    assert process.stdin
    process.stdin.close()
    assert process.wait(20) == 0
    assert process.stderr
    process.stderr.close()
