"""PostgreSQL and Redis, started for bench and tests on this machine's own address, stopped by their own numbers."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psycopg

from bench.house import HOST, STOP_S, free_port
from tools.parts import postgres_programs

START_S = 30


def _started(process: "subprocess.Popen[bytes]", answers: Callable[[], object]) -> None:
    until = time.monotonic() + START_S
    while True:
        assert process.poll() is None, "it ended"
        try:
            answers()
        except OSError:
            assert time.monotonic() < until, "it does not answer"
            time.sleep(0.05)
        else:
            return


class Cluster:
    """A PostgreSQL server with databases of its own. It refuses to run as root, so root lends it another user."""

    def __init__(self) -> None:
        programs = postgres_programs()
        assert programs
        self.folder = Path(tempfile.mkdtemp(prefix="waypost-pg-"))
        self.port = free_port()
        data, user = self.folder / "data", "postgres" if os.geteuid() == 0 else None
        if user:
            shutil.chown(self.folder, user)
        subprocess.run(
            [programs / "initdb", "--no-sync", "--auth=trust", "--username=waypost", "--encoding=UTF8", "-D", data],
            user=user,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        settings = {"listen_addresses": HOST, "port": self.port, "unix_socket_directories": self.folder}
        self.process = subprocess.Popen(
            [programs / "postgres", "-D", data, *(f"--{name}={value}" for name, value in settings.items())],
            user=user,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _started(self.process, lambda: self.do("SELECT 1"))
        self._made = 0

    def url(self, name: str) -> str:
        """Return the address of a database."""
        return f"postgresql+psycopg://waypost@{HOST}:{self.port}/{name}"

    def do(self, statement: str) -> None:
        """Run one statement outside any transaction."""
        try:
            with psycopg.connect(host=HOST, port=self.port, user="waypost", dbname="postgres", autocommit=True) as line:
                line.execute(statement.encode())
        except psycopg.OperationalError as error:
            raise OSError(str(error)) from error

    def fresh(self, template: str = "template1") -> str:
        """Return the address of a new database, a copy of `template`."""
        self._made += 1
        name = f"test{self._made}"
        self.do(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url(name)

    def stop(self) -> None:
        """End it, and remove what it kept."""
        self.process.terminate()
        self.process.wait(STOP_S)
        shutil.rmtree(self.folder)


class Post:
    """A Redis server that keeps nothing."""

    def __init__(self) -> None:
        self.port = free_port()
        self.process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--bind", HOST, "--save", "", "--appendonly", "no"],
            stdout=subprocess.DEVNULL,
        )
        _started(self.process, lambda: socket.create_connection((HOST, self.port), 1).close())

    @property
    def url(self) -> str:
        """Return its address."""
        return f"redis://{HOST}:{self.port}/0"

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait(STOP_S)
