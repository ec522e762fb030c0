"""The entry form to download, and the race's teams in the same shape: one row a person, as our own reader reads it."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from base.languages import Words, say
from base.translate import put

Item = Mapping[str, Any]
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_HEADINGS = {
    "bib": Words("Bib"),
    "club": Words("Club"),
    "team": Words("Team"),
    "class": Words("Class"),
    "wave": Words("Wave"),
    "name": Words("Name"),
    "gender": Words("Gender"),
    "phone": Words("Phone"),
    "role": Words("Role in the team"),
    "emergency": Words("Emergency contact and phone"),
    "contact": Words("Team contact"),
    "contact_phone": Words("Phone of the team contact"),
}
# Numbers and waves are the organizer's to give; clubs are not asked for them.
_ORGANIZERS = {"bib", "wave"}
_OF_TEAM = ("bib", "club", "team", "wave")
_OF_MEMBER = ("name", "gender", "phone", "role", "emergency")
_EXAMPLE = {
    "club": Words("Example: Riverside Union"),
    "team": Words("Falcons"),
    "name": Words("Zhang San"),
    "phone": "13800000000",
    "contact": Words("Li Si"),
    "contact_phone": "13800000001",
}
_CHOICES = {"gender": Words("F,M"), "role": Words("Captain,Reserve")}
_HINTS = {
    "club": Words("One row a person. Each row of a team names the same club and the same team."),
    "name": Words("Please no identity card numbers: they are not needed, and what is not there cannot leak."),
    "contact": Words("Whom we call before the race. Once a team is enough."),
}
_WIDTHS = {"club": 28, "team": 18, "name": 14, "phone": 16, "emergency": 26, "contact_phone": 16}
# A choice lies in one cell of the file, which holds no more.
_LONGEST_CHOICE = 255
_FORM_ROWS = 1000


def entry_form(classes: Sequence[Item] = (), language: str = "zh") -> bytes:
    """Return the .xlsx form for clubs: headings, a grey example row that the reader skips, empty rows below.

    `classes` are the race's, as its file spells them: the form offers their names to choose from.
    """
    columns = [what for what in _HEADINGS if what not in _ORGANIZERS and (what != "class" or len(classes) > 1)]
    names = _class_names(classes, language)
    example = {what: put(words, language) if isinstance(words, Words) else words for what, words in _EXAMPLE.items()}
    example |= {"class": next(iter(names.values()), "")}
    example |= {what: put(words, language).split(",")[0] for what, words in _CHOICES.items()}
    return _workbook(columns, [example], list(names.values()), language, grey=1)


def entries_workbook(entries: Sequence[Item], classes: Sequence[Item] = (), language: str = "zh") -> bytes:
    """Return the race's `entries` as .xlsx in the shape of the form, to be edited and read back; numbers and waves too.

    What stands in no column, as first checkpoints and starting times, stays as it is when the file is read back.
    """
    names = _class_names(classes, language)
    rows = []
    for entry in entries:
        contact = entry.get("contact") or {}
        team = {what: entry.get(what) for what in _OF_TEAM}
        team |= {"class": names.get(str(entry.get("class", "")), entry.get("class"))}
        # An empty cell would say “as above”.
        team |= {what: team[what] or "—" for what in ("club", "class", "wave")}
        team |= {"contact": contact.get("name"), "contact_phone": contact.get("phone")}
        for member in entry.get("members") or [""]:
            person = {"name": member} if isinstance(member, str) else member
            rows.append({**team, **{what: person.get(what) for what in _OF_MEMBER}})
    return _workbook(list(_HEADINGS), rows, list(names.values()), language)


def _class_names(classes: Sequence[Item], language: str) -> dict[str, str]:
    return {str(item["id"]): say(item.get("name"), language) or str(item["id"]) for item in classes}


def _workbook(
    columns: Sequence[str], rows: Sequence[Item], classes: Sequence[str], language: str, grey: int = 0
) -> bytes:
    """Return a workbook of one sheet; its first `grey` rows are examples."""
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    page: Any = book.active
    page.title = put(Words("Entries"), language)
    page.freeze_panes = "A2"
    page.append([put(_HEADINGS[what], language) for what in columns])
    line = Side(style="thin", color="999999")
    for cell in page[1]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E8EEF4")
        cell.border = Border(bottom=line)
        cell.alignment = Alignment(vertical="center", wrap_text=True)
    choices = {what: put(words, language) for what, words in _CHOICES.items()}
    if classes and not any("," in name or '"' in name for name in classes):
        choices["class"] = ",".join(classes)
    for number, what in enumerate(columns, start=1):
        letter = get_column_letter(number)
        page.column_dimensions[letter].width = _WIDTHS.get(what, 12)
        # As text: a telephone stays as it is typed, and no "1-2" turns into a date.
        page.column_dimensions[letter].number_format = "@"
        if what in _HINTS:
            page.cell(1, number).comment = Comment(put(_HINTS[what], language), "Waypost", height=90, width=260)
        if what in choices and len(choices[what]) < _LONGEST_CHOICE:
            # A hint, no gate: a row that says something else is still a row.
            choice = DataValidation("list", formula1=f'"{choices[what]}"', allow_blank=True, showErrorMessage=False)
            choice.add(f"{letter}2:{letter}{max(_FORM_ROWS, len(rows) + 100)}")
            page.add_data_validation(choice)
    for row, values in enumerate(rows, start=2):
        for number, what in enumerate(columns, start=1):
            text = ILLEGAL_CHARACTERS_RE.sub("", str(values.get(what) or ""))
            if text:
                cell = page.cell(row, number, text)
                cell.number_format = "@"
                cell.data_type = "s"  # a team called "=1+1" is no formula
                if row - 2 < grey:
                    cell.font = Font(italic=True, color="8A8A8A")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
