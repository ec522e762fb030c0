"""`waypost demo`: sets the sample race up, starts the server, plays the race, and stops it all again."""

import io
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from textwrap import indent
from types import FrameType
from typing import Any

import click

from base.database import open_engine
from base.serving import server_line
from base.settings import read_settings
from demo import words
from demo.marshals import CROWD, NOBODY_S
from demo.people import COOL_DOWN_S
from demo.phones import Refused, Stopped
from demo.plan import TURN_BACK_S
from demo.play import Simulation
from demo.race import race_file
from demo.setting import NotOurs, Papers, fresh_database, lay_out, only_demo

HOST = "127.0.0.1"
# What is left to the person: a team, and the station of a game in the middle of the park.
TEAM = "17"
STATION = "36"
START_S = 30
STOP_S = 3.5
GUN_AFTER_S = 3.0
# The way to the finish from where the last turn back, and the counting of heads: simulated seconds.
HOME_S = 700

NOT_OURS = {"running": words.RUNNING, "foreign": words.FOREIGN, "taken": words.TAKEN}


class Failed(click.ClickException):
    """The demo cannot run: said in the person's language on stderr, exit status 1."""

    def __init__(self, text: Mapping[str, str], **values: object) -> None:
        super().__init__("\n".join(words.lines(text, **values)))

    def show(self, file: Any = None) -> None:  # noqa: ARG002  click's own signature
        """Print it, without click's English “Error:”."""
        click.echo(self.message, err=True)


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--speed",
    default=10.0,
    show_default=True,
    type=click.FloatRange(0.5, 500),
    help="How many times faster than real people walk, think and play. Cool-downs after wrong answers stay real.",
)
@click.option("--no-play", is_flag=True, help="Only set the race up and serve it: no gun, no simulated teams.")
def demo(port: int, speed: float, no_play: bool) -> None:
    """Set the sample race up and play it with simulated teams on http://localhost:PORT."""
    stop = threading.Event()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without Chinese shows the links all the same
    _stop_on_signals(stop)
    try:
        with only_demo():
            _run(port, speed, stop, play=not no_play)
    except NotOurs as found:
        raise Failed(NOT_OURS[found.words], path=found.path) from None
    say(words.BYE)


def _stop_on_signals(stop: threading.Event) -> None:
    def heard(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, heard)


def _run(port: int, speed: float, stop: threading.Event, *, play: bool) -> None:
    _check_port(port)
    address = read_settings(port).public_url
    url, removed = fresh_database()
    own = not os.environ.get("WAYPOST_DATABASE_URL")
    say((words.FRESH if removed else words.FIRST) if own else words.GIVEN, path=_short(url))
    race = race_file()
    engine = open_engine(url)
    papers = lay_out(engine, race)
    engine.dispose()
    with _server(port, url) as server:
        _await_server(server, port, stop)
        if stop.is_set():
            return
        simulation = Simulation(race, papers, port, speed, left_team=TEAM, left_station=STATION, stopped=stop)
        _print_links(race, papers, address, speed if play else None)
        try:
            if play:
                _play(simulation, server)
                say(words.BACK, team=_entry(race)["team"], results=f"{address}/r/{papers.slug}/results")
            else:
                simulation.organizer.open_race()
                say(words.NO_PLAY)
            while True:
                simulation.pace.rest(0.5)
                _check(server)
        except Stopped:
            pass
        except Refused as refused:
            raise Failed(words.REFUSED, why=refused) from None
        finally:
            simulation.stop()


def _play(simulation: Simulation, server: subprocess.Popen[bytes]) -> None:
    """Play until all simulated teams are back."""
    simulation.start()
    simulation.pace.rest(GUN_AFTER_S)
    simulation.fire()
    speed = simulation.pace.speed
    say(words.GUN, speed=f"{speed:g}", minutes=round(((TURN_BACK_S + HOME_S) / speed + COOL_DOWN_S) / 60 + 0.5))
    while not simulation.all_back():
        simulation.pace.rest(0.5)
        _check(server)


def _check(server: subprocess.Popen[bytes]) -> None:
    """A server that ends by itself ends the demo."""
    if server.poll() is not None:
        raise Failed(words.SERVER_GONE)


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise Failed(words.PORT_TAKEN, port=port, other=port + 1 if port < 65535 else 8000) from None


@contextmanager
def _server(port: int, url: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run the server in a process group of its own, so that Ctrl-C reaches it through us, after the teams stopped."""
    environment = os.environ | {"WAYPOST_DATABASE_URL": url}
    server = subprocess.Popen(  # noqa: S603  our own interpreter and our own server
        server_line(HOST, port), env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, process_group=0
    )
    try:
        yield server
    finally:
        server.terminate()
        try:
            server.wait(STOP_S)
        except subprocess.TimeoutExpired:
            # Boards hold their streams open. What was acknowledged is on disk already.
            server.kill()
            server.wait()


def _await_server(server: subprocess.Popen[bytes], port: int, stop: threading.Event) -> None:
    until = time.monotonic() + START_S
    while not _is_well(port):
        if server.poll() is not None or time.monotonic() > until:
            raise Failed(words.NO_SERVER)
        if stop.wait(0.1):
            return


def _is_well(port: int) -> bool:
    connection = HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def say(text: Mapping[str, str], **values: object) -> None:
    """Print a text in the person's language, or in both."""
    for line in words.lines(text, **values):
        click.echo(line)


def _short(url: str) -> str:
    """Return a database's address as the person knows it: a path, relative where it can be; no password."""
    path = Path(url.removeprefix("sqlite:///"))
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _entry(race: Mapping[str, Any]) -> Any:
    return next(entry for entry in race["entries"] if entry["id"] == TEAM)


def _print_links(race: Mapping[str, Any], papers: Papers, address: str, speed: float | None) -> None:
    entry = _entry(race)
    page = f"{address}/r/{papers.slug}"
    card = words.line(words.CARD, bib=entry["bib"], team=entry["team"], code=papers.joins[TEAM])
    click.echo()
    say(words.TITLE)
    _link(words.line(words.BOARD), f"{page}/live")
    _link(words.line(words.RESULTS), f"{page}/results")
    _link(words.line(words.ORGANIZER), f"{address}{papers.welcome}")
    _link(card, f"{address}/T/{papers.cards[TEAM]}")
    _link(words.line(words.STATION), f"{address}/M/{papers.stations[STATION]}")
    if speed:
        for text in words.lines(words.DEPUTY, wait=round(NOBODY_S / speed), crowd=CROWD):
            click.echo(indent(text, "    "))
    click.echo()
    click.echo(words.line(words.SIGNS, team=entry["team"]))
    _signs(race, papers.signs, f"{address}/C/")
    if not speed:
        click.echo()
        click.echo(words.line(words.OTHER_STATIONS))
        _signs(race, papers.stations, f"{address}/M/")
    click.echo()


def _signs(race: Mapping[str, Any], keys: Mapping[str, str], before: str) -> None:
    for checkpoint in race["checkpoints"]:
        names = " / ".join(checkpoint["name"][language] for language in words.languages())
        click.echo(f"  {checkpoint['code']:>2}  {before}{keys[checkpoint['code']]}  {names}")


def _link(what: str, address: str) -> None:
    click.echo(f"  {what}\n    {address}")
