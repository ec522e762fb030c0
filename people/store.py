"""Accounts, one-time links and personal tokens. Of each secret only a digest is kept."""

from collections.abc import Sequence

from sqlalchemy import BigInteger, Column, Connection, ForeignKey, Integer, String, Table, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from base.database import metadata
from people.model import Account

account_table = Table(
    "account",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(80), nullable=False, unique=True),
    Column("password", String(200), nullable=False),
    Column("created_at", BigInteger, nullable=False),
)

link_table = Table(
    "one_time_link",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("expires_at", BigInteger, nullable=False),
    Column("used_at", BigInteger),
)

token_table = Table(
    "personal_token",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("account", Integer, ForeignKey("account.id"), nullable=False),
    Column("created_at", BigInteger, nullable=False),
)


class NameTaken(Exception):  # noqa: N818  it is an answer
    """Somebody has this name already."""


def add_account(connection: Connection, name: str, password_hash: str, now: int) -> Account:
    """Open an account.

    Raises:
        NameTaken: of two who want the same name at once, the second.

    """
    row = insert(account_table).values(name=name, password=password_hash, created_at=now)
    try:
        key = connection.execute(row).inserted_primary_key
    except IntegrityError:
        raise NameTaken from None
    assert key is not None
    return Account(key[0], name)


def account_by_id(connection: Connection, account: int) -> Account | None:
    """Return an account, or None."""
    row = connection.execute(select(account_table).where(account_table.c.id == account)).one_or_none()
    return Account(row.id, row.name) if row else None


def account_by_name(connection: Connection, name: str) -> tuple[Account, str] | None:
    """Return an account and its password's hash, or None."""
    row = connection.execute(select(account_table).where(account_table.c.name == name)).one_or_none()
    return (Account(row.id, row.name), row.password) if row else None


def account_names(connection: Connection, numbers: Sequence[int]) -> dict[int, str]:
    """Return the names of some accounts by number."""
    query = select(account_table.c.id, account_table.c.name).where(account_table.c.id.in_(numbers))
    return {row.id: row.name for row in connection.execute(query)}


def count_accounts(connection: Connection) -> int:
    """Return how many accounts there are."""
    return connection.execute(select(func.count()).select_from(account_table)).scalar_one()


def add_link(connection: Connection, digest: str, expires_at: int) -> None:
    """Remember a one-time link."""
    connection.execute(insert(link_table).values(digest=digest, expires_at=expires_at))


def link_is_good(connection: Connection, digest: str, now: int) -> bool:
    """Tell whether a one-time link may still be used."""
    mine = (link_table.c.digest == digest) & link_table.c.used_at.is_(None) & (link_table.c.expires_at > now)
    return connection.execute(select(link_table.c.digest).where(mine)).first() is not None


def use_link(connection: Connection, digest: str, now: int) -> bool:
    """Use a link up; tell whether it was good. Of two who come at once, one gets it."""
    mine = (link_table.c.digest == digest) & link_table.c.used_at.is_(None) & (link_table.c.expires_at > now)
    return connection.execute(update(link_table).where(mine).values(used_at=now)).rowcount == 1


def add_token(connection: Connection, digest: str, account: int, now: int) -> None:
    """Remember a personal token."""
    connection.execute(insert(token_table).values(digest=digest, account=account, created_at=now))


def account_by_token(connection: Connection, digest: str) -> Account | None:
    """Return whose personal token this is, or None."""
    row = connection.execute(
        select(account_table.c.id, account_table.c.name)
        .join(token_table, token_table.c.account == account_table.c.id)
        .where(token_table.c.digest == digest)
    ).one_or_none()
    return Account(row.id, row.name) if row else None
