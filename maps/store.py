"""The park map: its set-up item and its picture's bytes."""

from sqlalchemy import Column, Connection, Integer, LargeBinary, String, Table, delete, insert, select

from base.database import metadata
from base.items import items_table

map_table = items_table("park_map")

picture_table = Table(
    "map_picture",
    metadata,
    Column("race", Integer, primary_key=True),
    Column("media_type", String(40), nullable=False),
    Column("data", LargeBinary, nullable=False),
)


def save_picture(connection: Connection, race: int, media_type: str, data: bytes) -> None:
    """Make this the race's map picture."""
    connection.execute(delete(picture_table).where(picture_table.c.race == race))
    connection.execute(insert(picture_table).values(race=race, media_type=media_type, data=data))


def load_picture(connection: Connection, race: int) -> tuple[str, bytes] | None:
    """Return (media type, bytes) of the race's map picture, or None."""
    row = connection.execute(select(picture_table).where(picture_table.c.race == race)).one_or_none()
    return (row.media_type, row.data) if row else None
