"""Laying a race file's set-up down in the database, as one transaction."""

import secrets
from collections.abc import Mapping, Sequence
from itertools import chain, count
from typing import Any

from sqlalchemy import Connection, Engine

from base.clock import now_ms
from base.database import writing
from base.faults import Fault
from base.keys import new_secret
from base.languages import Words
from base.settings import default_timezone
from facts.model import Race
from facts.store import add_race, race_by_slug
from maps.model import Picture
from maps.store import save_picture
from people.model import Union
from people.store.unions import first_union, give_race
from race.forms.file import read_race_file, setup_to_json
from race.store import LISTS, SINGLES, load_setup, save_setup

LONGEST_BIB = 20
_NO_OBJECT = Words("This must be an object with named values.")


def misshapen(part: Mapping[str, Any]) -> list[Fault]:
    """Return what is so far from a race file that it cannot even be laid over one: no list, or no objects in it."""
    faults = []
    for name in LISTS:
        items = part.get(name, [])
        if not isinstance(items, list):
            faults.append(Fault(name, Words("This must be a list.")))
            continue
        wrong = (place for place, item in enumerate(items) if not isinstance(item, Mapping))
        faults += [Fault(f"{name}[{place}]", _NO_OBJECT) for place in wrong]
    return faults + [Fault(name, _NO_OBJECT) for name in SINGLES if not isinstance(part.get(name, {}), Mapping)]


def merge(before: Mapping[str, Any], part: Mapping[str, Any]) -> dict[str, Any]:
    """Return a race file with `part` laid over `before`: items of the same id are updated, others added."""
    merged = dict(before)
    for name, value in part.items():
        if name in LISTS:
            key = LISTS[name][1]
            items = {str(item.get(key)): item for item in before.get(name, [])}
            for item in value:
                items[str(item.get(key))] = {**items.get(str(item.get(key)), {}), **item}
            merged[name] = list(items.values())
        elif isinstance(value, Mapping):
            merged[name] = {**before.get(name, {}), **value}
        else:
            merged[name] = value
    return merged


def with_class_ids(whole: Mapping[str, Any]) -> dict[str, Any]:
    """Return a race file whose entries name their class by its id, where a sheet called it by its name."""
    ids = {str(item.get("id")) for item in whole.get("classes", [])}
    by_name: dict[str, str] = {}
    for item in whole.get("classes", []):
        name = item.get("name") or ""
        for called in name.values() if isinstance(name, Mapping) else (name,):
            by_name.setdefault(str(called).strip(), str(item.get("id")))
    entries = [
        {**item, "class": by_name[str(item["class"])]}
        if str(item.get("class")) not in ids and str(item.get("class")) in by_name
        else item
        for item in whole.get("entries", [])
    ]
    return {**whole, "entries": entries} if entries else dict(whole)


def number_entries(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the entries, each with a number: marshals find a team by it, and few entry sheets give one.

    An entry without a bib gets its id where no other has that number, else the first number that is free.
    """
    used = {str(entry["bib"]) for entry in entries if entry.get("bib")}
    numbered = []
    for entry in entries:
        if not entry.get("bib"):
            wanted = chain([str(entry.get("id", ""))[:LONGEST_BIB]], map(str, count(1)))
            bib = next(number for number in wanted if number and number not in used)
            used.add(bib)
            entry = {**entry, "bib": bib}  # noqa: PLW2901  the caller's own stays as it was
        numbered.append(entry)
    return numbered


def recognised(before: Sequence[Mapping[str, Any]], sheet: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return a sheet's entries under the ids of the teams that are there already; others get new ones.

    Sheets number their rows from 1 each time, so their own ids say nothing of who somebody is: club and team do, or
    club and bib where a team took another name.
    """
    ids = {who: str(entry.get("id")) for entry in before for who in _names(entry)}
    # An entry that has no team yet waits for one: a race file may give row 1 its class, and the sheet who it is.
    used = {str(entry.get("id")) for entry in before if entry.get("team")}
    placed = []
    for entry in sheet:
        known = next((ids[who] for who in _names(entry) if who in ids), None)
        wanted = chain([str(entry.get("id", ""))], map(str, count(1)))
        name = known or next(number for number in wanted if number and number not in used)
        used.add(name)
        placed.append({**entry, "id": name})
    return placed


def _names(entry: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return what an entry may be known by, the surest first."""
    club = str(entry.get("club", "")).strip()
    return [(by, club, str(entry[by]).strip()) for by in ("team", "bib") if entry.get(by)]


def lay_down(
    engine: Engine,
    slug: str,
    part: Mapping[str, Any],
    picture: Picture | None,
    by: str,
    sheets: Sequence[Sequence[Mapping[str, Any]]] = (),
    union: Union | None = None,
) -> Race:
    """Lay `part` of a race file over the race `slug`, which is opened if there is none; all of it or nothing.

    `sheets` are the entries of each entry sheet that comes with it. A new race is `union`'s, else the first union's.

    Raises:
        FaultyInput: what would come out is no sound race.

    """
    now = now_ms()
    with writing(engine) as connection:
        race = race_by_slug(connection, slug) or _new_race(connection, slug, union)
        whole = merge(load_setup(connection, race.id), part)
        for sheet in sheets:
            whole = merge(whole, {"entries": recognised(whole.get("entries", []), sheet)})
        whole = with_class_ids(whole)
        whole["race"] = {"timezone": default_timezone(), **whole.get("race", {}), "slug": slug}
        whole["entries"] = number_entries(whole.get("entries", []))
        data = setup_to_json(read_race_file(whole))
        save_setup(connection, race.id, data, by=by, now=now, nonce=secrets.token_hex(6))
        if picture:
            save_picture(connection, race.id, picture)
    return race


def _new_race(connection: Connection, slug: str, union: Union | None) -> Race:
    race = add_race(connection, slug, new_secret())
    give_race(connection, race.id, union or first_union(connection))
    return race
