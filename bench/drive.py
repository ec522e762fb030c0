"""Many phones in one process: plain sockets, requests written beforehand, answers only counted.

`rush` has each of its clients send the next request as soon as it has the answer to the last: the most that the server
can do. `steady` sends them when they are due, whether the server keeps up or not, and counts from then on: what a
person waits. A load that waits for the server hides how long others would have waited.
"""

import json
import select
import socket
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

HOST = "127.0.0.1"
GIVE_UP_S = 60


@dataclass(slots=True)
class Driven:
    """How long it took, how often each status came, and each wait in milliseconds, in order of answers."""

    seconds: float = 0.0
    statuses: Counter[int] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.waits) / self.seconds

    def within(self, share: float) -> float:
        """Return the wait in ms that so many of all did not exceed."""
        return sorted(self.waits)[min(len(self.waits) - 1, int(share * len(self.waits)))]

    def all_are(self, status: int) -> "Driven":
        """Return this, if every answer had that status.

        Raises:
            RuntimeError: some had another, so the figures mean nothing.

        """
        if set(self.statuses) != {status}:
            raise RuntimeError(f"wanted {status}, got {dict(self.statuses)}")
        return self


def request(method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> bytes:
    """Return a request as bytes."""
    data = b"" if body is None else json.dumps(body).encode()
    lines = [f"{method} {path} HTTP/1.1", "Host: bench", "Accept-Language: zh-CN,zh;q=0.9"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if body is not None:
        lines += ["Content-Type: application/json", f"Content-Length: {len(data)}"]
    return "\r\n".join([*lines, "", ""]).encode() + data


class _Client:
    """One connection: it has sent a request that was due at `due`, and reads the answer."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection((HOST, port), GIVE_UP_S)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.due = 0.0
        self._read = b""

    def send(self, data: bytes, due: float) -> None:
        self.due, self._read = due, b""
        self.socket.sendall(data)

    def answer(self) -> tuple[int, bytes] | None:
        """Return (status, body) once it is whole."""
        piece = self.socket.recv(1 << 18)
        if not piece:
            raise ConnectionError("The server closed the connection.")
        self._read += piece
        head, ended, body = self._read.partition(b"\r\n\r\n")
        if not ended:
            return None
        lower = head.lower()
        at = lower.find(b"content-length:")
        length = int(lower[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        return (int(head[9:12]), body) if len(body) >= length else None


Request = bytes | Callable[[], bytes]


def rush(port: int, requests: Sequence[Request], clients: int = 32, *, keep: bool = False) -> Driven:
    """Send `requests` in order, each client its next one as soon as it has its answer."""
    return _drive(port, requests, clients, None, keep=keep)


def steady(port: int, requests: Sequence[Request], rate: float, clients: int = 128) -> Driven:
    """Send `requests` at `rate` a second; each wait counts from when its request was due."""
    return _drive(port, requests, clients, rate, keep=False)


def _drive(port: int, requests: Sequence[Request], clients: int, rate: float | None, *, keep: bool) -> Driven:
    poll = select.epoll()
    idle = deque(_Client(port) for _ in range(min(clients, len(requests))))
    by_number = {client.socket.fileno(): client for client in idle}
    for number in by_number:
        poll.register(number, select.EPOLLIN)
    driven, sent = Driven(), 0
    began = last = time.monotonic()
    try:
        while len(driven.waits) < len(requests):
            now = time.monotonic()
            if now - last > GIVE_UP_S:
                raise TimeoutError("The server stopped answering.")
            while idle and sent < len(requests) and (rate is None or began + sent / rate <= now):
                following = requests[sent]
                data = following if isinstance(following, bytes) else following()
                idle.popleft().send(data, now if rate is None else began + sent / rate)
                sent += 1
            wait = max(0.0, began + sent / rate - time.monotonic()) if rate and idle and sent < len(requests) else 0.5
            for number, _ in poll.poll(wait):
                client = by_number[number]
                if answer := client.answer():
                    last = time.monotonic()
                    driven.waits.append((last - client.due) * 1000)
                    driven.statuses[answer[0]] += 1
                    if keep:
                        driven.bodies.append(answer[1])
                    idle.append(client)
    finally:
        for client in by_number.values():
            client.socket.close()
        poll.close()
    driven.seconds = last - began
    return driven
