from pathlib import Path

import pytest
from click.testing import CliRunner

from app import main
from base.serving import serve
from base.settings import read_settings

POSTGRES = "postgresql+psycopg://waypost@127.0.0.1:1/waypost"


@pytest.mark.parametrize(
    ("database", "redis", "said"),
    [
        ("", "redis://127.0.0.1:6379/0", "SQLite"),
        (POSTGRES, "", "WAYPOST_REDIS_URL"),
    ],
)
def test_several_workers_need_a_database_and_a_line_that_they_can_share(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database: str, redis: str, said: str
) -> None:
    monkeypatch.setenv("WAYPOST_INSTANCE", str(tmp_path))
    monkeypatch.setenv("WAYPOST_DATABASE_URL", database)
    monkeypatch.setenv("WAYPOST_REDIS_URL", redis)
    refused = CliRunner().invoke(serve, ["--workers", "2"])
    assert refused.exit_code == 2
    assert said in refused.output


def test_an_address_that_is_no_redis_is_refused_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYPOST_INSTANCE", str(tmp_path))
    monkeypatch.setenv("WAYPOST_REDIS_URL", "http://example.com")
    refused = CliRunner().invoke(main, ["serve"])
    assert refused.exit_code == 1
    assert "redis://" in refused.output


def test_proxies_are_named_by_their_addresses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name would have to be looked up for each request, and whoever answers for it would be believed."""
    monkeypatch.setenv("WAYPOST_INSTANCE", str(tmp_path))
    monkeypatch.setenv("WAYPOST_PROXIES", "10.0.0.2, fd00:0::2")
    assert read_settings().proxies == {"127.0.0.1", "::1", "10.0.0.2", "fd00::2"}
    monkeypatch.setenv("WAYPOST_PROXIES", "caddy")
    refused = CliRunner().invoke(main, ["serve"])
    assert refused.exit_code == 1
    assert "10.0.0.2" in refused.output
