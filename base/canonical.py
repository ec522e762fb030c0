"""JSON with one spelling: sorted keys, no spaces, no floats' noise. What is hashed must always be written the same."""

import hashlib
import json
from typing import Any

# Made once: the module's own function makes one for each call that wants anything special, and this is called for
# every fact many times.
_READER = json.JSONDecoder()
_SPELLING = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def encode(value: Any) -> str:
    """Return the canonical JSON text of `value`."""
    return _SPELLING.encode(value)


def can_be_kept(value: Any) -> bool:
    """Tell whether the log can hold it: JSON readers let NaN and halves of letters through, and no text spells them."""
    try:
        encode(value).encode()
    except (ValueError, RecursionError):
        return False
    return True


def decode(text: str) -> Any:
    """Return the value of a canonical JSON text."""
    return _READER.raw_decode(text)[0]


def sha256(text: str) -> str:
    """Return the hexadecimal SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()
