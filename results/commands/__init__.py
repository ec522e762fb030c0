"""The commands that write results out."""

from results.commands.export import export
from results.commands.report import report
from results.commands.score import score

COMMANDS = (export, report, score)

__all__ = ["COMMANDS", "export", "report", "score"]
