"""The receipt of a phone's record: JSON to what the log keeps of it, with the proof already checked."""

import hmac
import re
from collections.abc import Mapping
from typing import Any

from base.sealing import lock_of_key
from checkpoints.model import Checkpoint
from checkpoints.rules import sign_key
from race.rules.receipts import canonical_line, digest_of, proof_of
from race.rules.sealing import salt_of

DEVICE = re.compile(r"[0-9a-f]{12}")
DIGEST = re.compile(r"(?:[0-9a-f]{64})?")
MOST_SEQ = 1_000_000
# Milliseconds since 1970, with room.
MOST_MS = 1 << 53


def read_receipt(data: Mapping[str, Any], checkpoint: Checkpoint | None, secret: bytes, anchored_at: int) -> Any:
    """Return what the log keeps of a record's receipt, None where it has none that can be read: that refuses nothing.

    `anchored_at` is the instant of the signed anchor the phone held, 0 without one; `proven` says whether the phone
    proved that it had read the sign of `checkpoint`, and is absent where it did not try.
    """
    given = data.get("receipt")
    if not isinstance(given, Mapping):
        return None
    numbers = {name: given.get(name) for name in ("seq", "wall", "mono", "origin")}
    if not all(type(value) is int and 0 <= value <= MOST_MS for value in numbers.values()):
        return None
    device, prev, mac = (given.get(name) for name in ("device", "prev", "mac"))
    fits = isinstance(device, str) and DEVICE.fullmatch(device) and isinstance(prev, str) and DIGEST.fullmatch(prev)
    if not fits or not 1 <= given["seq"] <= MOST_SEQ:
        return None
    anchor = data.get("anchor")
    receipt = {"device": device, "prev": prev, **numbers, "anchor": anchor if isinstance(anchor, str) else None}
    if anchored_at:
        receipt["anchored_at"] = anchored_at
    line = canonical_line(str(data["id"]), str(data["kind"]), data.get("at"), receipt)
    receipt["digest"] = digest_of(line)
    if isinstance(mac, str) and checkpoint is not None:
        expected = proof_of(line, lock_of_key(sign_key(secret, checkpoint), salt_of(secret)).key)
        receipt["proven"] = hmac.compare_digest(expected.encode(), mac[:64].encode(errors="replace"))
    return receipt
