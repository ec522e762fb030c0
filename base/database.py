"""The database: one engine, safe settings, and where the embedded one lives.

SQLite runs in WAL with `synchronous=FULL`, so that what was answered "accepted" is on disk. Writers open with
BEGIN IMMEDIATE: two of them queue, and neither finds out halfway that it lost. On PostgreSQL a lock does the same for
all who change the set-up, whichever process they are in; the log has its own, the race's row.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, MetaData, NullPool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from base.languages import Words

T = TypeVar("T")

metadata = MetaData()

BUSY_MS = 10_000
# "WAYPOST": the lock that PostgreSQL's writers of set-up queue for, as SQLite's do for the file.
DESK_LOCK = 0x574159504F5354

# The execution option `writing` of a connection that appends to logs and does nothing else, and of one that asks one
# question at a time: PostgreSQL needs no word of how to begin.
LOG, LOOK = "log", "look"

# What a full disk raises, or a database that somebody else holds for longer than that.
Unwritable = OperationalError


class BadSetting(Exception):  # noqa: N818  it is the operator's to mend, and says how
    """A setting that cannot be used; `words` say why and what to do."""

    def __init__(self, words: Words) -> None:
        super().__init__(str(words))
        self.words = words


def instance_folder() -> Path:
    """Return the folder for the database and the secret: `WAYPOST_INSTANCE`, else `instance/` in the project."""
    return Path(os.environ.get("WAYPOST_INSTANCE", Path(__file__).resolve().parent.parent / "instance"))


def default_url() -> str:
    """Return `WAYPOST_DATABASE_URL`, else SQLite in the instance folder, which is made if absent.

    Raises:
        BadSetting: the address names no database that works here, or the folder cannot be made.

    """
    url = os.environ.get("WAYPOST_DATABASE_URL")
    if url:
        check_url(url)
        return url
    return f"sqlite:///{make_folder(instance_folder()) / 'waypost.db'}"


def make_folder(folder: Path) -> Path:
    """Return the instance folder, made if absent, for its owner alone."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise BadSetting(
            Words(
                "The folder %(path)s cannot be made: %(reason)s. Name another in WAYPOST_INSTANCE.",
                {"path": str(folder), "reason": error.strerror},
            )
        ) from error
    return folder


def check_url(url: str) -> None:
    """Refuse an address of no known database, or of one whose driver is not installed. It may hold a password."""
    try:
        make_url(url).get_dialect().import_dbapi()
    except (ArgumentError, ImportError, ValueError) as error:
        raise BadSetting(
            Words(
                "WAYPOST_DATABASE_URL names no database that works here. Write it as sqlite:////path/to/file.db or as "
                "postgresql+psycopg://user:password@host/name"
            )
        ) from error


def open_engine(url: str) -> Engine:
    """Return an engine whose connections are durable, checked for foreign keys, and patient with each other.

    Its errors do not repeat what was to be written: that may be names and telephone numbers.
    """
    # A connection a use: opening one costs a millisecond or a few, no punch needs one, and no pool's locks are shared
    # between the event loop and the threads that commit.
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)
    else:
        event.listen(engine, "begin", _on_begin_elsewhere)
    return engine


def _on_connect(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver must not open transactions by itself: `_on_begin` says which kind it is.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout={BUSY_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "temp_store=MEMORY",
        "secure_delete=ON",  # what was erased is gone from the file too, not only from the tables
    ):
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _on_begin_elsewhere(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    if writing in (LOG, LOOK):
        return  # the one queues for the row of its race; what the other sees agrees within each answer
    if writing:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({DESK_LOCK})")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection that sees one consistent state and writes nothing."""
    with engine.connect() as connection:
        yield connection


class Line:
    """A reader that looks again and again, one question at a look.

    On PostgreSQL its connection stays, and a look is one way there and back: a new one costs more than many looks.
    SQLite's cost next to nothing.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None

    def look(self, ask: Callable[[Connection], T]) -> T:
        """Return what `ask` reads by one statement. It may be called twice: the database may have been started anew."""
        if self._engine.dialect.name == "sqlite":
            with reading(self._engine) as connection:
                return ask(connection)
        if self._connection is not None:
            try:
                return self._asked(self._connection, ask)
            except Unwritable:
                self._connection.close()
        options: dict[str, Any] = {"isolation_level": "AUTOCOMMIT", "writing": LOOK}
        self._connection = self._engine.connect().execution_options(**options)
        return self._asked(self._connection, ask)

    @staticmethod
    def _asked(connection: Connection, ask: Callable[[Connection], T]) -> T:
        with connection.begin():
            return ask(connection)


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection in a write transaction: all of it is committed, or on an exception nothing."""
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        yield connection
