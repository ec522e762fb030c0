"""What is odd about the receipts of an entry's phones."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing for the jury: its code, what tells it from others of that code, the facts it rests on, its figures."""

    code: str
    about: str
    facts: tuple[str, ...]
    figures: Mapping[str, int]
