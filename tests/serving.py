"""A server process: started, watched, stopped and killed."""

import contextlib
import http.client
import json
import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from base.serving import command_line
from bench.house import free_port
from tests.copied import Copied
from tests.fixtures_app import NAME, PASSWORD
from tests.phones import HOST, OverHttp

ROOT = Path(__file__).resolve().parent.parent
START_S = 30
STOP_S = 15


def surroundings(url: str, folder: Path, redis: str | None = None) -> dict[str, str]:
    """Return the environment of a `waypost` on this database."""
    said = {"WAYPOST_DATABASE_URL": url, "WAYPOST_INSTANCE": str(folder / "instance"), "LANG": "C.UTF-8"}
    return {"PATH": os.environ["PATH"], **said, **({"WAYPOST_REDIS_URL": redis} if redis else {})}


class Served:
    """A server on a database: one process, or two where there is a Redis. What it prints is kept in `folder`.

    `root` is another copy of the program than this one.
    """

    def __init__(
        self, url: str, folder: Path, redis: str | None = None, port: int | None = None, root: Path = ROOT
    ) -> None:
        self.port = port or free_port()
        self.line = OverHttp(self.port)
        self._log = folder / f"server-{self.port}.log"
        self._said = self._log.open("ab")
        several = command_line("serve", "--host", HOST, "--port", str(self.port), "--workers", "2")
        env = surroundings(url, folder, redis)
        self.process: subprocess.Popen[bytes] | Copied
        if root == ROOT and not redis:
            self.process = Copied(HOST, self.port, env, self._log)
            return
        self.process = subprocess.Popen(
            several if redis else [sys.executable, str(root / "server.py"), HOST, str(self.port)],
            env=env,
            process_group=0,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=self._said,
            stderr=self._said,
        )

    def said(self) -> str:
        """Everything it has printed."""
        return self._log.read_text(encoding="utf-8")

    def wait_until_it_answers(self) -> None:
        """Return when it takes requests."""
        until = time.monotonic() + START_S
        while True:
            assert self.process.poll() is None, self.said()
            with contextlib.suppress(OSError):
                if self.line.ask("GET", "/healthz").status == 200:
                    return
            assert time.monotonic() < until, self.said()
            time.sleep(0.05)

    @contextlib.contextmanager
    def frozen(self) -> Iterator[None]:
        """It takes connections and answers nobody, as a machine does that is out of breath; then it goes on."""
        os.kill(self.process.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self.process.pid, signal.SIGCONT)

    def kill(self) -> None:
        """Kill it as a power cut would, all its processes at once: no time to put anything away."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(STOP_S)

    def stop(self) -> int:
        """Ask it to stop and return its exit status."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                self.kill()
        self._said.close()
        return self.process.wait(STOP_S)


class Watcher:
    """Somebody who listens to a race's stream."""

    def __init__(self, port: int, slug: str, last: int | None = None) -> None:
        self._connection = http.client.HTTPConnection(HOST, port, timeout=START_S)
        headers = {} if last is None else {"Last-Event-ID": str(last)}
        self._connection.request("GET", f"/api/v1/races/{slug}/stream", headers=headers)
        self._socket = self._connection.sock  # http.client forgets it: the answer lasts as long as the connection
        self.response = self._connection.getresponse()
        # It is told at once that it is connected.
        assert self.response.readline().startswith(b":")
        self.response.readline()

    def __enter__(self) -> "Watcher":
        return self

    def __exit__(self, *_: object) -> None:
        self.response.close()
        self._connection.close()

    def events(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield (revision, data) of each event as it comes."""
        number = 0
        while line := self.response.readline().decode():
            if line.startswith("id: "):
                number = int(line[4:])
            elif line.startswith("data: "):
                yield number, json.loads(line[6:])

    def next(self) -> tuple[int, dict[str, Any]]:
        """Wait for the next event."""
        return next(self.events())

    def until(self, revision: int) -> dict[str, Any]:
        """Wait for the event that reaches a revision, and return its data."""
        return next(data for number, data in self.events() if number >= revision)

    def is_quiet_for(self, seconds: float) -> bool:
        """Tell whether nothing comes for so long."""
        return not select.select([self._socket], [], [], seconds)[0]


class Browser:
    """A signed-in organizer's browser, as far as forms go."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookie = ""
        self.post("/organize/signin", name=NAME, password=PASSWORD)

    def ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        """Ask, keeping the session."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=START_S)
        headers = {"Cookie": self.cookie, "Accept": "text/html"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            self.cookie = cookie.split(";", 1)[0]
        connection.close()
        return answer.status, text

    def post(self, path: str, **form: str) -> int:
        """Send a form with its token."""
        _, page = self.ask("GET", "/organize/signin" if not self.cookie or "signin" in path else "/organize/")
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert token
        return self.ask("POST", path, urlencode({"csrf_token": token[1], **form}))[0]
