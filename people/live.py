"""Passwords, one-time links and personal tokens. Argon2 is slow on purpose, so it runs where nobody waits for it."""

import threading
from collections.abc import Callable
from dataclasses import replace

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from sqlalchemy import Connection, Engine

from base import keys
from base.database import writing
from people.model import Account, Link, Role, Union
from people.store import accounts, links, unions

# How long a link of the server's operator lasts, and one that sets a new password; and an invitation.
LINK_MS = 48 * 3_600_000
INVITE_MS = 7 * 86_400_000

# What a wrong name is checked against, so that it takes as long as a wrong password and tells nobody which it was.
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$RdescudvJCsgt3ub+b2dWRWJTmaaSgOqs/J4cuX9vL8"


def _here(work: Callable[[], object]) -> object:
    return work()


class Passwords:
    """Hashes and checks passwords; `outside` runs the slow part (a thread pool under gevent).

    One at a time: each takes 64 MB and both hands of a small machine, and punches are committed in the same pool.
    """

    def __init__(self, outside: Callable[[Callable[[], object]], object] = _here) -> None:
        self._hasher = PasswordHasher()
        self._outside = outside
        self._turn = threading.Lock()

    def hash(self, password: str) -> str:
        """Return the Argon2id hash to keep."""
        with self._turn:
            return str(self._outside(lambda: self._hasher.hash(password)))

    def is_right(self, kept: str | None, password: str) -> bool:
        """Tell whether `password` fits the kept hash; without one it takes as long and says no."""
        with self._turn:
            fits = self._outside(lambda: self._verify(kept or _NOBODY, password))
        return bool(fits) and kept is not None

    def _verify(self, kept: str, password: str) -> bool:
        try:
            return self._hasher.verify(kept, password)
        except (Argon2Error, InvalidHashError):
            return False


def new_link(engine: Engine, now: int) -> str:
    """Make the link with which an installation's first organizer opens an account; return its path."""
    with writing(engine) as connection:
        return invite(connection, unions.first_union(connection), Role.ORGANIZER, now + LINK_MS)


def invite(
    connection: Connection, union: Union, role: Role, until: int, note: str = "", by: Account | None = None
) -> str:
    """Make a one-time link that opens an account in `role`; return its path, which is known only now."""
    return _new_link(connection, Link("", union, role, None, note, until), by)


def reset(connection: Connection, account: Account, until: int, by: Account | None = None) -> str:
    """Make a one-time link that sets a new password; those made before stop working. Return its path."""
    links.revoke_links_for(connection, account)
    return _new_link(connection, Link("", account.union, None, account.id, account.name, until), by)


def _new_link(connection: Connection, link: Link, by: Account | None) -> str:
    token = keys.new_token()
    links.add_link(connection, replace(link, digest=keys.digest(token)), by)
    return f"/organize/welcome/{token}"


def new_personal_token(engine: Engine, account: Account, now: int) -> str:
    """Make a token with which a program may do what this account may; it is shown once."""
    token = keys.new_token()
    with writing(engine) as connection:
        accounts.add_token(connection, keys.digest(token), account.id, now)
    return token
