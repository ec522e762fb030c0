"""A quiz at a checkpoint: from sheets and answers to passed, cooling, or what a fail costs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from facts.model import Fact
from quizzes.model import Question, Quiz, StepKind
from quizzes.rules import after_fail, mark_sheet
from race.model import QuizTask, TaskState, Try

# An answer sent at the last moment reaches us a little later; the phone's own hand-in fires at the deadline.
LATE_MS = 2_000
# When the server gives a sheet up. Later than any answer that was handed in in time and took its while to come.
EXPIRY_MS = 8_000
# So much before it was handed out a phone must have shown a sheet to have opened it by itself: clocks differ.
BY_ITSELF_MS = 5_000
# In the body of a sheet that a phone opened by itself.
SEALED = "sealed"


NONE_VOIDED: frozenset[str] = frozenset()


def quiz_task(
    quiz: Quiz,
    questions: Mapping[str, Question],
    facts: Sequence[Fact],
    *,
    arrived_at: int,
    may_open: bool,
    voided: frozenset[str] = NONE_VOIDED,
) -> QuizTask:
    """Return how far a quiz has come. `facts` are the entry's sheets and answers here, in order; `arrived_at` is the
    punch that opened it.

    An answer without a sheet is a marshal's word: `right` questions asked by word of mouth. The answer to a sheet that
    came first counts. A sheet that was followed by another and never answered has failed at its deadline. A voided
    question is right for everybody who had it, so an earlier sheet may turn out to have passed.
    """
    tries = _tries(quiz, questions, facts, voided, arrived_at)
    if not tries:
        return QuizTask(quiz.id, TaskState.DUE if may_open else TaskState.LATER)
    first = next((given for given in tries if given.passed), None)
    if first is not None:
        seconds = None if first.sheet is None or first.took_ms is None else Fraction(first.took_ms, 1000)
        return QuizTask(quiz.id, TaskState.PASSED, tries, decided_at=first.answered_at, seconds=seconds)
    last = tries[-1]
    if last.answered_at is None:
        return QuizTask(quiz.id, TaskState.OPEN, tries)
    step = after_fail(quiz, last.attempt)
    if step.kind is StepKind.PENALTY_S:
        return QuizTask(
            quiz.id, TaskState.PASSED_WITH_PENALTY, tries, decided_at=last.answered_at, penalty_s=int(step.value)
        )
    if step.kind is StepKind.POINTS_FACTOR:
        return QuizTask(
            quiz.id, TaskState.PASSED_WITH_PENALTY, tries, decided_at=last.answered_at, points_factor=step.value
        )
    if step.kind is StepKind.LOST:
        return QuizTask(quiz.id, TaskState.LOST, tries, decided_at=last.answered_at, points_factor=Fraction(0))
    return QuizTask(quiz.id, TaskState.COOLING, tries, until=last.answered_at + int(step.value * 1000))


def _tries(
    quiz: Quiz, questions: Mapping[str, Question], facts: Sequence[Fact], voided: frozenset[str], arrived_at: int
) -> tuple[Try, ...]:
    answers: dict[str, Fact] = {}
    to_sheets = [fact for fact in facts if fact.kind == "answer" and fact.body.get("sheet")]
    given_up = {fact.body["sheet"]: fact.at for fact in to_sheets if fact.body.get("expired")}
    for fact in sorted(to_sheets, key=lambda fact: _answering(fact, given_up.get(fact.body["sheet"], fact.at))):
        answers.setdefault(str(fact.body["sheet"]), fact)
    counting = {fact.id for fact in _one_an_attempt(facts, answers)}
    tries: list[Try] = []
    for fact in facts:
        if fact.kind == "sheet" and fact.id in counting:
            tries.append(_sheet_try(quiz, questions, fact, answers.get(fact.id), voided, arrived_at))
        elif fact.kind == "answer" and "right" in fact.body:
            right = int(fact.body["right"])
            tries.append(Try(len(tries) + 1, fact.at, answered_at=fact.at, right=right, passed=right >= quiz.need))
    for index, earlier in enumerate(tries[:-1]):
        if earlier.answered_at is None:
            ended = earlier.deadline if earlier.deadline is not None else tries[index + 1].given_at
            tries[index] = replace(earlier, answered_at=ended, right=0, took_ms=ended - earlier.given_at)
    return tuple(tries)


def _one_an_attempt(facts: Sequence[Fact], answers: Mapping[str, Fact]) -> Iterable[Fact]:
    """Return the sheet that counts of each attempt, where two phones saw different ones: set-up was changed in between.

    The one whose answer came first counts, else the one handed out last; giving up is no answer.
    """
    chosen: dict[int, Fact] = {}
    for sheet in (fact for fact in facts if fact.kind == "sheet"):
        attempt = int(sheet.body.get("attempt", 1))
        other = chosen.get(attempt)
        if other is None or _settled(answers.get(sheet.id)) <= _settled(answers.get(other.id)):
            chosen[attempt] = sheet
    return chosen.values()


def _settled(answer: Fact | None) -> tuple[bool, int]:
    given = answer is not None and not answer.body.get("expired")
    return (not given, answer.received_at if answer is not None and given else 0)


def _answering(fact: Fact, given_up_at: int) -> tuple[bool, bool, int, int, str]:
    """Of several answers the one that came first counts: after it the team was told what was right, and a phone may
    date its next answer as it likes. Giving a sheet up is no answer, so one from a phone without signal still counts;
    one given later than that, as by a phone that slept, changes nothing: the cool-down has long begun.
    """
    return (fact.at > given_up_at, bool(fact.body.get("expired")), fact.received_at, fact.at, fact.id)


def _sheet_try(
    quiz: Quiz,
    questions: Mapping[str, Question],
    sheet: Fact,
    answer: Fact | None,
    voided: frozenset[str],
    arrived_at: int,
) -> Try:
    ids = tuple(sheet.body.get("questions", ()))
    attempt = int(sheet.body.get("attempt", 1))
    given_at, took_ms, by_phone = _timed(sheet, answer, arrived_at)
    deadline = given_at + quiz.limit_s * 1000 if quiz.limit_s is not None else None
    if answer is None:
        return Try(attempt, given_at, sheet.id, ids, deadline)
    asked = [questions[name] for name in ids if name in questions]
    given = answer.body.get("answers") or {}
    need = min(quiz.need, len(ids))
    mark = mark_sheet(asked, given, need)
    right = sum(was or question.id in voided for question, was in zip(asked, mark.right, strict=True))
    in_time = quiz.limit_s is None or took_ms <= quiz.limit_s * 1000 + LATE_MS
    return Try(
        attempt,
        given_at,
        sheet.id,
        ids,
        deadline,
        given,
        answered_at=max(answer.at, given_at),  # nobody answers what was not asked yet, whatever the phone's clock says
        right=right,
        passed=right >= need and in_time,
        answer=answer.id,
        took_ms=took_ms,
        by_phone=by_phone,
    )


def _timed(sheet: Fact, answer: Fact | None, arrived_at: int) -> tuple[int, int, bool]:
    """Return when a sheet began, how many milliseconds it took, and whether the phone says so.

    Of a sheet that was handed out the server's clock decides. One that the phone had opened by itself, before the
    server handed it out or instead, began at the punch, and took what the phone's steady clock says: its time of day
    may have been set in between.
    """
    if answer is None:
        return sheet.at, 0, False
    said = answer.body.get("seconds")
    if said is not None and (sheet.body.get(SEALED) or answer.at - round(1000 * said) < sheet.at - BY_ITSELF_MS):
        return arrived_at, round(1000 * said), True
    given_at = arrived_at if sheet.body.get(SEALED) else sheet.at
    return given_at, max(0, answer.at - given_at), False
