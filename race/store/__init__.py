"""A race's set-up on disk, in the parts of the race file. Each save appends its `setup` fact in one transaction."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, Connection, Integer, LargeBinary, String, Table, delete, insert, select

from base import canonical
from base.database import metadata
from base.items import Item, items_table, load_items, load_positions, save_items
from checkpoints.store import checkpoint_table, course_table
from facts.model import Draft
from facts.store import append
from games.store import game_table
from maps.model import Picture
from maps.store import map_table
from quizzes.store import bank_table, quiz_table

about_table = items_table("about")
class_table = items_table("class")
entry_table = items_table("entry")

# The hosts' mark. Its name stands in the race file, its bytes here.
logo_table = Table(
    "race_logo",
    metadata,
    Column("race", Integer, primary_key=True),
    Column("media_type", String(40), nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

# The race file's parts: lists of items by the key that names each.
LISTS = {
    "checkpoints": (checkpoint_table, "code"),
    "quizzes": (quiz_table, "id"),
    "banks": (bank_table, "id"),
    "games": (game_table, "id"),
    "courses": (course_table, "id"),
    "classes": (class_table, "id"),
    "entries": (entry_table, "id"),
}
# The parts that are one object.
SINGLES = {"race": about_table, "map": map_table}
ONLY = "only"

# So many changed entries are noted one by one; the log would grow by all of them at each save otherwise.
FEW = 10

# Who somebody is stays out of the log: it is kept for years, and a chain cannot forget.
PERSONAL = frozenset({"contact", "members"})


def load_setup(connection: Connection, race: int) -> dict[str, Any]:
    """Return the race's set-up as a race file."""
    data: dict[str, Any] = {"waypost": 1}
    for part, table in SINGLES.items():
        if item := load_items(connection, table, race).get(ONLY):
            data[part] = item
    for part, (table, _) in LISTS.items():
        if items := load_items(connection, table, race):
            data[part] = list(items.values())
    return data


def load_draw_numbers(connection: Connection, race: int) -> dict[str, int]:
    """Return each entry's place in the draws, by entry id. It never changes while the entry lives."""
    return load_positions(connection, entry_table, race)


def save_setup(
    connection: Connection,
    race: int,
    data: Mapping[str, Any],
    *,
    by: str,
    now: int,
    nonce: str,
    reason: str | None = None,
) -> None:
    """Make `data`, a sound race file, the race's set-up, and note each changed part in the log.

    `nonce` makes the ids of the facts unique; `reason` is wanted of changes after the gun.
    """
    before = load_setup(connection, race)
    drafts = []
    for part, table in SINGLES.items():
        if data.get(part) != before.get(part):
            save_items(connection, table, race, {ONLY: data[part]} if data.get(part) else {})
            value = _for_log(part, data[part]) if data.get(part) else data.get(part)
            drafts.append(_draft(part, value, by, now, nonce, reason))
    for part, (table, key) in LISTS.items():
        if data.get(part, []) != before.get(part, []):
            save_items(connection, table, race, {str(item[key]): item for item in data.get(part, [])})
            drafts += _list_drafts(part, key, before.get(part, []), data.get(part, []), by, now, nonce, reason)
    append(connection, race, drafts)


def _list_drafts(
    part: str, key: str, before: list[Item], after: list[Item], by: str, now: int, nonce: str, reason: str | None
) -> list[Draft]:
    """Return what the log is told: the whole list, or of thousands of teams only the few that changed."""
    changed = [new for old, new in zip(before, after, strict=False) if old != new]
    few = part == "entries" and len(changed) <= FEW and [item[key] for item in before] == [item[key] for item in after]
    if not few:
        return [_draft(part, [_for_log(part, item) for item in after], by, now, nonce, reason)]
    return [
        _draft("entry", _for_log(part, item), by, now, f"{nonce}-{number}", reason)
        for number, item in enumerate(changed)
    ]


def swap_members(
    connection: Connection, race: int, entry: str, names: Mapping[int, str], *, by: str, now: int, nonce: str
) -> None:
    """Put other people in the place of an entry's members, by their index. The log notes that it happened, not who."""
    items = load_items(connection, entry_table, race)
    members = list(items[entry].get("members", []))
    swapped = [names.get(index, member) for index, member in enumerate(members)]
    if swapped == members:
        return
    items[entry] = {**items[entry], "members": swapped}
    save_items(connection, entry_table, race, items)
    append(connection, race, [_draft("entry", _for_log("entries", items[entry]), by, now, nonce)])


def _draft(part: str, value: Any, by: str, now: int, nonce: str, reason: str | None = None) -> Draft:
    return Draft(f"setup-{part}-{nonce}", "setup", now, now, by, body={"part": part, "value": value, "reason": reason})


def note_setup(
    connection: Connection,
    race: int,
    part: str,
    value: Any,
    *,
    by: str,
    now: int,
    nonce: str,
    reason: str | None = None,
) -> None:
    """Append a `setup` fact about what no table of the set-up holds: a step ticked off, a sign verified."""
    append(connection, race, [_draft(part, value, by, now, nonce, reason)])


def _for_log(part: str, item: Item) -> Item:
    if part == "banks":
        return {"id": item["id"], "digest": canonical.sha256(canonical.encode(item))}
    if part == "entries":
        return {name: value for name, value in item.items() if name not in PERSONAL}
    if part == "race" and any("name" in to for award in item.get("awards", []) for to in award.get("to", [])):
        named = [{**award, "to": [to for to in award.get("to", []) if "name" not in to]} for award in item["awards"]]
        return {**item, "awards": named}
    return item


def save_logo(connection: Connection, race: int, logo: Picture | None) -> None:
    """Make this the race's logo, or take it away."""
    connection.execute(delete(logo_table).where(logo_table.c.race == race))
    if logo:
        size = {"width": round(logo.width), "height": round(logo.height)}
        connection.execute(insert(logo_table).values(race=race, media_type=logo.media_type, data=logo.data, **size))


def load_logo(connection: Connection, race: int) -> Picture | None:
    """Return the race's logo, or None."""
    row = connection.execute(select(logo_table).where(logo_table.c.race == race)).one_or_none()
    return Picture(row.media_type, row.data, row.width, row.height) if row else None


def has_logo(connection: Connection, race: int) -> bool:
    """Tell whether the race has a logo, without reading it."""
    return connection.execute(select(logo_table.c.race).where(logo_table.c.race == race)).first() is not None
