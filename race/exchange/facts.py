"""Facts as the lines of a fact file."""

from typing import Any

from base.clock import format_instant
from facts.model import Fact

# What the phone said of itself stays in the log: it is for the jury, not for other software.
OWN = frozenset({"phone_at", "device", "receipt", "phone_doubt_ms"})


def fact_to_json(fact: Fact, timezone: str) -> dict[str, Any]:
    """Return a fact as a line of a fact file: its body's fields beside the common ones, what is absent left out."""
    common = {
        "id": fact.id,
        "kind": fact.kind,
        "entry": fact.entry,
        "checkpoint": fact.checkpoint,
        "at": format_instant(fact.at, timezone),
        "received_at": format_instant(fact.received_at, timezone),
        "by": fact.by,
    }
    body = {name: value for name, value in fact.body.items() if name not in OWN}
    return {name: value for name, value in {**common, **body}.items() if value is not None}
