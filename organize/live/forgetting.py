"""Proposals that ran out go by themselves: they hold people's names, and nobody may come to look again."""

from sqlalchemy import Engine

from base.database import reading, writing
from organize.store.proposals import any_expired, drop_expired


def forget_proposals(engine: Engine, now: int) -> None:
    """Forget the proposals of all races that ran out."""
    with reading(engine) as connection:
        old = any_expired(connection, now)
    if old:
        with writing(engine) as connection:
            drop_expired(connection, now)
