"""The commands that write results out."""

from results.commands.archive import archive
from results.commands.export import export
from results.commands.prints import print_command
from results.commands.report import report
from results.commands.score import score

COMMANDS = (archive, export, print_command, report, score)

__all__ = ["COMMANDS", "archive", "export", "print_command", "report", "score"]
