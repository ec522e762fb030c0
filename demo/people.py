"""The simulated teams: they walk, punch, answer, wait, come back and finish, each with a phone or without."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from base.clock import now_ms
from demo.answers import fill_in
from demo.phones import Notes, Pace, Phone, Refused
from demo.plan import TURN_BACK_S, PhoneLuck, TeamPlan, thinking_s, walking_s
from demo.ways import PARK, Ways

Json = dict[str, Any]

# As the phone app asks: its own state every 8 s, places every 10 s, a waiting queue every 3 s. Real seconds.
PLAY_EVERY_S = 8.0
QUEUE_EVERY_S = 3.0
NEW_PHONE_S = 90
CONFIRM_S = 15
NEARBY_M = 400
COOL_DOWN_S = 60
LATE_HAND_IN_S = 1.0
DONE = frozenset({"passed", "passed_with_penalty", "failed", "lost"})
TAKEN = frozenset({"accepted", "repeated"})
OVER = frozenset({"closed", "finished"})


class GoneHome(Exception):  # noqa: N818  the race is over for this team
    """The race closed, or somebody finished for this team: there is nothing left to do."""


@dataclass(frozen=True, slots=True)
class Park:
    """All that people in the park have to do with: the server's port, the keys on paper, and what they know.

    `cards` are team cards' keys by entry, `signs` and `stations` keys by checkpoint code, `known` the bank's questions.
    Whoever has one of `tokens` (by card's or station's key) need not join.
    """

    port: int
    slug: str
    cards: Mapping[str, str]
    signs: Mapping[str, str]
    stations: Mapping[str, str]
    known: Mapping[str, Mapping[str, Any]]
    pace: Pace
    notes: Notes
    ways: Ways = PARK
    tokens: Mapping[str, str] = field(default_factory=dict)

    def phone(self, key: str) -> Phone:
        """Return a phone that has joined by this key."""
        phone = Phone(self.port, self.pace, self.notes, self.tokens.get(key, ""))
        if key not in self.tokens:
            phone.join(key)
        return phone

    def often(self, seconds: float) -> float:
        """Return the real seconds between two looks: as phones do, but no fast race passes meanwhile."""
        return max(0.1, min(seconds, seconds * 8 / self.pace.speed))


class Team:
    """A team with a phone, from the card to the finish. `play` runs in a thread of its own."""

    def __init__(self, plan: TeamPlan, park: Park) -> None:
        self.plan = plan
        self.park = park
        self.rng = Random(plan.seed)
        self._phone: Phone | None = None
        self._left: set[str] = set()
        self._turn_at = 0
        # The phone gives up at a checkpoint in the middle, right after the punch, whatever was on its screen.
        self._dies_at = plan.order[len(plan.order) // 2] if plan.phone is PhoneLuck.DIES else None

    @property
    def phone(self) -> Phone:
        """The phone in the captain's hand; joined by the team's card if there is none yet."""
        if self._phone is None:
            self._phone = self.park.phone(self.park.cards[self.plan.entry])
        return self._phone

    def play(self) -> None:
        """Play the whole race."""
        try:
            self.wait_for_gun()
            self._round()
        except GoneHome:
            pass
        finally:
            if self._phone:
                self._phone.drop()

    def _round(self) -> None:
        ways = self.park.ways
        here, left = ways.start or ways.finish, list(self.plan.order)
        while left and not self.is_late():
            code = left.pop(0)
            self.walk(here, code)
            here = code
            if not self.visit(code, left[0] if left else None):
                left.insert(1, code)
        self.walk(here, ways.finish)
        self.finish()

    def wait_for_gun(self) -> None:
        """Look at the phone until the gun has gone."""
        if self.plan.punches_start and self.park.ways.start:
            self.phone.report("punch", key=self.park.signs[self.park.ways.start])
        self._await_gun(self.phone, "/api/v1/play")
        self.start_clock()
        self.park.pace.spend(self.rng.uniform(2, 25))  # out of the crowd

    def _await_gun(self, phone: Phone, path: str) -> None:
        while (gun := phone.get(path)["gun"]) is None or gun > now_ms():
            self.park.pace.rest(self.park.often(QUEUE_EVERY_S))

    def start_clock(self) -> None:
        """Note when to turn back. Cool-downs are not sped up, so there must be time for one of them."""
        self._turn_at = now_ms() + round((TURN_BACK_S / self.park.pace.speed + COOL_DOWN_S) * 1000)

    def is_late(self) -> bool:
        """Tell whether it is time to turn for the finish."""
        return now_ms() > self._turn_at

    def walk(self, start: str, end: str) -> None:
        """Walk, with a look at the phone now and then."""
        left = walking_s(self.plan, start, end, self.rng, self.park.ways) / self.park.pace.speed
        while left > PLAY_EVERY_S:
            self.park.pace.rest(PLAY_EVERY_S)
            left -= PLAY_EVERY_S
            self.look()
        self.park.pace.rest(left)

    def look(self) -> None:
        """Look at the own progress and at the neighbours' places."""
        self.phone.get("/api/v1/play")
        self.phone.get(f"/api/v1/races/{self.park.slug}/standings?around={self.plan.entry}&top=20")

    def visit(self, code: str, after: str | None) -> bool:
        """Do all there is to do at a checkpoint. False if it goes on to `after` while a cool-down runs."""
        tasks = self.punch(code)
        if code == self._dies_at:
            self._dies_at = None
            tasks = self.change_phones(code)
        while task := next((task for task in tasks if task["state"] not in DONE), None):
            if task["kind"] == "game":
                tasks = self.await_game(code)
            elif task["state"] != "cooling":
                tasks = self.answer(code, task)
            elif self.is_late():
                return True
            elif self._goes_on(code, after):
                return False
            else:
                self.park.pace.until(task["until"])
                self.park.pace.rest(self.rng.uniform(0.2, 1.0))
                tasks = self.try_again(code, task)
        return True

    def punch(self, code: str) -> list[Json]:
        """Scan the sign; return the tasks due there."""
        return self._tasks(self.phone.report("punch", key=self.park.signs[code]))

    def _goes_on(self, code: str, after: str | None) -> bool:
        """Impatient people use a cool-down to see to a checkpoint nearby, once; then they have learnt."""
        goes = (
            not self.plan.patient
            and after is not None
            and code not in self._left
            and self.park.ways.metres(code, after) < NEARBY_M
        )
        self._left.add(code)
        return goes

    def try_again(self, code: str, task: Json) -> list[Json]:  # noqa: ARG002  who has no phone needs it
        """After a cool-down a new scan opens a new sheet."""
        return self.punch(code)

    def _tasks(self, result: Json) -> list[Json]:
        if result["verdict"] in OVER:
            raise GoneHome
        if result["verdict"] not in TAKEN:
            raise Refused(result["verdict"], result["message"])
        tasks: list[Json] = result.get("tasks", [])
        return tasks

    def change_phones(self, code: str) -> list[Json]:
        """The phone is dead: take another, scan the team card with it, and go on where the race stands."""
        self.phone.drop()
        self._phone = None
        self.park.pace.spend(NEW_PHONE_S)
        return self._due(code)

    def _due(self, code: str) -> list[Json]:
        play = self.phone.get("/api/v1/play")
        if play["race"]["closed"]:
            raise GoneHome
        tasks: list[Json] = play["tasks"].get(code, [])
        return tasks

    def answer(self, code: str, task: Json) -> list[Json]:
        """Think, and hand the sheet in before its time is up."""
        sheet = task["sheet"]
        think = thinking_s(self.plan, len(sheet["questions"]), self.rng) / self.park.pace.speed
        if sheet["deadline"] is not None:
            think = min(think, (sheet["deadline"] - now_ms()) / 1000 - LATE_HAND_IN_S)
        self.park.pace.rest(think)
        answers = fill_in(sheet["questions"], self.park.known, self.plan.strength, self.rng)
        result = self.phone.report("answer", sheet=sheet["id"], answers=answers)
        return self._tasks(result) or self._due(code)

    def await_game(self, code: str) -> list[Json]:
        """Wait in the queue and play, as the marshal calls; the phone shows how long still."""
        self.park.pace.rest(self.park.often(QUEUE_EVERY_S))
        return self._due(code)

    def finish(self) -> None:
        """Scan the finish sign, see that all are there, confirm."""
        key = self.park.signs[self.park.ways.finish]
        self._tasks(self.phone.report("punch", key=key))
        self.park.pace.spend(CONFIRM_S)
        self._tasks(self.phone.report("finish", key=key))


