"""Dealing over a whole race: each class its own course's checkpoints, or the waves; and putting it back."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checkpoints.model import CheckpointKind
from checkpoints.rules import codes_of
from organize.rules.teams import by_bib
from race.model import Setup
from race.rules.dealing import deal_first, deal_waves

MOST_EACH = 5
MOST_WAVES = 26
LONGEST_WAVE = 20


@dataclass(frozen=True, slots=True)
class Deal:
    """What to deal: `first` checkpoints (`each` a team) or a `wave` of `waves`; `again` also to those who have one."""

    what: str = "first"
    each: int = 1
    waves: tuple[str, ...] = ()
    again: bool = False


@dataclass(frozen=True, slots=True)
class Dealt:
    """What one team had and gets."""

    id: str
    bib: str
    team: str
    club: str
    before: str
    after: str


def read_waves(text: str) -> tuple[str, ...]:
    """Return the names of waves in a text, in order, each once."""
    names = [name[:LONGEST_WAVE] for name in re.split(r"[\s,，、;；]+", text) if name]
    return tuple(dict.fromkeys(names))[:MOST_WAVES]


def deal(entries: Sequence[Mapping[str, Any]], setup: Setup, wanted: Deal) -> dict[str, Any]:
    """Return by entry id what each team of the race is dealt, in the race file's spelling."""
    dealt: dict[str, Any] = {}
    for name in setup.classes:
        own = sorted((e for e in entries if e.get("class") == name), key=lambda e: by_bib(str(e.get("bib", ""))))
        if wanted.what == "wave":
            dealt |= deal_waves(own, wanted.waves, again=wanted.again)
        else:
            first = deal_first(own, codes_to_deal(setup, name), wanted.each, again=wanted.again)
            dealt |= {entry: list(codes) for entry, codes in first.items()}
    return dealt


def codes_to_deal(setup: Setup, class_: str) -> list[str]:
    """Return the checkpoints that a class visits, once each, those between start and finish."""
    course = setup.courses.get(setup.classes[class_].course)
    codes = [code for item in course.checkpoints for code in codes_of(item)] if course else []
    controls = [item.code for item in setup.checkpoints.values() if item.kind is CheckpointKind.CONTROL]
    return [code for code in dict.fromkeys(codes or controls) if code in controls]


def with_dealt(entries: Sequence[Mapping[str, Any]], what: str, dealt: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the entries with `what` (first or wave) as `dealt` says by id; others stay, and nothing takes it away."""
    changed = []
    for entry in entries:
        name = str(entry["id"])
        value = dealt.get(name, entry.get(what))
        rest = {key: kept for key, kept in entry.items() if key != what}
        changed.append({**rest, what: value} if value else rest)
    return changed


def compared(entries: Sequence[Mapping[str, Any]], what: str, dealt: Mapping[str, Any]) -> list[Dealt]:
    """Return the teams for whom something changes, by number."""
    rows = [
        Dealt(
            str(entry["id"]),
            str(entry.get("bib", "")),
            str(entry.get("team", "")),
            str(entry.get("club", "")),
            _text(entry.get(what)),
            _text(dealt.get(str(entry["id"]), entry.get(what))),
        )
        for entry in entries
    ]
    return sorted((row for row in rows if row.before != row.after), key=lambda row: by_bib(row.bib))


def spread(entries: Sequence[Mapping[str, Any]], what: str, dealt: Mapping[str, Any]) -> dict[str, int]:
    """Return how many teams begin at each checkpoint, or start in each wave."""
    values = [dealt.get(str(entry["id"]), entry.get(what)) for entry in entries]
    counted = Counter(value[0] if isinstance(value, list) else str(value) for value in values if value)
    return dict(sorted(counted.items(), key=lambda item: by_bib(item[0])))


def _text(value: Any) -> str:
    return " ".join(map(str, value)) if isinstance(value, list | tuple) else str(value or "")
