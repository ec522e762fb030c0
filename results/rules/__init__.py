"""Rows of boards and result lists, and the figures of a report: pure, from set-up and standings."""

from race.rules.splits import splits_of
from results.rules.lists import (
    RESULT,
    awards_of,
    has_points,
    limit_of,
    news_of,
    result_list,
    result_of,
    row_of,
)

__all__ = [
    "RESULT", "awards_of", "has_points", "limit_of", "news_of", "result_list", "result_of", "row_of", "splits_of",
]  # fmt: skip
