"""Servers that stand at once: one process imports the program, and each server is a copy of it.

Importing is nearly all that a start costs, and hundreds of tests start a server. What runs in the copy is the server's
own `main`, in a process and a process group of its own, on the database and with the surroundings it is given.
"""

import atexit
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOOK_S = 0.005


class Nursery:
    """The process that has imported the server, as this one speaks with it."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="waypost-nursery-")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.nursery", self._folder.name],
            env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"},
            process_group=0,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, **order: Any) -> Any:
        """Give an order and return what comes back."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def close(self) -> None:
        """End it: there are no more orders."""
        self._process.communicate()
        self._folder.cleanup()


@cache
def nursery() -> Nursery:
    """This process's nursery, begun when it is first wanted."""
    begun = Nursery()
    atexit.register(begun.close)
    return begun


class Copied:
    """A server that was copied, to be looked after like one of `subprocess.Popen`."""

    def __init__(self, host: str, port: int, env: Mapping[str, str], log: Path) -> None:
        self.pid: int = nursery().ask(host=host, port=port, env=dict(env), log=str(log))
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return the exit status, or None while it runs."""
        if self.returncode is None:
            self.returncode = nursery().ask(ended=self.pid)
        return self.returncode

    def wait(self, timeout: float) -> int:
        """Wait until it has ended."""
        until = time.monotonic() + timeout
        while (status := self.poll()) is None:
            if time.monotonic() > until:
                raise subprocess.TimeoutExpired(f"server {self.pid}", timeout)
            time.sleep(LOOK_S)
        return status

    def terminate(self) -> None:
        """Ask it to stop."""
        if self.poll() is None:
            os.kill(self.pid, signal.SIGTERM)
