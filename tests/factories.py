"""The same few people and one small race for all tests.

Three teams of five (白鹭 Egret, 蜻蜓 Dragonfly, 指北针 Compass) in a mass start; a start, four checkpoints (31 plain,
32 a quiz, 33 a game, 34 a quiz and then the game), a finish. Instants in `Log` are seconds after the gun, so that
tests read like the sport.
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

from facts.model import Fact
from race.forms.file import read_race_file
from race.model import Run, Setup, Standing, Whole
from race.rules.fold import fold, ground_of
from race.rules.standing import rank
from race.rules.whole import whole_of

SLUG = "lianxi"
SECRET = bytes(range(32))
# 1 May 2026, 09:00 in Shanghai.
GUN = 1_777_597_200_000
EGRET, DRAGONFLY, COMPASS = "1", "2", "3"
TEAMS = {EGRET: ("白鹭", "湿地工会"), DRAGONFLY: ("蜻蜓", "河道工会"), COMPASS: ("指北针", "湿地工会")}

# What must never be seen before a sheet is decided.
RIGHT_WORDS = "正确选项的文字"
EXPLANATION = "解析：芦苇根系能净化水质"


def question(number: int) -> dict[str, Any]:
    """One question of four choices; the right one is always number 2 of the bank."""
    return {
        "id": f"q{number}",
        "kind": "single",
        "text": f"第{number}题",
        "choices": ["甲", "乙", "丙", "丁"],
        "answer": 2,
        "explanation": EXPLANATION,
    }


RIGHT, WRONG = 2, 0

_RACE: dict[str, Any] = {
    "waypost": 1,
    "race": {
        "slug": SLUG,
        "name": {"zh": "练习赛", "en": "Practice race"},
        "theme": "走进湿地",
        "venue": "东湖湿地",
        "hosts": [{"role": "主办", "name": "区总工会"}],
        "emergency_phone": "110",
        "closing": {"after_gun_s": 7200},
    },
    "checkpoints": [
        {"code": "S1", "kind": "start", "name": "起点"},
        {"code": "31", "name": "木桥", "lat": 39.9, "lon": 116.4},
        {"code": "32", "name": "芦苇荡", "tasks": [{"quiz": "gate"}]},
        {"code": "33", "name": "草坪", "tasks": [{"game": "throw"}]},
        {"code": "34", "name": "观鸟塔", "tasks": [{"quiz": "gate"}, {"game": "throw"}]},
        {"code": "F1", "kind": "finish", "name": "终点"},
    ],
    "quizzes": [
        {
            "id": "gate",
            "bank": "wetland",
            "draw": 3,
            "need": 2,
            "limit_s": 60,
            "on_fail": [{"cool_down_s": 60}, {"cool_down_s": 60}, {"penalty_s": 120}],
        }
    ],
    "banks": [{"id": "wetland", "questions": [question(number) for number in range(1, 41)]}],
    "games": [
        {
            "id": "throw",
            "name": {"zh": "飞盘", "en": "Frisbee"},
            "instructions": "每人投两次",
            "measures": [
                {"id": "hits", "kind": "count", "name": "命中", "most": 9},
                {"id": "fouls", "kind": "foul", "name": "犯规"},
            ],
            "score": {
                "bands": {"of": "hits", "points": [[5, 20], [3, 10], [0, 0]]},
                "need": {"hits": {"least": 3}},
                "penalty_s": {"fouls": 5},
            },
            "credit_cap_s": 600,
        }
    ],
    "courses": [{"id": "A", "format": "count", "checkpoints": ["31", "32", "33", "34"]}],
    "classes": [{"id": "open", "name": "公开组", "course": "A", "team_size": 5}],
    "entries": [
        {
            "id": entry,
            "bib": entry,
            "team": team,
            "club": club,
            "class": "open",
            "contact": {"name": f"{team}联系人", "phone": f"1380000000{entry}"},
            "members": [f"{team}{number}" for number in range(1, 6)],
        }
        for entry, (team, club) in TEAMS.items()
    ],
}


def race_file(**parts: Any) -> dict[str, Any]:
    """Return the small race as a race file; named parts replace its own."""
    return {**deepcopy(_RACE), **deepcopy(parts)}


def changed(part: str, number: int = 0, **values: Any) -> dict[str, Any]:
    """Return the small race with one item of a list changed: `changed("classes", start="wave")`."""
    data = race_file()
    data[part][number] |= values
    return data


def race(data: Mapping[str, Any] | None = None) -> Setup:
    """Return the small race, or what another race file says."""
    return read_race_file(race_file() if data is None else data)


@dataclass
class Log:
    """Facts of one race as they happen. Each method takes seconds after the gun and returns the fact's id."""

    facts: list[Fact] = field(default_factory=list)

    def add(
        self,
        kind: str,
        at: float,
        entry: str | None = None,
        checkpoint: str | None = None,
        *,
        received: float | None = None,
        by: str = "test",
        name: str | None = None,
        **body: Any,
    ) -> str:
        """Append a fact; `received` is when it came, `name` its id."""
        number = len(self.facts) + 1
        instant = GUN + round(at * 1000)
        fact = Fact(
            id=name or f"f{number}",
            kind=kind,
            at=instant,
            received_at=instant if received is None else GUN + round(received * 1000),
            by=by,
            entry=entry,
            checkpoint=checkpoint,
            body=body,
            log="race",
            revision=number,
            chain=b"",
        )
        self.facts.append(fact)
        return fact.id

    def gun(self, at: float = 0, **which: str) -> str:
        """Fire the gun, for all or for a `class_` or `wave`."""
        body: dict[str, Any] = {"class": which.get("class_"), "wave": which.get("wave")}
        return self.add("gun", at, **body)

    def punch(self, entry: str, checkpoint: str, at: float, **more: Any) -> str:
        """Punch."""
        return self.add("punch", at, entry, checkpoint, **{"proof": "qr", **more})

    def sheet(self, entry: str, checkpoint: str, at: float, attempt: int = 1, **more: Any) -> str:
        """Hand out a sheet of questions q1, q2, q3."""
        return self.add(
            "sheet", at, entry, checkpoint, quiz="gate", attempt=attempt, questions=["q1", "q2", "q3"], **more
        )

    def answer(self, entry: str, checkpoint: str, at: float, sheet: str, right: int = 3, **more: Any) -> str:
        """Answer a sheet with so many right."""
        answers = {f"q{number}": RIGHT if number <= right else WRONG for number in (1, 2, 3)}
        return self.add("answer", at, entry, checkpoint, sheet=sheet, quiz="gate", answers=answers, **more)

    def quiz(self, entry: str, checkpoint: str, at: float, right: int = 3, attempt: int = 1, took: float = 20) -> str:
        """Hand out a sheet and answer it `took` seconds later."""
        sheet = self.sheet(entry, checkpoint, at, attempt)
        self.answer(entry, checkpoint, at + took, sheet, right)
        return sheet

    def stamp(self, entry: str, checkpoint: str, what: str, at: float) -> str:
        """Stamp arrived, begun or ended."""
        return self.add("stamp", at, entry, checkpoint, what=what)

    def game(self, entry: str, checkpoint: str, at: float, hits: int = 5, fouls: int = 0) -> str:
        """Write a game's result down."""
        return self.add("game", at, entry, checkpoint, game="throw", measures={"hits": hits, "fouls": fouls})

    def finish(self, entry: str, at: float, **more: Any) -> str:
        """Finish."""
        return self.add("finish", at, entry, "F1", **more)

    def heads(self, entry: str, at: float, heads: int = 5) -> str:
        """Count heads at the finish."""
        return self.add("heads", at, entry, heads=heads)

    def decide(self, what: str, at: float, value: Any = None, entry: str | None = None, **more: Any) -> str:
        """Decide."""
        return self.add("decision", at, entry, what=what, value=value, **more)

    def undo(self, fact: str, at: float) -> str:
        """Take a fact back."""
        return self.decide("undo", at, {"fact": fact})

    def whole(self) -> Whole:
        """Return what the facts say of the whole race."""
        return whole_of(self.facts)

    def run(self, entry: str = EGRET, setup: Setup | None = None) -> Run:
        """Fold one entry's run."""
        return run_of(self.facts, entry, setup)

    def standings(self, setup: Setup | None = None, class_: str = "open") -> list[Standing]:
        """Fold and rank a class, live until the race is closed."""
        setup = setup or race()
        runs = [self.run(name, setup) for name, entry in setup.entries.items() if entry.class_ == class_]
        return rank(setup, runs, live=self.whole().closed_at is None)


def run_of(facts: Iterable[Fact], entry: str = EGRET, setup: Setup | None = None) -> Run:
    """Fold one entry's run from all facts of a race, in whatever order they stand."""
    setup, facts = setup or race(), list(facts)
    wide = whole_of(fact for fact in facts if fact.entry is None or fact.kind == "decision")
    own = [fact for fact in facts if fact.entry == entry and fact.kind != "decision"]
    return fold(ground_of(setup), wide, setup.entries[entry], own)


def late(fact: Fact, seconds: float) -> Fact:
    """Return the fact as it is when it came so much later than it happened."""
    return replace(fact, received_at=fact.at + round(seconds * 1000))
