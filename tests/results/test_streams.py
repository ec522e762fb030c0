import socket
import threading
from collections.abc import Iterator

import pytest

from results.live import streams
from results.live.streams import KEPT_BYTES, Stream, Streams

HEAD = b"head\n\n"


class Told:
    """Streams of changes that are one byte string each, and their watchers' ends."""

    def __init__(self) -> None:
        self.changes: list[bytes] = []
        self.streams = Streams(lambda seen, _: (len(self.changes), b"".join(self.changes[seen or 0 :])))
        self.ends: list[socket.socket] = []

    def watch(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        theirs.settimeout(5)
        self.ends += [ours, theirs]
        self.streams.join(Stream(ours, len(self.changes), "zh"), HEAD)
        assert theirs.recv(100) == HEAD
        return theirs

    def tell(self, change: bytes) -> None:
        self.changes.append(change)
        self.streams.push(len(self.changes))


@pytest.fixture
def told() -> Iterator[Told]:
    told = Told()
    yield told
    for end in told.ends:
        end.close()


def read(end: socket.socket, length: int) -> bytes:
    whole = b""
    while len(whole) < length and (piece := end.recv(1 << 20)):
        whole += piece
    return whole


def test_all_watchers_get_each_change_once(told: Told) -> None:
    ends = [told.watch() for _ in range(3)]
    told.tell(b"one\n")
    told.streams.push(1)
    told.tell(b"two\n")
    assert [read(end, 8) for end in ends] == [b"one\ntwo\n"] * 3


def test_who_reads_slowly_keeps_nobody_waiting_and_still_gets_everything(told: Told) -> None:
    slow, quick = told.watch(), told.watch()
    large = [bytes([number]) * (8 * KEPT_BYTES) for number in range(1, 4)]
    for change in large:
        told.changes.append(change)
        reading = threading.Thread(target=told.streams.push, args=(len(told.changes),))
        reading.start()
        assert read(quick, len(change)) == change
        reading.join(5)
        assert not reading.is_alive()
    assert read(slow, sum(map(len, large))) == b"".join(large)


def test_who_does_not_read_is_cut_off(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "SLOW_S", 0.1)
    end = told.watch()
    told.tell(b"x" * (64 * KEPT_BYTES))
    before = threading.active_count()
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and thread.daemon:
            thread.join(5)
    assert threading.active_count() <= before
    assert 0 < len(read(end, 64 * KEPT_BYTES)) < 64 * KEPT_BYTES


def test_who_has_gone_is_forgotten(told: Told) -> None:
    end = told.watch()
    end.close()
    told.tell(b"one\n")
    told.tell(b"two\n")
    assert told.streams._ready == []
