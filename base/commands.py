"""What an operator types: `waypost backup`, `waypost restore`, `waypost doctor`."""

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy import Engine

from base import backups, doctor
from base.clock import format_instant, now_ms
from base.database import BadSetting, check_url, default_url, instance_folder, open_engine
from base.fonts import ROOT
from base.languages import Words
from base.migrating import Unusable, migrate
from base.translate import Said, put, terminal_language

DEFAULT_TIMEZONE = "Asia/Shanghai"


class Refused(click.ClickException):
    """A command that did not do its work: one line on stderr in the person's language, exit status 1."""

    def __init__(self, said: Said) -> None:
        super().__init__(put(said, terminal_language()))

    def show(self, file: object = None) -> None:  # noqa: ARG002  click's own signature
        """Print the line."""
        click.echo(self.message, err=True)


def tell(said: Said) -> None:
    """Print a line in the language of the terminal."""
    click.echo(put(said, terminal_language()))


def open_database() -> Engine:
    """Return the engine of the environment's database, brought to this version's shape."""
    engine = open_engine(default_url())
    try:
        migrate(engine)
    except Unusable as unusable:
        raise Refused(unusable.words) from None
    return engine


class Commands(click.Group):
    """All commands: a setting that cannot be used is told in words, whichever of them meets it."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except BadSetting as bad:
            raise Refused(bad.words) from None


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Keep a consistent copy of the database in FILE, also while the server runs."""
    try:
        held = backups.backup(backups.database_file(default_url()), file)
    except backups.BackupFailed as failed:
        raise Refused(failed.words) from failed
    tell(Words("Kept in %(path)s: %(held)s.", {"path": str(file), "held": _held(held)}))
    tell(Words("It holds names, telephone numbers and keys. Keep it where only you can read it."))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def restore(file: Path) -> None:
    """Put the backup in FILE in the place of the database, which is kept beside it. Stop the server first."""
    try:
        held, kept = backups.restore(file, backups.database_file(default_url()), datetime.now(UTC))
    except backups.BackupFailed as failed:
        raise Refused(failed.words) from failed
    tell(Words("Restored from %(path)s: %(held)s.", {"path": str(file), "held": _held(held)}))
    if kept:
        tell(Words("The database that was there is kept as %(path)s.", {"path": str(kept)}))


def _held(held: backups.Content) -> Words:
    numbers = {"races": held.races, "facts": held.facts}
    if held.last_at is None:
        return Words("races: %(races)s, no records", numbers)
    latest = format_instant(held.last_at // 1000 * 1000, os.environ.get("WAYPOST_TIMEZONE", DEFAULT_TIMEZONE))
    return Words("races: %(races)s, records: %(facts)s, the last at %(latest)s", {**numbers, "latest": latest})


@click.command(name="doctor")
def doctor_() -> None:
    """Check database, clock, secret, address, fonts and disk, and say what to do. Exits 1 if something is wrong."""
    language = terminal_language()
    wrong = 0
    for finding in _examine():
        click.echo(f"{finding.grade} {put(finding.words, language)}")
        wrong += finding.grade is doctor.Grade.MEND
    if wrong:
        sys.exit(1)


def _examine() -> Iterator[doctor.Finding]:
    folder, now = instance_folder(), now_ms()
    yield from doctor.folder_findings(folder)
    yield from doctor.secret_findings(folder, os.environ.get("WAYPOST_SECRET_KEY"))
    # The address of the database as it would be, without making its folder as a server does.
    url = os.environ.get("WAYPOST_DATABASE_URL") or f"sqlite:///{folder / 'waypost.db'}"
    try:
        check_url(url)
    except BadSetting as bad:
        yield doctor.mend(bad.words)
    else:
        engine = open_engine(url)
        yield from doctor.database_findings(engine, now)
        engine.dispose()
    yield from doctor.sharing_findings(os.environ.get("WAYPOST_REDIS_URL"))
    yield from doctor.address_findings(os.environ.get("WAYPOST_PUBLIC_URL"))
    yield from doctor.parts_findings(ROOT)
    yield from doctor.machine_findings(now, os.environ.get("WAYPOST_TIMEZONE", DEFAULT_TIMEZONE))
