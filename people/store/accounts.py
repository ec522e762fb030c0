"""Accounts and personal tokens. Of each secret only a digest is kept.

Who is removed keeps a row, so that the log's "organizer:7" stays the same person for ever; the name is free again.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Integer,
    Row,
    Select,
    String,
    Table,
    UniqueConstraint,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from base.database import metadata
from people.model import Account, Colleague, Role, Token, Union
from people.store.unions import union_table

account_table = Table(
    "account",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(80), nullable=False),
    Column("password", String(200), nullable=False),
    Column("union_id", Integer, ForeignKey("unions.id"), nullable=False),
    Column("role", String(16), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("signed_in_at", BigInteger),
    # 0 while the account is there: nothing equals NULL, so names would not be unique beside it.
    Column("removed_at", BigInteger, nullable=False),
    UniqueConstraint("name", "removed_at"),
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


def _here() -> Select[Any]:
    """Return the query of all accounts that are there, each with its union's name."""
    joined = account_table.join(union_table, account_table.c.union_id == union_table.c.id)
    columns = (account_table, union_table.c.name.label("union_name"))
    return select(*columns).select_from(joined).where(account_table.c.removed_at == 0)


def _account(row: Row[Any]) -> Account:
    return Account(row.id, row.name, Union(row.union_id, row.union_name), Role(row.role), row.epoch)


def add_account(connection: Connection, name: str, password_hash: str, union: Union, role: Role, now: int) -> Account:
    """Open an account.

    Raises:
        NameTaken: of two who want the same name at once, the second.

    """
    row = insert(account_table).values(
        name=name, password=password_hash, union_id=union.id, role=role, epoch=0, created_at=now, removed_at=0
    )
    try:
        key = connection.execute(row).inserted_primary_key
    except IntegrityError:
        raise NameTaken from None
    assert key is not None
    return Account(key[0], name, union, role)


def account_by_id(connection: Connection, account: int) -> Account | None:
    """Return an account, or None."""
    row = connection.execute(_here().where(account_table.c.id == account)).one_or_none()
    return _account(row) if row else None


def account_by_name(connection: Connection, name: str) -> tuple[Account, str] | None:
    """Return an account and its password's hash, or None."""
    row = connection.execute(_here().where(account_table.c.name == name)).one_or_none()
    return (_account(row), row.password) if row else None


def account_names(connection: Connection, numbers: Sequence[int]) -> dict[int, str]:
    """Return the names of some accounts by number, also of those that are gone."""
    query = select(account_table.c.id, account_table.c.name).where(account_table.c.id.in_(numbers))
    return {row.id: row.name for row in connection.execute(query)}


def has_account(connection: Connection, name: str) -> bool:
    """Tell whether anybody ever had this name; databases of earlier versions answer too."""
    return connection.execute(select(account_table.c.id).where(account_table.c.name == name)).first() is not None


def count_accounts(connection: Connection, union: Union | None = None) -> int:
    """Return how many accounts there are, in one union or in all."""
    query = select(func.count()).select_from(account_table).where(account_table.c.removed_at == 0)
    if union:
        query = query.where(account_table.c.union_id == union.id)
    return connection.execute(query).scalar_one()


def colleagues(connection: Connection, union: Union) -> list[Colleague]:
    """Return the accounts of a union, oldest first."""
    rows = connection.execute(_here().where(account_table.c.union_id == union.id).order_by(account_table.c.id))
    return [Colleague(_account(row), row.signed_in_at) for row in rows]


def organizers(connection: Connection, union: Union) -> list[Account]:
    """Return the organizers of a union, oldest first."""
    return [one.account for one in colleagues(connection, union) if one.account.role is Role.ORGANIZER]


def saw(connection: Connection, account: Account, now: int) -> None:
    """Note when somebody signed in."""
    _change(connection, account, signed_in_at=now)


def rename(connection: Connection, account: Account, name: str) -> None:
    """Give an account another name.

    Raises:
        NameTaken: somebody has it.

    """
    try:
        _change(connection, account, name=name)
    except IntegrityError:
        raise NameTaken from None


def set_role(connection: Connection, account: Account, role: Role) -> None:
    """Give an account another role; it holds from the next request on."""
    _change(connection, account, role=role)


def set_password(connection: Connection, account: Account, password_hash: str) -> None:
    """Give an account another password and sign it out everywhere."""
    _drop_tokens(connection, account)
    _change(connection, account, password=password_hash, epoch=account_table.c.epoch + 1)


def end_sessions(connection: Connection, account: Account) -> None:
    """Sign an account out everywhere, its programs too: who took a token is out as well."""
    _drop_tokens(connection, account)
    _change(connection, account, epoch=account_table.c.epoch + 1)


def remove(connection: Connection, account: Account, now: int) -> None:
    """Take an account away with its tokens; its sessions end at once, since nobody is there any more."""
    _drop_tokens(connection, account)
    _change(connection, account, password="", removed_at=now)


def _drop_tokens(connection: Connection, account: Account) -> None:
    connection.execute(delete(token_table).where(token_table.c.account == account.id))


def _change(connection: Connection, account: Account, **values: object) -> None:
    connection.execute(update(account_table).where(account_table.c.id == account.id).values(**values))


def add_token(connection: Connection, digest: str, account: int, now: int) -> None:
    """Remember a personal token."""
    connection.execute(insert(token_table).values(digest=digest, account=account, created_at=now))


def account_by_token(connection: Connection, digest: str) -> Account | None:
    """Return whose personal token this is, or None."""
    whose = select(token_table.c.account).where(token_table.c.digest == digest).scalar_subquery()
    row = connection.execute(_here().where(account_table.c.id == whose)).one_or_none()
    return _account(row) if row else None


def tokens_of(connection: Connection, account: Account) -> list[Token]:
    """Return an account's personal tokens, newest first."""
    query = select(token_table).where(token_table.c.account == account.id).order_by(token_table.c.created_at.desc())
    return [Token(row.digest, row.created_at) for row in connection.execute(query)]


def revoke_token(connection: Connection, account: Account, digest: str) -> None:
    """End one of an account's personal tokens."""
    mine = (token_table.c.account == account.id) & (token_table.c.digest == digest)
    connection.execute(delete(token_table).where(mine))
