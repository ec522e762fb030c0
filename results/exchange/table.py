"""Result lists as tables."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from base.languages import Words
from race.rules.naming import STATUSES

COLUMNS = (
    "class", "place", "bib", "team", "club", "status", "provisional", "checkpoints", "points", "time_s", "elapsed_s",
    "credit_s", "penalty_s", "late_s", "behind_s",
)  # fmt: skip
# A cell that begins with one of these is run as a formula by spreadsheets, in East Asia full-width ones too; a team may
# call itself anything.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def results_csv(classes: Iterable[Mapping[str, Any]]) -> str:
    """Return rows of `COLUMNS` for each class, with CRLF line ends as RFC 4180 has them."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for in_class in classes:
        for row in in_class["results"]:
            named = {"class": in_class.get("id"), **row}
            writer.writerow([_cell(named.get(column)) for column in COLUMNS])
    return out.getvalue()


HEADINGS = {
    "class": Words("Class"),
    "place": Words("Place"),
    "bib": Words("No."),
    "team": Words("Team"),
    "club": Words("Club"),
    "status": Words("Status"),
    "checkpoints": Words("Checkpoints"),
    "points": Words("Points"),
    "time_s": Words("Time"),
    "elapsed_s": Words("Start to finish"),
    "credit_s": Words("Credit"),
    "penalty_s": Words("Penalties"),
    "behind_s": Words("Behind"),
}


def results_sheet(
    classes: Iterable[Mapping[str, Any]], put: Callable[[Words], str], length: Callable[[int], str]
) -> str:
    """Return the list as people read it: headings and statuses by `put`, lengths of time by `length`."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([put(words) for words in HEADINGS.values()])
    for in_class in classes:
        for row in in_class["results"]:
            named = {**row, "class": in_class.get("name") or in_class.get("id"), "status": put(STATUSES[row["status"]])}
            shown = (
                length(value) if column.endswith("_s") and value is not None else value
                for column, value in ((column, named.get(column)) for column in HEADINGS)
            )
            writer.writerow([_cell(value) for value in shown])
    return out.getvalue()


def sheet_csv(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return any table as people read it, with the mark by which spreadsheets know UTF-8."""
    out = io.StringIO("\ufeff")
    out.seek(0, io.SEEK_END)
    writer = csv.writer(out)
    writer.writerow(headings)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
