"""Bringing the database to the shape this version needs."""

from sqlalchemy import Engine

from base.database import metadata, writing


def migrate(engine: Engine) -> None:
    """Create what is missing."""
    with writing(engine) as connection:
        metadata.create_all(connection)
