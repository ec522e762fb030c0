"""The keys of signs and stations, which hang on ids and outlive a renumbering; the codes a course's item names."""

from typing import Any

from base import keys
from checkpoints.model import Checkpoint


def sign_key(secret: bytes, checkpoint: Checkpoint) -> str:
    """Return the key in a sign's QR code: `/C/<key>`."""
    return keys.key(secret, "C", checkpoint.id, checkpoint.sign_version)


def sign_code(secret: bytes, checkpoint: Checkpoint) -> str:
    """Return the code printed beside the QR, for who cannot scan it."""
    return keys.typed_code(secret, "C", checkpoint.id, checkpoint.sign_version)


def station_key(secret: bytes, checkpoint: Checkpoint) -> str:
    """Return the key of a marshal's link: `/M/<key>`."""
    return keys.key(secret, "M", checkpoint.id)


def codes_of(item: Any) -> tuple[str, ...]:
    """Return the codes an item of a course names: itself, those of a choice, or none where any will do."""
    if isinstance(item, str):
        return (item,)
    choice = item.get("any_of") if isinstance(item, dict) else None
    return tuple(code for code in choice if isinstance(code, str)) if isinstance(choice, list) else ()
