"""What is still open in a race: the jury's list, the checklist's count, and what publishing names first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from base.languages import Words
from facts.model import Fact
from race.model import QuizTask, Run, Setup, Standing, Status, TaskState, Whole
from race.rules.flags import Flag, flags_of_race


class MatterKind(StrEnum):
    """What is open, the most pressing first: people in the park before figures on a list."""

    OUT = "out"
    HEADS = "heads"
    FLAG = "flag"
    SHEET = "sheet"
    UNSENT = "unsent"


@dataclass(frozen=True, slots=True)
class Matter:
    """One open matter about one team; of a flag also the flag itself, undecided."""

    kind: MatterKind
    entry: str
    words: Words
    flag: Flag | None = None


# Who is not looked for any more: the team told somebody, or never came.
_GONE = frozenset({Status.SPORTING_WITHDRAWAL, Status.CANCELLED, Status.DID_NOT_START})


def is_out(whole: Whole, run: Run) -> bool:
    """Tell whether a team is still to come back: checked in or started, and not finished, withdrawn or signed off.

    Closing alone brings nobody home. That a team did not finish signs it off only where the jury says so.
    """
    ruling = whole.rulings.get(run.entry)
    signed_off = ruling is not None and ruling.status is Status.DID_NOT_FINISH
    gone = run.finish is not None or run.status in _GONE or signed_off
    return not gone and (run.checkin is not None or run.last_at is not None)


def open_matters(
    setup: Setup,
    whole: Whole,
    runs: Mapping[str, Run],
    standings: Mapping[str, Sequence[Standing]],
    facts: Mapping[str, Sequence[Fact]],
    unsent: Mapping[str, int] | None = None,
) -> list[Matter]:
    """Return what is open, the most pressing kind first, within a kind in the order of the entries.

    `standings` are by class, `facts` each entry's own without decisions, as in `flags_of_race`; `unsent` says by
    entry how many records its phones are known to hold that have not come yet.
    """
    flags = flags_of_race(setup, whole, runs, standings, facts)
    found = [
        *(matter for run in runs.values() for matter in _of_run(setup, whole, run)),
        *(Matter(MatterKind.FLAG, flag.entry, flag.words, flag) for flag in flags if flag.accepted is None),
        *(_unsent(name, count) for name, count in (unsent or {}).items() if name in runs),
    ]
    pressing = list(MatterKind)
    return sorted(found, key=lambda matter: pressing.index(matter.kind))


def _unsent(entry: str, count: int) -> Matter:
    return Matter(MatterKind.UNSENT, entry, Words("Phones still hold %(count)s records.", {"count": count}))


def _of_run(setup: Setup, whole: Whole, run: Run) -> Iterator[Matter]:
    # While the race runs everybody is out and answering: race control shows that, and it is no matter for a jury.
    over = whole.closed_at is not None
    if over and is_out(whole, run):
        yield Matter(MatterKind.OUT, run.entry, Words("Not back yet: %(done)s passed.", {"done": len(run.passed)}))
    if run.status is Status.FINISHED:
        words = Words("Heads still to be counted.") if run.start is not None else Words("A finish without a start.")
        yield Matter(MatterKind.HEADS, run.entry, words)
    for name, visit in run.visits.items() if over and run.finish is None else ():
        if any(isinstance(task, QuizTask) and task.state is TaskState.OPEN for task in visit.tasks):
            code = setup.checkpoints[name].code
            yield Matter(MatterKind.SHEET, run.entry, Words("Questions at %(code)s are not answered.", {"code": code}))
