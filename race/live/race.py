"""One race in memory: set-up, facts and runs, rebuilt from the log at start and kept up with it.

Reading a run or a place never asks the database. `hear` is told each commit in the order of the log.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Set
from copy import copy
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from checkpoints.rules import sign_code, sign_key, station_key
from facts.model import Fact, Race, Stage
from facts.store import since
from maps.store import load_picture_size
from race.forms.file import read_race_file
from race.live.ranking import Rankings
from race.model import Edit, Entry, GameTask, QuizTask, Run, Setup, Standing, TaskState, Whole
from race.rules.cards import card_key, entries_named, join_code
from race.rules.field import field_of
from race.rules.fold import Before, Ground, fold, ground_of
from race.rules.leg_places import ways_of
from race.rules.preview import Move, moves
from race.rules.quiz import EXPIRY_MS
from race.rules.rulings import own_facts
from race.rules.scored import Scored, listed
from race.rules.whole import closing_of, touched_by, whole_of
from race.store import has_logo, load_draw_numbers, load_setup

# Places are worked out at most this often: nobody sees a difference, and a burst of punches costs one ranking.
PLACES_EVERY_S = 0.2


@dataclass(frozen=True, slots=True)
class Keys:
    """What a race's printed keys and typed codes stand for, by checkpoint id or entry id."""

    signs: Mapping[str, str]
    typed: Mapping[str, str]
    stations: Mapping[str, str]
    cards: Mapping[str, str]
    joins: Mapping[str, str]


