"""Sealing what a phone carries until it holds the key: AES-256-GCM, and keys from long secrets and from short ones.

Nothing here draws lots. Whoever seals derives key and nonce from the plain text, so the same text gives the same bytes
and an answer that did not change keeps its ETag; another text never meets the same nonce under the same key.
"""

import base64
import hashlib
from dataclasses import dataclass
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE_BYTES = 12
KEY_BYTES = 32
ID_BYTES = 16
# What OWASP asks of PBKDF2-HMAC-SHA256 (2023): a typed code has 35 bits, and a phone tries one in a tenth of a second.
ITERATIONS = 600_000


@dataclass(frozen=True, slots=True)
class Lock:
    """What a secret turns into: the `id` that finds what it opens, in hexadecimal, and the `key` that opens it."""

    id: str
    key: bytes


@lru_cache(4096)
def lock_of_key(secret: str, salt: bytes) -> Lock:
    """Return the lock of a long secret, as a QR code carries (RFC 5869). Each punch proves one of the same few."""
    return _split(HKDF(SHA256(), KEY_BYTES + ID_BYTES, salt, b"waypost sign").derive(secret.encode()))


def lock_of_code(code: str, salt: bytes, iterations: int = ITERATIONS) -> Lock:
    """Return the lock of a short secret that people type (RFC 8018). Slow on purpose: a quarter of a second."""
    return _split(hashlib.pbkdf2_hmac("sha256", code.encode(), salt, iterations, KEY_BYTES + ID_BYTES))


def _split(material: bytes) -> Lock:
    return Lock(material[:ID_BYTES].hex(), material[ID_BYTES:])


def seal(key: bytes, nonce: bytes, plain: bytes, about: str) -> str:
    """Return nonce ‖ AES-256-GCM of `plain`, as text. It opens only together with the same `about`."""
    return to_text(nonce[:NONCE_BYTES] + AESGCM(key).encrypt(nonce[:NONCE_BYTES], plain, about.encode()))


def unseal(key: bytes, sealed: str, about: str) -> bytes:
    """Return the plain text. Raises `cryptography.exceptions.InvalidTag` if key, text or `about` is another."""
    data = from_text(sealed)
    return AESGCM(key).decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], about.encode())


def to_text(data: bytes) -> str:
    """Return base64url without padding."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def from_text(text: str) -> bytes:
    """Return the bytes of base64url without padding."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
