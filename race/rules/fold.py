"""From set-up and facts to a run.

A run is folded from scratch whenever one of its facts arrives, from facts sorted by what happened when, so late,
repeated and shuffled facts give the same run.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from base.clock import whole_seconds
from checkpoints.model import Checkpoint, CheckpointKind, TaskKind
from facts.model import Fact
from facts.rules import order
from quizzes.model import Question
from race.formats import FORMATS
from race.formats.model import Judged, Tally
from race.model import (
    PASSED_STATES,
    Checkin,
    Class,
    Entry,
    GameTask,
    QuizTask,
    Run,
    Setup,
    Status,
    Verdict,
    Visit,
    Whole,
)
from race.rules.quiz import quiz_task
from race.rules.station import covered_s, game_task
from race.rules.whole import start_of

COUNTING = frozenset({Verdict.ACCEPTED, Verdict.REPEATED})


@dataclass(frozen=True, slots=True)
class Ground:
    """A set-up made ready for folding many runs: what would else be looked up for each of them."""

    setup: Setup
    questions: Mapping[str, dict[str, Question]]
    starts: frozenset[str]
    on_course: Mapping[str, frozenset[str]]


def ground_of(setup: Setup) -> Ground:
    """Prepare a set-up for folding."""
    return Ground(
        setup=setup,
        questions={name: {question.id: question for question in bank.questions} for name, bank in setup.banks.items()},
        starts=frozenset(c.id for c in setup.checkpoints.values() if c.kind is CheckpointKind.START),
        on_course={
            name: frozenset(item for item in course.checkpoints if isinstance(item, str))
            for name, course in setup.courses.items()
        },
    )


def fold(ground: Ground, whole: Whole, entry: Entry, facts: Iterable[Fact]) -> Run:
    """Fold an entry's own facts into its run."""
    own = sorted({fact.id: fact for fact in facts if fact.id not in whole.undone}.values(), key=order)
    class_ = ground.setup.classes[entry.class_]
    start = start_of(whole, class_, entry, own, ground.starts)
    finish = _finish(own, start, whole.closed_at)
    verdicts, arrivals = _punches(ground, class_, own, start, finish, whole.closed_at)
    visits = _visits(ground, own, arrivals, finish)
    passed = tuple(sorted((visit for visit in visits.values() if visit.passed_at is not None), key=_passing))
    return _run(ground, whole, entry, own, start, finish, visits, passed, verdicts)


def _passing(visit: Visit) -> tuple[int, str]:
    return (visit.passed_at or 0, visit.checkpoint)


def _finish(own: Sequence[Fact], start: int | None, closed_at: int | None) -> int | None:
    """Return F: the last finish that is not undone, after the start and not after closing."""
    if start is None:
        return None
    finishes = [
        fact.at
        for fact in own
        if fact.kind == "finish" and fact.at >= start and (closed_at is None or fact.at <= closed_at)
    ]
    return finishes[-1] if finishes else None


def _punches(
    ground: Ground, class_: Class, own: Sequence[Fact], start: int | None, finish: int | None, closed_at: int | None
) -> tuple[dict[str, Verdict], dict[str, Fact]]:
    """Judge each punch and finish; return the verdicts and the first punch that counts at each checkpoint."""
    verdicts: dict[str, Verdict] = {}
    arrivals: dict[str, Fact] = {}
    on_course = ground.on_course[class_.course]
    for fact in own:
        if fact.kind not in ("punch", "finish"):
            continue
        checkpoint = ground.setup.checkpoints.get(fact.checkpoint or "")
        if checkpoint is None and fact.kind == "punch":
            verdict = Verdict.UNKNOWN
        elif start is None or fact.at < start:
            verdict = Verdict.NOT_STARTED
        elif closed_at is not None and fact.at > closed_at:
            verdict = Verdict.CLOSED
        elif fact.kind == "finish":
            verdict = Verdict.ACCEPTED if fact.at == finish else Verdict.REPEATED
        elif finish is not None and fact.at > finish:
            verdict = Verdict.FINISHED
        else:
            verdict = _visit_verdict(checkpoint, on_course, arrivals)
            if verdict is Verdict.ACCEPTED and checkpoint and checkpoint.kind is CheckpointKind.CONTROL:
                arrivals[checkpoint.id] = fact
        verdicts[fact.id] = verdict
    return verdicts, arrivals


def _visit_verdict(checkpoint: Checkpoint | None, on_course: frozenset[str], arrivals: Mapping[str, Fact]) -> Verdict:
    if checkpoint is None or (checkpoint.kind is CheckpointKind.CONTROL and checkpoint.code not in on_course):
        return Verdict.NOT_ON_COURSE
    return Verdict.REPEATED if checkpoint.id in arrivals else Verdict.ACCEPTED


def _visits(ground: Ground, own: Sequence[Fact], arrivals: Mapping[str, Fact], finish: int | None) -> dict[str, Visit]:
    here: dict[str, list[Fact]] = defaultdict(list)
    for fact in own:
        if fact.checkpoint in arrivals and fact.kind in ("sheet", "answer", "stamp", "game"):
            # A marshal may write a result down after the team has run on; an answer after the finish is too late.
            if fact.kind == "answer" and finish is not None and fact.at > finish:
                continue
            here[fact.checkpoint or ""].append(fact)
    return {name: _visit(ground, ground.setup.checkpoints[name], punch, here[name]) for name, punch in arrivals.items()}


