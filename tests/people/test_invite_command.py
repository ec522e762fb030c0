"""`waypost invite`, and whose a race is that comes in at the terminal."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine

import processes
from app import main
from base.clock import now_ms
from base.database import reading
from base.keys import digest
from people.model import Link, Role
from people.store.links import good_link
from people.store.unions import first_union, owns, union_by_name
from tests.factories import SLUG, race_file

Waypost = Callable[..., Result]


@pytest.fixture
def waypost(engine: Engine, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Waypost:
    """Runs a command on this test's database."""
    monkeypatch.setenv("WAYPOST_DATABASE_URL", f"sqlite:///{database}")
    monkeypatch.setenv("WAYPOST_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("WAYPOST_PUBLIC_URL", "https://race.example.com")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    return lambda *words: CliRunner().invoke(main, words)


@pytest.fixture
def small_file(tmp_path: Path) -> str:
    """The small race, as a file."""
    path = tmp_path / "race.json"
    path.write_text(json.dumps(race_file()), encoding="utf-8")
    return str(path)


def made(engine: Engine, done: Result) -> Link:
    """The invitation whose link a command printed."""
    assert done.exit_code == 0, done.output
    token = re.search(r"https://race\.example\.com/organize/welcome/(\S+)", done.output)
    assert token
    with reading(engine) as connection:
        link = good_link(connection, digest(token[1]), now_ms())
    assert link
    return link


def test_without_a_union_the_link_leads_into_the_first_which_has_no_name_yet(waypost: Waypost, engine: Engine) -> None:
    """So the first organizer is asked what it is called."""
    link = made(engine, waypost("invite"))
    assert (link.role, link.union.name) == (Role.ORGANIZER, "")


def test_a_new_union_is_opened_and_an_old_one_found_again(waypost: Waypost, engine: Engine) -> None:
    """Twice the same name is one union; another name another."""
    first = made(engine, waypost("invite", "--union", "区总工会"))
    again = made(engine, waypost("invite", "--union", "区总工会", "--role", "chief"))
    other = made(engine, waypost("invite", "--union", "市总工会"))
    assert first.union == again.union != other.union
    assert again.role is Role.CHIEF


@pytest.mark.parametrize("name", ["", "  ", "工" * 81])
def test_a_union_needs_a_name_of_some_length(waypost: Waypost, name: str) -> None:
    """One line of words, and nothing is made."""
    done = waypost("invite", "--union", name)
    assert done.exit_code == 1
    assert "单位名称" in done.output


def test_a_race_from_a_file_is_the_first_unions_or_the_one_that_is_named(
    waypost: Waypost, engine: Engine, small_file: str
) -> None:
    """The second race goes where the operator says."""
    waypost("invite", "--union", "区总工会")
    waypost("invite", "--union", "市总工会")
    assert waypost("import", small_file).exit_code == 0
    assert waypost("import", small_file, "--race", "second", "--union", "市总工会").exit_code == 0
    with reading(engine) as connection:
        city = union_by_name(connection, "市总工会")
        assert city
        assert owns(connection, first_union(connection), SLUG)
        assert owns(connection, city, "second")
        assert not owns(connection, city, SLUG)


def test_a_race_does_not_change_hands_and_no_union_is_made_by_a_slip(
    waypost: Waypost, engine: Engine, small_file: str
) -> None:
    """Another union's race, and a union that is not there, are refused in words."""
    waypost("import", small_file)
    waypost("invite", "--union", "市总工会")
    for name in ("市总工会", "市总公会"):
        assert waypost("import", small_file, "--union", name).exit_code == 1
    with reading(engine) as connection:
        assert owns(connection, first_union(connection), SLUG)
        assert union_by_name(connection, "市总公会") is None


def test_several_processes_too_greet_whoever_has_no_account_yet(
    waypost: Waypost, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    """Once, before any of them is started: the link opens the first account, and with that it is printed no more."""
    starting: Callable[[object], None] = processes.on_starting
    starting(None)
    told = capsys.readouterr().out
    assert told.count("https://race.example.com/organize/welcome/") == 1
    request.getfixturevalue("account")
    starting(None)
    assert capsys.readouterr().out == ""
