"""Tables in a document: a row a question, a list of answers, or a question laid out in cells."""

import re
from collections.abc import Iterator
from dataclasses import replace

from base.sheets import Row, Sheet
from quizzes.exchange.made import PICTURED
from quizzes.exchange.paper.model import Line, Table
from quizzes.exchange.paper.pictured import left_out
from quizzes.exchange.paper.signs import narrow
from quizzes.exchange.reading import Raw, Remark
from quizzes.exchange.table import Layout, by_heading, read_sheet
from quizzes.exchange.words import column_of

_LETTER = re.compile(r"[(]?([A-Z])[)]?[.、:]?")
_COUNT = re.compile(r"\d{1,4}[.、]?")


def as_questions(table: Table) -> tuple[list[Raw], list[Remark]] | None:
    """Return the questions of a table whose first rows head a column of questions and one of answers, else None."""
    rows = tuple(
        Row(_number(cells, table.number), tuple(_text(cell) for cell in cells))
        for cells in table.rows
        if any(_text(cell) for cell in cells)
    )
    layout = by_heading(rows)
    found = read_sheet(Sheet("", rows)) if layout else None
    if not layout or not found:
        return None
    rows_at = {_number(cells, table.number): cells for cells in table.rows}
    told = [_with_pictures(raw, rows_at.get(raw.line, []), layout) for raw in found[0]]
    return [raw for raw, _ in told], [*found[1], *(note for _, notes in told for note in notes)]


def _with_pictures(raw: Raw, cells: list[list[Line]], layout: Layout) -> tuple[Raw, list[Remark]]:
    """Return a row's question with the pictures beside its text or in a cell of their own, and what is to be said."""
    offered = {*layout.options.values(), layout.within}
    notes: list[Remark] = []
    for column, cell in enumerate(cells):
        names = tuple(name for line in cell for _, name in line.pictures)
        if names and column in offered:
            raw = replace(raw, fault=raw.fault or PICTURED)
        elif column == layout.stem or not _text(cell):
            raw = replace(raw, pictures=raw.pictures + names)
        elif names:
            notes.append(Remark(raw.line, left_out(raw.stem)))
        if any("picture" in line.faults for line in cell):
            notes.append(Remark(raw.line, left_out(raw.stem)))
    return raw, notes


def as_lines(table: Table) -> Iterator[Line]:
    """Yield the lines of any other table: pairs of question numbers and answers as `1.B`, else cell by cell."""
    texts = [[_text(cell) for cell in cells] for cells in table.rows]
    place = 0
    while place < len(texts):
        cells, below = texts[place], texts[place + 1] if place + 1 < len(texts) else []
        number = _number(table.rows[place], table.number)
        counted = [_COUNT.fullmatch(narrow(cell)) for cell in cells]
        several = sum(map(bool, counted)) >= max(2, sum(map(bool, cells)) - 1)
        headed = cells[:1] == ["题号"] and below[:1] == ["答案"]
        if (several or headed) and len(below) == len(cells) > 1:
            if any(below[at] for at in range(len(cells)) if counted[at]):
                pairs = [
                    f"{cells[at].strip('.、')}.{below[at]}" for at in range(len(cells)) if counted[at] and below[at]
                ]
                yield Line(number, "  ".join(pairs))
            place += 2
            continue
        yield from _row(table.rows[place], cells, number)
        place += 1


def _row(cells: list[list[Line]], texts: list[str], number: int) -> Iterator[Line]:
    filled = [(text, lines) for text, lines in zip(texts, cells, strict=True) if lines]
    if len(filled) >= 2 and {column_of(text) for text, _ in filled} <= {"number", "answer", "explanation", "stem"}:
        return  # a row of headings
    if len(filled) >= 2:
        head, first = narrow(filled[0][0]).strip(), filled[1][1][0]
        column = column_of(head) if len(head) <= 8 else None
        if (letter := _LETTER.fullmatch(head)) or _COUNT.fullmatch(head):
            sign = f"{letter[1] if letter else head.strip('.、')}. "
            yield _headed(sign, first)
            for _, lines in (("", filled[1][1][1:]), *filled[2:]):
                yield from lines
            return
        if column in ("answer", "explanation", "stem"):
            sign = {"answer": "答案：", "explanation": "解析：", "stem": ""}[column]
            yield _headed(sign, first)
            yield from (line for _, lines in (("", filled[1][1][1:]), *filled[2:]) for line in lines)
            return
        if re.fullmatch(r"题号|得分|分数|评卷人|阅卷人|总分|姓名|单位", head):
            return
    for _, lines in filled:
        yield from lines
    del number


def _headed(sign: str, line: Line) -> Line:
    styles = (*[frozenset[str]()] * len(sign), *line.styles) if line.styles else ()
    held = tuple((at + len(sign), name) for at, name in line.pictures)
    return replace(line, text=sign + line.text, styles=styles, wraps=False, boxed=False, pictures=held)


def _text(cell: list[Line]) -> str:
    return "\n".join(line.text.strip() for line in cell)


def _number(cells: list[list[Line]], otherwise: int) -> int:
    return next((line.number for cell in cells for line in cell), otherwise)
