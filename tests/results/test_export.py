import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine

from base.database import writing
from facts.model import Draft, Race, Stage
from facts.store import append, move_stage
from results.commands import export, score
from tests.factories import SLUG, Log


@pytest.fixture
def raced(engine: Engine, race_row: Race, database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The small race, run by one team, in the database that commands open."""
    log = Log()
    log.gun(0)
    log.punch("1", "31", 100)
    log.punch("1", "33", 200)
    log.stamp("1", "33", "begun", 230)
    log.game("1", "33", 300, hits=7)
    log.punch("1", "32", 400)
    log.quiz("1", "32", 401, right=1)
    slip = log.finish("1", 950)
    log.finish("1", 900)
    log.heads("1", 910)
    log.decide("penalty_s", 950, {"seconds": 60}, "1")
    log.decide("undo", 960, {"fact": slip}, "1")
    log.decide("close", 7200)
    drafts = [Draft(f.id, f.kind, f.at, f.received_at, f.by, f.entry, f.checkpoint, f.body) for f in log.facts]
    with writing(engine) as connection:
        move_stage(connection, race_row.id, Stage.RACE, "race")
        append(connection, race_row.id, drafts)
    monkeypatch.setenv("WAYPOST_DATABASE_URL", f"sqlite:///{database}")


def exported(kind: str) -> str:
    result = CliRunner().invoke(export, [SLUG, "--to", kind])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_an_exported_race_is_scored_from_its_files_as_it_was_in_the_database(raced: None, tmp_path: Path) -> None:
    (tmp_path / "race.json").write_text(exported("race"), encoding="utf-8")
    (tmp_path / "facts.jsonl").write_text(exported("facts"), encoding="utf-8")
    result = CliRunner().invoke(score, [str(tmp_path / "race.json"), str(tmp_path / "facts.jsonl")])
    assert result.exit_code == 0, result.stderr
    first = json.loads(result.stdout)["classes"][0]["results"][0]
    assert (first["entry"], first["place"], first["status"], first["checkpoints"]) == ("1", 1, "OK", 2)
    assert (first["elapsed_s"], first["credit_s"], first["penalty_s"], first["time_s"]) == (900, 30, 60, 930)
    assert [split["task"] for split in first["splits"][:3]] == ["none", "passed", "failed"]


def test_an_exported_list_of_the_standard_holds_the_same_places(raced: None) -> None:
    text = exported("iof-results")
    assert text.count("<Status>") == 6  # three teams, each with its own and its team's
    assert '<Position type="Course">1</Position>' in text
    assert "<StartTime>2026-05-01T09:00:00+08:00</StartTime>" in text
