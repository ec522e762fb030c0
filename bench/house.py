"""The production server as `make bench` starts it: on a database of its own, in a process of its own, on loopback."""

import http.client
import json
import os
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Engine, text

from base.clock import now_ms
from base.database import open_engine, reading, writing
from base.migrating import migrate
from base.serving import ROOT, command_line, server_line
from bench.races import CODES, race_file
from checkpoints.rules import sign_key
from facts.model import Draft, Race, Stage
from facts.store import append, race_by_slug
from race.commands.store_race import lay_down
from race.forms.file import read_race_file
from race.live.race import load_race
from race.live.referee import move_to
from race.model import Setup
from race.rules.cards import Bearer, card_key, issue

HOST = "127.0.0.1"
START_S = 180
STOP_S = 15
ROWS_A_COMMIT = 20_000


def allow_many_sockets(wanted: int = 12_000) -> None:
    """Let this process, and those it starts, hold that many sockets, or as many as the machine allows."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def free_port() -> int:
    """Return a port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


class Field:
    """One race that has begun: what its printed things hold, and a phone's token for each team."""

    def __init__(self, race: Race, setup: Setup) -> None:
        self.race, self.setup = race, setup
        self.teams = list(setup.entries)
        self.signs = {code: sign_key(race.secret, setup.checkpoints[code]) for code in CODES}
        self.tokens = {
            name: issue(race.secret, Bearer(race.id, "team", name, f"{number:012x}"))
            for number, name in enumerate(self.teams)
        }
        self.cards = {name: card_key(race.secret, entry) for name, entry in setup.entries.items()}


class House:
    """A folder with a database, which is gone at the end; or with one that lies elsewhere, at `url`."""

    def __init__(self, url: str | None = None) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="waypost-bench-"))
        self.url = url or f"sqlite:///{self.folder / 'waypost.db'}"
        self.engine: Engine = open_engine(self.url)
        migrate(self.engine)

    def __enter__(self) -> "House":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.engine.dispose()
        shutil.rmtree(self.folder, ignore_errors=True)

    def open_race(self, slug: str, teams: int, *, quizzes: bool = False) -> Field:
        """Lay a race down, begin it and fire its gun a minute ago."""
        data = race_file(slug, teams, quizzes=quizzes)
        race = lay_down(self.engine, slug, data, None, "bench")
        now = now_ms()
        with writing(self.engine) as connection:
            move_to(connection, load_race(connection, race), Stage.RACE, "bench", now)
            append(connection, race.id, [Draft(f"gun-{slug}", "gun", now - 60_000, now, "bench")])
            begun = race_by_slug(connection, slug)
        assert begun
        return Field(begun, read_race_file(data))

    def write(self, race: Race, drafts: Sequence[Draft]) -> None:
        """Put facts straight into a race's log, as if they had been played long ago."""
        for start in range(0, len(drafts), ROWS_A_COMMIT):
            with writing(self.engine) as connection:
                append(connection, race.id, drafts[start : start + ROWS_A_COMMIT])

    def count(self, race: Race, kind: str) -> int:
        """Return how many facts of a kind a race's log holds."""
        with reading(self.engine) as connection:
            query = text("SELECT count(*) FROM fact WHERE race = :race AND kind = :kind")
            return int(connection.execute(query, {"race": race.id, "kind": kind}).scalar_one())

    @contextmanager
    def serve(self, surroundings: Mapping[str, str] | None = None, workers: int = 1) -> Iterator["Server"]:
        """Serve the database for a while; several workers need PostgreSQL, and a Redis that `surroundings` name."""
        server = Server(self, surroundings or {}, workers)
        try:
            server.wait_until_it_answers()
            yield server
        finally:
            server.stop()


class Server:
    """The server's process, or the one that looks after several."""

    def __init__(self, house: House, surroundings: Mapping[str, str], workers: int) -> None:
        self.port = free_port()
        self._log = (house.folder / "server.log").open("ab")
        self.began = time.monotonic()
        self.ready_s = 0.0
        self.process = subprocess.Popen(
            server_line(HOST, self.port) if workers == 1 else _several_line(self.port, workers),
            cwd=ROOT,
            env={
                "PATH": os.environ["PATH"],
                "LANG": "C.UTF-8",
                "WAYPOST_DATABASE_URL": house.url,
                "WAYPOST_INSTANCE": str(house.folder / "instance"),
                **surroundings,
            },
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
        )

    def wait_until_it_answers(self) -> None:
        """Return when it takes requests; `ready_s` is how long that took from its start."""
        while time.monotonic() < self.began + START_S and self.process.poll() is None:
            with suppress(OSError):
                self.ask("GET", "/livez")
                self.ready_s = time.monotonic() - self.began
                return
            time.sleep(0.02)
        sys.exit("The server did not start.")

    def ask(self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Any:
        """Send one request and return the JSON of its answer, None where there is none."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=START_S)
        try:
            data = json.dumps(body) if body is not None else None
            connection.request(method, path, data, {"Content-Type": "application/json", **(headers or {})})
            answer = connection.getresponse()
            text = answer.read()
            return json.loads(text) if "json" in (answer.getheader("Content-Type") or "") else None
        finally:
            connection.close()

    def tag(self, path: str, headers: Mapping[str, str]) -> str:
        """Return the tag of an answer, by which whoever has it asks for a newer one."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=START_S)
        try:
            connection.request("GET", path, headers=dict(headers))
            return connection.getresponse().getheader("ETag") or ""
        finally:
            connection.close()

    def memory_kb(self) -> int:
        """Return what of it lies in memory now."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))

    def cpu_s(self) -> float:
        """Return the processor seconds that it has used, and those it looks after."""
        return processor_s(self.process.pid)

    def stop(self) -> None:
        """End it by its own number."""
        self.process.terminate()
        try:
            self.process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(STOP_S)
        self._log.close()


def _several_line(port: int, workers: int) -> list[str]:
    return command_line("serve", "--host", HOST, "--port", str(port), "--workers", str(workers))


def processor_s(pid: int) -> float:
    """Return the processor seconds that a process has used, with its children, those that are gone included."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # one that ended meanwhile is counted by its parent
            fields = stat.read_text(encoding="utf-8", errors="replace").rsplit(")", 1)[1].split()
            if stat.parent.name == str(pid):
                ticks += sum(map(int, fields[11:15]))
            elif fields[1] == str(pid):
                ticks += sum(map(int, fields[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")
