"""The table of the evening: who won how often and who did how many squats."""

import unicodedata
from collections.abc import Iterable

from practice.model import Duel, Row
from practice.rules.duel import PLAYERS, SQUATS, is_over, score, winner


def table(duels: Iterable[Duel]) -> list[Row]:
    """Return one row a name, most won first, then fewest squats, then most right. `duels` are brought up to now.

    Only duels that are over and in which somebody answered count. The same name is the same person.
    """
    rows: dict[str, Row] = {}
    for duel in duels:
        if not is_over(duel) or not any(turn.answer is not None for turn in duel.turns):
            continue
        won = winner(duel)
        for seat in range(PLAYERS):
            name, got = duel.names[seat], score(duel, seat)
            row = rows.get(folded(name), Row(name, 0, 0, 0, 0))
            rows[folded(name)] = Row(
                row.name,
                row.duels + 1,
                row.won + (won == seat),
                row.right + got.right,
                row.squats + got.wrong * SQUATS,
            )
    return sorted(rows.values(), key=lambda row: (-row.won, row.squats, -row.right, row.name))


def folded(name: str) -> str:
    """Return a name as two people would call the same: width and case do not matter."""
    return unicodedata.normalize("NFKC", name).casefold()
