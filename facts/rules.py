"""The chain that seals a log.

Each fact's chain value is SHA-256 over the value before it, the fact's columns, and the SHA-256 of its body. So a
changed past shows, and yet a body can be blanked later (erasing personal data) as long as its hash is kept.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter

from base import canonical
from facts.model import Fact

FIRST_CHAIN = bytes(32)


def seal(previous: bytes, columns: Iterable[object], body: str, digest: str | None = None) -> bytes:
    """Return the chain value of a fact: `columns` in the table's order, `body` as canonical JSON.

    Of a body that was blanked since, `digest` is what it was sealed by.
    """
    head = canonical.encode([*columns, digest or canonical.sha256(body)])
    return hashlib.sha256(previous + head.encode()).digest()


def columns(fact: Fact) -> tuple[object, ...]:
    """Return what of a fact, besides its body, is sealed."""
    return (
        fact.log,
        fact.revision,
        fact.id,
        fact.entry,
        fact.kind,
        fact.checkpoint,
        fact.at,
        fact.received_at,
        fact.by,
    )


def first_broken(facts: Iterable[Fact]) -> int | None:
    """Return the revision at which a log no longer fits together, or None. `facts` start at revision 1."""
    previous, expected = FIRST_CHAIN, 1
    for fact in facts:
        sealed = seal(previous, columns(fact), canonical.encode(fact.body), fact.digest)
        if fact.revision != expected or sealed != fact.chain:
            return expected
        previous, expected = fact.chain, expected + 1
    return None


def by_kind(facts: Iterable[Fact]) -> Mapping[str, Sequence[Fact]]:
    """Return the facts of each kind that is among them, in their order."""
    kinds: dict[str, list[Fact]] = {}
    for fact in facts:
        kinds.setdefault(fact.kind, []).append(fact)
    return kinds


order: Callable[[Fact], tuple[int, int, str]] = attrgetter("at", "received_at", "id")
"""The key that puts facts in the order in which they happened, whatever order they arrived in."""
