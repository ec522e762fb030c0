"""What sealed sheets were drawn from, kept so that the same can be drawn again after the set-up was changed."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, ForeignKey, Integer, String, Table, Text, delete, insert, select

from base import canonical
from base.database import metadata

basis_table = Table(
    "sealed_basis",
    metadata,
    Column("race", Integer, ForeignKey("race.id"), primary_key=True),
    Column("log", String(32), primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
)

# Somebody who changes a bank all evening while a phone looks on makes one each time; a bank of 2,000 takes 60 kB.
MOST_KEPT = 20


def keep_basis(connection: Connection, race: int, log: str, digest: str, body: Mapping[str, Any], now: int) -> None:
    """Keep what a sealed bundle was drawn from, once; of very many the oldest go."""
    mine = (basis_table.c.race == race) & (basis_table.c.log == log)
    known = connection.scalars(select(basis_table.c.digest).where(mine).order_by(basis_table.c.at)).all()
    if digest in known:
        return
    row = {"race": race, "log": log, "digest": digest, "at": now, "body": canonical.encode(dict(body))}
    connection.execute(insert(basis_table), row)
    for old in known[: len(known) + 1 - MOST_KEPT]:
        connection.execute(delete(basis_table).where(mine, basis_table.c.digest == old))


def bases(connection: Connection, race: int, logs: list[str]) -> Iterator[dict[str, Any]]:
    """Yield what bundles of these logs were drawn from, newest first."""
    wanted = select(basis_table.c.body).where(basis_table.c.race == race, basis_table.c.log.in_(logs))
    for body in connection.scalars(wanted.order_by(basis_table.c.at.desc())):
        yield canonical.decode(body)


def was_sealed(connection: Connection, race: int, log: str) -> bool:
    """Tell whether phones were given anything sealed in this log."""
    mine = select(basis_table.c.digest).where(basis_table.c.race == race, basis_table.c.log == log)
    return connection.execute(mine.limit(1)).first() is not None
