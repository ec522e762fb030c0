"""A real server process on a free port of this machine, on this test's own database, stopped by its own number."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from facts.model import Race
from people.live import new_personal_token
from people.model import Account
from tests.phones import Desk
from tests.serving import Browser, Served


@pytest.fixture
def redis_url() -> str | None:
    """Where several server processes hear of each other; None: there is one."""
    return None


@pytest.fixture
def serve(url: str, redis_url: str | None, tmp_path: Path, race_row: Race) -> Iterator[Callable[[], Served]]:
    """Returns a server that answers; all of them are gone at the end of the test."""
    started: list[Served] = []

    def start() -> Served:
        served = Served(url, tmp_path, redis_url)
        started.append(served)
        served.wait_until_it_answers()
        return served

    yield start
    for served in started:
        served.stop()


@pytest.fixture
def served(serve: Callable[[], Served]) -> Served:
    """One server."""
    return serve()


@pytest.fixture
def far_desk(served: Served, engine: Engine, race_row: Race, account: Account) -> Desk:
    """The organizer's program, speaking to the server over a socket."""
    return Desk(served.line, race_row, new_personal_token(engine, account, 0))


@pytest.fixture
def browser(served: Served, account: Account) -> Browser:
    """An organizer's browser on the server."""
    return Browser(served.port)
