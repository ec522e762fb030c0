"""`waypost read`: what a file holds, without touching any database."""

import json
import sys
from pathlib import Path

import click

from base.faults import FaultyInput
from base.translate import put, terminal_language
from race.commands.files import tell_progress
from race.exchange.files import KINDS, Part, read_file
from race.forms.file import read_race_file, setup_to_json


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "kind", type=click.Choice(KINDS), help="What FILE is, where it is taken for something else.")
def read(file: Path, kind: str | None) -> None:
    """Print, as JSON, the part of a race file that FILE holds, and under "refused" what it could not take."""
    language = terminal_language()
    try:
        part = read_file(file.name, file.read_bytes(), kind, tell_progress)
        if part.kind == "race":
            part = Part("race", setup_to_json(read_race_file(part.data)))
    except FaultyInput as faulty:
        _print(Part(kind or "", {}, tuple(faulty.faults)), language)
        first = faulty.faults[0]
        where = f"{file.name}, {first.path}" if first.path else file.name
        click.echo(f"{where}: {put(first.words, language)}", err=True)
        sys.exit(1)
    _print(part, language)


def _print(part: Part, language: str) -> None:
    click.echo(json.dumps(part.to_json(language), ensure_ascii=False, indent=1))
