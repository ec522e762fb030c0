"""Duels on disk, a row each: a restart in the middle of an evening loses none. They are forgotten after a day."""

from dataclasses import asdict

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy import func as sql

from base import canonical
from base.database import metadata
from practice.model import Duel, Turn

KEPT_MS = 24 * 3_600_000

duel_table = Table(
    "duel",
    metadata,
    Column("race", Integer, ForeignKey("race.id"), primary_key=True),
    Column("code", String(8), primary_key=True),
    Column("opened_at", BigInteger, nullable=False, index=True),
    Column("body", Text, nullable=False),
)


def add_duel(connection: Connection, race: int, duel: Duel) -> None:
    """Keep a new duel."""
    values = {"race": race, "code": duel.code, "opened_at": duel.opened_at, "body": _to_text(duel)}
    connection.execute(insert(duel_table).values(values))


def load_duel(connection: Connection, race: int, code: str, *, to_change: bool = False) -> Duel | None:
    """Return a duel by its code, or None; held against the other player's phone where it is about to change."""
    query = select(duel_table.c.body).where((duel_table.c.race == race) & (duel_table.c.code == code))
    body = connection.execute(query.with_for_update() if to_change else query).scalar()
    return None if body is None else _from_text(body)


def save_duel(connection: Connection, race: int, duel: Duel) -> None:
    """Keep how a duel stands."""
    mine = (duel_table.c.race == race) & (duel_table.c.code == duel.code)
    connection.execute(update(duel_table).where(mine).values(body=_to_text(duel)))


def load_duels(connection: Connection, race: int, since: int) -> list[Duel]:
    """Return the duels opened since an instant, the oldest first."""
    mine = (duel_table.c.race == race) & (duel_table.c.opened_at >= since)
    query = select(duel_table.c.body).where(mine).order_by(duel_table.c.opened_at, duel_table.c.code)
    return [_from_text(body) for body in connection.execute(query).scalars()]


def count_duels(connection: Connection, race: int) -> int:
    """Return how many duels are kept."""
    query = select(sql.count()).select_from(duel_table).where(duel_table.c.race == race)
    return int(connection.execute(query).scalar_one())


def forget_duels(connection: Connection, now: int) -> None:
    """Forget the duels of all races that are older than a day: they hold people's names."""
    connection.execute(delete(duel_table).where(duel_table.c.opened_at < now - KEPT_MS))


def drop_duels(connection: Connection, race: int) -> None:
    """Forget all duels of a race."""
    connection.execute(delete(duel_table).where(duel_table.c.race == race))


def any_old(connection: Connection, now: int) -> bool:
    """Tell whether any duel is older than a day."""
    query = select(duel_table.c.code).where(duel_table.c.opened_at < now - KEPT_MS).limit(1)
    return connection.execute(query).scalar() is not None


def _to_text(duel: Duel) -> str:
    return canonical.encode(asdict(duel))


def _from_text(body: str) -> Duel:
    data = canonical.decode(body)
    turns = tuple(Turn(**{**turn, "offered": tuple(turn["offered"])}) for turn in data["turns"])
    return Duel(**{**data, "names": tuple(data["names"]), "turns": turns})
