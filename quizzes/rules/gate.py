"""What a quiz gate gives and what follows a fail."""

from fractions import Fraction

from quizzes.model import Quiz, Step, StepKind

# Where nothing follows a fail the wait doubles with each, so that guessing costs more time than reading; it stays short
# enough that nobody is stuck. Who sets a wait of 0 s gets none.
_FLOOR_S = 15
_FLOOR_MOST_S = 120
_FULL_MARKS_UNDER_S = Fraction(1, 2)


def after_fail(quiz: Quiz, attempt: int) -> Step:
    """Return what follows the failed `attempt` (from 1). After the last step that step comes again.

    Without any step it is a wait of 15 s after the first fail, then 30 s, 60 s, and 120 s after every further one.
    """
    if not quiz.on_fail:
        doublings = min(max(attempt, 1) - 1, 10)
        return Step(StepKind.COOL_DOWN_S, Fraction(min(_FLOOR_S * 2**doublings, _FLOOR_MOST_S)))
    return quiz.on_fail[min(max(attempt, 1), len(quiz.on_fail)) - 1]


def attempts(quiz: Quiz) -> int | None:
    """Return how often the quiz may be tried, or None if it may be tried without end."""
    for number, step in enumerate(quiz.on_fail, start=1):
        if step.kind is not StepKind.COOL_DOWN_S:
            return number
    return None


def speed_points(value: int, t: Fraction | float, limit: int | None, mode: str) -> int:
    """Return what a right answer after `t` seconds is worth, of `value` points, within `limit` seconds.

    flat: v. linear: ⌊v·(1 − t/τ)⌋. half: v·(1 − t/2τ), half rounds up, full marks under 0.5 s. After the limit: 0.
    Without a limit there is nothing to measure by, and the answer is worth all.
    """
    taken = max(Fraction(0), t if isinstance(t, Fraction) else Fraction(repr(t)))
    if limit is None:
        return value
    if taken > limit:
        return 0
    if mode == "linear":
        return int(value * (1 - taken / limit))
    if mode == "half" and taken >= _FULL_MARKS_UNDER_S:
        return int(value * (1 - taken / (2 * limit)) + Fraction(1, 2))
    return value
