"""`waypost print`: signs and cards as PDF."""

from pathlib import Path

import click

from base.commands import Refused, open_database, tell
from base.database import reading
from base.doctor import address_advice
from base.faults import FaultyInput
from base.languages import Words
from base.pdf import PrintingFailed
from base.settings import BadSetting, read_settings
from base.translate import put, terminal_language
from facts.store import race_by_slug
from race.commands.files import no_race, write_whole
from race.forms.file import read_race_file
from race.printing import PRINTS, print_pdf, unprintable
from race.store import load_setup


@click.command(name="print")
@click.argument("slug")
@click.option("--what", required=True, type=click.Choice(list(PRINTS)))
@click.option("--lang", default="zh", show_default=True, type=click.Choice(["zh", "en", "zh+en"]))
@click.option("-o", "target", required=True, type=click.Path(dir_okay=False, path_type=Path))
def print_command(slug: str, what: str, lang: str, target: Path) -> None:
    """Print a race's signs, team cards or marshals' cards."""
    try:
        public_url = read_settings().public_url
    except BadSetting as bad:
        raise Refused(bad.words) from None
    with reading(open_database()) as connection:
        race = race_by_slug(connection, slug)
        if race is None:
            raise no_race(slug)
        try:
            setup = read_race_file(load_setup(connection, race.id))
        except FaultyInput as faulty:
            raise Refused(faulty.faults[0].words) from None
    if advice := address_advice(public_url):
        click.secho(put(advice, terminal_language()), fg="red", err=True)
    if lacking := unprintable(setup):
        boxes = Words("No font has these characters, so paper shows empty boxes: %(list)s", {"list": " ".join(lacking)})
        click.secho(put(boxes, terminal_language()), fg="red", err=True)
    try:
        made = print_pdf(what, setup, race.secret, public_url, lang)
    except PrintingFailed as failed:
        raise Refused(failed.words) from None
    write_whole(made, target)
    tell(str(target))