def _visit(ground: Ground, checkpoint: Checkpoint, punch: Fact, facts: Sequence[Fact]) -> Visit:
    """Tasks of one checkpoint are done one after the other.

    A sheet is handed out, and a team stands in a game's queue, when all before it are passed: nobody is credited for
    the time a quiz took.
    """
    tasks: list[QuizTask | GameTask] = []
    open_next = True
    for task in checkpoint.tasks:
        done: QuizTask | GameTask
        if task.kind is TaskKind.QUIZ:
            quiz = ground.setup.quizzes[task.id]
            mine = [fact for fact in facts if fact.body.get("quiz", task.id) == task.id]
            done = quiz_task(quiz, ground.questions[quiz.bank], mine, may_open=open_next)
        else:
            ready_at = max([punch.at, *(earlier.decided_at or 0 for earlier in tasks)])
            done = game_task(ground.setup.games[task.id], ready_at, facts, may_begin=open_next)
        tasks.append(done)
        open_next = open_next and done.state in PASSED_STATES
    passed_at = max([punch.at, *(task.decided_at or 0 for task in tasks)]) if open_next else None
    factor = Fraction(1)
    for item in tasks:
        if isinstance(item, QuizTask):
            factor *= item.points_factor
    return Visit(checkpoint.id, punch.at, str(punch.body.get("proof", "qr")), tuple(tasks), passed_at, factor)


def _run(  # noqa: PLR0913  the parts of one run, put together in one place
    ground: Ground,
    whole: Whole,
    entry: Entry,
    own: Sequence[Fact],
    start: int | None,
    finish: int | None,
    visits: dict[str, Visit],
    passed: tuple[Visit, ...],
    verdicts: dict[str, Verdict],
) -> Run:
    class_ = ground.setup.classes[entry.class_]
    course = ground.setup.courses[class_.course]
    last_at = passed[-1].passed_at if passed else start
    end = finish if finish is not None else last_at
    elapsed = credit = late = None
    if start is not None and end is not None:
        elapsed = whole_seconds(end) - whole_seconds(start)
        credit = covered_s(_credits(visits, whole, end), start, end)
        limit = class_.time_limit_s or course.options.get("time_limit_s")
        late = max(0, elapsed - credit - limit) if limit and finish is not None else 0
    punches = tuple(
        fact.checkpoint or "" for fact in own if verdicts.get(fact.id) in COUNTING and fact.checkpoint in visits
    )
    tally = Tally(course, class_, ground.setup.checkpoints, passed, punches, late or 0)
    judged = FORMATS[course.format].judge(tally)
    heads = _last(own, "heads")
    missing = max(0, (class_.team_size or 0) - int(heads.body["heads"])) if heads else 0
    penalty = sum(visit.penalty_s for visit in visits.values()) + judged.penalty_s
    penalty += missing * class_.incomplete.penalty_s
    return Run(
        entry=entry.id,
        class_=class_.id,
        status=_status(class_, whole, own, start, finish, heads, missing, judged),
        start=start,
        finish=finish,
        checkin=_checkin(own),
        heads=int(heads.body["heads"]) if heads else None,
        visits=visits,
        passed=judged.counted,
        points=judged.points,
        elapsed_s=elapsed,
        credit_s=credit or 0,
        penalty_s=penalty,
        late_s=late or 0,
        time_s=elapsed - (credit or 0) + penalty if elapsed is not None else None,
        last_at=max((fact.at for fact in own if fact.kind in ("punch", "finish")), default=None),
        withdrawn=tuple(sorted({index for fact in own for index in _withdrawn(fact)})),
        flags=("short",) if missing and class_.incomplete.rule == "allow" else (),
        verdicts=verdicts,
    )


def _credits(visits: Mapping[str, Visit], whole: Whole, end: int) -> list[tuple[int, int]]:
    waits = [task.credit for visit in visits.values() for task in visit.tasks if isinstance(task, GameTask)]
    stops = [(begin, until if until is not None else end) for begin, until in whole.stops]
    return [*(wait for wait in waits if wait), *stops]


def _last(own: Sequence[Fact], kind: str) -> Fact | None:
    return next((fact for fact in reversed(own) if fact.kind == kind), None)


def _checkin(own: Sequence[Fact]) -> Checkin | None:
    fact = _last(own, "checkin")
    return Checkin(int(fact.body["heads"]), tuple(fact.body.get("members", ())), fact.at) if fact else None


def _withdrawn(fact: Fact) -> tuple[int, ...]:
    return tuple(fact.body.get("members") or ()) if fact.kind == "withdraw" else ()


def _status(
    class_: Class,
    whole: Whole,
    own: Sequence[Fact],
    start: int | None,
    finish: int | None,
    heads: Fact | None,
    missing: int,
    judged: Judged,
) -> Status:
    """Return the computed status. Only facts change it: until closing is a fact, who is out is Active."""
    if any(fact.kind == "withdraw" and fact.body.get("members") is None for fact in own):
        return Status.SPORTING_WITHDRAWAL
    if finish is None:
        took_part = any(fact.kind in ("checkin", "punch", "start") for fact in own)
        if whole.closed_at is not None:
            return Status.DID_NOT_FINISH if took_part else Status.DID_NOT_START
        return Status.ACTIVE if start is not None and took_part else Status.INACTIVE
    if class_.team_size is not None and heads is None:
        return Status.FINISHED
    if missing and class_.incomplete.rule == "not_competing":
        return Status.NOT_COMPETING
    return judged.status
