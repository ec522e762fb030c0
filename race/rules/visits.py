"""Judging punches, and what was found at each checkpoint they opened."""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from checkpoints.model import Checkpoint, CheckpointKind, TaskKind
from checkpoints.rules import codes_of
from facts.model import Fact
from games.rules import with_rank
from quizzes.model import Question
from quizzes.rules import rekeyed
from race.formats.points import is_contested
from race.model import PASSED_STATES, Class, GameTask, QuizTask, Run, Setup, Timed, Verdict, Visit, Whole
from race.rules.quiz import quiz_task
from race.rules.station import game_task

TASKS = ("sheet", "answer", "stamp", "game")
ENDS = {CheckpointKind.START: "S", CheckpointKind.FINISH: "F"}
# A punch that proves where the team was, though nothing here asked for it.
PUNCHED = (Verdict.ACCEPTED, Verdict.REPEATED, Verdict.NOT_ON_COURSE, Verdict.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Ground:
    """A set-up made ready for folding many runs: what would else be looked up for each of them.

    `controls` are the ids of checkpoints on the way, `on_course` by course the ids of checkpoints at which a punch
    counts; `contested` are the classes in which points depend on who came first; `ends` calls each start "S" and each
    finish "F".
    """

    setup: Setup
    questions: Mapping[str, dict[str, Question]]
    starts: frozenset[str]
    controls: frozenset[str]
    on_course: Mapping[str, frozenset[str]]
    contested: frozenset[str]
    ends: Mapping[str, str]


def ground_of(setup: Setup) -> Ground:
    """Prepare a set-up for folding."""
    return Ground(
        setup=setup,
        questions={name: {question.id: question for question in bank.questions} for name, bank in setup.banks.items()},
        starts=frozenset(c.id for c in setup.checkpoints.values() if c.kind is CheckpointKind.START),
        controls=frozenset(c.id for c in setup.checkpoints.values() if c.kind is CheckpointKind.CONTROL),
        on_course={name: _on_course(setup, course.checkpoints) for name, course in setup.courses.items()},
        ends={c.id: ENDS[c.kind] for c in setup.checkpoints.values() if c.kind in ENDS},
        contested=frozenset(class_.id for class_ in setup.classes.values() if _is_contested(setup, class_.course)),
    )


def _is_contested(setup: Setup, course: str) -> bool:
    """Tell whether points depend on others: by who came first, or by a game that ranks all who played."""
    codes = {code for item in setup.courses[course].checkpoints for code in codes_of(item)}
    tasks = (task for code in codes & setup.checkpoints.keys() for task in setup.checkpoints[code].tasks)
    games = (setup.games[task.id] for task in tasks if task.kind is TaskKind.GAME)
    return is_contested(setup.courses[course]) or any("ranks" in game.score for game in games)


def _on_course(setup: Setup, items: Sequence[Any]) -> frozenset[str]:
    """Return the ids of checkpoints at which a punch counts: each start and finish, and those that a course names.

    Where one of its items is taken by any code, all count.
    """
    any_counts = any(isinstance(item, dict) and item.get("any") for item in items)
    codes = {code for item in items for code in codes_of(item)}
    every = setup.checkpoints.values()
    return frozenset(c.id for c in every if any_counts or c.kind is not CheckpointKind.CONTROL or c.code in codes)


def judge_punches(
    ground: Ground, class_: Class, own: Sequence[Fact], start: int | None, finish: int | None, closed_at: int | None
) -> tuple[dict[str, Verdict], dict[str, Fact]]:
    """Judge each punch and finish; return the verdicts and the first punch that counts at each checkpoint."""
    verdicts: dict[str, Verdict] = {}
    arrivals: dict[str, Fact] = {}
    on_course, checkpoints, controls = ground.on_course[class_.course], ground.setup.checkpoints, ground.controls
    for fact in own:
        if fact.kind not in ("punch", "finish"):
            continue
        place, at = fact.checkpoint or "", fact.at
        if fact.kind == "punch" and place not in checkpoints:
            verdict = Verdict.UNKNOWN
        elif start is None or at < start:
            verdict = Verdict.NOT_STARTED
        elif closed_at is not None and at > closed_at:
            verdict = Verdict.CLOSED
        elif fact.kind == "finish":
            verdict = Verdict.ACCEPTED if at == finish else Verdict.REPEATED
        elif finish is not None and at > finish:
            verdict = Verdict.FINISHED
        elif place not in on_course:
            verdict = Verdict.NOT_ON_COURSE
        elif place in arrivals:
            verdict = Verdict.REPEATED
        else:
            verdict = Verdict.ACCEPTED
            if place in controls:
                arrivals[place] = fact
        verdicts[fact.id] = verdict
    return verdicts, arrivals


@dataclass(frozen=True, slots=True)
class Before:
    """The run before some facts came, all of which name checkpoints in `touched` or none, with nothing else changed."""

    run: Run
    touched: Set[str | None]


def visits_of(
    ground: Ground,
    whole: Whole,
    own: Sequence[Fact],
    arrivals: Mapping[str, Fact],
    finish: int | None,
    ranks: Mapping[str, int],
    before: Before | None = None,
) -> dict[str, Visit]:
    """Return the visits by checkpoint: what the entry did at each, after the punch that opened it."""
    here: dict[str, list[Fact]] = defaultdict(list)
    for fact in own:
        # A marshal may write a result down after the team has run on; an answer after the finish is too late.
        late = fact.kind == "answer" and finish is not None and fact.at > finish
        if fact.kind in TASKS and fact.checkpoint and not late:
            here[fact.checkpoint].append(fact)
    visits = {}
    # A visit depends on its punch, on what else came from its checkpoint, and on the finish: most are what they were.
    known = before.run.visits if before and before.run.finish == finish else {}
    for name, punch in arrivals.items():
        visit = known.get(name)
        if visit is None or visit.at != punch.at or (before and name in before.touched):
            visit = _visit(ground, whole, ground.setup.checkpoints[name], punch, here[name], ranks)
        visits[name] = visit
    return visits


def _visit(
    ground: Ground,
    whole: Whole,
    checkpoint: Checkpoint,
    punch: Fact,
    facts: Sequence[Fact],
    ranks: Mapping[str, int],
) -> Visit:
    """Tasks of one checkpoint are done one after the other.

    A sheet is handed out, and a team stands in a game's queue, when all before it are passed: nobody is credited for
    the time a quiz took.
    """
    proof = str(punch.body.get("proof", "qr"))
    if not checkpoint.tasks:
        return Visit(checkpoint.id, punch.at, proof, passed_at=punch.at)
    tasks: list[QuizTask | GameTask] = []
    open_next = True
    for task in checkpoint.tasks:
        done: QuizTask | GameTask
        if task.kind is TaskKind.QUIZ:
            quiz = ground.setup.quizzes[task.id]
            mine = [fact for fact in facts if fact.body.get("quiz", task.id) == task.id]
            questions: Mapping[str, Question] = ground.questions[quiz.bank]
            if whole.keys:
                questions = with_keys(questions, quiz.bank, whole)
            voided = _voided(quiz.bank, whole)
            done = quiz_task(quiz, questions, mine, arrived_at=punch.at, may_open=open_next, voided=voided)
        else:
            ready_at = max([punch.at, *(earlier.decided_at or 0 for earlier in tasks)])
            game = ground.setup.games[task.id]
            done = game_task(game, ready_at, facts, may_begin=open_next)
            rank = ranks.get(played(checkpoint.id, game.id))
            if rank is not None and done.outcome is not None:
                done = replace(done, outcome=with_rank(game, done.outcome, rank))
        tasks.append(done)
        open_next = open_next and done.state in PASSED_STATES
    passed_at = max([punch.at, *(task.decided_at or 0 for task in tasks)]) if open_next else None
    factor, timed = Fraction(1), []
    for item in tasks:
        if isinstance(item, QuizTask):
            factor *= item.points_factor
            quiz = ground.setup.quizzes[item.quiz]
            if quiz.speed != "flat" and item.seconds is not None:
                timed.append(Timed(item.seconds, quiz.limit_s, quiz.speed))
    return Visit(checkpoint.id, punch.at, proof, tuple(tasks), passed_at, factor, tuple(timed))


def played(checkpoint: str, game: str) -> str:
    """Return the name under which the ranks of a game at a checkpoint are kept, beside those of arrival."""
    return f"{checkpoint}/{game}"


def _voided(bank: str, whole: Whole) -> frozenset[str]:
    return frozenset(name for of_bank, name in whole.voided if of_bank in (None, bank))


def with_keys(questions: Mapping[str, Question], bank: str, whole: Whole) -> Mapping[str, Question]:
    """Return a bank's questions with the right answers that the jury changed."""
    changed = {
        name: rekeyed(questions[name], answer)
        for (of_bank, name), answer in whole.keys.items()
        if of_bank in (None, bank) and name in questions
    }
    return {**questions, **changed}
