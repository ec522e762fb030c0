"""Result lists as tables."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

COLUMNS = (
    "class", "place", "bib", "team", "club", "status", "provisional", "checkpoints", "points", "time_s", "elapsed_s",
    "credit_s", "penalty_s", "late_s", "behind_s",
)  # fmt: skip
# A cell that begins with one of these is run as a formula by spreadsheets; a team may call itself anything.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


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


def _cell(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