class LiveRace:
    """One race in memory. Everything here is a function of the set-up tables and of the log."""

    def __init__(
        self,
        race: Race,
        setup: Setup,
        facts: Iterable[Fact],
        picture_size: tuple[float, float] | None = None,
        *,
        has_logo: bool = False,
    ) -> None:
        self.race = race
        self.picture_size = picture_size
        self.has_logo = has_logo
        self.setup = setup
        self.ground: Ground = ground_of(setup)
        self.keys = _keys(race, setup)
        self.entered = Counter(entry.class_ for entry in setup.entries.values())
        self.revision = 0
        self.whole = Whole()
        self.wide: list[Fact] = []
        self.messages: list[Fact] = []
        self.edits: list[Edit] = []
        self.named: set[str] = set()
        self.facts: dict[str, list[Fact]] = defaultdict(list)
        self.by_id: dict[str, Fact] = {}
        self.open_until: dict[str, int] = {}
        self.waiting: dict[str, dict[str, GameTask]] = defaultdict(dict)
        self._rankings = Rankings(setup)
        self._unranked: set[str] = set()
        self._ranked_at = 0.0
        self._ranked_revision = -1
        # What each marshal reported, in the order of the log.
        self.reported: dict[str, list[Fact]] = defaultdict(list)
        # By language what stations are told of an entry wherever they are, as JSON, and of which run that was made.
        self.told: dict[str, dict[str, tuple[Run, bytes]]] = defaultdict(dict)
        self._ways: dict[str, tuple[int, dict[str, list[dict[str, Any]]]]] = {}
        self.runs: dict[str, Run] = {}
        self.field: dict[str, dict[str, int]] = {}
        for fact in facts:
            self._keep(fact)
        self.whole = whole_of(self.wide)
        self._fold(setup.entries)

    @property
    def counts(self) -> bool:
        """Whether facts of this stage make runs at all."""
        return self.race.stage is not Stage.SETUP

    @property
    def set_up_at(self) -> int:
        """The revision of the last change of set-up, 0 before any: the same in each process, whenever it loaded."""
        return self.edits[-1].revision if self.edits else 0

    @property
    def whole_at(self) -> int:
        """The revision of the last fact about more than one entry, or a decision on one; 0 before any."""
        return self.wide[-1].revision if self.wide else 0

    @property
    def closing(self) -> int | None:
        """When the race closes or closed, or None while that is not known."""
        return self.whole.closed_at or closing_of(self.setup.about, self.whole)

    @property
    def gun(self) -> int | None:
        """The first gun, or None before it."""
        return min(self.whole.guns.values(), default=None)

    @property
    def digests(self) -> Mapping[str, str]:
        """What each bank comes to now, by id: paper and approvals name a wording by it."""
        return next((edit.digests for edit in reversed(self.edits) if edit.part == "banks"), {})

    def hear(self, facts: Iterable[Fact]) -> set[str]:
        """Take in new facts in the order of the log; return the entries whose runs were folded again."""
        touched: set[str] = set()
        places: dict[str, set[str | None]] = defaultdict(set)
        wide = False
        for fact in facts:
            self._keep(fact)
            if fact.entry:
                touched.add(fact.entry)
                places[fact.entry].add(fact.checkpoint)
            wide = wide or self._is_wide(fact)
        if wide:
            before, self.whole = self.whole, whole_of(self.wide)
            moved = touched_by(before, self.whole)
            touched |= self.setup.entries.keys() if moved is None else moved
            # An undo need not name the entry; the fact it takes back, or gives again, does.
            for name in before.undone ^ self.whole.undone:
                if (turned := self.by_id.get(name)) and turned.entry:
                    touched.add(turned.entry)
            self._fold(touched)
        else:
            self._fold(touched, places)
        return touched

    def _keep(self, fact: Fact) -> None:
        self.revision = fact.revision
        self.named |= entries_named(fact)
        if fact.kind == "setup":
            self.edits.append(_edit_of(fact))
        if fact.log != self.race.log or fact.kind == "setup" or not self.counts:
            return
        self.by_id[fact.id] = fact
        if fact.by.startswith("marshal:"):
            self.reported[fact.by].append(fact)
        if fact.kind == "message":
            self.messages.append(fact)
        elif self._is_wide(fact):
            self.wide.append(fact)
        elif fact.entry is not None and fact.entry in self.setup.entries:
            self.facts[fact.entry].append(fact)

    @staticmethod
    def _is_wide(fact: Fact) -> bool:
        return fact.entry is None or fact.kind == "decision"

    def _fold(self, entries: Iterable[str], places: Mapping[str, Set[str | None]] | None = None) -> None:
        """Fold these anew. `places` says from where their new facts come, if those are all that has changed."""
        rulings = self.whole.rulings
        merged = {into for name in entries if name in rulings and (into := rulings[name].merged_into)}
        for name in merged.union(entries) & self.setup.entries.keys():
            self._fold_one(name, places.get(name) if places else None)
        if self.ground.contested:
            before, self.field = self.field, field_of(self.ground, self.runs.values())
            for name in before.keys() | self.field.keys():
                if before.get(name) != self.field.get(name):
                    self._fold_one(name)

    def _fold_one(self, name: str, places: Set[str | None] | None = None) -> None:
        own = own_facts(self.whole.rulings, name, self.facts)
        ranks = self.field.get(name, {})
        before = Before(self.runs[name], places) if places and name in self.runs else None
        self.runs[name] = fold(self.ground, self.whole, self.setup.entries[name], own, ranks, before)
        self._unranked.add(name)
        self._watch_sheets(self.runs[name])
        self._watch_queues(self.runs[name])

    def _watch_sheets(self, run: Run) -> None:
        """Remember when the first open sheet of a run is given up, so that expiry needs no search."""
        limits = [
            task.tries[-1].deadline
            for visit in run.visits.values()
            for task in visit.tasks
            if isinstance(task, QuizTask) and task.state is TaskState.OPEN and task.tries[-1].deadline is not None
        ]
        if limits:
            self.open_until[run.entry] = min(limits) + EXPIRY_MS
        else:
            self.open_until.pop(run.entry, None)

    def _watch_queues(self, run: Run) -> None:
        """Remember at which stations an entry waits for its game, so that a queue needs no search either."""
        for queue in self.waiting.values():
            queue.pop(run.entry, None)
        for name, visit in run.visits.items() if run.finish is None else ():
            for task in visit.tasks:
                if isinstance(task, GameTask) and task.state is TaskState.WAITING:
                    self.waiting[name][run.entry] = task

    def supposing(self, fact: Fact) -> Callable[[], list[Move]]:
        """Return the work that tells who would move if `fact` were the next; nothing of it reaches this race.

        Only the runs that the fact touches are folded again. The work may be done in another thread.
        """
        other = copy(self)
        other.wide, other.messages, other.edits = self.wide.copy(), self.messages.copy(), self.edits.copy()
        other.reported, other.told = defaultdict(list), defaultdict(dict)
        other.facts, other.by_id, other.named = self.facts.copy(), self.by_id.copy(), self.named.copy()
        other.runs, other.open_until = self.runs.copy(), self.open_until.copy()
        other.waiting = defaultdict(dict, {name: queue.copy() for name, queue in self.waiting.items()})
        other._rankings, other._unranked = Rankings(self.setup), set()  # noqa: SLF001  one of this class

        def work() -> list[Move]:
            before = other.scored()
            other.hear([fact])
            return moves(before, other.scored())

        return work

    def standings(self, *, fresh: bool = False) -> Mapping[str, list[Standing]]:
        """Return the live standings of each class, at most `PLACES_EVERY_S` old unless they must be `fresh`."""
        now = time.monotonic()
        stale = self._ranked_revision != self.revision
        if stale and (fresh or now - self._ranked_at >= PLACES_EVERY_S):
            changed, self._unranked = self._unranked, set()
            self._rankings.update(self.runs, changed, live=self.whole.closed_at is None)
            self._ranked_at, self._ranked_revision = now, self.revision
        return self._rankings.classes

    def scored(self) -> Scored:
        """Return the race as a result list shows it now: only who is OK has a place."""
        received = max((fact.received_at for fact in self.by_id.values()), default=None)
        return Scored(self.whole, dict(self.runs), listed(self.setup, self.whole, self.runs), received)

    def standing(self, entry: str) -> Standing | None:
        """Return one entry's live standing, as old as `standings` allows."""
        self.standings()
        return self._rankings.of(entry)

    def ways(self, class_: str) -> Mapping[str, list[dict[str, Any]]]:
        """Return by entry the splits of a class with places on their legs, worked out once a revision."""
        known, revision = self._ways.get(class_), self.revision
        if known is None or known[0] != revision:
            # From what stands now: another thread may ask while the race goes on.
            made = ways_of(self.ground, self.whole, class_, list(self.runs.values()))
            known = self._ways[class_] = (revision, made)
        return known[1]

    def heard_at(self, entry: str) -> int:
        """Return the revision of the last fact that counts for an entry, by whomever merged into it; 0 before any."""
        ruling = self.whole.rulings.get(entry)
        names = (entry, *ruling.merged) if ruling else (entry,)
        return max([own[-1].revision for name in names if (own := self.facts.get(name))], default=0)

    def queue(self, checkpoint: str) -> list[GameTask]:
        """Return the waiting teams' tasks at a station, in order of arrival."""
        return sorted(self.waiting.get(checkpoint, {}).values(), key=lambda task: task.arrived_at)

    def entry_by_bib(self, bib: str) -> Entry | None:
        """Return the entry that wears this number."""
        wanted = bib.strip().lstrip("0")
        worn = (entry for entry in self.setup.entries.values() if entry.bib)
        return next((entry for entry in worn if entry.bib.lstrip("0") == wanted), None)


