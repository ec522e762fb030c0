"""`waypost serve`: the production server, in a process of its own, since it must patch the world before it imports."""

import os
import sys
from pathlib import Path

import click

from base.commands import Refused
from base.languages import Words
from base.settings import BadSetting, read_settings
from base.translate import put, terminal_language

ROOT = Path(__file__).resolve().parent.parent
WRONG_USAGE = 2


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on; 0.0.0.0 is all.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64))
def serve(host: str, port: int, workers: int) -> None:
    """Serve until told to stop."""
    if workers > 1:
        one = Words("SQLite has one writer, so Waypost serves with one worker.")
        click.echo(put(one, terminal_language()), err=True)
        sys.exit(WRONG_USAGE)
    try:
        read_settings(port)
    except BadSetting as bad:
        raise Refused(bad.words) from None
    os.execv(sys.executable, server_line(host, port))  # noqa: S606  our own interpreter and our own server


def server_line(host: str, port: int) -> list[str]:
    """Return the command line of the server process."""
    return [sys.executable, str(ROOT / "server.py"), host, str(port)]


def command_line(*words: str) -> list[str]:
    """Return the command line of `waypost` in a process of its own, to be run from the house's folder."""
    return [sys.executable, "-c", "from app import main; main()", *words]
