"""JSON that phones read: runs and tasks, with all words in the reader's language."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from base.languages import LANGUAGES, Text, say
from base.web import language, tell
from checkpoints.model import Checkpoint, TaskKind
from quizzes.model import Question, QuestionKind, Quiz, Step
from quizzes.rules import answer_words, attempts, mark, shown_choices, shown_matches
from race.live.race import LiveRace
from race.model import PASSED_STATES, GameTask, QuizTask, Run, TaskState, Try, Visit

DECIDED = PASSED_STATES | {TaskState.LOST}


def words_of(text: Text) -> str:
    """Return a race's own text in the reader's language."""
    return say(text, language())


def race_json(live: LiveRace) -> dict[str, Any]:
    """Return what every phone shows of the race."""
    about = live.setup.about
    return {
        "slug": live.race.slug,
        "name": words_of(about.name),
        "theme": words_of(about.theme),
        "venue": words_of(about.venue),
        "hosts": [{"role": host.role, "name": host.name} for host in about.hosts],
        "emergency_phone": about.emergency_phone,
        "language": about.language,
        "timezone": about.timezone,
        "stage": live.race.stage.value,
        "stopped": bool(live.whole.stops) and live.whole.stops[-1][1] is None,
        "closed": live.whole.closed_at is not None,
    }


def run_json(live: LiveRace, run: Run) -> dict[str, Any]:
    """Return a team's own progress."""
    course = live.setup.courses[live.setup.classes[run.class_].course]
    standing, visits = live.standing(run.entry), run.visits
    return {
        "entry": run.entry,
        "status": run.status.value,
        "start": run.start,
        "finish": run.finish,
        "time_s": run.time_s,
        "elapsed_s": run.elapsed_s,
        "credit_s": run.credit_s,
        "penalty_s": run.penalty_s,
        "late_s": run.late_s,
        "points": run.points,
        "passed": len(run.passed),
        "total": len(course.checkpoints),
        "heads_confirmed": run.heads_confirmed,
        "checkpoints": {
            code: _visit_state(visits[code]) if code in visits else {"state": "none"}
            for code in course.checkpoints
            if isinstance(code, str)
        },
        "place": standing.place if standing else None,
        "provisional": standing.provisional if standing else True,
        "of": live.entered[run.class_],
    }


def _visit_state(visit: Visit) -> dict[str, Any]:
    if visit.passed_at is not None:
        return {"state": "passed", "at": visit.at, "passed_at": visit.passed_at}
    task = next(task for task in visit.tasks if task.state not in PASSED_STATES)
    state: dict[str, Any] = {"state": "open" if task.state is TaskState.DUE else task.state.value, "at": visit.at}
    if isinstance(task, QuizTask) and task.until is not None:
        state["until"] = task.until
    return state


def tasks_json(live: LiveRace, visit: Visit) -> list[dict[str, Any]]:
    """Return the tasks of a visit as they stand for this team."""
    return [
        _quiz_json(live, task) if isinstance(task, QuizTask) else _game_json(live, visit, task) for task in visit.tasks
    ]


def due_json(live: LiveRace, run: Run) -> dict[str, list[dict[str, Any]]]:
    """Return by checkpoint the tasks of all visits that are not passed yet, so that a reload goes on where it was."""
    if run.finish is not None or live.whole.closed_at is not None:
        return {}
    return {name: tasks_json(live, visit) for name, visit in run.visits.items() if visit.passed_at is None}


def _quiz_json(live: LiveRace, task: QuizTask) -> dict[str, Any]:
    quiz = live.setup.quizzes[task.quiz]
    asked = len(task.tries[-1].questions) or quiz.draw if task.tries else quiz.draw
    data: dict[str, Any] = {
        "kind": "quiz",
        "quiz": quiz.id,
        "state": task.state.value,
        "attempts": attempts(quiz),
        "need": min(quiz.need, asked),
        "draw": asked,
        "limit_s": quiz.limit_s,
        "speed": quiz.speed,
        "on_fail": on_fail_json(quiz),
        "tries": [_try_json(item) for item in task.tries if item.right is not None],
    }
    if task.state is TaskState.OPEN:
        data |= {"attempt": task.tries[-1].attempt, "sheet": sheet_json(live, quiz, task.tries[-1])}
    elif task.state is TaskState.COOLING:
        data |= {"attempt": task.next_attempt, "until": task.until}
    elif task.state in DECIDED:
        last = task.tries[-1]
        data |= {"right": last.right, "seconds": _seconds(last), "penalty_s": task.penalty_s}
        if task.state is TaskState.PASSED_WITH_PENALTY and task.points_factor < 1:
            data["points_percent"] = (task.points_factor * 100 + Fraction(1, 2)).__floor__()
        data["review"] = review_json(live, quiz, last)
    return data


def on_fail_json(quiz: Quiz) -> list[dict[str, Any]]:
    """Return what follows each fail."""
    return [{step.kind.value: _step_value(step)} for step in quiz.on_fail]


def _step_value(step: Step) -> int | str:
    return int(step.value) if step.value.denominator == 1 else str(step.value)


