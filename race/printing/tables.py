"""A list on paper: a head, groups of rows under the same columns, heads repeated on each page, no row ever split."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from base import pdf
from base.languages import Words
from base.translate import Said, put
from checkpoints.printing import PRODUCT, in_each, show_day
from race.model import Setup

NOBODY = Words("Nobody is entered yet.")
# A cell is one thing or several, one below the other, the first the largest.
Cell = Said | tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column, `width_mm` wide, or 0 for a share of what is left; `style` is one of those that `lists.typ` draws."""

    head: Words
    width_mm: int = 0
    style: str = "plain"
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that belong together, under a name that may be empty."""

    name: tuple[Said, ...]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class ListPaper:
    """A whole list. `row_mm` is how high a row is at least; `mark` stands in a box beside the title.

    `logo` (see `Job.mark`) stands beside the flag.
    """

    title: Words
    columns: Sequence[Column]
    groups: Sequence[Group]
    notes: tuple[Said, ...] = ()
    mark: Said = ""
    empty: Words = NOBODY
    row_mm: int = 8
    landscape: bool = False
    logo: str = ""


def list_pdf(paper: ListPaper, setup: Setup, day: date | None, languages: Sequence[str]) -> bytes:
    """Return a list as a PDF of A4 pages."""
    return pdf.compile(pdf.TEMPLATES / "lists.typ", list_data(paper, setup, day, languages))


def list_data(paper: ListPaper, setup: Setup, day: date | None, languages: Sequence[str]) -> dict[str, Any]:
    """Return a list as the templates take it."""
    about, main = setup.about, languages[0]
    place = "\u3000".join(filter(None, [put(about.venue, main), show_day(day, main)]))
    groups = [group for group in paper.groups if group.rows]
    return {
        "title": put(paper.title, main),
        "languages": languages,
        "product": PRODUCT,
        "logo": paper.logo,
        "landscape": paper.landscape,
        "row_mm": paper.row_mm,
        "race": in_each(about.name, languages),
        "heading": in_each(paper.title, languages),
        "mark": in_each(paper.mark, languages),
        "hosts": [f"{host.name}\u3000{host.role}" for host in about.hosts],
        "place": place,
        "notes": [in_each(note, languages) for note in paper.notes],
        "page_of": put(Words("Page %(page)s of %(pages)s", {"page": "#", "pages": "##"}), main),
        "columns": [
            {
                "head": in_each(column.head, languages),
                "width_mm": column.width_mm,
                "style": column.style,
                "align": column.align,
            }
            for column in paper.columns
        ],
        "groups": [
            {
                "name": [
                    " · ".join(filter(None, (put(part, language) for part in group.name))) for language in languages
                ],
                "rows": [[_cell(cell, languages) for cell in row] for row in group.rows],
            }
            for group in groups
        ],
        "empty": [] if groups else in_each(paper.empty, languages),
    }


def _cell(cell: Cell, languages: Sequence[str]) -> list[dict[str, Any]]:
    """Return the lines of a cell, each in its languages."""
    parts = cell if isinstance(cell, tuple) else (cell,)
    return [{"words": said} for part in parts if (said := in_each(part, languages))]
