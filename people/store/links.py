"""One-time links: invitations and new passwords. Of each only a digest is kept."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    ForeignKey,
    Integer,
    Row,
    String,
    Table,
    delete,
    insert,
    select,
    update,
)

from base.database import metadata
from people.model import Account, Link, Role, Union
from people.store.unions import union_table

link_table = Table(
    "one_time_link",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("union_id", Integer, ForeignKey("unions.id"), nullable=False),
    Column("role", String(16)),  # of an invitation
    Column("account", Integer, ForeignKey("account.id")),  # whose password it sets
    Column("created_by", Integer, ForeignKey("account.id")),  # none: whoever runs the server
    Column("note", String(80), nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("used_at", BigInteger),
)


def _good(now: int) -> ColumnElement[bool]:
    return link_table.c.used_at.is_(None) & (link_table.c.expires_at > now)


def _link(row: Row[Any]) -> Link:
    role = Role(row.role) if row.role else None
    return Link(row.digest, Union(row.union_id, row.union_name), role, row.account, row.note, row.expires_at)


def add_link(connection: Connection, link: Link, by: Account | None) -> None:
    """Remember a one-time link; `by` is who made it, None whoever runs the server."""
    connection.execute(
        insert(link_table).values(
            digest=link.digest,
            union_id=link.union.id,
            role=link.role,
            account=link.account,
            created_by=by.id if by else None,
            note=link.note,
            expires_at=link.expires_at,
        )
    )


def open_links(connection: Connection, union: Union, now: int) -> list[Link]:
    """Return a union's links that may still be used, the one that lasts longest first."""
    mine = _good(now) & (link_table.c.union_id == union.id)
    return _links(connection, mine)


def good_link(connection: Connection, digest: str, now: int) -> Link | None:
    """Return a one-time link if it may still be used, or None."""
    return next(iter(_links(connection, _good(now) & (link_table.c.digest == digest))), None)


def _links(connection: Connection, which: ColumnElement[bool]) -> list[Link]:
    joined = link_table.join(union_table, link_table.c.union_id == union_table.c.id)
    query = select(link_table, union_table.c.name.label("union_name")).select_from(joined).where(which)
    return [_link(row) for row in connection.execute(query.order_by(link_table.c.expires_at.desc()))]


def use_link(connection: Connection, digest: str, now: int) -> bool:
    """Use a link up; tell whether it was good. Of two who come at once, one gets it."""
    mine = _good(now) & (link_table.c.digest == digest)
    return connection.execute(update(link_table).where(mine).values(used_at=now)).rowcount == 1


def revoke_link(connection: Connection, union: Union, digest: str) -> None:
    """End one of a union's links that was not used."""
    mine = (link_table.c.union_id == union.id) & (link_table.c.digest == digest) & link_table.c.used_at.is_(None)
    connection.execute(delete(link_table).where(mine))


def revoke_links_for(connection: Connection, account: Account) -> None:
    """End the links that would set this account's password."""
    mine = (link_table.c.account == account.id) & link_table.c.used_at.is_(None)
    connection.execute(delete(link_table).where(mine))


def revoke_links_by(connection: Connection, account: Account) -> None:
    """End the links that an account made and nobody used: whoever may not invite any more has none left to use."""
    mine = (link_table.c.created_by == account.id) & link_table.c.used_at.is_(None)
    connection.execute(delete(link_table).where(mine))
