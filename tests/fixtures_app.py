"""A fresh database, an application on it, and Flask's test client: for tests that need no server process."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Engine

from app import create_app
from base.database import open_engine, writing
from base.migrating import migrate
from base.settings import Settings
from base.web import part_of
from facts.model import Race
from organize.views.club import GUESSES as LINK_GUESSES
from organize.views.club import SAVES
from people.live import Passwords, new_personal_token
from people.model import Account, Role
from people.store.accounts import add_account
from people.store.unions import first_union, name_union
from people.views.signing import GUESSES as PASSWORD_GUESSES
from people.views.signing import TRIES
from practice.views.duels import GUESSES as DUEL_GUESSES
from practice.views.duels import ROOMS
from practice.views.sheets import SHEETS
from race.commands.store_race import lay_down
from race.live.race import LiveRace
from race.live.races import Live
from race.live.referee import Referee
from race.views.api import GUESSES as JOIN_GUESSES
from tests.factories import SLUG, race_file
from tests.phones import Desk, OverFlask

NAME, PASSWORD = "李组织", "长亭外古道边芳草碧连天"
UNION = "区总工会"


@cache
def hashed() -> str:
    """The password's hash, made once: Argon2 is slow on purpose."""
    return Passwords().hash(PASSWORD)


class Compiled(BytecodeCache):
    """Templates once compiled are so for every application of the run: each would else compile them all anew."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template what was compiled of it before."""
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A database that was migrated once and holds nothing: its bytes, to begin each test with."""
    path = tmp_path_factory.mktemp("empty") / "waypost.db"
    engine = open_engine(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()  # the last to leave folds the write-ahead log in
    return path.read_bytes()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Where this test's database lies."""
    return tmp_path / "waypost.db"


@pytest.fixture
def url(database: Path, empty_database: bytes) -> str:
    """The address of a database with its tables and nothing in them."""
    database.write_bytes(empty_database)
    return f"sqlite:///{database}"


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """That database."""
    engine = open_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture
def race_row(engine: Engine) -> Race:
    """The small race, laid down in set-up."""
    return lay_down(engine, SLUG, race_file(), None, "test")


@pytest.fixture
def account(engine: Engine) -> Account:
    """An organizer's account."""
    with writing(engine) as connection:
        union = name_union(connection, first_union(connection), UNION)
        return add_account(connection, NAME, hashed(), union, Role.ORGANIZER, 0)


@pytest.fixture
def app(url: str, race_row: Race) -> Iterator[Flask]:
    """The application on the small race, still in set-up."""
    for limit in (PASSWORD_GUESSES, TRIES, JOIN_GUESSES, LINK_GUESSES, SAVES, SHEETS, ROOMS, DUEL_GUESSES):
        limit._failures.clear()
    app = create_app(Settings(url, "http://localhost:8000", "a secret of tests"))
    app.jinja_env.bytecode_cache = COMPILED
    yield app
    part_of(app, Referee)._writer.close()
    part_of(app, Engine).dispose()


@pytest.fixture
def live(app: Flask) -> Live:
    """The races in the application's memory."""
    return part_of(app, Live)


@pytest.fixture
def small(live: Live) -> "SmallRace":
    """The small race in memory, always the present one: `small().runs`."""
    return SmallRace(live)


class SmallRace:
    """Returns the small race as it is in memory now."""

    def __init__(self, live: Live) -> None:
        self.live = live

    def __call__(self) -> LiveRace:
        found = self.live.by_slug(SLUG)
        assert found
        return found


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor's browser."""
    return app.test_client()


@pytest.fixture
def organizer(app: Flask, account: Account) -> FlaskClient:
    """A browser in which an organizer has signed in."""
    browser = app.test_client()
    with browser.session_transaction() as session:
        session["account"] = account.id
    return browser


@pytest.fixture
def desk(app: Flask, race_row: Race, account: Account) -> Desk:
    """The organizer's program, with which a test starts the race and takes cards out of the box."""
    return Desk(OverFlask(app), race_row, new_personal_token(part_of(app, Engine), account, 0))
