"""The keys that make a phone a team's phone, and the tokens it then carries.

Both hang on the race's own secret, so they live as long as the race's database does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from base import keys
from facts.model import Fact
from race.model import Entry


def entries_named(fact: Fact) -> set[str]:
    """Return the ids of the entries that a fact names. None of them is ever given to another team.

    A card's key hangs on the id: the card of a team that is gone would open the new one.
    """
    named = {fact.entry} if fact.entry else set()
    if fact.kind == "setup" and fact.body.get("part") in ("entries", "entry"):
        value = fact.body.get("value")
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, Mapping):
                named.add(str(item.get("id")))
    return named


def card_key(secret: bytes, entry: Entry) -> str:
    """Return the key in a team card's QR code: `/T/<key>`."""
    return keys.key(secret, "T", entry.id, entry.card_version)


def join_code(secret: bytes, entry: Entry) -> str:
    """Return the code (参赛码) that joins a phone when it is typed."""
    return keys.typed_code(secret, "T", entry.id, entry.card_version)


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who holds a token: a `team` (subject is its entry) or a `marshal` (subject is the checkpoint) of one race."""

    race: int
    role: str
    subject: str
    device: str


# Simulated teams and marshals carry tokens whose device begins so: what they say never counts for the race.
REHEARSAL = "rehearsal-"


def is_rehearsal(device: str) -> bool:
    """Tell whether a device is one of simulated people."""
    return device.startswith(REHEARSAL)


def issue(secret: bytes, bearer: Bearer) -> str:
    """Return the token that says so."""
    fields = (bearer.race, bearer.role, bearer.subject.encode().hex(), bearer.device)
    return ".".join([*map(str, fields), keys.sign(secret, *fields)])


def race_of(token: str) -> int | None:
    """Return which race a token claims to be of: its secret then tells whether that is true."""
    number = token.split(".", 1)[0]
    return int(number) if number.isdecimal() and len(number) < 10 else None


@lru_cache(50_000)
def read(secret: bytes, token: str) -> Bearer | None:
    """Return who holds the token, or None if it is not ours.

    It is the same for ever, and a phone shows its token with each record: remembered, it costs nothing.
    """
    try:
        race, role, subject, device, signature = token.split(".")
        bearer = Bearer(int(race), role, bytes.fromhex(subject).decode(), device)
    except ValueError:
        return None
    return bearer if keys.signed(secret, signature, race, role, subject, device) else None
