"""The production server: one port, gevent throughout. `waypost serve` and `waypost demo` start it.

One process runs `main`. Several are looked after by gunicorn (`processes.py`), each with `application` in it.
"""

from gevent import monkey

monkey.patch_all()

# ruff: noqa: E402  nothing may be imported before the line above
import gc
import os
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any

import gevent
from flask import Flask
from gevent.pywsgi import WSGIHandler, WSGIServer
from gunicorn.workers.ggevent import GeventPyWSGIWorker
from sqlalchemy import Engine

from app import create_app
from base.backups import BackupFailed, database_file
from base.clock import now_ms
from base.holding import Held, hold
from base.languages import Words
from base.migrating import Unusable
from base.settings import Settings, read_settings
from base.sharing import Wire
from base.translate import put, terminal_language
from base.web import part_of
from organize.live import erase_due, forget_old
from people.commands import greet
from race.live.phones import Phones
from race.live.races import Live
from race.live.referee import Referee
from race.live.seals import Seals
from results.live import Boards

BOARDS_S = 0.01
CATCH_UP_S = 0.5
SWITCH_S = 0.0005
TICK_S = 1.0
STRETCH_S = 0.5
PHONES_S = 5
FORGET_S = 600
ERASE_S = 60
STOP_S = 5


class Handler(WSGIHandler):
    """Lets an answer keep its connection: one that lasts for hours needs nothing else of what a request holds."""

    def get_environ(self) -> dict[str, Any]:
        """Say how the connection is taken."""
        environ: dict[str, Any] = super().get_environ()
        environ["waypost.take_connection"] = self._take
        return environ

    def _take(self) -> socket.socket:
        self.close_connection = True
        return socket.socket(fileno=os.dup(self.socket.fileno()))


class Server(WSGIServer):
    """A server that sends small answers at once: without this each POST waits some 40 ms for nothing."""

    handler_class = Handler

    def handle(self, sock: socket.socket, address: Any) -> None:
        """Serve one connection."""
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        super().handle(sock, address)


class Worker(GeventPyWSGIWorker):  # type: ignore[misc]  # it comes without types
    """One of several processes."""

    server_class = Server
    wsgi_handler = Handler


def outside(work: Callable[[], Any]) -> Any:
    """Run work that computes or commits in a thread of its own, so that nobody else stands still."""

    def careful() -> tuple[Any, BaseException | None]:
        # An exception is an answer here; the pool would print each as a failure of its own.
        try:
            return work(), None
        except BaseException as error:
            return None, error

    result, error = gevent.get_hub().threadpool.apply(careful)
    if error:
        raise error
    return result


def every(seconds: float, work: Callable[[], None]) -> None:
    """Do something again and again; one failure is shown and the next turn comes all the same."""

    def loop() -> None:
        while True:
            gevent.sleep(seconds)
            try:
                work()
            except Exception:
                gevent.get_hub().print_exception(work, *sys.exc_info())

    gevent.spawn(loop)


def application() -> Flask:
    """Return one process's application, with what happens in it without being asked."""
    return _ticking(read_settings())


def _ticking(settings: Settings) -> Flask:
    gc.disable()
    try:
        app = create_app(settings, outside)
    except Unusable as unusable:
        sys.exit(put(unusable.words, terminal_language()))
    # The thread that commits asks for the interpreter back after each step; it must not wait the usual 5 ms each time.
    sys.setswitchinterval(SWITCH_S)
    live, referee, boards = part_of(app, Live), part_of(app, Referee), part_of(app, Boards)
    every(CATCH_UP_S, live.catch_up)
    wire = part_of(app, Wire)
    phones = part_of(app, Phones)
    gevent.spawn(wire.listen, live.hear_of, lambda: gevent.spawn(outside, phones.catch_up))
    gevent.spawn(wire.talk)
    every(TICK_S, lambda: referee.tick(now_ms()))
    every(PHONES_S, lambda: outside(phones.catch_up))
    every(STRETCH_S, lambda: part_of(app, Seals).stretch(outside))
    every(BOARDS_S, lambda: boards.refresh(live, now_ms()))
    every(FORGET_S, lambda: forget_old(part_of(app, Engine), now_ms()))
    every(ERASE_S, lambda: outside(lambda: erase_due(part_of(app, Engine), live, now_ms())))
    # What was loaded stays: the collector would walk all of it again and again, each time 0.3 s of a long race, and
    # meanwhile nobody is answered.
    gc.freeze()
    gc.enable()
    return app


def main(host: str, port: int) -> None:
    """Serve until told to stop."""
    settings = read_settings(port)
    holding = _hold(settings.database_url)
    app = _ticking(settings)
    server = Server((host, port), app, log=None, environ={"wsgi.multithread": True})
    try:
        server.init_socket()
    except OSError as error:
        taken = Words(
            "Port %(port)s cannot be used: %(why)s. Choose another.",
            {"port": port, "why": os.strerror(error.errno or 0)},
        )
        sys.exit(put(taken, terminal_language()))
    greet(part_of(app, Engine), settings.public_url)
    for number in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(number, server.stop, STOP_S)
    print(f"http://{host}:{port}", flush=True)  # noqa: T201  whoever started it waits for this line
    server.serve_forever()
    if holding:
        holding.close()


def _hold(url: str) -> IO[bytes] | None:
    """Say that this process serves an embedded database, so that no backup is put in its place meanwhile."""
    with suppress(BackupFailed, OSError):  # other databases look after themselves; an unusable folder is named later
        try:
            return hold(database_file(url))
        except Held:
            sys.exit(put(Words("A backup is being restored. Start again in a moment."), terminal_language()))
    return None


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
