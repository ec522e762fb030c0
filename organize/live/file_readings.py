"""Large files that this process reads for somebody: how far each is, and what kept it from being read."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from base.faults import FaultyInput
from base.languages import Words


@dataclass(slots=True)
class FileReading:
    """How many questions of how many are read (0 of 0 while they are counted); `fault` says why it ended without."""

    done: int = 0
    of: int = 0
    fault: Words | None = None

    def tell(self, done: int, of: int) -> None:
        """Hear how far it is."""
        self.done, self.of = done, of


class FileReadings:
    """What is being read, by the key of the proposal that it will become."""

    def __init__(self) -> None:
        self._now: dict[str, FileReading] = {}

    def start(self, key: str, work: Callable[[FileReading], None]) -> None:
        """Do `work` beside all else; a file that cannot be read leaves its fault behind."""
        reading = self._now[key] = FileReading()

        def run() -> None:
            try:
                work(reading)
            except FaultyInput as faulty:
                reading.fault = faulty.faults[0].words
            except Exception:
                reading.fault = Words("This file could not be read. Please try again.")
                raise
            else:
                self._now.pop(key, None)

        threading.Thread(target=run, daemon=True).start()

    def at(self, key: str) -> FileReading | None:
        """Return how far a file is; None if nothing of that key is being read here. A fault is told once."""
        reading = self._now.get(key)
        if reading and reading.fault:
            self._now.pop(key, None)
        return reading
