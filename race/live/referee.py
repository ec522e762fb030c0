"""The way of a record into the log: append, hand out what is due, and later give up what ran out."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from base.languages import Words
from base.problems import Problem
from facts.model import Draft, Stage
from facts.store import Appended, append, move_stage, race_by_slug
from facts.store.writer import Writer
from quizzes.rules import Orders
from race.live.race import LiveRace
from race.live.races import Live
from race.model import Verdict
from race.rules.sheets import BY_SERVER, due_sheet, expired
from race.rules.stages import STEPS, log_of

OPENING = frozenset({Verdict.ACCEPTED, Verdict.REPEATED})


class Referee:
    """Takes records in for all races of this process."""

    def __init__(self, live: Live, writer: Writer) -> None:
        self.live = live
        self._writer = writer
        self.orders = Orders()

    def take(self, live: LiveRace, drafts: Sequence[Draft], now: int) -> list[Appended]:
        """Append `drafts`, then the sheets that punches among them open. Returns what became of the drafts."""
        appended = self._writer.append(live.race.id, drafts)
        if any(not item.fresh and item.fact.id not in self.live.races[live.race.id].by_id for item in appended):
            self.live.catch_up()  # another process took it in, a moment ago
        sheets = list(self._due(self.live.races[live.race.id], appended, now))
        self._writer.append(live.race.id, sheets)
        return appended

    def _due(self, live: LiveRace, appended: Iterable[Appended], now: int) -> Iterable[Draft]:
        for item in appended:
            fact = item.fact
            if fact.kind != "punch" or item.conflict or fact.entry not in live.runs or not fact.checkpoint:
                continue
            if fact.body.get("proof") == "marshal":
                continue  # no phone would show the sheet: a marshal asks by word of mouth
            run = live.runs[fact.entry]
            if run.finish is not None or live.whole.closed_at is not None:
                continue
            visit = run.visits.get(fact.checkpoint)
            if visit is None or run.verdicts.get(fact.id) not in OPENING:
                continue
            entry = live.setup.entries[fact.entry]
            sheet = due_sheet(live.setup, live.race.secret, live.race.log, entry, visit, fact.at, now, self.orders)
            if sheet:
                yield sheet

    def tick(self, now: int) -> None:
        """Give up sheets that ran out and close races whose time has come. Called about once a second."""
        for live in list(self.live.races.values()):
            drafts = [
                draft
                for name, until in list(live.open_until.items())
                if until <= now
                for draft in expired(live.runs[name], now)
            ]
            closing = live.closing
            still_open = live.race.stage in (Stage.TRIAL, Stage.RACE) and live.whole.closed_at is None
            if still_open and closing is not None and closing <= now:
                name = f"close-{live.race.log}-{closing}"
                drafts.append(Draft(name, "decision", closing, now, BY_SERVER, body={"what": "close"}))
            # One that was written and changed nothing, as after a finish or an undo, is not tried every second again.
            self._writer.append(live.race.id, [draft for draft in drafts if draft.id not in live.by_id])


def move_to(connection: Connection, live: LiveRace, stage: Stage, by: str, now: int) -> None:
    """Move a race to another stage: its row and the fact that says so, in the caller's one transaction.

    Raises:
        Problem: that step is not possible from where the race stands.

    """
    # As the database has it now: of two organizers at once the second may stand before another step.
    race = race_by_slug(connection, live.race.slug)
    if race is None or stage not in STEPS[race.stage]:
        raise Problem(409, "wrong_stage", Words("The race cannot go there from where it stands."))
    draft = Draft(f"stage-{stage}-{now}", "setup", now, now, by, body={"part": "stage", "value": stage.value})
    move_stage(connection, live.race.id, stage, log_of(stage, now))
    append(connection, live.race.id, [draft])