class TeamOnPaper(Team):
    """A team without a phone: whoever is marshal where it comes reports it by its number."""

    def wait_for_gun(self) -> None:
        """Listen for it, beside the marshal at the start."""
        phone = self.park.phone(self.park.stations[self.park.ways.start or self.park.ways.finish])
        self._await_gun(phone, "/api/v1/station")
        phone.drop()
        self.start_clock()

    def look(self) -> None:
        """There is nothing to look at but the map."""

    def visit(self, code: str, after: str | None) -> bool:
        """Go to the marshal there, whose phone is used until the team goes on."""
        self._phone = self.park.phone(self.park.stations[code])
        try:
            return super().visit(code, after)
        finally:
            self._phone.drop()
            self._phone = None

    def punch(self, code: str) -> list[Json]:  # noqa: ARG002  the marshal's phone knows where it is
        """Be punched by number."""
        return self._tasks(self.phone.report("punch", entry=self.plan.entry))

    def answer(self, code: str, task: Json) -> list[Json]:  # noqa: ARG002
        """Answer by word of mouth: the marshal counts what is right."""
        self.park.pace.spend(thinking_s(self.plan, task["draw"], self.rng))
        right = sum(self.rng.random() < self.plan.strength for _ in range(task["draw"]))
        return self._tasks(self.phone.report("answer", entry=self.plan.entry, quiz=task["quiz"], right=right))

    def try_again(self, code: str, task: Json) -> list[Json]:
        """Be asked again."""
        return self.answer(code, task)

    def await_game(self, code: str) -> list[Json]:  # noqa: ARG002
        """Wait until the marshal calls."""
        self.park.pace.rest(self.park.often(QUEUE_EVERY_S))
        station = self.phone.get("/api/v1/station")
        if station["race"]["closed"]:
            raise GoneHome
        here = next(item["here"] for item in station["entries"] if item["entry"] == self.plan.entry)
        done = here is None or here["state"] in DONE
        return [] if done else [{"kind": "game", "state": here["state"]}]

    def finish(self) -> None:
        """Be noted at the finish by number."""
        self._phone = self.park.phone(self.park.stations[self.park.ways.finish])
        self._tasks(self.phone.report("finish", entry=self.plan.entry))
