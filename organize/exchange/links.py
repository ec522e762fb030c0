"""All sign-up links of a race, to be sent round: as text for a chat group, as a workbook."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from base.languages import Words
from results.exchange.table import FORMULA

HEADINGS = (Words("Club"), Words("Teams at most"), Words("Sign-up link"))


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A club, how many teams it may enter, and the address it opens."""

    club: str
    most_teams: int
    address: str


def links_text(lines: Sequence[LinkLine], put: Callable[[Words], str]) -> str:
    """Return a block a club: its name and number of teams, the link under it."""
    blocks = [
        put(Words("%(club)s, up to %(most)s teams:", {"club": line.club, "most": line.most_teams}))
        + f"\n{line.address}\n"
        for line in lines
    ]
    return "\n".join(blocks)


def links_sheet(lines: Sequence[LinkLine], put: Callable[[Words], str]) -> bytes:
    """Return the bytes of a workbook, a row a club."""
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook()
    page = book.active
    assert page is not None
    page.append([put(words) for words in HEADINGS])
    for line in lines:
        club = ILLEGAL_CHARACTERS_RE.sub("", line.club)
        club = f"'{club}" if club.startswith(FORMULA) else club
        page.append([club, line.most_teams, line.address])
    for column, width in (("A", 32), ("B", 14), ("C", 64)):
        page.column_dimensions[column].width = width
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
