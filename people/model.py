"""People who have an account, what they are there for, and the union they belong to."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody with an account is there for."""

    ORGANIZER = "organizer"
    AUTHOR = "author"
    CHIEF = "chief"
    MARSHAL = "marshal"


@dataclass(frozen=True, slots=True)
class Union:
    """Whoever runs races on this installation, with accounts and races of its own. It may have no name yet."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in. A session carries the `epoch` it began in and ends when the account moves on."""

    id: int
    name: str
    union: Union
    role: Role
    epoch: int = 0


@dataclass(frozen=True, slots=True)
class Colleague:
    """An account as its colleagues see it; `signed_in_at` is in UTC milliseconds, or None before the first time."""

    account: Account
    signed_in_at: int | None


@dataclass(frozen=True, slots=True)
class Link:
    """A one-time link: an invitation to open an account in `role`, or a new password for `account`.

    `note` says whom it is for; the database keeps a digest of the secret in its address.
    """

    digest: str
    union: Union
    role: Role | None
    account: int | None
    note: str
    expires_at: int


@dataclass(frozen=True, slots=True)
class Token:
    """A personal token, known by its digest; `created_at` is in UTC milliseconds."""

    digest: str
    created_at: int
