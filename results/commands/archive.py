"""`waypost archive`: everything of a race in one file."""

from pathlib import Path

import click

from base.clock import now_ms
from base.commands import Refused, open_database, tell
from base.database import reading
from base.languages import Words
from facts.store import race_by_slug
from race.commands.files import no_race
from results.exchange.archive import parts_of, write_archive
from results.live import pack


@click.command()
@click.argument("slug")
@click.option("-o", "target", required=True, type=click.Path(dir_okay=False, path_type=Path), help="A .zip file.")
def archive(slug: str, target: Path) -> None:
    """Pack everything of a race into one file: race file, facts, every published list, pictures."""
    with reading(open_database()) as connection:
        race = race_by_slug(connection, slug)
        if race is None:
            raise no_race(slug)
        beside = target.with_name(f".{target.name}.{now_ms()}")
        try:
            # Moved into its place when it is whole: a full disk leaves no half of an archive under its name.
            with beside.open("wb") as file:
                write_archive(file, parts_of(pack(connection, race, now_ms())))
            beside.replace(target)
        except OSError as error:
            beside.unlink(missing_ok=True)
            words = Words("%(file)s cannot be written: %(why)s", {"file": str(target), "why": error.strerror})
            raise Refused(words) from None
    tell(str(target))
