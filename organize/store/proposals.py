"""Proposals: what somebody is about to store and still looks at. They hold people's names, so none stays for long."""

import zlib

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    delete,
    insert,
    select,
)

from base import canonical
from base.database import metadata

LASTS_MS = 24 * 3_600_000

proposal_table = Table(
    "proposal",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("race", Integer, ForeignKey("race.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("ix_proposal_expires_at", "expires_at"),
)


def add_proposal(connection: Connection, race: int, kind: str, key: str, body: object, now: int) -> None:
    """Keep a proposal for a day, under a key that its page's address carries."""
    packed = zlib.compress(canonical.encode(body).encode())
    values = {"key": key, "race": race, "kind": kind, "expires_at": now + LASTS_MS, "body": packed}
    connection.execute(insert(proposal_table).values(values))


def load_proposal(connection: Connection, race: int, kind: str, key: str, now: int) -> object:
    """Return what was proposed, or None where it was taken over, thrown away, or has run out."""
    mine = (proposal_table.c.key == key) & (proposal_table.c.race == race) & (proposal_table.c.kind == kind)
    query = select(proposal_table.c.body).where(mine & (proposal_table.c.expires_at > now))
    body = connection.execute(query).scalar()
    return None if body is None else canonical.decode(zlib.decompress(body).decode())


def drop_proposal(connection: Connection, race: int, key: str) -> None:
    """Forget a proposal."""
    connection.execute(delete(proposal_table).where((proposal_table.c.key == key) & (proposal_table.c.race == race)))


def drop_proposals(connection: Connection, race: int) -> None:
    """Forget all proposals of a race."""
    connection.execute(delete(proposal_table).where(proposal_table.c.race == race))


def drop_expired(connection: Connection, now: int) -> int:
    """Forget the proposals of all races that ran out; return how many there were."""
    return connection.execute(delete(proposal_table).where(proposal_table.c.expires_at <= now)).rowcount


def any_expired(connection: Connection, now: int) -> bool:
    """Tell whether any proposal ran out."""
    query = select(proposal_table.c.key).where(proposal_table.c.expires_at <= now).limit(1)
    return connection.execute(query).scalar() is not None
