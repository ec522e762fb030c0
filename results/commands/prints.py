"""`waypost print`: whatever of a race goes on paper, as PDF."""

from pathlib import Path
from typing import Any

import click
from sqlalchemy import Engine

from base.address import address_advice
from base.clock import now_ms
from base.commands import Refused, open_database, tell
from base.database import reading
from base.faults import FaultyInput
from base.languages import Words
from base.pdf import PrintingFailed
from base.settings import BadSetting, read_settings
from base.translate import Said, put, terminal_language
from facts.store import race_by_slug
from race.commands.files import no_race, write_whole
from race.live.race import load_race
from race.printing import LANGS, ORDERS, Choices, Job, unprintable
from race.store import load_logo
from results.printing import PRINTS, of_version
from results.store import load_publications

# Prints that the contract names and that come later: said clearly instead of called unknown.
COMING = ("map", "descriptions", "bibs")


@click.command(name="print")
@click.argument("slug")
@click.option("--what", required=True, type=click.Choice([*PRINTS, *COMING]))
@click.option("--lang", default="zh", show_default=True, type=click.Choice(LANGS))
@click.option("--by", default="", type=click.Choice(["", *ORDERS]), help="starts, checkin: in which order.")
@click.option("--first", type=click.IntRange(1, 100_000), help="results: places up to this one only.")
@click.option("--names", is_flag=True, help="results: with the members' names.")
@click.option("--version", type=click.IntRange(1, 100_000), help="results: the number of the published version.")
@click.option("--award", default="", help="certificates: of this award only.")
@click.option("--finishers", is_flag=True, help="certificates: for all who finished, instead of awards.")
@click.option("--each", is_flag=True, help="certificates: one for each member.")
@click.option("--bank", default="", help="proof: of this bank only, by its id.")
@click.option("--part", type=click.IntRange(1, 1000), help="proof: which thousand questions of a large bank.")
@click.option("-o", "target", required=True, type=click.Path(dir_okay=False, path_type=Path))
def print_command(slug: str, what: str, lang: str, target: Path, **chosen: Any) -> None:
    """Print signs, cards, lists and certificates of a race."""
    if what in COMING:
        raise Refused(Words("%(what)s cannot be printed by this version of Waypost yet.", {"what": what}))
    engine = open_database()
    job = job_of(engine, slug, public_url(), lang, Choices(**chosen))
    if PRINTS[what].has_address and (advice := address_advice(job.public_url)):
        warn(advice)
    warn_of_empty_boxes(job)
    try:
        made = PRINTS[what].make(job)
    except PrintingFailed as failed:
        raise Refused(failed.words) from None
    write_whole(made, target)
    tell(str(target))


def public_url() -> str:
    """Return the address that codes hold."""
    try:
        return read_settings().public_url
    except BadSetting as bad:
        raise Refused(bad.words) from None


def job_of(engine: Engine, slug: str, address: str, lang: str, choices: Choices) -> Job:
    """Return what a print of a race is made from: as the database holds it now, or as it was published."""
    with reading(engine) as connection:
        race = race_by_slug(connection, slug)
        if race is None:
            raise no_race(slug)
        try:
            live = load_race(connection, race)
        except FaultyInput as faulty:
            raise Refused(faulty.faults[0].words) from None
        versions, logo = load_publications(connection, race.id), load_logo(connection, race.id)
    scored, digests = live.scored(), live.digests
    job = Job(slug, race.stage, live.setup, race.secret, address, scored, now_ms(), lang, choices, None, digests, logo)
    upon = of_version(job, versions)
    if upon is None:
        raise Refused(Words("There is no version %(version)s of this result list.", {"version": choices.version}))
    return upon


def warn_of_empty_boxes(job: Job) -> None:
    """Say which characters no font has, before paper is spent."""
    if lacking := unprintable(job.setup):
        warn(Words("No font has these characters, so paper shows empty boxes: %(list)s", {"list": " ".join(lacking)}))


def warn(said: Said) -> None:
    """Say in red what a person should know before going on."""
    click.secho(put(said, terminal_language()), fg="red", err=True)
