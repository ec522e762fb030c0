"""Marking: exact, and deaf to garbage. Whatever a phone sends is right or wrong, never an error."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from base.languages import DEFAULT, LANGUAGES, Text, say
from quizzes.model import Mark, NumberAnswer, Question, QuestionKind
from quizzes.rules.reading import fold, parse_number

RIGHT: Text = {"zh": "对", "en": "True"}
WRONG: Text = {"zh": "错", "en": "False"}


def mark(question: Question, answer: Any) -> bool:
    """Tell whether `answer`, as JSON gives it, is right. No answer, and garbage of any type, is wrong."""
    right = question.answer
    match question.kind:
        case QuestionKind.SINGLE:
            return _index(answer) is not None and answer == right
        case QuestionKind.TRUE_FALSE:
            return isinstance(answer, bool) and answer is right
        case QuestionKind.MULTIPLE:
            chosen = _indexes(answer)
            return chosen is not None and isinstance(right, tuple) and set(chosen) == set(right)
        case QuestionKind.ORDER | QuestionKind.MATCH:
            return _indexes(answer) == right
        case QuestionKind.NUMBER:
            number = parse_number(answer)
            return (
                number is not None and isinstance(right, NumberAnswer) and abs(number - right.number) <= right.tolerance
            )
        case QuestionKind.TEXT:
            accepted = right if isinstance(right, tuple) else ()
            return any(_same_text(str(text), answer) for text in accepted)


def _index(answer: Any) -> int | None:
    return answer if isinstance(answer, int) and not isinstance(answer, bool) else None


def _indexes(answer: Any) -> tuple[int, ...] | None:
    if not isinstance(answer, list | tuple) or any(_index(item) is None for item in answer):
        return None
    return tuple(answer)


def _same_text(accepted: str, answer: Any) -> bool:
    """Compare as numbers where a number is accepted, so 五 and ５.0 are 5; else by the folded text."""
    if isinstance(answer, bool) or not isinstance(answer, str | int | float):
        return False
    number = parse_number(accepted)
    given = parse_number(answer)
    if number is not None and given is not None:
        return number == given
    if not isinstance(answer, str):
        return False
    folded = fold(accepted)
    # What is all signs, as “？！”, has nothing left to compare: there the signs themselves count.
    return fold(answer) == folded if folded else bool(accepted.strip()) and answer.strip() == accepted.strip()


def mark_sheet(questions: Sequence[Question], answers: Mapping[str, Any], need: int) -> Mark:
    """Mark the answers by question id. `need` right ones pass."""
    right = tuple(mark(question, answers.get(question.id)) for question in questions)
    return Mark(right, sum(right) >= need)


def rekeyed(question: Question, answer: Any) -> Question:
    """Return the question with another right answer, given as the race file spells answers. Garbage marks all wrong."""
    match question.kind:
        case QuestionKind.NUMBER:
            given = answer if isinstance(answer, Mapping) else {"number": answer}
            number, tolerance = parse_number(given.get("number")), parse_number(given.get("tolerance", 0))
            return replace(question, answer=() if number is None else NumberAnswer(number, tolerance or Fraction(0)))
        case QuestionKind.TEXT:
            return replace(question, answer=(answer,) if isinstance(answer, str) else tuple(answer or ()))
        case QuestionKind.SINGLE | QuestionKind.TRUE_FALSE:
            return replace(question, answer=answer)
        case _:
            return replace(question, answer=_indexes(answer) or ())


def answer_words(question: Question, answer: Any) -> Text:
    """Return an answer as a person reads it, in every language that the question has. Garbage gives an empty text."""
    match question.kind:
        case QuestionKind.TRUE_FALSE:
            return (RIGHT if answer else WRONG) if isinstance(answer, bool) else ""
        case QuestionKind.SINGLE:
            return _joined([_at(question.choices, answer)], "")
        case QuestionKind.MULTIPLE | QuestionKind.ORDER:
            chosen = _indexes(answer) or ()
            shown = sorted(set(chosen)) if question.kind is QuestionKind.MULTIPLE else chosen
            parts = [_at(question.choices, index) for index in shown[: len(question.choices)]]
            return _joined(parts, " → " if question.kind is QuestionKind.ORDER else "、")
        case QuestionKind.MATCH:
            pairs = zip(question.choices, _indexes(answer) or (), strict=False)
            return _joined([_joined([left, _at(question.matches, index)], " – ") for left, index in pairs], "; ")
        case QuestionKind.NUMBER:
            return _number_words(answer)
        case QuestionKind.TEXT:
            first = answer[0] if isinstance(answer, tuple | list) and answer else answer
            return str(first)[:200] if isinstance(first, str | int | float) and not isinstance(first, bool) else ""


def _number_words(answer: Any) -> str:
    if isinstance(answer, NumberAnswer):
        number, tolerance = answer.number, answer.tolerance
        return f"{_decimal(number)} ± {_decimal(tolerance)}" if tolerance else _decimal(number)
    if isinstance(answer, bool) or not isinstance(answer, str | int | float):
        return ""
    return str(answer)[:200] if isinstance(answer, str | float) or abs(answer) < 10**60 else ""


def _decimal(number: Any) -> str:
    """Return the digits where they end, else the fraction."""
    if number.denominator == 1:
        return str(number.numerator)
    text = f"{float(number):.12g}"
    return text if parse_number(text) == number else str(number)


def _at(texts: Sequence[Text], index: Any) -> Text:
    place = _index(index)
    return texts[place] if place is not None and 0 <= place < len(texts) else ""


def _joined(parts: Sequence[Text], by: str) -> Text:
    """Join texts in each language that one of them has; the list comma is the language's own."""
    if all(isinstance(part, str) for part in parts):
        return by.join(str(part) for part in parts)
    languages = [name for name in LANGUAGES if any(isinstance(part, Mapping) and name in part for part in parts)]
    return {
        language: (", " if by == "、" and language != DEFAULT else by).join(say(part, language) for part in parts)
        for language in languages
    }
