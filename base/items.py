"""Tables of set-up items: one row an item, its content as JSON in the race file's own form.

What an organizer lays down is read whole and written seldom, so a row holds the item as the public race file spells it.
Export is then reading, import is writing, and there is one form instead of two. `position` keeps the order; an
item keeps its own as long as it lives, and no two of a race share one.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, Connection, Integer, String, Table, Text, delete, func, insert, select, update

from base import canonical
from base.database import metadata

Item = dict[str, Any]


def items_table(name: str) -> Table:
    """Return the table for one kind of item."""
    return Table(
        name,
        metadata,
        Column("race", Integer, primary_key=True),
        Column("id", String(64), primary_key=True),
        Column("position", Integer, nullable=False),
        Column("body", Text, nullable=False),
    )


def load_items(connection: Connection, table: Table, race: int) -> dict[str, Item]:
    """Return a race's items by id, in order."""
    query = select(table.c.id, table.c.body).where(table.c.race == race).order_by(table.c.position)
    return {row.id: canonical.decode(row.body) for row in connection.execute(query)}


def load_positions(connection: Connection, table: Table, race: int) -> dict[str, int]:
    """Return the position of each item by id."""
    query = select(table.c.id, table.c.position).where(table.c.race == race)
    return {row.id: row.position for row in connection.execute(query)}


def save_items(connection: Connection, table: Table, race: int, items: Mapping[str, Item]) -> None:
    """Make `items` the race's items: known ids keep their position, new ones follow, the rest go."""
    query = select(table.c.id, table.c.body).where(table.c.race == race)
    known = {row.id: row.body for row in connection.execute(query)}
    last = connection.execute(select(func.max(table.c.position)).where(table.c.race == race)).scalar()
    following = 0 if last is None else last + 1
    new = [
        {"race": race, "id": name, "position": following + number, "body": canonical.encode(items[name])}
        for number, name in enumerate(name for name in items if name not in known)
    ]
    for name, before in known.items():
        mine = (table.c.race == race) & (table.c.id == name)
        if name not in items:
            connection.execute(delete(table).where(mine))
        elif (body := canonical.encode(items[name])) != before:
            connection.execute(update(table).where(mine).values(body=body))
    if new:
        connection.execute(insert(table), new)