def _try_json(item: Try) -> dict[str, Any]:
    return {
        "attempt": item.attempt,
        "right": item.right,
        "seconds": _seconds(item),
        "passed": item.passed,
        "timed_out": _timed_out(item),
        "by_phone": item.by_phone,
    }


def _seconds(item: Try) -> float | None:
    """Return how long the team took, never more than it was given: what comes later is the way of the answer."""
    if item.took_ms is None:
        return None
    most = item.took_ms if item.deadline is None else item.deadline - item.given_at
    return min(item.took_ms, most) / 1000


def _timed_out(item: Try) -> bool:
    """Tell whether the clock ended this sheet: a phone hands in by itself just before."""
    return item.deadline is not None and (item.took_ms or 0) >= item.deadline - item.given_at - 1000


def sheet_json(live: LiveRace, quiz: Quiz, sheet: Try) -> dict[str, Any]:
    """Return a sheet as a phone may see it: questions without a trace of their answers."""
    questions = live.ground.questions[quiz.bank]
    return {
        "id": sheet.sheet,
        "given_at": sheet.given_at,
        "deadline": sheet.deadline,
        "questions": [
            question_json(questions[name], live.race.secret, sheet.sheet or "")
            for name in sheet.questions
            if name in questions
        ],
    }


def question_json(question: Question, secret: bytes, sheet: str) -> dict[str, Any]:
    """Return one question, its choices in this sheet's order and under numbers that tell nothing."""
    data: dict[str, Any] = {"id": question.id, "kind": question.kind.value, **_side_by_side(question.text)}
    if question.choices:
        choices = shown_choices(question, secret, sheet)
        data["choices"] = [{"index": index, **_side_by_side(question.choices[own])} for index, own in choices]
    if question.kind is QuestionKind.MATCH:
        matches = shown_matches(question)
        data["matches"] = [{"index": index, **_side_by_side(question.matches[own])} for index, own in matches]
    data |= {name: value for name in ("image", "sound") if (value := getattr(question, name))}
    if question.image and question.image_alt:
        data["image_alt"] = words_of(question.image_alt)
    return data


def _side_by_side(text: Text) -> dict[str, str]:
    """Return a text in the reader's language, and the bank's other one beside it where it says something else."""
    shown = words_of(text)
    others = [] if isinstance(text, str) else [say(text, name) for name in LANGUAGES if name in text]
    also = next((other for other in others if other and other != shown), None)
    return {"text": shown, **({"also": also} if also else {})}


def review_json(live: LiveRace, quiz: Quiz, sheet: Try) -> list[dict[str, Any]]:
    """Return what was asked, answered and right, once the quiz is decided and nothing is given away."""
    questions = live.ground.questions[quiz.bank]
    return [reviewed_json(questions[name], sheet.answers) for name in sheet.questions if name in questions]


def reviewed_json(question: Question, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return one question with what was answered and what is right."""
    right_answer: Any = question.answer
    return {
        "text": words_of(question.text),
        "your": words_of(answer_words(question, answers[question.id])) if question.id in answers else None,
        "answer": words_of(answer_words(question, right_answer)),
        "right": mark(question, answers.get(question.id)),
        "explanation": words_of(question.explanation),
    }


def _game_json(live: LiveRace, visit: Visit, task: GameTask) -> dict[str, Any]:
    game = live.setup.games[task.game]
    queue = live.queue(visit.checkpoint)
    ahead = sum(1 for other in queue if other.arrived_at < task.arrived_at)
    data: dict[str, Any] = {
        "kind": "game",
        "game": game.id,
        "state": task.state.value,
        "name": words_of(game.name),
        "instructions": words_of(game.instructions),
        "credit_cap_s": game.credit_cap_s,
        "arrived_at": task.arrived_at,
        "begun_at": task.begun_at,
        "ahead": ahead,
        "wait_s": ahead * game.typical_s,
        "figure": None,
        "points": 0,
        "penalty_s": task.penalty_s,
    }
    if task.outcome:
        data |= {"figure": tell(task.outcome.figure), "points": task.outcome.points}
    return data


def checkpoint_json(live: LiveRace, checkpoint: Checkpoint, *, placed: bool = True) -> dict[str, Any]:
    """Return a checkpoint as a team may know it: no key, no code, and only if `placed` where it lies."""
    position = checkpoint.position if placed else None
    return {
        "code": checkpoint.code,
        "kind": checkpoint.kind.value,
        "name": words_of(checkpoint.name),
        "description": words_of(checkpoint.description),
        "lat": position.lat if position else None,
        "lon": position.lon if position else None,
        "points": checkpoint.points,
        "tasks": [_task_brief(live, task.kind, task.id) for task in checkpoint.tasks],
    }


def _task_brief(live: LiveRace, kind: TaskKind, name: str) -> dict[str, Any]:
    if kind is TaskKind.QUIZ:
        quiz = live.setup.quizzes[name]
        return {"kind": "quiz", "draw": quiz.draw, "need": quiz.need, "limit_s": quiz.limit_s}
    game = live.setup.games[name]
    return {
        "kind": "game",
        "name": words_of(game.name),
        "instructions": words_of(game.instructions),
        "credit_cap_s": game.credit_cap_s,
    }
