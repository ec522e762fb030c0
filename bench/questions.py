"""What it costs to take in 100,000 questions, beside merely reading the same file; and the memory that takes."""

import csv
import io
import resource
import time
from collections.abc import Iterator

from bench.figures import Figure, beside
from quizzes.exchange import read_bank_file

SIZE = 100_000
HEADING = ["题型", "题目", "选项A", "选项B", "选项C", "选项D", "答案", "解析"]
# A question is folded, compared with all others, judged and named: far more than reading its row.
TIMES = 200
MOST_MB = 1_500


def importing(size: int = SIZE) -> Iterator[Figure]:
    """Read a bank as CSV and as .xlsx. Each question is whole, and none is a copy."""
    rows = [HEADING, *(_row(number) for number in range(size))]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    data = text.getvalue().encode()
    began = time.perf_counter()
    assert sum(1 for _ in csv.reader(io.StringIO(data.decode()))) == size + 1
    plain = time.perf_counter() - began
    yield beside(f"import_{size}_csv_s", _took(data, "a.csv", size), "s", plain * TIMES)
    book = _workbook(rows)
    began = time.perf_counter()
    assert _count(book) == size + 1
    plain = time.perf_counter() - began
    yield beside(f"import_{size}_xlsx_s", _took(book, "a.xlsx", size), "s", plain * 5)
    # Of the whole run so far: what ran before took far less.
    yield beside("import_memory_mb", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB", MOST_MB)


def _row(number: int) -> list[str]:
    options = [f"{sign}{number}" for sign in "甲乙丙丁"]
    return ["单选题", f"第{number}个关于湿地和定向的问题问的是什么？", *options, "ABCD"[number % 4], f"因为{number}。"]


def _took(data: bytes, name: str, size: int) -> float:
    began = time.perf_counter()
    reading = read_bank_file(name, data)
    assert (len(reading.questions), reading.refused) == (size, ())
    return time.perf_counter() - began


def _workbook(rows: list[list[str]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    page = book.create_sheet()
    for row in rows:
        page.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _count(book: bytes) -> int:
    from openpyxl import load_workbook

    page = load_workbook(io.BytesIO(book), read_only=True).worksheets[0]
    return sum(1 for _ in page.iter_rows(values_only=True))
