"""The park map: its set-up item and its picture's bytes."""

from sqlalchemy import Column, Connection, Float, Integer, LargeBinary, String, Table, delete, insert, select

from base.database import metadata
from base.items import items_table
from maps.model import Picture

map_table = items_table("park_map")

picture_table = Table(
    "map_picture",
    metadata,
    Column("race", Integer, primary_key=True),
    Column("media_type", String(40), nullable=False),
    Column("width", Float, nullable=False),
    Column("height", Float, nullable=False),
    Column("data", LargeBinary, nullable=False),
)


def save_picture(connection: Connection, race: int, picture: Picture) -> None:
    """Make this the race's map picture."""
    connection.execute(delete(picture_table).where(picture_table.c.race == race))
    connection.execute(
        insert(picture_table).values(
            race=race,
            media_type=picture.media_type,
            width=picture.width,
            height=picture.height,
            data=picture.data,
        )
    )


def load_picture(connection: Connection, race: int) -> Picture | None:
    """Return the race's map picture, or None."""
    row = connection.execute(select(picture_table).where(picture_table.c.race == race)).one_or_none()
    return Picture(row.media_type, row.data, row.width, row.height) if row else None


def load_picture_size(connection: Connection, race: int) -> tuple[float, float] | None:
    """Return (width, height) of the race's map picture without its bytes, or None."""
    size = select(picture_table.c.width, picture_table.c.height).where(picture_table.c.race == race)
    row = connection.execute(size).one_or_none()
    return (row.width, row.height) if row else None
