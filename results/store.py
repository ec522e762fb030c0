"""Published versions of result lists. One that was published is never changed; erasing takes people's names out."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Integer,
    Row,
    String,
    Table,
    Text,
    insert,
    select,
    update,
)

from base import canonical
from base.database import metadata
from results.model import Publication

publication_table = Table(
    "publication",
    metadata,
    Column("race", Integer, ForeignKey("race.id"), primary_key=True, autoincrement=False),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("revision", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("by", String(80), nullable=False),
    Column("reason", String(400), nullable=False),
    Column("body", Text, nullable=False),
)


def add_publication(connection: Connection, race: int, publication: Publication) -> None:
    """Keep a published version. The caller appends, in the same transaction, the fact that says so."""
    values = {
        "race": race,
        "version": publication.version,
        "revision": publication.revision,
        "at": publication.at,
        "by": publication.by,
        "reason": publication.reason,
        "body": canonical.encode(dict(publication.body)),
    }
    connection.execute(insert(publication_table).values(values))


def load_publications(connection: Connection, race: int) -> list[Publication]:
    """Return all versions of a race's published list, the first one first."""
    query = select(publication_table).where(publication_table.c.race == race).order_by(publication_table.c.version)
    return [_publication(row) for row in connection.execute(query)]


def replace_body(connection: Connection, race: int, version: int, body: Any) -> None:
    """Put a body without people's names in the place of a version's."""
    mine = (publication_table.c.race == race) & (publication_table.c.version == version)
    connection.execute(update(publication_table).where(mine).values(body=canonical.encode(body)))


def _publication(row: Row[Any]) -> Publication:
    return Publication(row.version, row.revision, row.at, row.by, row.reason, canonical.decode(row.body))
