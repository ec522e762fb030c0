"""The keys of signs and stations. They hang on a checkpoint's id, which renumbering does not change."""

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
