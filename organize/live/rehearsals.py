"""Which trial has simulated teams running, in processes of their own."""

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from base.serving import ROOT, command_line

# A rehearsal ends by itself before; this is for one that hangs.
REHEARSAL_MIN = 30
STOP_S = 3.0


@dataclass(frozen=True, slots=True)
class Playing:
    """Simulated teams of one trial: running, or how they ended. `failed` is what they said last if they could not."""

    running: bool
    speed: int
    minutes: int
    failed: str = ""


@dataclass(slots=True)
class _Process:
    process: subprocess.Popen[bytes]
    said: IO[bytes]
    speed: int
    begun: float


class Rehearsals:
    """The simulated teams that this server has set running: at most one process a race, ended by its own number.

    `command` makes the command line; the process ends with this one, since it holds the other end of its input.
    """

    def __init__(self, command: Callable[..., list[str]] = command_line) -> None:
        self._command = command
        self._lock = threading.Lock()
        self._running: dict[int, _Process] = {}

    def start(self, race: int, slug: str, port: int, speed: int, database: str) -> None:
        """Set simulated teams running in a race's trial, unless they are."""
        with self._lock:
            before = self._running.get(race)
            if before and before.process.poll() is None:
                return
            said = tempfile.TemporaryFile()  # noqa: SIM115  held as long as the process
            words = ("rehearse", slug, "--port", str(port), "--speed", str(speed), "--minutes", str(REHEARSAL_MIN))
            process = subprocess.Popen(  # noqa: S603  our own interpreter and our own command
                [*self._command(*words), "--led"],
                cwd=ROOT,
                env=os.environ | {"WAYPOST_DATABASE_URL": database},
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=said,
                process_group=0,
            )
            self._running[race] = _Process(process, said, speed, time.monotonic())

    def stop(self, race: int) -> None:
        """End them, within a few seconds."""
        with self._lock:
            found = self._running.get(race)
        if found is None or found.process.poll() is not None:
            return
        found.process.terminate()
        try:
            found.process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            found.process.kill()
            found.process.wait()

    def state(self, race: int) -> Playing | None:
        """Return how a race's simulated teams stand, or None if there were none."""
        with self._lock:
            found = self._running.get(race)
        if found is None:
            return None
        ended = found.process.poll()
        minutes = int(time.monotonic() - found.begun) // 60
        return Playing(ended is None, found.speed, minutes, _last_line(found.said) if ended not in (None, 0) else "")


def _last_line(said: IO[bytes]) -> str:
    said.seek(0)
    lines = said.read(8192).decode(errors="replace").strip().splitlines()
    return lines[-1][:200] if lines else ""