def _edit_of(fact: Fact) -> Edit:
    """Return what is worth remembering of a change: whole parts stay in the log, words fit in memory."""
    value, part = fact.body.get("value"), str(fact.body.get("part"))
    digests = {str(item["id"]): str(item["digest"]) for item in value or ()} if part == "banks" else {}
    return Edit(fact.revision, fact.at, fact.by, part, value if isinstance(value, str) else None, digests)


def load_race(connection: Connection, race: Race) -> LiveRace:
    """Return a race rebuilt from its set-up and its log; `race` was read in the same transaction, so they agree."""
    setup = read_race_file(load_setup(connection, race.id), load_draw_numbers(connection, race.id))
    picture = load_picture_size(connection, race.id)
    logo = has_logo(connection, race.id)
    return LiveRace(race, setup, since(connection, race.id, sealed=False), picture, has_logo=logo)


def _keys(race: Race, setup: Setup) -> Keys:
    checkpoints, entries = setup.checkpoints.values(), setup.entries.values()
    return Keys(
        signs={sign_key(race.secret, item): item.id for item in checkpoints},
        typed={sign_code(race.secret, item): item.id for item in checkpoints},
        stations={station_key(race.secret, item): item.id for item in checkpoints},
        cards={card_key(race.secret, item): item.id for item in entries},
        joins={join_code(race.secret, item): item.id for item in entries},
    )
