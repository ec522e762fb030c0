"""The window at which a phone's records are read, without any phone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from facts.model import Draft, Fact
from race.forms.records import Desk, Refusal, read_record
from race.model import Verdict
from race.rules.cards import Bearer
from tests.factories import EGRET, GUN, SECRET, Log, race

NOW = GUN + 3_600_000
SIGNS = {f"KEY{code}": code for code in race().checkpoints}
TYPED = {"22222222": "31"}


@dataclass
class Window:
    """Where a phone's record is read."""

    role: str
    subject: str
    known: Mapping[str, Fact] = field(default_factory=dict)

    @property
    def desk(self) -> Desk:
        return Desk(race(), SECRET, SIGNS, TYPED, self.known, Bearer(1, self.role, self.subject, "d1"), NOW)

    def read(self, data: Any) -> Draft | Refusal:
        return read_record(data, self.desk)

    def take(self, kind: str, **fields: Any) -> Draft:
        draft = self.read({"id": "r1", "kind": kind, **fields})
        assert isinstance(draft, Draft), draft
        return draft

    def refuse(self, kind: str, **fields: Any) -> tuple[Verdict, str]:
        refusal = self.read({"id": "r1", "kind": kind, **fields})
        assert isinstance(refusal, Refusal), refusal
        return refusal.verdict, str(refusal.words)


def team(entry: str = EGRET, known: Mapping[str, Fact] | None = None) -> Window:
    return Window("team", entry, known or {})


def marshal(code: str, known: Mapping[str, Fact] | None = None) -> Window:
    return Window("marshal", code, known or {})


def with_sheet(entry: str = EGRET) -> dict[str, Fact]:
    log = Log()
    log.sheet(entry, "32", 10, name="s1")
    return {fact.id: fact for fact in log.facts}
