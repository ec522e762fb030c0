"""The race day at one moment: who is out, back, uncounted or not there; who waits and plays where; what just was."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from base.languages import Words
from checkpoints.model import TaskKind
from facts.model import Fact
from organize.model import Day, Queue, Tab
from race.model import GameTask, QuizTask, Run, Setup, Status, TaskState, Verdict, Visit, Whole

# When somebody should ask where a team is.
QUIET_MS = 20 * 60_000
MINUTE_MS = 60_000
NEVER_CAME = frozenset({Status.DID_NOT_START, Status.CANCELLED})
ASKING = frozenset({TaskState.OPEN, TaskState.COOLING})


def day_of(setup: Setup, runs: Iterable[Run], unsafe: frozenset[str], now: int) -> Day:
    """Sort the teams into the lists of race control. `unsafe` are those who withdrew and are not known to be safe."""
    tabs: dict[Tab, list[Run]] = {tab: [] for tab in Tab}
    checked_in = heads = 0
    for run in runs:
        if run.checkin:
            checked_in += 1
            heads += run.checkin.heads
        for tab in _tabs_of(setup, run, unsafe):
            tabs[tab].append(run)
    return Day(
        tabs=tabs,
        expected_heads=sum(
            len(entry.members) or setup.classes[entry.class_].team_size or 0 for entry in setup.entries.values()
        ),
        checked_in=checked_in,
        checked_in_heads=heads,
        quiet=sum(is_quiet(run, now) for run in tabs[Tab.OUT]),
    )


def _tabs_of(setup: Setup, run: Run, unsafe: frozenset[str]) -> tuple[Tab, ...]:
    """Out is who was checked in or started, and not finished, withdrawn or signed off."""
    if run.finish is not None:
        uncounted = run.heads is None and setup.classes[run.class_].team_size is not None
        return (Tab.BACK, Tab.HEADS) if uncounted else (Tab.BACK,)
    if run.entry in unsafe:
        return (Tab.OUT,)
    if run.status is Status.SPORTING_WITHDRAWAL:
        return (Tab.BACK,)
    if run.status in NEVER_CAME:
        return (Tab.AHEAD,)
    if run.status is Status.FINISHED:  # a finish without a start: back, and to be looked at
        return (Tab.BACK,)
    return (Tab.OUT,) if run.checkin is not None or run.visits else (Tab.AHEAD,)


HELP = "help"


def help_flag(fact: Fact) -> str:
    """Return by what name race control says that a call for help was dealt with."""
    return f"{HELP}:{fact.id}"


def calls_for_help(facts: Mapping[str, Sequence[Fact]], whole: Whole) -> list[Fact]:
    """Return the calls for help that nobody has dealt with yet, the latest first. `facts` are by entry."""
    calls = [fact for own in facts.values() for fact in own if fact.kind == HELP and fact.id not in whole.undone]
    waiting = [fact for fact in calls if help_flag(fact) not in whole.flags]
    return sorted(waiting, key=lambda fact: (-fact.received_at, fact.id))


def unsafe_of(facts: Mapping[str, Sequence[Fact]], undone: frozenset[str]) -> frozenset[str]:
    """Return the entries whose last withdrawal said that they are not known to be safe. `facts` are by entry."""
    return frozenset(
        entry
        for entry, own in facts.items()
        if (last := next((fact for fact in reversed(own) if fact.kind == "withdraw" and fact.id not in undone), None))
        and last.body.get("safe") is False
    )


def seen_at(run: Run) -> int | None:
    """Return when a team was last heard of: its last punch, else its start; None before both."""
    return run.last_at if run.last_at is not None else run.start


def is_quiet(run: Run, now: int) -> bool:
    """Tell whether nothing was heard of a team for too long."""
    seen = seen_at(run)
    return seen is not None and run.start is not None and now - seen > QUIET_MS


def in_order(tab: Tab, runs: Iterable[Run]) -> list[Run]:
    """Return a list in the order to work it down: out and uncounted longest first, back the latest first."""
    if tab is Tab.AHEAD:
        return list(runs)
    if tab is Tab.BACK:
        return sorted(runs, key=lambda run: -(run.finish or run.last_at or 0))
    return sorted(runs, key=lambda run: run.finish or seen_at(run) or 0)


def queues_of(setup: Setup, runs: Iterable[Run]) -> tuple[list[Queue], Counter[str]]:
    """Return every station as it stands, and how many teams have questions in hand at which checkpoint."""
    waiting: dict[str, list[tuple[int, str]]] = defaultdict(list)
    playing: dict[str, list[tuple[int, str]]] = defaultdict(list)
    asking: Counter[str] = Counter()
    for run in runs:
        if run.finish is not None or run.status is Status.SPORTING_WITHDRAWAL:
            continue
        for visit in run.visits.values():
            for task in visit.tasks if visit.passed_at is None else ():
                if isinstance(task, QuizTask):
                    asking[visit.checkpoint] += task.state in ASKING
                elif task.state is TaskState.WAITING:
                    waiting[visit.checkpoint].append((task.arrived_at, run.entry))
                elif task.state is TaskState.PLAYING:
                    playing[visit.checkpoint].append((task.begun_at or 0, run.entry))
    stations = []
    for checkpoint in setup.checkpoints.values():
        game = next((setup.games[task.id] for task in checkpoint.tasks if task.kind is TaskKind.GAME), None)
        if game is None:
            continue
        queue = sorted(waiting[checkpoint.id])
        stations.append(
            Queue(
                checkpoint.id,
                game.id,
                tuple(entry for _, entry in sorted(playing[checkpoint.id])),
                tuple(queue),
                len(queue) * game.typical_s,
                game.credit_cap_s,
            )
        )
    return stations, +asking


def fullest(queues: Iterable[Queue]) -> Queue | None:
    """Return the station that teams should rather leave for later: the longest wait, if anybody waits at all."""
    waited = [queue for queue in queues if len(queue.waiting) > 1]
    return max(waited, key=lambda queue: (queue.wait_s, len(queue.waiting)), default=None)


def punches_in(facts: Iterable[Fact], now: int, length_ms: int = MINUTE_MS) -> int:
    """Count the punches that came in the last minute. `facts` are the newest first."""
    count = 0
    for fact in facts:
        if fact.received_at <= now - length_ms:
            break
        count += fact.kind == "punch"
    return count


_BARE = {
    "finish": Words("%(team)s reached the finish"),
    "withdraw": Words("%(team)s withdrew"),
    "checkin": Words("%(team)s checked in"),
    "heads": Words("%(team)s: heads counted"),
    "start": Words("%(team)s started"),
}
_GUN = Words("The gun")
PASSED = Words("%(team)s passed %(code)s")
REACHED = Words("%(team)s reached %(code)s")
SHORT = Words("%(team)s is %(short)s short at %(code)s")
NOT_PASSED = Words("%(team)s did not pass %(code)s")
_DECIDED = {
    "stop": Words("All clocks stopped"),
    "resume": Words("The clocks run again"),
    "close": Words("The race closed"),
    "recall": Words("False start: the gun was recalled"),
    "postpone": Words("The start was postponed"),
    "gun": Words("A gun's time was corrected"),
}


def told(setup: Setup, runs: Mapping[str, Run], fact: Fact) -> Words | None:
    """Say what a fact came to, in a line; None for what is no news."""
    if fact.kind == "gun":
        return _GUN
    if fact.kind == "decision":
        return _DECIDED.get(str(fact.body.get("what")))
    run, entry = runs.get(fact.entry or ""), setup.entries.get(fact.entry or "")
    if run is None or entry is None:
        return None
    about = {"team": entry.team or entry.bib, "code": fact.checkpoint}
    if fact.kind in _BARE:
        return replace(_BARE[fact.kind], arguments=about)
    visit = run.visits.get(fact.checkpoint or "")
    return _told_at(setup, run, visit, fact, about) if visit else None


def _told_at(setup: Setup, run: Run, visit: Visit, fact: Fact, about: Mapping[str, object]) -> Words | None:
    if fact.kind == "punch" and run.verdicts.get(fact.id) is Verdict.ACCEPTED:
        return replace(REACHED if visit.tasks else PASSED, arguments=about)
    if fact.kind == "game":
        return _game_told(visit, about)
    if fact.kind == "answer":
        return _answer_told(setup, visit, fact, about)
    return None


def _game_told(visit: Visit, about: Mapping[str, object]) -> Words:
    passed = any(isinstance(task, GameTask) and task.outcome and task.outcome.passed for task in visit.tasks)
    return replace(PASSED if passed else NOT_PASSED, arguments=about)


def _answer_told(setup: Setup, visit: Visit, fact: Fact, about: Mapping[str, object]) -> Words | None:
    for task in visit.tasks:
        for sheet in task.tries if isinstance(task, QuizTask) else ():
            if sheet.answer == fact.id and isinstance(task, QuizTask):
                if sheet.passed:
                    return replace(PASSED, arguments=about)
                short = max(1, setup.quizzes[task.quiz].need - (sheet.right or 0))
                return replace(SHORT, arguments={**about, "short": short})
    return None
