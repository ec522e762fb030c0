"""The commands that write results out."""

from results.commands.export import export
from results.commands.score import score

COMMANDS = (export, score)

__all__ = ["COMMANDS", "export", "score"]
