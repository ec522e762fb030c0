"""`waypost rehearse`: simulated teams play the trial of any race, against the server that holds it.

Organizers press a button for it; the server runs this in a process of its own. Its people carry tokens that the server
takes in a trial only, so whatever becomes of this process, nothing it says can count for the race.
"""

import secrets
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from random import Random
from types import FrameType
from typing import Any

import click

from base.commands import Refused, open_database
from base.database import reading
from base.languages import Words
from checkpoints.rules import sign_key, station_key
from demo.answers import known_answers
from demo.marshals import Deputy, FinishMarshal, GameMarshal, StartMarshal
from demo.people import Park, Team, TeamOnPaper
from demo.phones import Notes, Pace, Stopped
from demo.phones import Refused as SaidNo
from demo.plan import PhoneLuck, make_plan
from demo.ways import ways_of
from facts.model import Fact, Race, Stage
from facts.store import race_by_slug, since
from race.forms.file import read_race_file, setup_to_json
from race.model import Setup
from race.rules.cards import REHEARSAL, Bearer, card_key, is_rehearsal, issue
from race.store import load_draw_numbers, load_setup

LOOK_S = 0.5


@click.command(hidden=True)
@click.argument("slug")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--speed", default=10.0, show_default=True, type=click.FloatRange(0.5, 500))
@click.option("--minutes", default=30.0, show_default=True, type=click.FloatRange(0.01, 240), help="It ends then.")
@click.option("--led", is_flag=True, help="End with whoever holds the other end of the standard input.")
def rehearse(slug: str, port: int, speed: float, minutes: float, led: bool) -> None:
    """Let simulated teams play the trial of a race that a server on this machine holds."""
    stop = threading.Event()

    def heard(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, heard)
    if led:
        threading.Thread(target=_follow, args=(stop,), daemon=True).start()
    threading.Thread(target=_end, args=(stop, minutes * 60), daemon=True).start()
    race, setup, facts = _trial(slug)
    Rehearsal(race, setup, facts, port, Pace(speed, stop)).play()


def _follow(stop: threading.Event) -> None:
    sys.stdin.read()
    stop.set()


def _end(stop: threading.Event, seconds: float) -> None:
    stop.wait(seconds)
    stop.set()


def _trial(slug: str) -> tuple[Race, Setup, list[Fact]]:
    engine = open_database()
    with reading(engine) as connection:
        race = race_by_slug(connection, slug)
        if race is None:
            raise Refused(Words("There is no race “%(slug)s” here.", {"slug": slug}))
        if race.stage is not Stage.TRIAL:
            raise Refused(Words("Simulated teams play in a trial only."))
        setup = read_race_file(load_setup(connection, race.id), load_draw_numbers(connection, race.id))
        facts = [fact for fact in since(connection, race.id) if fact.log == race.log]
    engine.dispose()
    return race, setup, facts


class Rehearsal:
    """The simulated people of one trial. What a real phone plays or judges is left to it."""

    def __init__(self, race: Race, setup: Setup, facts: list[Fact], port: int, pace: Pace) -> None:
        real = {fact.by for fact in facts if not is_rehearsal(str(fact.body.get("device", REHEARSAL)))}
        left_out = {name for name in setup.entries if f"team:{name}" in real}
        cards = {entry.id: card_key(race.secret, entry) for entry in setup.entries.values()}
        stations = {item.id: station_key(race.secret, item) for item in setup.checkpoints.values()}
        seed = secrets.randbelow(2**31)
        data: Mapping[str, Any] = setup_to_json(setup)
        self.pace, self.notes, ways = pace, Notes(), ways_of(setup)
        self.park = Park(
            port=port,
            slug=race.slug,
            cards=cards,
            signs={item.id: sign_key(race.secret, item) for item in setup.checkpoints.values()},
            stations=stations,
            known=known_answers(data),
            pace=pace,
            notes=self.notes,
            ways=ways,
            tokens={
                **{key: _token(race, "team", name) for name, key in cards.items()},
                **{key: _token(race, "marshal", name) for name, key in stations.items()},
            },
        )
        plans = make_plan(data, seed, left_out, ways)
        rng = Random(seed)
        games = [item.id for item in setup.checkpoints.values() if any(task.id in setup.games for task in item.tasks)]
        self.heads = {plan.entry: plan.heads for plan in plans}
        self.teams = [(TeamOnPaper if plan.phone is PhoneLuck.NONE else Team)(plan, self.park) for plan in plans]
        self.marshals = [
            (Deputy if f"marshal:{code}" in real else GameMarshal)(self.park, code, rng.getrandbits(32))
            for code in games
        ]
        back = {plan.entry: plan.heads_back for plan in plans}
        lost = {plan.entry: plan.heads - 1 for plan in plans if plan.heads_back < plan.heads}
        self.finish_marshal = FinishMarshal(self.park, back, lost, rng.getrandbits(32))

    def play(self) -> None:
        """Play until every team has ended its race, the time is up, or the race is no trial any more."""
        StartMarshal(self.park, self.heads).check_in()
        for work in (*(marshal.work for marshal in self.marshals), self.finish_marshal.work):
            self._thread(work)
        playing = [self._thread(team.play) for team in self.teams]
        while any(thread.is_alive() for thread in playing) and not self.pace.stopped.wait(LOOK_S):
            pass
        self.pace.stopped.wait(self.park.often(LOOK_S) * 10)  # the last heads are counted
        self.pace.stopped.set()

    def _thread(self, work: Callable[[], None]) -> threading.Thread:
        def run() -> None:
            try:
                work()
            except Stopped:
                pass
            except SaidNo as refused:
                if refused.code in ("not_a_trial", "unreachable"):
                    self.pace.stopped.set()
                self.notes.trouble(str(refused))
            except Exception as error:  # one team's stumble is told and stops nobody else
                self.notes.trouble(f"{type(error).__name__}: {error}")

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        return thread


def _token(race: Race, role: str, subject: str) -> str:
    return issue(race.secret, Bearer(race.id, role, subject, f"{REHEARSAL}{secrets.token_hex(4)}"))
