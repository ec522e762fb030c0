"""Backups of the embedded database: a consistent copy while the server runs, and putting one back.

A copy is made beside its target, checked, synced to disk and then renamed, so a file under the wanted name is whole or
is not there. PostgreSQL has its own tools, and they are named where somebody asks.
"""

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.engine import make_url

from base.holding import Held, hold
from base.languages import Words

# "WAYP": marks our backups in SQLite's own header field for that.
APPLICATION = 0x57415950
NEEDED = frozenset({"race", "fact"})
SQLITE_HEADER = b"SQLite format 3\x00"
IN_USE = Words("A server is using this database. Stop it, then restore. Nothing was changed.")


class BackupFailed(Exception):  # noqa: N818  it reads as what happened
    """Nothing was changed; `words` say why and what to do."""

    def __init__(self, words: Words) -> None:
        super().__init__(str(words))
        self.words = words


@dataclass(frozen=True, slots=True)
class Content:
    """What a database holds: how many races and facts, and when its last fact was received (UTC milliseconds)."""

    races: int
    facts: int
    last_at: int | None


def database_file(url: str) -> Path:
    """Return the file of a SQLite address. Raises `BackupFailed` for any other database."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        raise BackupFailed(
            Words("This database is PostgreSQL: use pg_dump to keep a copy of it and pg_restore to put it back.")
        )
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        raise BackupFailed(Words("This database is not kept in a file, so there is nothing to copy."))
    return Path(parsed.database)


def backup(database: Path, target: Path) -> Content:
    """Copy a database, in use or not, to `target`. Only an earlier backup is ever replaced there."""
    if not database.is_file():
        raise BackupFailed(Words("There is no database at %(path)s yet.", {"path": str(database)}))
    if target.is_dir():
        raise BackupFailed(Words("%(path)s is a folder. Name a file in it.", {"path": str(target)}))
    if target.exists() and (target.samefile(database) or _application(target) != APPLICATION):
        raise BackupFailed(
            Words(
                "%(path)s is there already and is not a backup, so it stays. Name another file.", {"path": str(target)}
            )
        )
    with _taking_place_of(target) as new:
        _copy(database, new, APPLICATION)
        return _check(new)


def restore(source: Path, database: Path, now: datetime) -> tuple[Content, Path | None]:
    """Put a backup in the place of the database, which is kept beside it under a name with `now` (UTC).

    Returns what the backup holds and where the replaced database is kept. Refused while a server holds the database.
    """
    if not source.exists():
        raise BackupFailed(Words("There is no file %(path)s. Nothing was changed.", {"path": str(source)}))
    if not source.is_file() or _application(source) != APPLICATION:
        raise BackupFailed(
            Words("%(path)s is not a backup made by `waypost backup`. Nothing was changed.", {"path": str(source)})
        )
    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = database.with_name(f"{database.name}.before-{now.astimezone(UTC):%Y%m%d-%H%M%S}")
    try:
        lock = hold(database, alone=True)
    except Held as error:
        raise BackupFailed(IN_USE) from error
    except OSError as error:
        raise BackupFailed(_unwritable(database, error)) from error
    with lock, _taking_place_of(database) as new:
        _copy(source, new, 0)
        content = _check(new)
        kept = _keep_aside(database, aside) if database.exists() else None
    return content, kept


@contextlib.contextmanager
def _taking_place_of(target: Path) -> Iterator[Path]:
    """Give a new file's name; it takes the target's place when the block ends well, and is gone when not."""
    new = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        # Made for its owner only before anything is in it: it holds names, telephone numbers and keys.
        os.close(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        yield new
        _sync(new)
        new.replace(target)
        _sync(target.parent)
    except OSError as error:
        raise BackupFailed(_unwritable(target, error)) from error
    finally:
        for leftover in (new, *_beside(new)):
            leftover.unlink(missing_ok=True)


def _unwritable(path: Path, error: OSError) -> Words:
    return Words("%(path)s cannot be written: %(reason)s.", {"path": str(path), "reason": str(error.strerror)})


def _copy(source: Path, target: Path, application: int) -> None:
    try:
        with contextlib.closing(_open(source)) as old, contextlib.closing(sqlite3.connect(target)) as new:
            # In one step: a read in WAL keeps nobody from writing, while small steps start anew at each write.
            old.backup(new)
            new.execute("PRAGMA journal_mode=DELETE")
            new.execute(f"PRAGMA application_id={application}")
    except sqlite3.Error as error:
        raise BackupFailed(
            Words("%(path)s cannot be read: %(reason)s.", {"path": str(source), "reason": str(error)})
        ) from error


def _check(copy: Path) -> Content:
    try:
        with contextlib.closing(sqlite3.connect(copy)) as connection:
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if found != "ok" or not tables >= NEEDED:
                raise BackupFailed(
                    Words(
                        "The copy is damaged (%(reason)s), so it was thrown away.", {"reason": found.splitlines()[-1]}
                    )
                )
            races = connection.execute("SELECT count(*) FROM race").fetchone()[0]
            facts, last_at = connection.execute("SELECT count(*), max(received_at) FROM fact").fetchone()
    except sqlite3.Error as error:
        raise BackupFailed(
            Words("The copy is damaged (%(reason)s), so it was thrown away.", {"reason": str(error)})
        ) from error
    return Content(races, facts, last_at)


def _keep_aside(database: Path, aside: Path) -> Path:
    """Keep a second name for the database about to be replaced, with all that was written to it."""
    if _application(database) is not None:  # what is no database any more is not opened: opening would drop its rest
        _refuse_while_held(database)
    # A second name, not a new one: until the very end there is a database under its own name.
    try:
        os.link(database, aside)
    except OSError:
        shutil.copy2(database, aside)  # a disk that knows no second names
    for leftover in _beside(database):
        # Only a database too damaged to open still has these; they are part of it.
        if leftover.exists():
            leftover.replace(aside.with_name(leftover.name.replace(database.name, aside.name, 1)))
    return aside


def _refuse_while_held(database: Path) -> None:
    """Raise if any process has the database open. Leaving WAL needs it alone, and puts all that waits into the file."""
    try:
        with contextlib.closing(_open(database)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE").fetchone()
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise BackupFailed(IN_USE) from error
    except sqlite3.DatabaseError:
        return  # damaged: the reason to restore


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=1)
    connection.isolation_level = None
    return connection


def _application(path: Path) -> int | None:
    """Return a SQLite file's application id, read from its header, or None where it is no such file."""
    with contextlib.suppress(OSError), path.open("rb") as file:
        head = file.read(72)
        if len(head) == 72 and head.startswith(SQLITE_HEADER):
            return int.from_bytes(head[68:72], "big")
    return None


def _beside(database: Path) -> list[Path]:
    return [database.with_name(database.name + ending) for ending in ("-wal", "-shm", "-journal")]


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
