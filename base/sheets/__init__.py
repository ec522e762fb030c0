"""Tables people fill in: the bytes of an .xlsx, .xls, .csv or text file become sheets of rows of text.

`read_sheets(name, data)` tells the kind of file by its bytes, not by its name, because names lie. Nothing is guessed
about what the cells mean: numbers become their digits, dates ISO dates, a formula its stored result.
"""

from base.faults import Fault, FaultyInput
from base.languages import Words
from base.sheets.model import BANK, MOST_BYTES, TABLE, Most, Row, Sheet, place
from base.sheets.text import read_text_table
from base.sheets.xls import read_xls
from base.sheets.xlsx import read_xlsx

__all__ = ["BANK", "TABLE", "Row", "Sheet", "is_workbook", "place", "read_sheets"]

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def is_workbook(data: bytes) -> bool:
    """Tell whether these bytes begin as an Excel workbook does, of the new kind or the old."""
    return data.startswith((ZIP, OLE))


def read_sheets(name: str, data: bytes, most: Most = TABLE) -> tuple[Sheet, ...]:
    """Return the sheets of a file in their order, hidden ones too. A text file is one sheet without a name.

    `most` says how much is read, and whether cells are taken as they look (25%) or as what they mean (0.25).

    Raises:
        FaultyInput: the file is too large, broken, locked by a password, or no table at all.

    """
    if len(data) > MOST_BYTES:
        megabytes = MOST_BYTES // 1_000_000
        raise FaultyInput([Fault("", Words("This file is larger than %(megabytes)s MB.", {"megabytes": megabytes}))])
    if data.startswith(ZIP):
        return read_xlsx(data, most)
    if data.startswith(OLE):
        return read_xls(data, most)
    return read_text_table(name, data, most)
