import re

from qrcode.constants import ERROR_CORRECT_H
from qrcode.main import QRCode

from base.qr import Symbol, symbol

ADDRESS = "HTTPS://RACE.EXAMPLE.ORG/C/ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def upright_edges(drawn: Symbol) -> list[tuple[int, int, int]]:
    """Each vertical edge of the outline as (x, from y, to y)."""
    edges = []
    x = y = 0
    for kind, first, second in re.findall(r"([MHV])(\d+)(?: (\d+))?", drawn.path):
        if kind == "M":
            x, y = int(first), int(second)
        elif kind == "H":
            x = int(first)
        else:
            edges.append((x, y, int(first)))
            y = int(first)
    return edges


def filled(drawn: Symbol) -> list[list[bool]]:
    """Which modules lie inside the outline, by the winding rule that SVG fills with."""
    edges = upright_edges(drawn)

    def winding(column: int, row: int) -> int:
        crossed = [(start, end) for x, start, end in edges if x <= column and min(start, end) <= row < max(start, end)]
        return sum(1 if start < end else -1 for start, end in crossed)

    return [[winding(column, row) != 0 for column in range(drawn.size)] for row in range(drawn.size)]


def test_the_outline_encloses_just_the_dark_modules() -> None:
    drawn = symbol(ADDRESS)
    assert drawn.size == 33
    code = QRCode(version=4, error_correction=ERROR_CORRECT_H, border=0)
    text = "HTTPS://RACE.EXAMPLE.ORG/C/ABCDEFGHIJKLMNOPQRSTU"
    code.add_data(text)
    code.make(fit=False)
    assert filled(symbol(text)) == code.modules


def test_capitals_make_a_smaller_symbol_than_small_letters() -> None:
    assert symbol(ADDRESS).size < symbol(ADDRESS.lower()).size


def test_every_outline_is_closed() -> None:
    path = symbol(ADDRESS).path
    assert path.count("M") == path.count("Z") > 10
