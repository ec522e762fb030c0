"""Setting the sample race up: its own database, the organizer's program, and all that is on paper."""

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from base.clock import now_ms
from base.database import instance_folder, make_folder, open_engine, reading, writing
from base.keys import show_typed
from base.migrating import migrate
from checkpoints.rules import sign_key, station_key
from demo.park import draw
from demo.race import RACE
from facts.store import race_by_slug, races
from maps.exchange.pictures import read_picture
from people.live import new_link, new_personal_token
from people.model import Role
from people.store.accounts import account_by_name, add_account, count_accounts, has_account
from people.store.unions import first_union, name_union
from race.commands.store_race import lay_down
from race.forms.file import read_race_file
from race.rules.cards import card_key, join_code

SLUG = str(RACE["slug"])
# Whose personal token the simulated organizer holds. No password fits the mark in place of a hash.
ACCOUNT = "waypost demo"
NO_PASSWORD = "!"  # noqa: S105
DATABASE = "demo.db"
LOCK = "demo.lock"


class NotOurs(Exception):  # noqa: N818  the person is told, and decides
    """Where the demo should go lies something it may not touch. The message is in English; `words` says which case."""

    def __init__(self, words: str, path: object) -> None:
        super().__init__(f"{words}: {path}")
        self.words = words
        self.path = str(path)


@dataclass(frozen=True, slots=True)
class Papers:
    """What is printed and handed out: keys by entry and by checkpoint code, and what only the organizer gets."""

    slug: str
    cards: Mapping[str, str]
    joins: Mapping[str, str]
    signs: Mapping[str, str]
    stations: Mapping[str, str]
    token: str
    welcome: str


@contextmanager
def only_demo() -> Iterator[None]:
    """Be the only demo of this instance folder.

    Raises:
        NotOurs: another demo runs there.

    """
    folder = make_folder(instance_folder())
    with (folder / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise NotOurs("running", folder) from None
        yield


def fresh_database() -> tuple[str, bool]:
    """Return the address of a database for a new demo, and whether an earlier demo's file was removed for it.

    Raises:
        NotOurs: the file there, or the database of WAYPOST_DATABASE_URL, holds something else than a demo.

    """
    given = os.environ.get("WAYPOST_DATABASE_URL")
    if given:
        engine = open_engine(given)
        migrate(engine)
        with reading(engine) as connection:
            taken = race_by_slug(connection, SLUG) is not None
        engine.dispose()
        if taken:
            raise NotOurs("taken", SLUG)
        return given, False
    path = instance_folder() / DATABASE
    removed = path.exists()
    if removed and not _is_demo(path):
        raise NotOurs("foreign", path)
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        path.with_name(name).unlink(missing_ok=True)
    return f"sqlite:///{path}", removed


def _is_demo(path: Path) -> bool:
    """Tell whether a file is a database that a demo made: it holds the demo's account and no race but the demo's."""
    if path.stat().st_size == 0:
        return True
    engine = open_engine(f"sqlite:///{path}")
    try:
        with reading(engine) as connection:
            held = list(races(connection))
            return all(race.slug == SLUG for race in held) and (not held or has_account(connection, ACCOUNT))
    except Exception:  # whatever a file that is no database of ours makes the driver say
        return False
    finally:
        engine.dispose()


def lay_out(engine: Engine, race: Mapping[str, Any]) -> Papers:
    """Lay a race file down in a fresh database, with the map's picture, and return what is to be handed out."""
    now = now_ms()
    migrate(engine)
    with writing(engine) as connection:
        account = account_by_name(connection, ACCOUNT)
        union = first_union(connection)
        if not union.name and count_accounts(connection) == 0:
            name_union(connection, union, race["race"]["hosts"][0]["name"])
        who = account[0] if account else add_account(connection, ACCOUNT, NO_PASSWORD, union, Role.ORGANIZER, now)
    picture = read_picture(draw().encode())
    laid = lay_down(engine, race["race"]["slug"], race, picture, f"organizer:{ACCOUNT}")
    setup = read_race_file(race)
    checkpoints, entries = setup.checkpoints.values(), setup.entries.values()
    return Papers(
        slug=laid.slug,
        cards={entry.id: card_key(laid.secret, entry) for entry in entries},
        joins={entry.id: show_typed(join_code(laid.secret, entry)) for entry in entries},
        signs={checkpoint.code: sign_key(laid.secret, checkpoint) for checkpoint in checkpoints},
        stations={checkpoint.code: station_key(laid.secret, checkpoint) for checkpoint in checkpoints},
        token=new_personal_token(engine, who, now),
        welcome=new_link(engine, now),
    )
