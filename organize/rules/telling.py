"""A quiz in a line, for lists and choices. What it does in full is said where all rules are."""

from base.languages import Words
from quizzes.model import Quiz


def quiz_words(quiz: Quiz) -> Words:
    """Return what a quiz asks: how many, how many right, how long."""
    numbers = {"draw": quiz.draw, "need": quiz.need, "seconds": quiz.limit_s}
    if quiz.limit_s is None:
        return Words("%(draw)s questions, %(need)s right, no time limit", numbers)
    return Words("%(draw)s questions, %(need)s right, in %(seconds)s s", numbers)
