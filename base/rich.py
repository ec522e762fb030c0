"""The few marks that a text may carry: `<b> <i> <u> <sub> <sup> <code>` and `<br>`, without attributes.

Texts are quoted: whatever is not exactly one of these marks, well nested and around something, shows as it is written.
Inside `<code>` nothing is a mark, so that a question about tags can name them. The phone has the same rule in
`client/rules/rich.ts`; `tests/vectors/rich.json` holds the two together.
"""

import re
from typing import NamedTuple

from markupsafe import Markup, escape

_MARK = re.compile(r"<br/?>|<(/?)(b|i|u|sub|sup|code)>")


class Piece(NamedTuple):
    """A run of a text, and the marks around it from the outermost in."""

    text: str
    marks: tuple[str, ...] = ()


def pieces(text: str) -> list[Piece]:
    """Return a text as its runs; all of it as one where its marks do not fit together."""
    found: list[Piece] = []
    opened: list[tuple[str, int]] = []
    since = 0
    for mark in _MARK.finditer(text):
        whole, closes, name = mark[0], mark[1], mark[2]
        if opened and opened[-1][0] == "code" and whole != "</code>":
            continue
        marks = tuple(each for each, _ in opened)
        if before := text[since : mark.start()]:
            found.append(Piece(before, marks))
        since = mark.end()
        if name is None:
            found.append(Piece("\n", marks))
        elif not closes and name not in marks:
            opened.append((name, len(found)))
        elif closes and opened and opened[-1][0] == name and opened[-1][1] < len(found):
            opened.pop()
        else:
            return [Piece(text)]
    if opened:
        return [Piece(text)]
    rest = text[since:]
    return [*found, Piece(rest)] if rest or not found else found


def bare(text: str) -> str:
    """Return a text without its marks, for where none can be shown."""
    return "".join(piece.text for piece in pieces(text))


def markup(text: str) -> Markup:
    """Return a text as HTML that holds nothing but these marks; lines end where the text's do."""
    return Markup("").join(_marked(piece) for piece in pieces(text))


def _marked(piece: Piece) -> Markup:
    shown = escape(piece.text)
    for mark in reversed(piece.marks):
        shown = Markup("<{0}>{1}</{0}>").format(mark, shown)
    return shown
