"""`waypost import`: files into the database, and what other commands share with it."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Engine

from base.clock import now_ms
from base.commands import Refused, open_database, tell
from base.database import reading
from base.faults import FaultyInput
from base.languages import Words
from base.translate import put, terminal_language
from facts.store import race_by_slug
from maps.exchange.pictures import read_picture
from maps.model import Picture
from people.model import Union
from people.store.unions import owns, union_by_name
from race.commands.store_race import lay_down, merge, misshapen
from race.exchange.files import MOST_BYTES, Part, read_file
from race.forms.file import VERSION
from race.rules.entering import EntryFile, FileFault

# Whose hand a set-up fact names that was laid down at the terminal.
BY = "operator"
# From so many questions on a terminal shows how far the reading is.
LARGE = 2000


def no_race(slug: str) -> Refused:
    """Return the refusal of a race that is not there."""
    return Refused(Words("There is no race %(slug)s here.", {"slug": slug}))


@click.command(name="import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--race", "slug", help="The race to put it in; without it, the one the race file names.")
@click.option("--union", "union_name", help="Whose race it is, where it is new; without it, the first union's.")
def import_files(files: tuple[Path, ...], slug: str | None, union_name: str | None) -> None:
    """Read FILES into a race: a race file, CourseData, entries, banks, KML, GPX. All of them or nothing."""
    whole: dict[str, Any] = {}
    sheets = []
    picture = None
    for path in files:
        part = _part(path)
        if part.kind == "entries":
            sheets.append(EntryFile(path.name, part.data["entries"], part.places))
        else:
            picture = _picture(path, part.data) or picture
            whole = merge(whole, part.data)
    name = str(slug or whole.get("race", {}).get("slug") or "").lower()
    if not name:
        raise Refused(Words("Which race is this for? Name it with --race."))
    engine = open_database()
    union = _union(engine, union_name, name) if union_name else None
    try:
        race = lay_down(engine, name, whole, picture, BY, sheets, union, _tell_fault)
    except FaultyInput as faulty:
        _tell_faults("", faulty)
        raise Refused(Words("Together these files make no sound race. Nothing was changed.")) from None
    tell(Words("The race %(slug)s holds them now.", {"slug": race.slug}))


def _union(engine: Engine, name: str, slug: str) -> Union:
    """Return the union whose race is to be laid down; one that is there already stays whose it is."""
    with reading(engine) as connection:
        union = union_by_name(connection, name.strip())
        if union is None:
            words = Words('There is no union "%(name)s" here. Open it with: waypost invite --union', {"name": name})
            raise Refused(words)
        if race_by_slug(connection, slug) and not owns(connection, union, slug):
            raise Refused(Words("The race %(slug)s is another union's.", {"slug": slug}))
    return union


def _part(path: Path) -> Part:
    """Read one file, saying what was read and what was refused."""
    if path.stat().st_size > MOST_BYTES:
        raise Refused(
            Words("%(file)s is larger than %(most)s MB.", {"file": path.name, "most": MOST_BYTES // 1_000_000})
        )
    try:
        part = read_file(path.name, path.read_bytes(), told=tell_progress)
        if faults := misshapen(part.data):
            raise FaultyInput(faults)
    except FaultyInput as faulty:
        _tell_faults(path.name, faulty)
        raise Refused(Words("%(file)s cannot be taken. Nothing was changed.", {"file": path.name})) from None
    if part.kind == "race" and part.data.get("waypost") != VERSION:
        old = Words('%(file)s is no race file of this version: it must begin with "waypost": 1.', {"file": path.name})
        raise Refused(old)
    tell(Words("%(file)s: read %(contents)s.", {"file": path.name, "contents": _contents(part.data)}))
    for refused in part.refused:
        tell(Words("  left out, %(where)s: %(why)s", {"where": refused.path, "why": refused.words}))
    for note in part.notes:
        tell(Words("  taken, but %(where)s: %(why)s", {"where": note.path, "why": note.words}))
    return part


def tell_progress(done: int, of: int) -> None:
    """Show on a terminal how far a bank of questions is; a pipe hears nothing."""
    if of >= LARGE and sys.stderr.isatty():
        words = Words("%(done)s of %(of)s questions", {"done": done, "of": of})
        click.echo(f"\r\033[K{put(words, terminal_language())}", nl=False, err=True)
        if done + LARGE >= of:
            click.echo("\r\033[K", nl=False, err=True)


def _tell_fault(found: FileFault) -> None:
    where = ", ".join(part for part in (found.file, found.fault.path) if part)
    tell(Words("  taken, but %(where)s: %(why)s", {"where": where, "why": found.fault.words}))


def _tell_faults(file: str, faulty: FaultyInput) -> None:
    for fault in faulty.faults:
        where = " ".join(part for part in (file, fault.path) if part)
        click.echo(f"{where}: {put(fault.words, terminal_language())}", err=True)


def _contents(part: Mapping[str, Any]) -> str:
    counts = [f"{name} {len(value)}" for name, value in part.items() if isinstance(value, list)]
    asked = [bank.get("questions") for bank in part.get("banks", [])]
    questions = sum(len(items) for items in asked if isinstance(items, list))
    return ", ".join([*counts, f"questions {questions}"] if questions else counts) or "race"


def _picture(path: Path, part: Mapping[str, Any]) -> Picture | None:
    """Return the map's picture, which a race file names beside itself."""
    image = part.get("map", {}).get("image")
    if not image:
        return None
    beside = path.parent / Path(str(image)).name
    if not beside.is_file():
        raise Refused(Words("%(file)s is not beside %(race)s.", {"file": beside.name, "race": path.name}))
    try:
        return read_picture(beside.read_bytes())
    except FaultyInput as faulty:
        raise Refused(faulty.faults[0].words) from None


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
        words = Words("%(file)s cannot be written: %(why)s", {"file": str(target), "why": error.strerror})
        raise Refused(words) from None
