"""The jury's forms: what each decision asks for, and the record that it makes."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from base import canonical
from base.clock import format_instant
from base.faults import FaultyInput
from base.languages import Words
from facts.model import Draft
from organize.forms.fields import Fields
from quizzes.model import Question, QuestionKind
from quizzes.rules import parse_number
from race.forms.organizer import read_act
from race.model import Setup

MOST_REASON = 400
MOST_HEADS = 1000
WEEK_S = 7 * 86_400
WEEK_MIN = 7 * 1440
_TIME = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)(?:[:：]([0-5]\d))?")
_TRUE = frozenset({"对", "是", "√", "true", "yes", "t", "y"})
_FALSE = frozenset({"错", "否", "×", "false", "no", "f", "n"})


@dataclass(frozen=True, slots=True)
class Day:
    """The day on which a time of day is meant: any instant of it (UTC milliseconds), and where."""

    instant: int
    timezone: str

    def at(self, text: str) -> int | None:
        """Return the instant of a time of day such as `9:51` or `9:51:30`, None if it is none."""
        found = _TIME.fullmatch(text.strip())
        if not found:
            return None
        hour, minute, second = (int(part or 0) for part in found.groups())
        zone = ZoneInfo(self.timezone)
        day = datetime.fromtimestamp(self.instant / 1000, UTC).astimezone(zone)
        return round(day.replace(hour=hour, minute=minute, second=second, microsecond=0).timestamp() * 1000)


@dataclass(frozen=True, slots=True)
class Asking:
    """Upon what a form is read: the set-up, the race's day, whom it is about (None: the whole race), who and when."""

    setup: Setup
    day: Day
    entry: str | None
    by: str
    now: int
    name: str


Reading = Callable[[Fields, Asking], Any]


def read_decision_form(fields: Fields, asking: Asking) -> Draft:
    """Return the record that a form makes.

    Raises:
        FaultyInput: with all that is wrong, by field.

    """
    what = fields.text("what", 40)
    reason = fields.text("reason", MOST_REASON)
    read = (OF_ENTRY if asking.entry is not None else OF_RACE).get(what)
    if read is None:
        fields.fault("what", Words("Choose what is decided."))
        raise FaultyInput(fields.faults)
    if not reason:
        fields.fault("reason", Words("Say why: the team will ask."))
    value = read(fields, asking)
    at = _time(fields, asking.day, "when") if what in DATED and fields.text("when", 8) else None
    if fields.faults:
        raise FaultyInput(fields.faults)
    if what in RECORDS:
        body = {**value, "reason": reason}
        return Draft(asking.name, what, asking.now, asking.now, asking.by, asking.entry, None, body)
    data = {"id": asking.name, "kind": "decision", "what": what, "value": value, "reason": reason}
    if asking.entry is not None:
        data["entry"] = asking.entry
    if at is not None:
        data["at"] = format_instant(at)
    return read_act(data, asking.setup, asking.by, asking.now, asking.name)


def _time(fields: Fields, day: Day, name: str) -> int | None:
    at = day.at(fields.text(name, 8))
    if at is None:
        fields.fault(name, Words("Give a time of day, as 9:51:30."))
    return at


def _number(name: str, least: int, most: int, times: int = 1) -> Reading:
    def read(fields: Fields, _asking: Asking) -> Any:
        number = fields.number(name, least, most)
        if number is None and not any(fault.path == name for fault in fields.faults):
            fields.fault(name, Words("This is missing."))
        return (number or 0) * times

    return read


def _text(name: str) -> Reading:
    def read(fields: Fields, _asking: Asking) -> Any:
        text = fields.text(name, 200)
        if not text:
            fields.fault(name, Words("This is missing."))
        return text

    return read


def _at(fields: Fields, asking: Asking) -> Any:
    at = _time(fields, asking.day, "at")
    return None if at is None else format_instant(at, asking.day.timezone)


def _whom(fields: Fields) -> dict[str, Any]:
    given = {"class": fields.text("class", 64), "wave": fields.text("wave", 40)}
    return {name: value for name, value in given.items() if value}


def _gun(fields: Fields, asking: Asking) -> Any:
    return {**_whom(fields), "at": _at(fields, asking)}


