"""Tables in a document: a row a question, a list of answers, or a question laid out in cells."""

import re
from collections.abc import Iterator

from base.sheets import Row, Sheet
from quizzes.exchange.paper.model import Line, Table
from quizzes.exchange.paper.signs import narrow
from quizzes.exchange.reading import Raw, Remark
from quizzes.exchange.table import by_heading, read_sheet
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
    return read_sheet(Sheet("", rows)) if by_heading(rows) else None


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
    return Line(line.number, sign + line.text, styles, False, line.blank, line.faults)


def _text(cell: list[Line]) -> str:
    return "\n".join(line.text.strip() for line in cell)


def _number(cells: list[list[Line]], otherwise: int) -> int:
    return next((line.number for cell in cells for line in cell), otherwise)
