"""`waypost import` and `waypost export`: races in and out of the database as files."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Engine

from base.clock import format_instant, now_ms
from base.database import default_url, open_engine, reading
from base.faults import FaultyInput
from base.migrating import migrate
from base.translate import put
from facts.model import Fact
from facts.store import race_by_slug, since
from maps.exchange.pictures import read_picture
from maps.model import Picture
from race.commands.store_race import lay_down, merge
from race.exchange.files import MOST_BYTES, read_file
from race.store import load_setup

NOBODY = "command line"


def open_database() -> Engine:
    """Return the engine of the environment's database, brought to this version's shape."""
    engine = open_engine(default_url())
    migrate(engine)
    return engine


def failed(words: str) -> click.ClickException:
    """Return what ends a command with status 1 and one line on stderr."""
    return click.ClickException(words)


@click.command(name="import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--race", "slug", help="The race to put it in; without it, the one the race file names.")
@click.option("--lang", default="zh", type=click.Choice(["zh", "en"]), help="The language of what is said.")
def import_files(files: tuple[Path, ...], slug: str | None, lang: str) -> None:
    """Read FILES into a race: a race file, CourseData, entries, banks, KML, GPX. All of them or nothing."""
    whole: dict[str, Any] = {}
    picture = None
    for path in files:
        if path.stat().st_size > MOST_BYTES:
            raise failed(f"{path.name}: larger than {MOST_BYTES // 1024 // 1024} MB")
        try:
            part = read_file(path.name, path.read_bytes(), None)
        except FaultyInput as faulty:
            for fault in faulty.faults:
                click.echo(f"{path.name}: {fault.path}: {put(fault.words, lang)}".replace(": :", ":"), err=True)
            raise failed(f"{path.name} cannot be read as it is; nothing was changed.") from None
        refused = part.pop("refused", [])
        click.echo(f"{path.name}: {_contents(part)}")
        for item in refused:
            click.echo(f"  ! {item.get('line') or item.get('path') or ''} {item['reason']}")
        picture = _picture(path, part) or picture
        whole = merge(whole, part)
    name = slug or whole.get("race", {}).get("slug")
    if not name:
        raise failed("Which race is this for? Name it: --race SLUG")
    try:
        lay_down(open_database(), name.lower(), whole, picture, NOBODY)
    except FaultyInput as faulty:
        for fault in faulty.faults:
            click.echo(f"  ! {fault.path}: {put(fault.words, lang)}", err=True)
        raise failed("These files make no sound race together; nothing was changed.") from None
    click.echo(f"→ {name}")


def _contents(part: dict[str, Any]) -> str:
    counts = [f"{len(value)} {name}" for name, value in part.items() if isinstance(value, list)]
    questions = sum(len(bank.get("questions", [])) for bank in part.get("banks", []))
    return ", ".join([*counts, f"{questions} questions"] if questions else counts) or "race"


def _picture(path: Path, part: dict[str, Any]) -> Picture | None:
    """Return the map's picture, which a race file names beside itself."""
    image = part.get("map", {}).get("image")
    if not image:
        return None
    beside = path.parent / Path(image).name
    if not beside.is_file():
        raise failed(f"{path.name}: its map picture {Path(image).name} is not beside it")
    try:
        return read_picture(beside.read_bytes())
    except FaultyInput as faulty:
        raise failed(f"{beside.name}: {faulty.faults[0].words}") from None


@click.command(name="export")
@click.argument("slug")
@click.option("--to", "kind", required=True, type=click.Choice(["race", "facts"]))
@click.option("-o", "target", type=click.Path(dir_okay=False, path_type=Path), help="A file; without it, the screen.")
def export(slug: str, kind: str, target: Path | None) -> None:
    """Write a race out as a race file, or its facts as JSON Lines."""
    engine = open_database()
    with reading(engine) as connection:
        race = race_by_slug(connection, slug)
        if race is None:
            raise failed(f"There is no race {slug}.")
        setup = load_setup(connection, race.id)
        if kind == "race":
            lines: Iterator[str] = iter([json.dumps(setup, ensure_ascii=False, indent=1)])
        else:
            timezone = setup.get("race", {}).get("timezone", "UTC")
            facts = [fact for fact in since(connection, race.id) if fact.log == race.log and fact.kind != "setup"]
            lines = (json.dumps(fact_to_json(fact, timezone), ensure_ascii=False) for fact in facts)
        text = "".join(f"{line}\n" for line in lines)
    write_whole(text.encode(), target)


def fact_to_json(fact: Fact, timezone: str) -> dict[str, Any]:
    """Return a fact as a line of a fact file: its body's fields beside the common ones, what is absent left out."""
    common = {
        "id": fact.id,
        "kind": fact.kind,
        "entry": fact.entry,
        "checkpoint": fact.checkpoint,
        "at": format_instant(fact.at, timezone),
        "received_at": format_instant(fact.received_at, timezone),
        "by": fact.by,
    }
    body = {name: value for name, value in fact.body.items() if name not in ("phone_at", "device")}
    return {name: value for name, value in {**common, **body}.items() if value is not None}


def write_whole(data: bytes, target: Path | None) -> None:
    """Write all of it or nothing: to a file beside and then in its place, or to the screen."""
    if target is None:
        sys.stdout.buffer.write(data)
        return
    beside = target.with_name(f".{target.name}.{now_ms()}")
    try:
        beside.write_bytes(data)
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise failed(f"{target} cannot be written: {error.strerror}") from None
