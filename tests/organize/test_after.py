"""After the race: personal data goes on its day, all of it; the archive reads back."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from sqlalchemy import Engine

from app import main
from base.clock import parse_instant
from base.database import open_engine, reading, writing
from base.migrating import migrate
from base.web import part_of
from facts.rules import first_broken
from facts.store import race_by_slug, since
from organize.live import ERASED, erase, erase_due
from race.live.races import Live
from race.store import load_setup, save_setup
from results.store import load_publications
from tests.factories import EGRET, SLUG, TEAMS
from tests.fixtures_app import SmallRace
from tests.organize.test_publish import closed, freeze
from tests.phones import Desk, csrf

__all__ = ["closed"]
AFTER = f"/organize/{SLUG}/after"
PEOPLE = [f"{team}{number}" for team, _ in TEAMS.values() for number in range(1, 6)]
PEOPLE += [f"{team}联系人" for team, _ in TEAMS.values()] + ["13800000001", "王老师", "崴脚的李四", "联系张三"]


def whole_database(engine: Engine) -> str:
    """Everything that stands in any table, as text."""
    with engine.connect() as connection:
        tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        return "\n".join(
            str(tuple(row)) for name in tables for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"')
        )


def fill(desk: Desk, engine: Engine, organizer: FlaskClient) -> None:
    """Put names wherever a race can hold any: awards, messages, reasons, a published list."""
    desk.act("message", text="联系张三取水")
    desk.marshal("F1").tell("withdraw", entry="3", members=[1], reason="崴脚的李四", safe=True)
    with writing(engine) as connection:
        data = load_setup(connection, 1)
        data["race"]["awards"] = [
            {"name": "道德风尚奖", "by_hand": True, "to": [{"name": "王老师"}, {"club": "湿地工会"}]}
        ]
        save_setup(connection, 1, data, by="t", now=1, nonce="t", reason="t")
    part_of(organizer.application, Live).catch_up()
    assert freeze(organizer, "?chosen=1&members=1")[0] == 302
    held = whole_database(engine)
    assert [one for one in PEOPLE if one not in held] == []


def test_on_its_day_whatever_names_anybody_goes_and_the_chain_holds(
    organizer: FlaskClient, closed: Desk, engine: Engine, live: Live, small: SmallRace
) -> None:
    fill(closed, engine, organizer)
    set_day(organizer, "2026-06-01")
    before = small()
    erase_due(engine, live, parse_instant("2026-05-31T23:59:59+08:00"))
    assert small() is before, "the day has not come"
    erase_due(engine, live, parse_instant("2026-06-01T00:00:00+08:00"))
    held = whole_database(engine)
    assert [one for one in PEOPLE if one in held] == []
    with reading(engine) as connection:
        facts = list(since(connection, 1))
        [version] = load_publications(connection, 1)
    assert first_broken(facts) is None
    assert [fact.by for fact in facts if fact.body.get("part") == ERASED] == ["server"]
    assert "白鹭" in str(version.body), "teams and places stay"
    assert version.body["awards"][0]["to"] == [{"bib": "", "team": "湿地工会", "club": ""}]
    assert [len(entry.members) for entry in small().setup.entries.values()] == [5, 5, 5]
    assert organizer.get(f"/r/{SLUG}/results").status_code == 200
    revision = small().revision
    erase_due(engine, live, parse_instant("2026-07-01T00:00:00+08:00"))
    assert small().revision == revision, "it is done once"


def set_day(organizer: FlaskClient, day: str) -> int:
    """Set the day on which people's names go."""
    form = {"csrf_token": csrf(organizer, "/organize/"), "erase_on": day}
    return organizer.post(f"{AFTER}/day", data=form).status_code


def test_while_teams_are_out_nothing_is_erased(
    organizer: FlaskClient, desk: Desk, engine: Engine, live: Live, small: SmallRace
) -> None:
    desk.start()
    assert set_day(organizer, "2026-01-01") == 302
    erase_due(engine, live, parse_instant("2026-06-01T00:00:00+08:00"))
    assert small().setup.entries[EGRET].contact is not None
    form = {"csrf_token": csrf(organizer, "/organize/"), "name": "练习赛"}
    assert organizer.post(f"{AFTER}/erase", data=form).status_code == 409


