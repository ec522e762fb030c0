"""Deleting a race: every row of every table that says whose race it is of, so that no table can be forgotten."""

from sqlalchemy import Connection, delete

from base.database import metadata
from facts.store import race_table


def delete_race(connection: Connection, race: int) -> None:
    """Take a race and all that hangs on it out of the database. Nothing brings it back."""
    for table in reversed(metadata.sorted_tables):
        if "race" in table.c:
            connection.execute(delete(table).where(table.c.race == race))
    connection.execute(delete(race_table).where(race_table.c.id == race))
