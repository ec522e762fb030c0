"""The race as it is played: teams, marshals and organizer in threads of their own, all of them over HTTP."""

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from demo.answers import known_answers
from demo.marshals import Deputy, FinishMarshal, GameMarshal, Organizer, StartMarshal
from demo.people import Park, Team, TeamOnPaper
from demo.phones import Notes, Pace, Refused, Stopped
from demo.plan import PhoneLuck, TeamPlan, make_plan
from demo.setting import Papers

LET_GO_S = 2.0
# Simulated seconds after the gun at which the organizer speaks to all.
MESSAGES = (
    (600, "天热，请每队在 36 号和 41 号补水。"),
    (1800, "留意关门时间，按时回到终点，五个人一起冲线。"),
)


class Simulation:
    """A race file played on a running server at `speed` times real speed.

    Cool-downs and the time limits of sheets are the server's and stay real; all else is divided by `speed`.
    `left_team` (entry id) and `left_station` (checkpoint code) are the person's. Setting `stopped` ends every wait.
    """

    def __init__(
        self,
        race: Mapping[str, Any],
        papers: Papers,
        port: int,
        speed: float,
        seed: int = 1,
        left_team: str | None = None,
        left_station: str | None = None,
        stopped: threading.Event | None = None,
    ) -> None:
        self.pace = Pace(speed, stopped)
        self.notes = Notes()
        self.plans: Sequence[TeamPlan] = make_plan(race, seed, [left_team] if left_team else [])
        self.park = Park(
            port=port,
            slug=papers.slug,
            cards=papers.cards,
            signs=papers.signs,
            stations=papers.stations,
            known=known_answers(race),
            pace=self.pace,
            notes=self.notes,
        )
        self.organizer = Organizer(self.park, papers.token)
        games = {game["id"] for game in race.get("games", ())}
        stations = [
            checkpoint["code"]
            for checkpoint in race["checkpoints"]
            if any(task.get("game") in games for task in checkpoint.get("tasks", ()))
        ]
        self.marshals = [
            (Deputy if code == left_station else GameMarshal)(self.park, code, seed + index)
            for index, code in enumerate(stations)
        ]
        lost = {plan.entry: plan.heads - 1 for plan in self.plans if plan.heads_back < plan.heads}
        back = {plan.entry: plan.heads_back for plan in self.plans}
        self.finish_marshal = FinishMarshal(self.park, back, lost, seed)
        self.teams = [(TeamOnPaper if plan.phone is PhoneLuck.NONE else Team)(plan, self.park) for plan in self.plans]
        self._playing: list[threading.Thread] = []
        self._working: list[threading.Thread] = []

    def start(self) -> None:
        """Open the race, check the teams in, and let everybody go to their places. Nobody runs before the gun."""
        self.organizer.open_race()
        StartMarshal(self.park, {plan.entry: plan.heads for plan in self.plans}).check_in()
        self._working = [self._thread(f"marshal {item.code}", item.work) for item in self.marshals]
        self._working.append(self._thread("marshal F", self.finish_marshal.work))
        self._playing = [self._thread(f"team {team.plan.bib}", team.play) for team in self.teams]

    def fire(self) -> None:
        """Fire the gun; from now on the organizer has a word for all now and then."""
        self.organizer.fire()
        self._working.append(self._thread("organizer", self._speak))

    def _speak(self) -> None:
        told = 0
        for at_s, text in MESSAGES:
            self.pace.spend(at_s - told)
            told = at_s
            self.organizer.tell(text)

    def all_back(self) -> bool:
        """Tell whether every simulated team has ended its race."""
        return not any(thread.is_alive() for thread in self._playing)

    def stop(self) -> None:
        """End everything, within a few seconds."""
        self.pace.stopped.set()
        for thread in (*self._playing, *self._working):
            thread.join(LET_GO_S / len((*self._playing, *self._working)))
        self.organizer.program.drop()

    def _thread(self, name: str, work: Callable[[], None]) -> threading.Thread:
        def run() -> None:
            try:
                work()
            except Stopped:
                pass
            except Refused as refused:
                self.notes.trouble(f"{name}: {refused}")
            except Exception as error:  # one team's stumble is told and stops nobody else
                self.notes.trouble(f"{name}: {type(error).__name__}: {error}")

        thread = threading.Thread(target=run, name=name, daemon=True)
        thread.start()
        return thread
