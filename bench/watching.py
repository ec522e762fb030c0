"""Many watchers of one race in a process of their own: `python -m bench.watching PORT SLUG WATCHERS SECONDS`.

Prints a line when all are connected and have the board; then listens for so many seconds and prints as JSON how long
each change took to reach each of them, from the instant that the phone wrote into its punch.
"""

import json
import re
import select
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bench.drive import HOST
from bench.house import START_S, allow_many_sockets

AT_ONCE = 64
_LAST_AT = re.compile(rb'"last_at":(\d+)')


@dataclass(slots=True)
class Heard:
    """What all watchers heard: `waits` in ms of each change at each watcher; who was cut off."""

    waits: list[float]
    cut: int

    def within(self, share: float) -> float:
        """Return the wait in ms that so many of all did not exceed."""
        return sorted(self.waits)[min(len(self.waits) - 1, int(share * len(self.waits)))]


class Crowd:
    """The process of the watchers, seen from the one that punches."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def heard(self) -> Heard:
        """Wait for its end and return what it heard."""
        out, _ = self._process.communicate(timeout=START_S)
        return Heard(**json.loads(out.splitlines()[-1]))


@contextmanager
def crowd(port: int, slug: str, watchers: int, seconds: float) -> Iterator[Crowd]:
    """Have so many watch a race from now on, for so many seconds."""
    line = [sys.executable, "-m", "bench.watching", str(port), slug, str(watchers), str(seconds)]
    process = subprocess.Popen(line, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        if process.stdout.readline().strip() != "here":
            raise RuntimeError("The watchers could not connect.")
        yield Crowd(process)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def _connect(port: int, slug: str, watchers: int) -> dict[int, socket.socket]:
    """Connect so many and read each one's first whole board."""
    asked = f"GET /api/v1/races/{slug}/stream HTTP/1.1\r\nHost: bench\r\n\r\n".encode()
    connected: dict[int, socket.socket] = {}
    for start in range(0, watchers, AT_ONCE):
        some = []
        for _ in range(min(AT_ONCE, watchers - start)):
            one = socket.create_connection((HOST, port), START_S)
            one.sendall(asked)
            some.append(one)
        for one in some:
            read = b""
            while not (b"data: " in read and read.endswith(b"\n\n")):
                piece = one.recv(1 << 18)
                assert piece, "cut off at once"
                read += piece
            one.setblocking(False)
            connected[one.fileno()] = one
    return connected


def listen(port: int, slug: str, watchers: int, seconds: float) -> None:
    """Watch, and say what was heard."""
    connected = _connect(port, slug, watchers)
    print("here", flush=True)
    poll = select.epoll()
    for number in connected:
        poll.register(number, select.EPOLLIN)
    began = time.time() * 1000
    latest = dict.fromkeys(connected, began)
    known: dict[bytes, list[int]] = {}  # all are sent the same bytes, so each is read once
    waits: list[float] = []
    cut = 0
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        for number, _ in poll.poll(left):
            try:
                piece = connected[number].recv(1 << 16)
            except ConnectionError:
                piece = b""
            if not piece:
                poll.unregister(number)
                cut += 1
                continue
            now = time.time() * 1000
            if piece not in known:
                known[piece] = sorted(int(found) for found in _LAST_AT.findall(piece))
            # A row that only moved, because of another team, tells an old instant again.
            new = [punched for punched in known[piece] if punched > latest[number]]
            waits += [round(now - punched, 1) for punched in new]
            latest[number] = new[-1] if new else latest[number]
    print(json.dumps({"waits": waits, "cut": cut}), flush=True)


if __name__ == "__main__":
    allow_many_sockets()
    listen(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))
