"""QR symbols as outlines for paper: one path, so no printer or viewer shows seams between the squares."""

from dataclasses import dataclass
from typing import Any

from qrcode.constants import ERROR_CORRECT_H, ERROR_CORRECT_Q
from qrcode.main import QRCode

# White that must stay around a symbol, in modules (ISO/IEC 18004).
QUIET = 4


@dataclass(frozen=True, slots=True)
class Symbol:
    """A QR symbol. `size` is its side in modules without the quiet zone; `path` an SVG path in modules."""

    size: int
    path: str


def symbol(text: str) -> Symbol:
    """Return the smallest symbol for `text` that reads with a quarter of it torn off (level Q), or better if as small.

    Digits, capitals and `$%*+-./:` make a smaller symbol than other letters, so addresses are printed in capitals.
    """
    code, sturdier = _fitted(text, ERROR_CORRECT_Q), _fitted(text, ERROR_CORRECT_H)
    if sturdier.version == code.version:
        code = sturdier
    code.make(fit=False)
    dark = [[bool(module) for module in row] for row in code.modules]
    return Symbol(len(dark), _outline(dark))


def _fitted(text: str, level: int) -> "QRCode[Any]":
    """Return the smallest symbol at a level, not drawn yet: drawing tries eight masks, which takes its time."""
    code: QRCode[Any] = QRCode(error_correction=level, border=0)
    code.add_data(text)
    code.best_fit(start=1)
    return code


def _outline(dark: list[list[bool]]) -> str:
    """Trace round the dark areas: outer edges clockwise, holes the other way."""
    size = len(dark)
    edges: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for y in range(size):
        for x in range(size):
            if not dark[y][x]:
                continue
            corners = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]
            for side, (across, down) in enumerate(((0, -1), (1, 0), (0, 1), (-1, 0))):
                there = y + down, x + across
                if not (0 <= there[0] < size and 0 <= there[1] < size and dark[there[0]][there[1]]):
                    edges.setdefault(corners[side], []).append(corners[(side + 1) % 4])
    path = []
    while edges:
        start = point = next(iter(edges))
        path.append(f"M{start[0]} {start[1]}")
        while point in edges:
            last, point = point, edges[point].pop()
            if not edges[last]:
                del edges[last]
            path.append(f"H{point[0]}" if point[1] == last[1] else f"V{point[1]}")
        path.append("Z")
    return "".join(path)
