import os
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine

from base import commands
from base.backups import BackupFailed, Content, backup, database_file, restore
from base.database import metadata, open_engine, writing
from base.holding import Held, hold
from facts.model import Draft
from facts.store import add_race
from facts.store.writer import Writer

NOW = datetime(2026, 5, 1, 3, 4, 5, tzinfo=UTC)
MORNING = 1_777_597_200_000
HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("SELECT * FROM race").fetchall()
print("held", flush=True)
sys.stdin.read()
"""


def fact(number: int) -> Draft:
    return Draft(id=f"f{number}", kind="punch", at=MORNING + number, received_at=MORNING + number, by="t", entry="1")


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "instance" / "waypost.db"


@pytest.fixture
def engine(database: Path) -> Iterator[Engine]:
    """A database with one race and ten facts, open as a server holds it."""
    database.parent.mkdir(mode=0o700)
    engine = open_engine(f"sqlite:///{database}")
    with writing(engine) as connection:
        metadata.create_all(connection)
        add_race(connection, "nanyuan", bytes(32))
    writer = Writer(engine)
    writer.append(1, [fact(number) for number in range(10)])
    writer.close()
    yield engine
    engine.dispose()


def ids(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as connection:
        return [row[0] for row in connection.execute("SELECT id FROM fact ORDER BY revision")]


def beside(path: Path) -> list[str]:
    return sorted(item.name for item in path.parent.iterdir() if item.suffix != ".lock")


def test_a_backup_of_an_open_database_holds_all_that_was_acknowledged(
    engine: Engine, database: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "kept.db"
    assert backup(database, copy) == Content(races=1, facts=10, last_at=MORNING + 9)
    assert ids(copy) == [f"f{number}" for number in range(10)]
    assert not [name for name in beside(copy) if name.startswith(".")]


def test_only_its_owner_can_read_a_backup(engine: Engine, database: Path, tmp_path: Path) -> None:
    backup(database, tmp_path / "kept.db")
    assert stat.S_IMODE((tmp_path / "kept.db").stat().st_mode) == 0o600


def test_a_backup_amid_writes_is_one_moment_of_the_log(engine: Engine, database: Path, tmp_path: Path) -> None:
    stop = threading.Event()
    writer = Writer(engine)

    def write() -> None:
        number = 10
        while not stop.is_set():
            writer.append(1, [fact(number), fact(number + 1)])
            number += 2
        writer.close()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        sizes = [backup(database, tmp_path / "kept.db").facts for _ in range(5)]
    finally:
        stop.set()
        thread.join()
    assert sizes == sorted(sizes)
    assert all(size % 2 == 0 for size in sizes)
    assert ids(tmp_path / "kept.db") == [f"f{number}" for number in range(sizes[-1])]


def test_an_earlier_backup_is_replaced_and_nothing_else_is(engine: Engine, database: Path, tmp_path: Path) -> None:
    copy, letter = tmp_path / "kept.db", tmp_path / "letter.txt"
    backup(database, copy)
    backup(database, copy)
    letter.write_text("dear")
    for target in (letter, database, tmp_path):
        with pytest.raises(BackupFailed):
            backup(database, target)
    assert letter.read_text() == "dear"


def test_a_damaged_database_makes_no_backup(engine: Engine, database: Path, tmp_path: Path) -> None:
    engine.dispose()
    with database.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(8192))
    with pytest.raises(BackupFailed, match=r"damaged|read"):
        backup(database, tmp_path / "kept.db")
    assert beside(tmp_path / "kept.db") == ["instance"]


def test_a_restored_database_is_the_one_that_was_kept(engine: Engine, database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "kept.db"
    backup(database, copy)
    writer = Writer(engine)
    writer.append(1, [fact(10)])
    writer.close()
    engine.dispose()
    held, aside = restore(copy, database, NOW)
    assert held.facts == len(ids(database)) == 10
    assert aside == database.with_name("waypost.db.before-20260501-030405")
    assert len(ids(aside)) == 11
    assert stat.S_IMODE(database.stat().st_mode) == 0o600


def test_a_restored_race_goes_on_where_it_was(engine: Engine, database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "kept.db"
    backup(database, copy)
    engine.dispose()
    restore(copy, database, NOW)
    again = open_engine(f"sqlite:///{database}")
    writer = Writer(again)
    assert writer.append(1, [fact(3), fact(10)])[1].fact.revision == 11
    writer.close()
    again.dispose()


def test_a_backup_is_restored_where_there_was_no_database(engine: Engine, database: Path, tmp_path: Path) -> None:
    copy, new = tmp_path / "kept.db", tmp_path / "elsewhere" / "waypost.db"
    backup(database, copy)
    held, aside = restore(copy, new, NOW)
    assert (held.facts, aside) == (10, None)
    assert beside(new) == ["waypost.db"]


def test_nothing_is_restored_under_a_running_server(engine: Engine, database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "kept.db"
    backup(database, copy)
    engine.dispose()
    line = [sys.executable, "-c", HOLD, str(database)]
    with subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        holder.stdout.readline()
        with pytest.raises(BackupFailed, match="Stop it"):
            restore(copy, database, NOW)
        assert not [name for name in beside(database) if "before" in name or name.startswith(".")]
        holder.communicate(b"")
    assert restore(copy, database, NOW)[0].facts == 10


def test_nothing_is_restored_under_a_server_that_has_not_read_or_written_yet(
    engine: Engine, database: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "kept.db"
    backup(database, copy)
    with hold(database), hold(database):  # two servers may share it
        with pytest.raises(BackupFailed, match="Stop it"):
            restore(copy, database, NOW)
        backup(database, copy)
    assert restore(copy, database, NOW)[0].facts == 10


def test_no_server_starts_while_a_backup_is_restored(database: Path) -> None:
    database.parent.mkdir()
    with hold(database, alone=True), pytest.raises(Held):
        hold(database)
    hold(database).close()


def test_a_database_damaged_beyond_opening_is_kept_aside_too(engine: Engine, database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "kept.db"
    backup(database, copy)
    engine.dispose()
    database.write_bytes(b"not a database any more")
    database.with_name("waypost.db-wal").write_bytes(b"its rest")
    held, aside = restore(copy, database, NOW)
    assert held.facts == 10
    assert aside
    assert aside.read_bytes() == b"not a database any more"
    assert aside.with_name(aside.name + "-wal").read_bytes() == b"its rest"
    assert ids(database) == [f"f{number}" for number in range(10)]


def test_a_disk_without_hard_links_keeps_the_replaced_database_too(
    engine: Engine, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_link(*_names: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    backup(database, tmp_path / "kept.db")
    engine.dispose()
    monkeypatch.setattr(os, "link", no_link)
    _, aside = restore(tmp_path / "kept.db", database, NOW)
    assert aside
    assert ids(aside) == ids(database) == [f"f{number}" for number in range(10)]


def test_what_is_no_backup_is_refused_and_nothing_changes(engine: Engine, database: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE recipe (name TEXT)")
    torn = tmp_path / "torn.db"
    backup(database, torn)
    torn.write_bytes(torn.read_bytes()[:9000])
    engine.dispose()
    before = ids(database)
    for source in (other, torn, tmp_path / "absent.db", tmp_path):
        with pytest.raises(BackupFailed):
            restore(source, database, NOW)
    assert ids(database) == before
    assert beside(database) == ["waypost.db"]


def test_other_databases_are_sent_to_their_own_tools() -> None:
    with pytest.raises(BackupFailed, match="pg_dump"):
        database_file("postgresql+psycopg://localhost/waypost")
    with pytest.raises(BackupFailed, match="not kept in a file"):
        database_file("sqlite://")
    assert database_file("sqlite:////srv/waypost.db") == Path("/srv/waypost.db")


def test_the_commands_say_what_they_kept_and_restored(
    engine: Engine, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYPOST_DATABASE_URL", f"sqlite:///{database}")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    copy = str(tmp_path / "kept.db")
    kept = CliRunner().invoke(commands.backup, [copy])
    assert kept.exit_code == 0
    assert "races: 1, records: 10, the last at 2026-05-01T09:00:00+08:00" in kept.output
    with hold(database):
        refused = CliRunner().invoke(commands.restore, [copy])
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr.count("\n") == 1
    engine.dispose()
    assert "is kept as" in CliRunner().invoke(commands.restore, [copy]).output
