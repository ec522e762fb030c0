"""The watchers of one board: plain connections, written to by whoever worked the board out.

A watcher who has all that there is costs nothing until the next change: no thread, no queue, only a socket. Each change
is encoded once, and the same bytes go to every socket without waiting. Who cannot take them at once is brought up by a
thread of its own; who does not read for `SLOW_S` is cut off, and resumes from the last event it has, as everybody does
who was away.
"""

import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

# How much the kernel keeps for a watcher that does not read: more would only hide that it does not.
KEPT_BYTES = 64 * 1024
SLOW_S = 10
BEAT_S = 15.0
# After so many watchers the others get their turn: a broadcast to thousands must keep no punch waiting.
AT_ONCE = 100
BEAT = b": still here\n\n"


@dataclass(slots=True, eq=False)
class Stream:
    """One watcher: its connection, the revision it has, and its language."""

    connection: socket.socket
    seen: int | None
    language: str


class Streams:
    """All watchers of a board. `lacking` tells what one who has seen a revision lacks, and what it has seen then."""

    def __init__(self, lacking: Callable[[int | None, str], tuple[int, bytes]]) -> None:
        self._lacking = lacking
        self._ready: list[Stream] = []
        self._pushed = -1
        self._over = False
        self._beat_at = time.monotonic()

    def join(self, stream: Stream, head: bytes) -> None:
        """Take a watcher in, after `head`: it gets what it lacks now, and from then on each change."""
        stream.connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KEPT_BYTES)
        self._bring_up(stream, head)

    def push(self, revision: int) -> None:
        """Send everybody what is new in `revision`; now and then a sign of life, which also shows who has gone."""
        now = time.monotonic()
        beats = now - self._beat_at >= BEAT_S
        if revision == self._pushed and not beats:
            return
        self._pushed = revision
        if beats:
            self._beat_at = now
        ready, self._ready = self._ready, []
        known: dict[tuple[int | None, str], tuple[int, bytes]] = {}
        for number, stream in enumerate(ready, start=1):
            has = (stream.seen, stream.language)
            if has not in known:
                known[has] = self._lacking(*has)
            stream.seen, data = known[has]
            self._send(stream, data or (BEAT if beats else b""))
            if number % AT_ONCE == 0:
                time.sleep(0)

    def end(self) -> None:
        """Send everybody home: the race was deleted."""
        self._over = True
        ready, self._ready = self._ready, []
        for stream in ready:
            stream.connection.close()

    def _send(self, stream: Stream, data: bytes) -> None:
        try:
            sent = stream.connection.send(data)
        except BlockingIOError:
            sent = 0
        except OSError:
            stream.connection.close()
            return
        if sent == len(data):
            self._ready.append(stream)
        else:
            threading.Thread(target=self._bring_up, args=(stream, data[sent:]), daemon=True).start()

    def _bring_up(self, stream: Stream, data: bytes) -> None:
        """Send the rest of what was begun, then whatever came meanwhile, waiting for the watcher to read it."""
        try:
            stream.connection.settimeout(SLOW_S)
            while data:
                stream.connection.sendall(data)
                stream.seen, data = self._lacking(stream.seen, stream.language)
            stream.connection.setblocking(False)
        except OSError:
            stream.connection.close()
        else:
            if self._over:
                stream.connection.close()
            else:
                self._ready.append(stream)
