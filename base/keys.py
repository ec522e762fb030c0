"""Secrets that people carry: long keys in QR codes and short codes that survive being typed.

Both come from the race's own random secret, so neither a lost server secret nor a renumbered checkpoint kills what is
already printed. A new version makes a new key and the old one stops working.
"""

import base64
import hashlib
import hmac
import secrets
import unicodedata

# No 0 O 1 I L: nobody has to ask which it is.
SYMBOLS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
TYPED_LENGTH = 8


def new_secret() -> bytes:
    """Return 32 random bytes."""
    return secrets.token_bytes(32)


def derive(secret: bytes, *names: object) -> bytes:
    """Return the 32 bytes that `secret` holds for this chain of names."""
    return hmac.digest(secret, "\x00".join(map(str, names)).encode(), "sha256")


def key(secret: bytes, *names: object) -> str:
    """Return a 26-symbol upper-case key (128 bits) for a QR code; upper case keeps the symbol small."""
    return base64.b32encode(derive(secret, *names)[:16]).decode().rstrip("=")


def typed_code(secret: bytes, *names: object) -> str:
    """Return 7 symbols and a check symbol, to be printed as XXXX-XXXX."""
    number = int.from_bytes(derive(secret, "typed", *names), "big")
    values = []
    for _ in range(TYPED_LENGTH - 1):
        number, value = divmod(number, len(SYMBOLS))
        values.append(value)
    return "".join(SYMBOLS[value] for value in [*values, _check(values)])


def clean_typed(text: str) -> str | None:
    """Return the typed code in what somebody typed, or None where its check symbol says that it was mistyped."""
    folded = unicodedata.normalize("NFKC", text).upper()
    code = "".join(symbol for symbol in folded if symbol.isascii() and symbol.isalnum())
    if len(code) != TYPED_LENGTH or any(symbol not in SYMBOLS for symbol in code):
        return None
    values = [SYMBOLS.index(symbol) for symbol in code]
    return code if _check(values[:-1]) == values[-1] else None


def show_typed(code: str) -> str:
    """Return the code as it is printed: two groups of four."""
    return f"{code[:4]}-{code[4:]}"


def _check(values: list[int]) -> int:
    return sum(place * value for place, value in enumerate(values, start=1)) % len(SYMBOLS)


def digest(token: str) -> str:
    """Return what the database keeps of a bearer token: enough to know it again, not to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    """Return a fresh bearer token."""
    return secrets.token_urlsafe(24)


def sign(secret: bytes, *names: object) -> str:
    """Return a short signature over `names`."""
    return base64.urlsafe_b64encode(derive(secret, "sign", *names)[:12]).decode()


def signed(secret: bytes, signature: str, *names: object) -> bool:
    """Tell whether `signature` is ours over `names`, in constant time."""
    # As bytes: what somebody made up may hold any letter, and texts compare only in ASCII.
    return hmac.compare_digest(sign(secret, *names).encode(), signature.encode(errors="replace"))
