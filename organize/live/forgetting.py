"""Proposals that ran out, and duels of yesterday, go by themselves: they hold people's names."""

from sqlalchemy import Engine

from base.database import reading, writing
from organize.store.proposals import any_expired, drop_expired
from practice.store import any_old, forget_duels


def forget_old(engine: Engine, now: int) -> None:
    """Forget the proposals of all races that ran out, and the duels of the day before."""
    with reading(engine) as connection:
        old = any_expired(connection, now) or any_old(connection, now)
    if old:
        with writing(engine) as connection:
            drop_expired(connection, now)
            forget_duels(connection, now)