def _recall(fields: Fields, _asking: Asking) -> Any:
    return _whom(fields)


def _leg(fields: Fields, asking: Asking) -> Any:
    leg = [_text("from")(fields, asking), _text("to")(fields, asking)]
    class_ = fields.text("class", 64)
    return {"leg": leg, "class": class_} if class_ else {"leg": leg}


def _none(_fields: Fields, _asking: Asking) -> Any:
    return None


def name_question(bank: str, question: str) -> str:
    """Return the name of a question in a form."""
    return canonical.encode([bank, question])


def find_question(setup: Setup, name: str) -> tuple[str, Question] | None:
    """Return the bank and the question of a name in a form, or None."""
    try:
        bank, wanted = json.loads(name)
        questions = setup.banks[bank].questions
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return next(((bank, question) for question in questions if question.id == wanted), None)


def _question(fields: Fields, asking: Asking) -> Any:
    found = find_question(asking.setup, fields.text("question", 200))
    if found is None:
        fields.fault("question", Words("Choose a question."))
        return None
    return {"bank": found[0], "question": found[1].id}


def _new_key(fields: Fields, asking: Asking) -> Any:
    value = _question(fields, asking)
    found = find_question(asking.setup, fields.text("question", 200))
    answer = read_key(found[1], fields.text("answer", 200)) if found else None
    if found and answer is None:
        fields.fault("answer", Words("Give the right answer: A, or A C; true or false; a number; or the text."))
    return {**value, "answer": answer} if value else None


def read_key(question: Question, text: str) -> Any:
    """Return a right answer as the race file writes it, None if it does not fit the question. Choices are letters."""
    text = text.strip()
    letters = [ord(letter) - ord("A") for letter in re.sub(r"[\s,，、]", "", text.upper())]
    among = bool(letters) and all(0 <= index < len(question.choices) for index in letters)
    match question.kind:
        case QuestionKind.SINGLE:
            return letters[0] if among and len(letters) == 1 else None
        case QuestionKind.MULTIPLE:
            return sorted(set(letters)) if among else None
        case QuestionKind.ORDER | QuestionKind.MATCH:
            return letters if among and len(letters) == len(question.choices) else None
        case QuestionKind.TRUE_FALSE:
            word = text.lower()
            return True if word in _TRUE else False if word in _FALSE else None
        case QuestionKind.NUMBER:
            number = parse_number(text)
            return {"number": str(number), "tolerance": 0} if number is not None else None
        case QuestionKind.TEXT:
            return [part.strip() for part in re.split(r"[;；|]", text) if part.strip()] or None


def _other(fields: Fields, asking: Asking) -> Any:
    other = _text("other")(fields, asking)
    if other == asking.entry:
        fields.fault("other", Words("Choose another team."))
    return other


def _heads(fields: Fields, asking: Asking) -> Any:
    return {"heads": _number("heads", 0, MOST_HEADS)(fields, asking)}


def _withdraw(fields: Fields, _asking: Asking) -> Any:
    return {"members": None, "safe": fields.ticked("safe")}


OF_ENTRY: Mapping[str, Reading] = {
    "status": _text("status"),
    "penalty_s": _number("seconds", -WEEK_S, WEEK_S),
    "credit_s": _number("seconds", -WEEK_S, WEEK_S),
    "points": _number("points", -1_000_000, 1_000_000),
    "class": _text("class"),
    "start": _at,
    "finish": _at,
    "merge": _other,
    "heads": _heads,
    "withdraw": _withdraw,
    "remove_punch": _text("fact"),
    "undo": _text("fact"),
}
OF_RACE: Mapping[str, Reading] = {
    "waive": _text("checkpoint"),
    "void_question": _question,
    "rekey_question": _new_key,
    "neutralise": _leg,
    "gun": _gun,
    "recall": _recall,
    "postpone": _number("minutes", -WEEK_MIN, WEEK_MIN, 60),
    "stop": _none,
    "resume": _none,
    "close": _none,
    "undo": _text("fact"),
}
# These are records as a marshal makes them, no rulings.
RECORDS = frozenset({"heads", "withdraw"})
# These may have happened a while ago.
DATED = frozenset({"stop", "resume", "close", "recall"})
