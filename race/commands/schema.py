"""`waypost schema`: the JSON Schema of the race file and of a fact."""

import json

import click

from race.forms.schema import SCHEMA


@click.command()
def schema() -> None:
    """Print the JSON Schema of the race file and of a fact."""
    click.echo(json.dumps(SCHEMA, ensure_ascii=False, indent=1))