def test_now_means_now_only_with_the_race_s_name_typed(organizer: FlaskClient, closed: Desk, small: SmallRace) -> None:
    form = {"csrf_token": csrf(organizer, "/organize/")}
    assert organizer.post(f"{AFTER}/erase", data=form | {"name": "别的比赛"}).status_code == 400
    assert small().setup.entries[EGRET].contact is not None
    assert organizer.post(f"{AFTER}/erase", data=form | {"name": "练习赛"}).status_code == 302
    assert small().setup.entries[EGRET].contact is None
    assert "已清除" in organizer.get(f"{AFTER}?lang=zh").text


def test_a_day_that_is_none_or_too_early_is_refused(organizer: FlaskClient, engine: Engine, live: Live) -> None:
    with writing(engine) as connection:
        data = load_setup(connection, 1)
        data["race"]["planned"] = "2026-05-01T09:00:00+08:00"
        save_setup(connection, 1, data, by="t", now=1, nonce="p")
    live.catch_up()
    assert set_day(organizer, "Mai") == 400
    assert set_day(organizer, "2026-05-01") == 400
    assert set_day(organizer, "2026-05-02") == 302
    assert "2026-05-02" in organizer.get(AFTER).text
    assert set_day(organizer, "") == 302


def test_an_erasing_is_all_or_nothing(closed: Desk, engine: Engine) -> None:
    held = whole_database(engine)

    def erase_and_lose_power() -> None:
        with writing(engine) as connection:
            erase(connection, 1, "t", 1)
            raise ConnectionError

    with pytest.raises(ConnectionError):
        erase_and_lose_power()
    assert whole_database(engine) == held


def test_the_archive_holds_everything_and_reads_back(
    organizer: FlaskClient, closed: Desk, database: Path, tmp_path: Path, small: SmallRace
) -> None:
    freeze(organizer)
    answer = organizer.get(f"/organize/{SLUG}/archive.zip")
    assert answer.status_code == 200
    packed = zipfile.ZipFile(io.BytesIO(answer.data))
    answer.close()
    names = {"README.txt", "race.json", "facts.jsonl", "log.jsonl", "results/now.json", "results/now.csv"}
    assert set(packed.namelist()) == names | {"results/version-1.json", "results/version-1.csv"}
    assert small().race.secret.hex() not in answer.data.hex(), "no key of a sign"
    folder = tmp_path / "unpacked"
    packed.extractall(folder)
    log = [json.loads(line) for line in (folder / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["revision"] for line in log] == list(range(1, small().revision + 1))
    elsewhere = {"WAYPOST_DATABASE_URL": f"sqlite:///{tmp_path / 'other.db'}", "WAYPOST_INSTANCE": str(tmp_path)}
    migrate(open_engine(elsewhere["WAYPOST_DATABASE_URL"]))
    done = CliRunner().invoke(main, ["import", str(folder / "race.json")], env=elsewhere)
    assert done.exit_code == 0, done.output
    engine = open_engine(elsewhere["WAYPOST_DATABASE_URL"])
    with reading(engine) as connection:
        race = race_by_slug(connection, SLUG)
        assert race
        assert [entry["team"] for entry in load_setup(connection, race.id)["entries"]] == ["白鹭", "蜻蜓", "指北针"]
    engine.dispose()
    scored = CliRunner().invoke(main, ["score", str(folder / "race.json"), str(folder / "facts.jsonl")])
    now = json.loads((folder / "results/now.json").read_text(encoding="utf-8"))
    places = [[row["place"] for row in one["results"]] for one in now["classes"]]
    assert [[row["place"] for row in one["results"]] for one in json.loads(scored.stdout)["classes"]] == places
    here = {"WAYPOST_DATABASE_URL": f"sqlite:///{database}", "WAYPOST_INSTANCE": str(tmp_path)}
    done = CliRunner().invoke(main, ["archive", SLUG, "-o", str(tmp_path / "a.zip")], env=here)
    assert done.exit_code == 0, done.output
    assert set(zipfile.ZipFile(tmp_path / "a.zip").namelist()) == set(packed.namelist())


def test_what_was_erased_is_gone_from_the_file_as_well(
    organizer: FlaskClient, closed: Desk, engine: Engine, live: Live, database: Path
) -> None:
    fill(closed, engine, organizer)
    form = {"csrf_token": csrf(organizer, "/organize/"), "name": "练习赛"}
    assert organizer.post(f"{AFTER}/erase", data=form).status_code == 302
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    held = database.read_bytes()
    assert "白鹭".encode() in held
    assert [one for one in PEOPLE if one.encode() in held] == []
