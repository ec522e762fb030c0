"""Races of any size, in memory, the same each time: runs of 30 checkpoints in a random order, or in line."""

import random
from typing import Any

from facts.model import Fact
from race.forms.file import read_race_file
from race.model import Setup

CODES = tuple(str(number) for number in range(31, 61))
GUN = 1_777_597_200_000


def race_of(runs: int, format_: str = "count") -> tuple[Setup, list[Fact]]:
    """A race of so many entries that all came in, and its facts."""
    chance = random.Random(runs)
    setup = read_race_file(
        {
            "waypost": 1,
            "race": {"slug": "bench"},
            "checkpoints": [{"code": code, "points": 10} for code in CODES],
            "courses": [{"id": "A", "format": format_, "checkpoints": list(CODES)}],
            "classes": [{"id": "open", "course": "A"}],
            "entries": [{"id": str(number), "bib": str(number), "class": "open"} for number in range(1, runs + 1)],
        }
    )
    facts = [fact_of(1, "gun", GUN)]
    for entry in setup.entries:
        at = GUN
        for code in CODES if format_ == "line" else chance.sample(CODES, len(CODES)):
            at += chance.randrange(60_000, 180_000)
            facts.append(fact_of(len(facts) + 1, "punch", at, entry, code, proof="qr"))
        facts.append(fact_of(len(facts) + 1, "finish", at + 60_000, entry))
    return setup, facts


def fact_of(revision: int, kind: str, at: int, entry: str | None = None, code: str | None = None, **body: Any) -> Fact:
    """One fact of a race in memory."""
    return Fact(f"f{revision}", kind, at, at, "bench", entry, code, body, "race", revision, b"")
