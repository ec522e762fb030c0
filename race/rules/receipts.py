"""What a phone's receipts tell the jury: records that are missing, changed, or dated by a clock that was set back.

Each record names the one before it on the same phone by its digest, holds the signed instant the phone last had from
the server, and says what both of its clocks showed. A phone cannot be kept from dating a punch as it likes in a dead
spot; it can be kept from doing so unseen. Nothing here refuses a record or changes a result.
"""

import hashlib
import hmac
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from facts.model import Fact
from race.model import Doubt

GAP, CHAIN, PROOF, CLOCK, OFFLINE = "gap", "chain", "proof", "clock", "offline"
# A clock that is put right by the network moves by less.
SET_BACK_MS = 60_000
# A record that came so much later than it happened was kept by a phone without signal.
LATE_MS = 10_000


def canonical_line(name: str, kind: str, at: Any, receipt: Mapping[str, Any]) -> str:
    """Return the line that a receipt's digests are over, as `JSON.stringify` writes it."""
    clocks = (receipt.get(field) for field in ("seq", "prev", "wall", "mono", "origin"))
    line = [name, kind, at, receipt.get("anchor"), *clocks]
    return json.dumps(line, ensure_ascii=False, separators=(",", ":"))


def proof_of(line: str, key: bytes) -> str:
    """Return the proof that a phone held a sign when it wrote this line; `key` is the key of the sign's lock."""
    return hmac.new(key, line.encode(), hashlib.sha256).hexdigest()


def digest_of(line: str) -> str:
    """Return by what the next receipt names this line."""
    return hashlib.sha256(line.encode()).hexdigest()


def doubts_of(own: Iterable[Fact], offline_ms: int) -> tuple[Doubt, ...]:
    """Return what is odd about the receipts among an entry's facts; records without one are left alone.

    `own` are all of them, those that were taken back as well: they hold the chain together.
    """
    phones: dict[str, list[Fact]] = defaultdict(list)
    kept = [fact for fact in own if "receipt" in fact.body]
    for fact in kept:
        phones[_receipt(fact)["device"]].append(fact)
    found: list[Doubt] = []
    for device, facts in phones.items():
        chain = sorted(facts, key=lambda fact: (_receipt(fact)["seq"], fact.received_at, fact.id))
        found += _of_chain(device, chain)
        unproven = tuple(fact for fact in chain if _receipt(fact).get("proven") is False)
        found += [_doubt(PROOF, device, unproven, count=len(unproven))] if unproven else []
    return (*found, *_offline(kept, offline_ms))


def _receipt(fact: Fact) -> Mapping[str, Any]:
    receipt: Mapping[str, Any] = fact.body["receipt"]
    return receipt


def _of_chain(device: str, chain: Sequence[Fact]) -> Iterator[Doubt]:
    """The first record here need not be a phone's first: it may have sent others in a trial, or to another race."""
    for earlier, later in pairwise(chain):
        before, after = _receipt(earlier), _receipt(later)
        about = f"{device}:{after['seq']}"
        if after["seq"] > before["seq"] + 1:
            yield _doubt(GAP, about, (earlier, later), count=after["seq"] - before["seq"] - 1)
        elif after["seq"] == before["seq"] or after["prev"] != before["digest"]:
            yield _doubt(CHAIN, about, (earlier, later))
        back = _set_back_ms(before, after)
        if back > SET_BACK_MS:
            yield _doubt(CLOCK, about, (earlier, later), seconds=back // 1000)


def _set_back_ms(before: Mapping[str, Any], after: Mapping[str, Any]) -> int:
    """Return by how much the time of day went back between two records, against the steady clock where it still runs.

    The steady clock stands while a phone sleeps, so the time of day may run ahead of it, never behind.
    """
    steady = after["mono"] - before["mono"] if after["origin"] == before["origin"] else 0
    return int(before["wall"] + max(0, steady) - after["wall"])


def _offline(facts: Iterable[Fact], offline_ms: int) -> Iterator[Doubt]:
    """Yield a doubt for each window without signal that was too long: from the last word of the server to receipt."""
    windows: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        anchored_at = _receipt(fact).get("anchored_at")
        late = fact.kind == "punch" and fact.received_at - fact.at > LATE_MS
        if late and anchored_at and fact.received_at - anchored_at > offline_ms:
            windows[anchored_at].append(fact)
    for anchored_at, punches in sorted(windows.items()):
        longest = max(fact.received_at for fact in punches) - anchored_at
        yield _doubt(OFFLINE, str(anchored_at), punches, minutes=longest // 60_000, count=len(punches))


def _doubt(code: str, about: str, facts: Iterable[Fact], **figures: int) -> Doubt:
    return Doubt(code, about, tuple(fact.id for fact in facts), figures)
