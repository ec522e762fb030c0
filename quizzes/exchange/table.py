"""Tables of questions: which column holds what, by its heading or, where there is none, by what stands in it."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from base.languages import Words
from base.sheets import Row, Sheet
from quizzes.exchange.paper.letters import option_marks
from quizzes.exchange.paper.signs import part_of
from quizzes.exchange.reading import Raw, Remark, label_of
from quizzes.exchange.words import clean, column_of, kind_of, truth_of

# A heading is looked for among the first rows; above it stand titles and advice.
_HEADING_WITHIN = 20
_ENOUGH = 0.8
_LETTERS = re.compile(r"[A-Ha-h](?:[\s,，、;；]*[A-Ha-h]){0,7}")
_MARK = re.compile(r"(?<![A-Za-z])([A-Za-z])\s*[.．、:：)）]\s*")
# The options stand in the question's own cell, below it.
_OPTIONS_BELOW = re.compile(r"\n\s*[Aa]\s*[.．、:：)）]")
_LOOSE = (re.compile(r"\s*、\s*"), re.compile(r"\s*[/／]\s*"), re.compile(r"(?<![A-Za-z])\s+|\s+(?![A-Za-z])"))
_MOST_LOOSE, _LONGEST_LOOSE = 8, 20
_GLUED = re.compile(r"([A-Z])[ \t]*(?=[\u4e00-\u9fff])")
_NUMBERED = re.compile(r"^\s*[(（]?\d{1,4}\s*[.．、)）]\s*(?!\d)")


@dataclass(slots=True)
class Layout:
    """Which column holds what. `options` maps labels to columns; `within` is the column that holds all options."""

    stem: int
    answer: int | None = None
    kind: int | None = None
    options: dict[str, int] = field(default_factory=dict)
    within: int | None = None
    explanation: int | None = None
    tags: list[int] = field(default_factory=list)
    difficulty: int | None = None
    source: int | None = None
    # How many rows from the top are heading and what stands above it.
    skipped: int = 0
    # Further columns that are headed as the question is.
    also: list[int] = field(default_factory=list)


def read_sheet(sheet: Sheet) -> tuple[list[Raw], list[Remark]] | None:
    """Return the questions of a sheet as it spells them, with remarks; None if it does not look like questions."""
    layout = by_heading(sheet.rows) or by_content(sheet.rows)
    if layout is None:
        return None
    notes: list[Remark] = []
    if sheet.hidden:
        words = Words("The sheet “%(name)s” is hidden; it was read too.", {"name": sheet.name})
        notes.append(Remark(sheet.rows[0].number, words, sheet.name))
    for place in layout.also:
        words = Words(
            "Column %(column)s is headed like the question too and was not read.", {"column": _letters(place)}
        )
        notes.append(Remark(sheet.rows[0].number, words, sheet.name))
    blocks = list(_blocks(sheet.rows[layout.skipped :], layout))
    rows = [row for block in blocks for row in block.rows]
    hidden = [row.number for row in rows if row.hidden]
    if hidden:
        words = Words("Hidden rows were read too: %(lines)s.", {"lines": ", ".join(map(str, hidden[:20]))})
        notes.append(Remark(hidden[0], words, sheet.name))
    raws = []
    for block in blocks:
        found = [raw for row in block.rows if (raw := _raw(row, block.layout, sheet.name))]
        raws += unnumbered([raw if raw.kind else replace(raw, kind=block.kind) for raw in found])
    return raws, notes


@dataclass(slots=True)
class _Block:
    layout: Layout
    kind: str
    rows: list[Row] = field(default_factory=list)


def _blocks(rows: Sequence[Row], layout: Layout) -> Iterator[_Block]:
    """Yield the rows below each row of headings: a sheet may hold a table below the other, with other columns.

    Above the next headings a row may name the kind of what follows, `二、多选题`; it is no question.
    """
    block = _Block(layout, "")
    for place, row in enumerate(rows):
        further = by_heading(rows[place : place + 1])
        if further:
            if kind := _kind_above(block.rows[-1:]):
                block.rows.pop()
            yield replace(block, rows=_merged_below(block.rows, block.layout))
            block = _Block(further, kind)
        else:
            block.rows.append(row)
    yield replace(block, rows=_merged_below(block.rows, block.layout))


def _kind_above(rows: Sequence[Row]) -> str:
    """Return the kind that a row alone in its line names, or ""."""
    said = {cell.strip() for row in rows for cell in row.cells if cell.strip()}
    part = part_of(said.pop()) if len(said) == 1 else None
    return part.kind if part else ""


def _merged_below(rows: Sequence[Row], layout: Layout) -> list[Row]:
    """Join rows that hold no more than further options to the row above: its other cells are merged over them."""
    joined: list[Row] = []
    for row in rows:
        cells = list(row.cells)
        within = layout.within
        only = {place for place, cell in enumerate(cells) if cell.strip() and place not in row.filled} == {within}
        if joined and only and within is not None and within < len(joined[-1].cells):
            above = list(joined[-1].cells)
            above[within] = f"{above[within]}\n{cells[within]}"
            joined[-1] = replace(joined[-1], cells=tuple(above))
        else:
            joined.append(row)
    return joined


def by_heading(rows: Sequence[Row]) -> Layout | None:
    """Return the layout that a row of headings gives: it names the question, and an answer or options."""
    for number, row in enumerate(rows[:_HEADING_WITHIN]):
        columns = [column_of(cell) if len(cell) <= 80 else None for cell in row.cells]
        if "stem" not in columns:
            continue
        if columns.count("answer") > 1:
            # 答案选项 is how some head the answer, and others the options; beside a column for the answer it is these.
            named = [column == "answer" and "选项" in cell for column, cell in zip(columns, row.cells, strict=True)]
            if not all(name for name, column in zip(named, columns, strict=True) if column == "answer"):
                columns = ["options" if name else column for name, column in zip(named, columns, strict=True)]
        columns, skipped = _with_row_below(columns, rows[number + 1 : number + 2])
        layout = Layout(stem=columns.index("stem"), skipped=number + skipped)
        layout.also = [place for place, column in enumerate(columns) if column == "stem" and place != layout.stem]
        for index, column in enumerate(columns):
            if column and column.startswith("option "):
                layout.options.setdefault(column.removeprefix("option "), index)
            elif column == "tag":
                layout.tags.append(index)
            elif column == "options":
                layout.within = index
            elif (
                column in ("answer", "kind", "explanation", "difficulty", "source") and getattr(layout, column) is None
            ):
                setattr(layout, column, index)
        if layout.answer is not None:
            return layout
    return None


def _with_row_below(columns: list[str | None], below: Sequence[Row]) -> tuple[list[str | None], int]:
    """Return the columns and how many rows head them: below 选项, merged over some, a second row may name A, B, C."""
    second = [column_of(cell) if len(cell) <= 80 else None for row in below for cell in row.cells]
    named = [place for place, column in enumerate(second) if column and column.startswith("option ")]
    stem = columns.index("stem")
    over = named and all(place >= len(columns) or columns[place] in (None, "options") for place in named)
    if not over or len(named) < 2 or (stem < len(second) and second[stem] != "stem" and below[0].cells[stem].strip()):
        return columns, 1
    wide = columns + [None] * (len(second) - len(columns))
    plain = [None if column == "options" else column for column in wide]
    return [second[place] if place in named else column for place, column in enumerate(plain)], 2


def _letters(place: int) -> str:
    """Return a column as a spreadsheet program calls it: A for 0, AA for 26."""
    return (_letters(place // 26 - 1) if place >= 26 else "") + chr(65 + place % 26)


def by_content(rows: Sequence[Row]) -> Layout | None:
    """Return the layout that the cells themselves suggest: one column of answers, one of long texts before it."""
    width = max((len(row.cells) for row in rows), default=0)
    columns = [[clean(row.cells[place]) for row in rows if place < len(row.cells)] for place in range(width)]
    answers = [place for place, cells in enumerate(columns) if _mostly(cells, _looks_like_answer)]
    if not answers:
        return None
    answer = answers[-1]
    texts = [place for place in range(width) if place != answer and _share(columns[place]) >= _ENOUGH]
    lengths = {place: sum(map(len, columns[place])) / max(1, len(columns[place])) for place in texts}
    stem = max(lengths, key=lambda place: lengths[place], default=None)
    if stem is None or lengths[stem] < 5:
        return None
    layout = Layout(stem=stem, answer=answer)
    for place, cells in enumerate(columns):
        if place not in (stem, answer) and _mostly(cells, lambda cell: bool(kind_of(cell))):
            layout.kind = place
    after = [place for place in range(stem + 1, width) if place not in (answer, layout.kind) and any(columns[place])]
    before_answer = [place for place in after if place < answer] or after
    if len(before_answer) == 1 and _mostly(columns[before_answer[0]], _holds_options):
        layout.within = before_answer[0]
    else:
        layout.options = {label_of(number): place for number, place in enumerate(before_answer, 1)}
    last = [place for place in after if place > answer and place not in before_answer]
    layout.explanation = last[0] if last else None
    return layout


def _share(cells: Sequence[str]) -> float:
    return sum(map(bool, cells)) / len(cells) if cells else 0.0


def _mostly(cells: Sequence[str], looks: Callable[[str], bool]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and sum(looks(cell) for cell in filled) >= _ENOUGH * len(filled)


def _holds_options(cell: str) -> bool:
    return len(split_options(cell, loose=False)) > 1


def _looks_like_answer(cell: str) -> bool:
    plain = unicodedata.normalize("NFKC", cell.partition("\n")[0]).strip()
    return bool(_LETTERS.fullmatch(plain)) or truth_of(plain) is not None


def _raw(row: Row, layout: Layout, sheet: str) -> Raw | None:
    """Return a row as a question; None if it holds no text where a question would (numbered rows left to be filled)."""

    def cell(place: int | None) -> str:
        return row.cells[place] if place is not None and place < len(row.cells) else ""

    options = {label: cell(place) for label, place in layout.options.items()}
    if layout.within is not None and not any(options.values()):
        options = split_options(cell(layout.within))
    stem = cell(layout.stem)
    if not any(options.values()) and (begin := _OPTIONS_BELOW.search(stem)):
        below = split_options(stem[begin.start() :])
        if len(below) > 1:
            stem, options = stem[: begin.start()], below
    fault = None
    if not any(options.values()) and _LETTERS.fullmatch(unicodedata.normalize("NFKC", cell(layout.answer)).strip()):
        if len(marks := option_marks(stem, 0)) > 1 and marks[0][1]:
            stem, options = stem[: marks[0][1]].strip(), split_options(stem[marks[0][1] :])
        elif len(_MARK.findall(stem)) > 1:
            fault = Words("Its options could not be told apart. Begin each with A. B. C. on a line of its own.")
    raw = Raw(
        line=row.number,
        stem=stem,
        answer=cell(layout.answer),
        options=options,
        kind=cell(layout.kind),
        explanation=cell(layout.explanation),
        tags=tuple(cell(place) for place in layout.tags),
        difficulty=cell(layout.difficulty),
        source=cell(layout.source),
        sheet=sheet,
        fault=fault,
        lost=bool(row.lost & {layout.stem, layout.answer, layout.within, *layout.options.values()}),
    )
    filled = any(clean(text) for text in (raw.stem, raw.answer, *options.values()))
    return raw if filled or raw.lost else None


def split_options(text: str, *, loose: bool = True) -> dict[str, str]:
    """Return the options of one cell by their labels: marked A. B. C., or one a line, or between semicolons or bars.

    `loose`: also between 、 / or blanks, where the cell has only one of them and so leaves no doubt.

    Marks count only in their order, so a letter inside an option does not cut it.
    """
    text = clean(text)
    marks: list[re.Match[str]] = []
    for found in _MARK.finditer(text):
        if found[1].upper() == label_of(len(marks) + 1):
            marks.append(found)
    if len(marks) > 1 and not text[: marks[0].start()].strip():
        ends = [mark.start() for mark in marks[1:]] + [len(text)]
        return {
            mark[1].upper(): text[mark.end() : end].strip().rstrip(";；|").strip()
            for mark, end in zip(marks, ends, strict=True)
        }
    for by in ("\n", "|", ";", "；"):
        parts = [part.strip() for part in text.split(by)]
        if len(parts) > 1:
            parts = list(filter(None, parts))
            glued = [_GLUED.match(part) for part in parts]
            if all(found and found[1] == label_of(number) for number, found in enumerate(glued, 1)):
                parts = [part[1:].strip() for part in parts]
            return {label_of(number): part for number, part in enumerate(parts, 1)}
    used = [by for by in _LOOSE if by.search(text)]
    parts = used[0].split(text) if loose and used else []
    # A wide gap is a blank too; single blanks also stand between the words of an option in English.
    if len(used) == 1 and 1 < len(set(parts)) == len(parts) <= _MOST_LOOSE and all(map(_short, parts)):
        return {label_of(number): part for number, part in enumerate(parts, 1)}
    return {"A": text} if text else {}


def _short(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_LOOSE


def unnumbered(raws: list[Raw]) -> list[Raw]:
    """Drop the numbers before the questions if nearly all have one: they belong to the list, not to the question."""
    numbered = sum(1 for raw in raws if _NUMBERED.match(raw.stem))
    if len(raws) < 3 or numbered < _ENOUGH * len(raws):
        return raws
    return [replace(raw, stem=_NUMBERED.sub("", raw.stem)) for raw in raws]
