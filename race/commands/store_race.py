"""Laying a race file's set-up down in the database, as one transaction."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Engine

from base.clock import now_ms
from base.database import writing
from base.faults import Fault
from base.keys import new_secret
from base.languages import Words
from base.settings import default_timezone
from facts.model import Race
from facts.store import add_race, race_by_slug, since
from maps.model import Picture
from maps.store import save_picture
from people.model import Union
from people.store.unions import first_union, give_race
from race.forms.file import read_race_file, setup_to_json
from race.rules.cards import entries_named
from race.rules.entering import EntryFile, FileFault, compare, with_class_ids
from race.store import LISTS, SINGLES, load_setup, save_setup

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


def lay_down(
    engine: Engine,
    slug: str,
    part: Mapping[str, Any],
    picture: Picture | None,
    by: str,
    sheets: Sequence[EntryFile] = (),
    union: Union | None = None,
    told: Callable[[FileFault], None] = lambda _: None,
) -> Race:
    """Lay `part` of a race file over the race `slug`, which is opened if there is none; all of it or nothing.

    `sheets` are the entry sheets that come with it; nobody leaves because a sheet does not name them. A new race is
    `union`'s, else the first union's. `told` hears what in the sheets wants a look.

    Raises:
        FaultyInput: what would come out is no sound race.

    """
    now = now_ms()
    with writing(engine) as connection:
        race = race_by_slug(connection, slug) or _new_race(connection, slug, union)
        whole = merge(load_setup(connection, race.id), part)
        classes = whole.get("classes", [])
        named = set().union(*map(entries_named, since(connection, race.id))) if sheets else set()
        comparison = compare(with_class_ids(whole.get("entries", []), classes), sheets, classes, named=named)
        for fault in comparison.faults:
            told(fault)
        whole["race"] = {"timezone": default_timezone(), **whole.get("race", {}), "slug": slug}
        whole["entries"] = comparison.merged()
        data = setup_to_json(read_race_file(whole))
        save_setup(connection, race.id, data, by=by, now=now, nonce=secrets.token_hex(6))
        if picture:
            save_picture(connection, race.id, picture)
    return race


def _new_race(connection: Connection, slug: str, union: Union | None) -> Race:
    race = add_race(connection, slug, new_secret())
    give_race(connection, race.id, union or first_union(connection))
    return race
