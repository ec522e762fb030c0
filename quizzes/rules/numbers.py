"""The numbers by which a phone names choices: the bank's own, but where these would give the answer away.

A bank often lists what must be put in order in its right order, and what must be paired pair by pair. There the bank's
numbers are the answer, whatever order the screen shows, so a phone is given places on its own sheet and its answer is
turned back into the bank's numbers before it is recorded.
"""

from typing import Any

from base.languages import DEFAULT, say
from quizzes.model import Question, QuestionKind
from quizzes.rules.draws import choice_order

# What is no number of this sheet is no number of the bank.
NO_NUMBER = -1


def shown_choices(question: Question, secret: bytes, sheet_id: str) -> list[tuple[int, int]]:
    """Return (the number a phone is given, the bank's own) of each choice, in the order in which this sheet shows them.

    It depends on secret and sheet alone, so a phone may be loaded again, in another language too, with its answer kept.
    """
    order = choice_order(question, secret, sheet_id)
    if question.kind in (QuestionKind.ORDER, QuestionKind.MATCH):
        return list(enumerate(order))
    return [(own, own) for own in order]


def shown_matches(question: Question) -> list[tuple[int, int]]:
    """Return (the number a phone is given, the bank's own) of each match, by their words."""
    order = sorted(range(len(question.matches)), key=lambda own: say(question.matches[own], DEFAULT))
    return list(enumerate(order))


def own_numbers(question: Question, answer: Any, secret: bytes, sheet_id: str) -> Any:
    """Return what a phone answered to this sheet's question in the bank's own numbers; garbage stays garbage."""
    if question.kind not in (QuestionKind.ORDER, QuestionKind.MATCH) or not isinstance(answer, list):
        return answer
    choices = dict(shown_choices(question, secret, sheet_id))
    # One more than there are choices is enough to be wrong.
    numbers = [item if type(item) is int else NO_NUMBER for item in answer[: len(choices) + 1]]
    if question.kind is QuestionKind.ORDER:
        return [choices.get(number, NO_NUMBER) for number in numbers]
    matches = dict(shown_matches(question))
    paired = {choices[place]: matches.get(number, NO_NUMBER) for place, number in enumerate(numbers[: len(choices)])}
    return [paired.get(own, NO_NUMBER) for own in range(len(choices))]
