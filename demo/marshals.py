"""The simulated marshals: at the start, at the games, at the finish; and the organizer with the gun and messages."""

from collections.abc import Iterable, Mapping
from random import Random
from typing import Any

from base.clock import now_ms
from demo.answers import play_game
from demo.people import Park
from demo.phones import Phone

Json = dict[str, Any]

LOOK_EVERY_S = 2.0
CALL_S = (5, 15)
HEADS_S = (40, 160)
# So many teams play a game at once whose result is counted when all are done; a stopwatch runs for one at a time.
RING = 3

# A station left to the person: a deputy helps when nobody does. Simulated seconds a team waits for somebody who never
# came; real seconds without a touch of the person who did come.
NOBODY_S = 240
IDLE_S = 60.0
UNFINISHED_S = 180.0
# From so many waiting teams on the deputy helps beside the person: simulated teams come faster than people can count.
CROWD = 4


class StartMarshal:
    """Checks the teams in before the gun."""

    def __init__(self, park: Park, heads: Mapping[str, int]) -> None:
        self.park = park
        self.heads = heads

    def check_in(self) -> None:
        """Count heads, team by team."""
        if self.park.ways.start is None:
            return
        phone = self.park.phone(self.park.stations[self.park.ways.start])
        for item in phone.get("/api/v1/station")["entries"]:
            here = self.heads.get(item["entry"], len(item["members"]))
            phone.report("checkin", entry=item["entry"], heads=here, members=list(range(here)))
        phone.drop()


class GameMarshal:
    """Calls the teams in order of arrival, starts them, and reports what was measured. Works until stopped."""

    def __init__(self, park: Park, code: str, seed: int) -> None:
        self.park = park
        self.code = code
        self.rng = Random(seed)
        self.own: set[str] = set()  # the records this marshal has reported, by id
        self._phone: Phone | None = None

    @property
    def phone(self) -> Phone:
        """The phone of this station."""
        if self._phone is None:
            self._phone = self.park.phone(self.park.stations[self.code])
        return self._phone

    def work(self) -> None:
        """Look at the queue and play it down, again and again."""
        try:
            while True:
                self._look()
        finally:
            self.phone.drop()

    def _look(self) -> None:
        state = self.phone.get("/api/v1/station")
        called = self.called(state)
        if called:
            self.play(state["station"]["games"][0], called)
        else:
            self.park.pace.rest(self.park.often(LOOK_EVERY_S))

    def called(self, state: Json) -> list[str]:
        """Return whose turn it is."""
        timed = any(measure["kind"] == "seconds" for measure in state["station"]["games"][0]["measures"])
        queue: list[str] = state["queue"]
        return queue[: 1 if timed else RING]

    def play(self, game: Json, entries: Iterable[str]) -> None:
        """Let teams play: begun, measured, reported."""
        self.park.pace.spend(self.rng.uniform(*CALL_S))
        played = [(entry, *play_game(game, self.rng)) for entry in self.still_mine(entries)]
        for entry, _, _ in played:
            self._report("stamp", entry=entry, what="begun")
        self.park.pace.spend(max((seconds for _, _, seconds in played), default=0.0))
        mine = set(self.still_mine([entry for entry, _, _ in played]))
        for entry, measures, _ in played:
            if entry in mine:
                self._report("game", entry=entry, game=game["id"], measures=measures)

    def still_mine(self, entries: Iterable[str]) -> list[str]:
        """Return those of the called teams that nobody else has taken meanwhile."""
        return list(entries)

    def _report(self, kind: str, **fields: Any) -> None:
        self.own.add(self.phone.report(kind, **fields)["id"])


