"""What quizzes go by: fair draws, exact marking, and what follows a fail. All pure."""

from quizzes.rules.draws import Orders, choice_order, draw
from quizzes.rules.gate import after_fail, attempts, speed_points
from quizzes.rules.marking import answer_words, mark, mark_sheet, rekeyed
from quizzes.rules.numbers import own_numbers, shown_choices, shown_matches
from quizzes.rules.reading import fold, parse_number

__all__ = [
    "Orders",
    "after_fail",
    "answer_words",
    "attempts",
    "choice_order",
    "draw",
    "fold",
    "mark",
    "mark_sheet",
    "own_numbers",
    "parse_number",
    "rekeyed",
    "shown_choices",
    "shown_matches",
    "speed_points",
]
