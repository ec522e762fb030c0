"""Unions and which races are theirs."""

from sqlalchemy import Column, Connection, ForeignKey, Integer, String, Table, insert, select, update
from sqlalchemy.exc import IntegrityError

from base.database import metadata
from facts.store import race_table
from people.model import Union

# `union` is a word of SQL, so the table has the plural.
union_table = Table(
    "unions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(80), nullable=False, unique=True),
)

# The race's own row knows no people.
race_union_table = Table(
    "race_union",
    metadata,
    Column("race", Integer, ForeignKey("race.id"), primary_key=True),
    Column("union_id", Integer, ForeignKey("unions.id"), nullable=False, index=True),
)


class UnionTaken(Exception):  # noqa: N818  it is an answer
    """Another union has this name already."""


def add_union(connection: Connection, name: str) -> Union:
    """Open a union.

    Raises:
        UnionTaken: there is one of this name.

    """
    try:
        key = connection.execute(insert(union_table).values(name=name)).inserted_primary_key
    except IntegrityError:
        raise UnionTaken from None
    assert key is not None
    return Union(key[0], name)


def first_union(connection: Connection) -> Union:
    """Return the oldest union; where there is none it is opened, and its first organizer will name it."""
    row = connection.execute(select(union_table).order_by(union_table.c.id).limit(1)).one_or_none()
    return Union(row.id, row.name) if row else add_union(connection, "")


def union_by_name(connection: Connection, name: str) -> Union | None:
    """Return a union, or None."""
    row = connection.execute(select(union_table).where(union_table.c.name == name)).one_or_none()
    return Union(row.id, row.name) if row else None


def name_union(connection: Connection, union: Union, name: str) -> Union:
    """Give a union another name.

    Raises:
        UnionTaken: another has it.

    """
    try:
        connection.execute(update(union_table).where(union_table.c.id == union.id).values(name=name))
    except IntegrityError:
        raise UnionTaken from None
    return Union(union.id, name)


def hold(connection: Connection, union: Union) -> None:
    """Make who else changes this union's accounts wait for the end of this transaction."""
    connection.execute(select(union_table.c.id).where(union_table.c.id == union.id).with_for_update())


def give_race(connection: Connection, race: int, union: Union) -> None:
    """Make a new race this union's."""
    connection.execute(insert(race_union_table).values(race=race, union_id=union.id))


def races_of(connection: Connection, union: Union) -> frozenset[int]:
    """Return the races of a union."""
    mine = select(race_union_table.c.race).where(race_union_table.c.union_id == union.id)
    return frozenset(connection.execute(mine).scalars())


def owns(connection: Connection, union: Union, slug: str) -> bool:
    """Tell whether the race of this slug is there and this union's."""
    mine = (race_union_table.c.union_id == union.id) & (race_table.c.slug == slug.lower())
    found = select(race_table.c.id).join(race_union_table, race_union_table.c.race == race_table.c.id).where(mine)
    return connection.execute(found).first() is not None
