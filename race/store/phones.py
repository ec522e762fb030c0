"""The phones that joined teams: by the name that their token carries."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import BigInteger, Column, Connection, ForeignKey, Integer, String, Table, insert, select, update

from base.database import metadata

phone_table = Table(
    "team_phone",
    metadata,
    Column("race", Integer, ForeignKey("race.id"), primary_key=True),
    Column("device", String(40), primary_key=True),
    Column("entry", String(64), nullable=False),
    Column("how", String(16), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("removed_at", BigInteger),
)


@dataclass(frozen=True, slots=True)
class TeamPhone:
    """A phone that joined a team: when, and by its card, its code or another phone that handed over."""

    device: str
    entry: str
    how: str
    at: int


def add_phone(connection: Connection, race: int, phone: TeamPhone) -> None:
    """Note that a phone joined."""
    row = {"race": race, "device": phone.device, "entry": phone.entry, "how": phone.how, "at": phone.at}
    connection.execute(insert(phone_table), row)


def phones_of(connection: Connection, race: int, entry: str) -> list[TeamPhone]:
    """Return the phones of an entry that were not removed, in the order in which they joined."""
    mine = (phone_table.c.race == race) & (phone_table.c.entry == entry) & phone_table.c.removed_at.is_(None)
    rows = connection.execute(select(phone_table).where(mine).order_by(phone_table.c.at, phone_table.c.device))
    return [TeamPhone(row.device, row.entry, row.how, row.at) for row in rows]


def remove_phones(connection: Connection, race: int, entry: str, devices: Collection[str], now: int) -> None:
    """Take phones off an entry's team; who is not of it stays."""
    mine = (phone_table.c.race == race) & (phone_table.c.entry == entry) & phone_table.c.removed_at.is_(None)
    connection.execute(update(phone_table).where(mine, phone_table.c.device.in_(devices)).values(removed_at=now))


def removed_phones(connection: Connection) -> set[tuple[int, str]]:
    """Return race and device of each phone that was removed: few, so that all are kept in memory."""
    rows = connection.execute(
        select(phone_table.c.race, phone_table.c.device).where(phone_table.c.removed_at.is_not(None))
    )
    return {(row.race, row.device) for row in rows}
