"""Sign-up: the deadline of a race, and a link for each club. Of a link's key only a digest is kept."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Integer,
    Row,
    String,
    Table,
    UniqueConstraint,
    delete,
    insert,
    select,
    update,
)

from base.database import metadata
from organize.model import ClubLink

signup_table = Table(
    "signup",
    metadata,
    Column("race", Integer, ForeignKey("race.id"), primary_key=True),
    Column("deadline", BigInteger),
)

club_link_table = Table(
    "club_link",
    metadata,
    Column("race", Integer, ForeignKey("race.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("club", String(200), nullable=False),
    Column("most_teams", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
    Column("closed", Boolean, nullable=False),
    Column("contact", String(80), nullable=False),
    Column("phone", String(40), nullable=False),
    Column("changed_at", BigInteger),
    UniqueConstraint("race", "club"),
)


def load_deadline(connection: Connection, race: int) -> int | None:
    """Return until when clubs may change their teams (UTC ms), or None where no day is set."""
    return connection.execute(select(signup_table.c.deadline).where(signup_table.c.race == race)).scalar()


def save_deadline(connection: Connection, race: int, deadline: int | None) -> None:
    """Set the deadline, or none."""
    connection.execute(delete(signup_table).where(signup_table.c.race == race))
    connection.execute(insert(signup_table).values(race=race, deadline=deadline))


def club_links(connection: Connection, race: int) -> list[ClubLink]:
    """Return the links of a race's clubs, in the order they were made."""
    query = select(club_link_table).where(club_link_table.c.race == race).order_by(club_link_table.c.number)
    return [_link(row) for row in connection.execute(query)]


def link_by_digest(connection: Connection, digest: str) -> tuple[int, ClubLink] | None:
    """Return the race and the link whose key has this digest, or None."""
    row = connection.execute(select(club_link_table).where(club_link_table.c.digest == digest)).one_or_none()
    return (row.race, _link(row)) if row else None


def add_link(connection: Connection, race: int, link: ClubLink, digest: str) -> None:
    """Give a club its link."""
    connection.execute(insert(club_link_table).values(race=race, digest=digest, **_values(link)))


def save_link(connection: Connection, race: int, link: ClubLink, digest: str) -> None:
    """Store what changed about a club's link."""
    mine = (club_link_table.c.race == race) & (club_link_table.c.number == link.number)
    connection.execute(update(club_link_table).where(mine).values(digest=digest, **_values(link)))


def drop_link(connection: Connection, race: int, number: int) -> None:
    """Take a club off the list; its teams stay."""
    mine = (club_link_table.c.race == race) & (club_link_table.c.number == number)
    connection.execute(delete(club_link_table).where(mine))


def forget_contacts(connection: Connection, race: int) -> None:
    """Forget who signed the clubs up."""
    mine = club_link_table.c.race == race
    connection.execute(update(club_link_table).where(mine).values(contact="", phone=""))


def _values(link: ClubLink) -> dict[str, Any]:
    return {
        "number": link.number,
        "club": link.club,
        "most_teams": link.most_teams,
        "version": link.version,
        "closed": link.closed,
        "contact": link.contact,
        "phone": link.phone,
        "changed_at": link.changed_at,
    }


def _link(row: Row[Any]) -> ClubLink:
    return ClubLink(
        number=row.number,
        club=row.club,
        most_teams=row.most_teams,
        version=row.version,
        closed=row.closed,
        contact=row.contact,
        phone=row.phone,
        changed_at=row.changed_at,
    )
