"""`waypost report`: a race in numbers, for those above, as a Word document or a PDF."""

from pathlib import Path

import click

from base.commands import Refused, open_database, tell
from base.languages import Words
from base.pdf import PrintingFailed
from race.commands.files import write_whole
from race.printing import Choices
from results.commands.prints import job_of, warn_of_empty_boxes
from results.printing import PRINTS


@click.command()
@click.argument("slug")
@click.option("--lang", default="zh", show_default=True, type=click.Choice(["zh", "en"]))
@click.option("--first", type=click.IntRange(1, 100_000), help="Places up to this one only.")
@click.option("--names", is_flag=True, help="With the members' names.")
@click.option("-o", "target", required=True, type=click.Path(dir_okay=False, path_type=Path), help=".docx or .pdf")
def report(slug: str, lang: str, first: int | None, names: bool, target: Path) -> None:
    """Write the report of a race: numbers, charts, awards, the result list."""
    made_by = {".docx": PRINTS["report"].word, ".pdf": PRINTS["report"].make}.get(target.suffix.lower())
    if made_by is None:
        raise Refused(Words("%(file)s: name a file that ends in .docx or .pdf.", {"file": target.name}))
    engine = open_database()
    job = job_of(engine, slug, "", lang, Choices(first=first, names=names))
    warn_of_empty_boxes(job)
    try:
        made = made_by(job)
    except PrintingFailed as failed:
        raise Refused(failed.words) from None
    write_whole(made, target)
    tell(str(target))
