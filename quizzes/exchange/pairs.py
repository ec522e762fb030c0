"""What must be paired: lines of `left → right`, as a cell or a list holds them, become a matching."""

import re
from collections.abc import Sequence

from base.languages import Words
from quizzes.exchange.reading import Refused

ARROW = " → "
_ARROW = re.compile(r"\s*(?:→|->|=>|⇒|——)\s*")

Matching = tuple[tuple[str, ...], tuple[str, ...], tuple[int, ...]]


def matching(pairs: Sequence[tuple[str, str]]) -> Matching:
    """Return (left sides, right sides, for each left side the place of its right one).

    A right side without a left one is only there to mislead.

    Raises:
        Refused: there are fewer than two pairs, or one is not whole.

    """
    rights = tuple(dict.fromkeys(right for _, right in pairs))
    asked = [(left, right) for left, right in pairs if left]
    if len(asked) < 2 or "" in rights:
        raise Refused(Words("A pair of its matches is not whole."))
    return tuple(left for left, _ in asked), rights, tuple(rights.index(right) for _, right in asked)


def pairs_in(text: str) -> list[tuple[str, str]]:
    """Return the pairs of a text, one a line or between semicolons, with an arrow in the middle of each.

    Raises:
        Refused: a line has no arrow, or more than one.

    """
    found = []
    for line in re.split(r"\n|[;；]", text):
        parts = _ARROW.split(line.strip())
        if len(parts) != 2:
            raise Refused(Words("Write each pair on a line of its own, with → in its middle."))
        found.append((parts[0], parts[1]))
    return found


def is_plain(text: str) -> bool:
    """Tell whether a text can be a side of a pair in a line."""
    return not re.search(r"→|->|=>|⇒|——|[;；\n]", text)