class Deputy(GameMarshal):
    """Stands beside the person's station and steps in where teams would wait for ever."""

    _seen: frozenset[str] | set[str] = frozenset()  # what the person had done when the deputy last called a team

    def called(self, state: Json) -> list[str]:
        """Return whom to help: the first who waits in vain, or whose play was begun and never reported."""
        acts = self._acts(state)
        self._seen = {item["fact"] for item in acts}
        touched = max((item["at"] for item in acts), default=None)
        here = {item["entry"]: item["here"] for item in state["entries"] if item["here"]}
        if touched is not None and len(state["queue"]) >= CROWD:
            return [state["queue"][1]]  # the first is the one the person is about to call
        waiting, playing = state["queue"][:1], state["playing"][:1]
        if waiting and must_help(now_ms(), here[waiting[0]]["arrived_at"], touched, self.park.pace.speed):
            return list(waiting)
        stuck = playing and touched is not None and now_ms() - touched > UNFINISHED_S * 1000
        return list(playing) if stuck else []

    def still_mine(self, entries: Iterable[str]) -> list[str]:
        """Return those the person has not begun, stopped or reported since they were called: the person goes first."""
        acts = self._acts(self.phone.get("/api/v1/station"))
        taken = {item["entry"] for item in acts if item["fact"] not in self._seen}
        return [entry for entry in entries if entry not in taken]

    def _acts(self, state: Json) -> list[Json]:
        """Return what the person did at the station."""
        return [item for item in state["recent"] if item["fact"] not in self.own and item["kind"] in ("stamp", "game")]


def must_help(now: int, arrived_at: int, touched: int | None, speed: float) -> bool:
    """Tell whether a deputy should take a team that waits since `arrived_at`. Instants in UTC ms.

    `touched` is when the person last reported something at the station, None if never.
    """
    if touched is None:
        return now - arrived_at >= NOBODY_S / speed * 1000
    return now - max(arrived_at, touched) >= IDLE_S * 1000


class FinishMarshal:
    """Counts heads a while after each team has come in. Works until stopped."""

    def __init__(self, park: Park, heads_back: Mapping[str, int], lost: Mapping[str, int], seed: int) -> None:
        self.park = park
        self.heads_back = heads_back
        self.lost = lost
        self.rng = Random(seed)
        self._due: dict[str, int] = {}

    def work(self) -> None:
        """Look who has come in; count those who have stood there long enough."""
        phone = self.park.phone(self.park.stations[self.park.ways.finish])
        try:
            while True:
                for item in phone.get("/api/v1/station")["entries"]:
                    if item["finish"] is not None and item["heads"] is None and self._is_due(item["entry"]):
                        self._count(phone, item)
                self.park.pace.rest(self.park.often(LOOK_EVERY_S))
        finally:
            phone.drop()

    def _is_due(self, entry: str) -> bool:
        wait_ms = self.rng.uniform(*HEADS_S) / self.park.pace.speed * 1000
        return now_ms() >= self._due.setdefault(entry, now_ms() + round(wait_ms))

    def _count(self, phone: Phone, item: Json) -> None:
        entry = item["entry"]
        if entry in self.lost:
            reason = "脚踝扭伤，已由救护组接走"
            phone.report("withdraw", entry=entry, members=[self.lost[entry]], reason=reason, safe=True)
        phone.report("heads", entry=entry, heads=self.heads_back.get(entry, len(item["members"])))


class Organizer:
    """Opens the race, fires the gun, and speaks to all teams, through the API with a personal token."""

    def __init__(self, park: Park, token: str) -> None:
        self.park = park
        self.program = Phone(park.port, park.pace, park.notes, token)
        self._facts = f"/api/v1/races/{park.slug}/facts"

    def open_race(self) -> None:
        """Go from set-up to the race."""
        self.program.post(f"/api/v1/races/{self.park.slug}/stage", {"stage": "race"})

    def fire(self) -> None:
        """The gun, for all."""
        self.program.post(self._facts, {"records": [{"kind": "gun"}]})

    def tell(self, text: str, entry: str | None = None) -> None:
        """Send a message to all teams, or to one."""
        record: Json = {"kind": "message", "text": text}
        self.program.post(self._facts, {"records": [record | ({"entry": entry} if entry else {})]})
