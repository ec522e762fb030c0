"""The keys of signs and stations, which hang on ids and outlive a renumbering; the codes a course's item names."""

from collections.abc import Container
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


PINS = 7
PIN_PLACES = 16


def pins(code: str) -> list[int]:
    """Return which of 4 × 4 places, 0 to 15 row by row, a checkpoint's pins would prick: the client draws the same.

    The order is drawn by xorshift32 (Marsaglia, 2003) from the code's FNV-1a hash.
    """
    state = 0x811C9DC5
    for symbol in code:
        state = (state ^ ord(symbol)) * 0x01000193 & 0xFFFFFFFF
    state = state or 1
    places = list(range(PIN_PLACES))
    for at in range(PINS):
        state ^= state << 13 & 0xFFFFFFFF
        state ^= state >> 17
        state ^= state << 5 & 0xFFFFFFFF
        other = at + state % (PIN_PLACES - at)
        places[at], places[other] = places[other], places[at]
    return sorted(places[:PINS])


def free_code(taken: Container[str]) -> str:
    """Return the first number from 31 up, where orienteering begins to count, that no other point has."""
    number = 31
    while str(number) in taken:
        number += 1
    return str(number)
