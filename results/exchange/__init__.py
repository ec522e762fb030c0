"""Result lists as files."""

from results.exchange.iof import results_iof
from results.exchange.table import COLUMNS, results_csv, results_sheet

__all__ = ["COLUMNS", "results_csv", "results_iof", "results_sheet"]
