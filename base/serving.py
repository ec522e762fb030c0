"""`waypost serve`: the production server, in a process of its own, since it must patch the world before it imports."""

import os
import sys
from pathlib import Path

import click

from base.commands import Refused
from base.languages import Words
from base.settings import BadSetting, Settings, read_settings
from base.translate import put, terminal_language

ROOT = Path(__file__).resolve().parent.parent
WRONG_USAGE = 2


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on; 0.0.0.0 is all.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64))
def serve(host: str, port: int, workers: int) -> None:
    """Serve until told to stop."""
    try:
        settings = read_settings(port)
    except BadSetting as bad:
        raise Refused(bad.words) from None
    if workers > 1 and (lacking := _lacking(settings)):
        click.echo(put(lacking, terminal_language()), err=True)
        sys.exit(WRONG_USAGE)
    os.environ["WAYPOST_PUBLIC_URL"] = settings.public_url
    line = server_line(host, port) if workers == 1 else _processes_line(host, port, workers)
    os.execv(sys.executable, line)  # noqa: S606  our own interpreter and our own server


def _lacking(settings: Settings) -> Words | None:
    """Return what several processes need and these settings do not give them."""
    if settings.database_url.startswith("sqlite"):
        return Words("SQLite has one writer, so Waypost serves with one worker. Several need PostgreSQL and Redis.")
    if not settings.redis_url:
        return Words("Several workers tell each other what came over Redis. Name it in WAYPOST_REDIS_URL.")
    return None


def _processes_line(host: str, port: int, workers: int) -> list[str]:
    place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", str(ROOT / "processes.py"), "--chdir", str(ROOT)]
    return [*gunicorn, "--bind", place, "--workers", str(workers)]


def server_line(host: str, port: int) -> list[str]:
    """Return the command line of the server process."""
    return [sys.executable, str(ROOT / "server.py"), host, str(port)]


def command_line(*words: str) -> list[str]:
    """Return the command line of `waypost` in a process of its own, to be run from the house's folder."""
    return [sys.executable, "-c", "from app import main; main()", *words]
