"""The server's tests run twice: in one process on SQLite, and in two on PostgreSQL with Redis between them."""

from collections.abc import Iterator

import pytest

from base.database import open_engine
from base.migrating import migrate
from bench.postgres import Cluster, Post
from tools.parts import FINDERS, POSTGRES, REDIS


@pytest.fixture(scope="session")
def post() -> Iterator[Post]:
    """A Redis server."""
    post = Post()
    yield post
    post.stop()


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server whose database `empty` was migrated and holds nothing."""
    cluster = Cluster()
    cluster.do("CREATE DATABASE empty")
    migrate(open_engine(cluster.url("empty")))
    yield cluster
    cluster.stop()


@pytest.fixture(params=["one process on SQLite", "two on PostgreSQL"])
def url(request: pytest.FixtureRequest, url: str) -> str:
    """The address of this test's empty database."""
    if "SQLite" in request.param:
        return url
    for part, find in FINDERS:
        if part in (POSTGRES, REDIS) and find() is None:
            pytest.skip(f"no {part.name}: {part.install_line}")
    cluster: Cluster = request.getfixturevalue("cluster")
    return cluster.fresh("empty")


@pytest.fixture
def redis_url(request: pytest.FixtureRequest, url: str) -> str | None:
    """Where the two hear of each other."""
    if url.startswith("sqlite"):
        return None
    post: Post = request.getfixturevalue("post")
    return post.url
