"""The phones that joined teams, by the name their token carries; and the codes that hand over to another browser."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Integer,
    String,
    Table,
    delete,
    insert,
    select,
    update,
)

from base.database import metadata

phone_table = Table(
    "team_phone",
    metadata,
    Column("race", Integer, ForeignKey("race.id"), primary_key=True),
    Column("device", String(40), primary_key=True),
    Column("entry", String(64), nullable=False),
    Column("how", String(16), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("unsent", Integer, nullable=False),
    Column("removed_at", BigInteger),
)

# Of a code only the digest is kept; each joins one browser, once.
handover_table = Table(
    "handover",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("race", Integer, ForeignKey("race.id"), nullable=False),
    Column("entry", String(64), nullable=False),
    Column("until", BigInteger, nullable=False),
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
    row = {"race": race, "device": phone.device, "entry": phone.entry, "how": phone.how, "at": phone.at, "unsent": 0}
    connection.execute(insert(phone_table), row)


def phones_of(connection: Connection, race: int, entry: str) -> list[TeamPhone]:
    """Return the phones of an entry that were not removed, in the order in which they joined."""
    mine = (phone_table.c.race == race) & (phone_table.c.entry == entry) & phone_table.c.removed_at.is_(None)
    rows = connection.execute(select(phone_table).where(mine).order_by(phone_table.c.at, phone_table.c.device))
    return [TeamPhone(row.device, row.entry, row.how, row.at) for row in rows]


def remove_phones(connection: Connection, race: int, entry: str, devices: Collection[str], now: int) -> None:
    """Take phones off an entry's team; who is not of it stays."""
    mine = (phone_table.c.race == race) & (phone_table.c.entry == entry) & phone_table.c.removed_at.is_(None)
    connection.execute(
        update(phone_table).where(mine, phone_table.c.device.in_(devices)).values(removed_at=now, unsent=0)
    )


def note_unsent(connection: Connection, race: int, device: str, unsent: int) -> None:
    """Note how many records a phone says that it holds."""
    mine = (phone_table.c.race == race) & (phone_table.c.device == device)
    connection.execute(update(phone_table).where(mine).values(unsent=unsent))


def removed_phones(connection: Connection) -> set[tuple[int, str]]:
    """Return race and device of each phone that was removed: few, so that all are kept in memory."""
    removed = phone_table.c.removed_at.is_not(None)
    rows = connection.execute(select(phone_table.c.race, phone_table.c.device).where(removed))
    return {(row.race, row.device) for row in rows}


def holding_phones(connection: Connection) -> dict[tuple[int, str], tuple[str, int]]:
    """Return by race and device the entry and the count of each phone that holds records."""
    columns = (phone_table.c.race, phone_table.c.device, phone_table.c.entry, phone_table.c.unsent)
    rows = connection.execute(select(*columns).where(phone_table.c.unsent > 0))
    return {(row.race, row.device): (row.entry, row.unsent) for row in rows}


def add_handover(connection: Connection, digest: str, race: int, entry: str, until: int) -> None:
    """Keep a code that joins another browser until then."""
    connection.execute(insert(handover_table), {"digest": digest, "race": race, "entry": entry, "until": until})


def use_handover(connection: Connection, digest: str, now: int) -> tuple[int, str] | None:
    """Return the race and the entry of a code that is still good, and use it up; with it go all that are too old."""
    mine = (handover_table.c.digest == digest) & (handover_table.c.until > now)
    found = connection.execute(select(handover_table.c.race, handover_table.c.entry).where(mine)).one_or_none()
    gone = (handover_table.c.digest == digest) | (handover_table.c.until <= now)
    used = connection.execute(delete(handover_table).where(gone)).rowcount
    return (found.race, found.entry) if found and used else None
