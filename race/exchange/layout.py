"""Where the tables stand in a sheet, and what is written around them."""

from dataclasses import dataclass, field

from base.faults import Fault
from base.languages import Words
from base.sheets import Row, Sheet, place
from race.exchange.around import Context, is_under_names, pairs_of, read_context, section_of, texts_of, title_clubs
from race.exchange.clean import quoted
from race.exchange.columns import Columns, header_words, is_header, read_columns
from race.exchange.headings import meaning


@dataclass(slots=True)
class Block:
    """One table: its columns, its rows, what stands around it, and the numbers of its header's rows."""

    columns: Columns
    context: Context
    header: int
    rows: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class Layout:
    """A sheet taken apart: its tables, faults, and rows that are no entries, each with what it is."""

    blocks: list[Block] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def lay_out(sheet: Sheet, label: str) -> Layout:
    """Return the tables of a sheet. `label` is the sheet's name where faults must give it, else ""."""
    layout = Layout()
    around: list[Row] = []
    rows = []
    for row in sheet.rows:
        if row.hidden and any(cell.strip() for cell in row.cells):
            first = next(cell for cell in row.cells if cell.strip())
            words = Words("this row is hidden (%(first)s …), so it was not read", {"first": quoted(first)})
            layout.faults.append(Fault(place(label, row.number), words))
        elif any(cell.strip() for cell in row.cells):
            rows.append(row)
    at = 0
    while at < len(rows):
        header = _header_at(rows, at)
        if not header:
            (layout.blocks[-1].rows if layout.blocks else around).append(rows[at])
            at += 1
            continue
        last = layout.blocks[-1] if layout.blocks else None
        while last and last.rows and _is_around(last.rows[-1]) and not _goes_on(last.rows[-1], last.columns):
            around.insert(0, last.rows.pop())
        around = [row for row in around if not all(text.strip().isdecimal() for text in texts_of(row))]
        context = read_context(around)
        club, context.title = title_clubs(around)
        context.club = context.club or club
        layout.faults += [_note(row, label) for row in around]
        above, around = around, []
        at += len(header)
        columns = read_columns(header)
        for section in filter(None, (section_of(row, columns) for row in above)):
            context.class_ = context.class_ or section.class_
            context.team = context.team or section.team
        if last and not context:
            if columns.pairs == last.columns.pairs:
                continue  # the header stands again at the top of a page; the table goes on
            context = last.context
        layout.blocks.append(Block(columns, context, header[-1].number))
    return layout


def _header_at(rows: list[Row], at: int) -> list[Row]:
    """Return the one or two rows of the header that begins at `at`, or none."""
    row = rows[at]
    after = rows[at + 1] if at + 1 < len(rows) and rows[at + 1].number == row.number + 1 else None
    if is_header(row):
        return [row, after] if after and _is_lower(row, after) else [row]
    groups = {cell for cell in row.cells if cell}
    parted = row.filled and len(groups) > 1 and not _has_keys(texts_of(row))
    if after and parted and is_header(after) and _is_lower(row, after):
        return [row, after]
    return []


def _is_lower(upper: Row, lower: Row) -> bool:
    """Tell whether `lower` parts the groups of `upper`."""
    own = [column for column, cell in enumerate(lower.cells) if cell.strip() and column not in lower.filled]
    words = header_words(lower)
    if len(words) < 2 or len(words) * 5 < len(own) * 3:
        return False

    def grouped(column: int) -> bool:
        above = upper.cells[column] if column < len(upper.cells) else ""
        beside = upper.cells[column + 1] if column + 1 < len(upper.cells) else ""
        merged = column in upper.filled or column + 1 in upper.filled
        return merged or not above or (not beside and column + 1 in own)

    return sum(grouped(column) for column in own) * 5 >= len(own) * 3


def _is_around(row: Row) -> bool:
    """Tell whether a row is a title, a note or words with their values, rather than people."""
    texts = texts_of(row)
    return len(texts) <= 1 or _has_keys(texts)


def _goes_on(row: Row, columns: Columns) -> bool:
    """Tell whether the one text of a row is a further member: a name under the names."""
    texts = texts_of(row)
    return len(texts) == 1 and not row.cells[0].strip() and len(texts[0]) < 30 and is_under_names(row, columns)


def _has_keys(texts: list[str]) -> bool:
    keys = [found.what for text in texts if (found := meaning(text.strip().rstrip(":：")))]
    if len(texts) == 2 and meaning(texts[0].strip().rstrip(":：")):
        return True
    return len(keys) > 1 or bool({"club", "team"} & set(keys)) or any(pairs_of(text) for text in texts)


def _note(row: Row, label: str) -> Fault:
    return Fault(
        place(label, row.number), Words("a line above the table: %(text)s", {"text": quoted(texts_of(row)[0])})
    )
