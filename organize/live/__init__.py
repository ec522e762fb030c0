"""What one process knows of the desk beyond the log; forgotten when it ends."""

from organize.live.erasing import ERASED, erase, erase_due
from organize.live.file_readings import FileReading, FileReadings
from organize.live.forgetting import forget_old
from organize.live.matters import Matters
from organize.live.presence import Presence
from organize.live.rehearsals import Playing, Rehearsals

__all__ = [
    "ERASED",
    "FileReading",
    "FileReadings",
    "Matters",
    "Playing",
    "Presence",
    "Rehearsals",
    "erase",
    "erase_due",
    "forget_old",
]
