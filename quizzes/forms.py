"""Banks and quizzes: race-file JSON to model and back."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from base.faults import Fault
from base.forms import Reader, unique
from base.languages import Text, Words
from quizzes.model import (
    DEFAULT_ON_FAIL,
    Answer,
    Bank,
    NumberAnswer,
    Question,
    QuestionKind,
    Quiz,
    Step,
    StepKind,
)
from quizzes.rules import parse_number

MOST_QUESTIONS = 200_000
MOST_CHOICES = 26
MOST_ACCEPTED = 100
MOST_DRAWN = 200
LONGEST_SOUND = 400_000
SOUNDS = tuple(f"data:audio/{kind};base64," for kind in ("mpeg", "mp4", "ogg", "wav"))
# A picture within its question, as import keeps it.
LONGEST_IMAGE = 200_000
PICTURES = tuple(f"data:image/{kind};base64," for kind in ("png", "jpeg", "gif", "webp"))
SPEEDS = ("flat", "linear", "half")
DAY_S = 86_400
STANDARD = Quiz("", "")


def read_bank(data: Any, path: str) -> tuple[Bank, list[Fault]]:
    """Read one bank. A question without an id is called by its number, from 1."""
    faults: list[Fault] = []
    reader = Reader(data, path, faults)
    reader.needed("id")
    bank_id = reader.string("id", longest=64)
    name = reader.text("name")
    items = list(reader.items("questions", most=MOST_QUESTIONS))
    questions = [(place, read_question(item, place, faults, number)) for number, (place, item) in enumerate(items, 1)]
    unique([(place, question.id) for place, question in questions], faults)
    reader.close()
    return Bank(bank_id, tuple(question for _, question in questions), name), faults


def read_question(data: Any, path: str, faults: list[Fault], number: int = 1) -> Question:
    """Read one question; `number` is its id where it has none."""
    reader = Reader(data, path, faults)
    reader.needed("kind")
    reader.needed("text")
    reader.needed("answer")
    kind = QuestionKind(reader.choice("kind", QuestionKind, QuestionKind.SINGLE))
    choices = _texts(reader, "choices")
    matches = _texts(reader, "matches")
    question = Question(
        id=reader.string("id", longest=64) or str(number),
        kind=kind,
        text=reader.text("text"),
        answer=_READ[kind](reader, choices, matches) if "answer" in reader else (),
        choices=choices,
        matches=matches,
        explanation=reader.text("explanation"),
        image=_image(reader),
        image_alt=reader.text("image_alt"),
        sound=_sound(reader),
        tags=tuple(tag for place, item in reader.items("tags", most=50) if (tag := _tag(item, place, faults))),
        difficulty=reader.optional_integer("difficulty", least=1, most=10),
        source=reader.string("source"),
    )
    reader.close()
    return question


def _texts(reader: Reader, key: str) -> tuple[Text, ...]:
    texts = []
    for number, (_, item) in enumerate(reader.items(key, most=MOST_CHOICES)):
        one = Reader({str(number): item}, reader.place(key), reader.faults)
        one.needed(str(number))
        texts.append(one.text(str(number)))
    return tuple(texts)


def _tag(item: Any, path: str, faults: list[Fault]) -> str:
    return Reader({"tag": item}, path, faults).string("tag", longest=64)


def _image(reader: Reader) -> str | None:
    image = reader.string("image", longest=LONGEST_IMAGE)
    if image.startswith("data:") and not image.startswith(PICTURES):
        reader.fault("image", Words("A picture must be a PNG, JPEG, GIF or WebP."))
        return None
    if image.startswith("//") or "://" in image or image.lower().startswith(("javascript:", "vbscript:")):
        reader.fault("image", Words("A picture must be a file of the race, not an address elsewhere."))
        return None
    return image or None


def _sound(reader: Reader) -> str | None:
    """Read a sound kept within its question: a bird's call is some 100 KB."""
    sound = reader.string("sound", longest=LONGEST_SOUND)
    if sound and not sound.startswith(SOUNDS):
        reader.fault("sound", Words("A sound must stand within the question, as data:audio/mpeg;base64,…"))
        return None
    return sound or None


def _is_index(value: Any, number: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < number


def _enough(reader: Reader, choices: tuple[Text, ...], least: int = 2) -> bool:
    if len(choices) < least:
        reader.fault("choices", Words("At least %(number)s choices are needed.", {"number": least}))
    return len(choices) >= least


def _read_single(reader: Reader, choices: tuple[Text, ...], _: tuple[Text, ...]) -> Answer:
    value = reader.take("answer")
    if _enough(reader, choices) and not _is_index(value, len(choices)):
        words = Words("The answer must be the number of a choice, from 0 to %(last)s.", {"last": len(choices) - 1})
        reader.fault("answer", words)
    return value if _is_index(value, MOST_CHOICES) else 0


def _read_multiple(reader: Reader, choices: tuple[Text, ...], _: tuple[Text, ...]) -> Answer:
    value = reader.take("answer")
    if not _enough(reader, choices):
        return ()
    whole = isinstance(value, list) and value and all(_is_index(item, len(choices)) for item in value)
    if not whole or len(set(value)) != len(value):
        words = Words("The answer must list numbers of choices, from 0 to %(last)s.", {"last": len(choices) - 1})
        reader.fault("answer", words)
        return ()
    return tuple(value)


def _read_truth(reader: Reader, choices: tuple[Text, ...], _: tuple[Text, ...]) -> Answer:
    if choices:
        reader.fault("choices", Words("A true-or-false question has no choices of its own."))
    return reader.truth("answer")


def _read_accepted(reader: Reader, choices: tuple[Text, ...], _: tuple[Text, ...]) -> Answer:
    if choices:
        reader.fault("choices", Words("A question that is answered in words has no choices."))
    value = reader.take("answer")
    texts = [value] if isinstance(value, str) else value
    whole = isinstance(texts, list) and 0 < len(texts) <= MOST_ACCEPTED
    if not whole or not all(isinstance(text, str) and text.strip() and len(text) <= 200 for text in texts):
        reader.fault("answer", Words("The answer must list the accepted texts, each of at most 200 characters."))
        return ()
    return tuple(text.strip() for text in texts)


def _read_number(reader: Reader, choices: tuple[Text, ...], _: tuple[Text, ...]) -> Answer:
    if choices:
        reader.fault("choices", Words("A question that is answered with a number has no choices."))
    value = reader.take("answer")
    answer = Reader(value if isinstance(value, Mapping) else {"number": value}, reader.place("answer"), reader.faults)
    answer.needed("number")
    number = parse_number(answer.take("number"))
    tolerance = parse_number(answer.take("tolerance")) if "tolerance" in answer else Fraction(0)
    if number is None and "number" in answer:
        answer.fault("number", Words("This must be a number, as 12, 12.5 or 1/3."))
    if tolerance is None or tolerance < 0:
        answer.fault("tolerance", Words("This must be a number, as 12, 12.5 or 1/3."))
    answer.close()
    return NumberAnswer(number or Fraction(0), tolerance or Fraction(0))


def _read_order(reader: Reader, choices: tuple[Text, ...], _: tuple[Text, ...]) -> Answer:
    value = reader.take("answer")
    if not _enough(reader, choices):
        return ()
    whole = isinstance(value, list) and all(_is_index(item, len(choices)) for item in value)
    if not whole or sorted(value) != list(range(len(choices))):
        reader.fault("answer", Words("The answer must list the numbers of all choices in their right order."))
        return ()
    return tuple(value)


def _read_match(reader: Reader, choices: tuple[Text, ...], matches: tuple[Text, ...]) -> Answer:
    value = reader.take("answer")
    if not _enough(reader, choices):
        return ()
    if not matches:
        reader.fault("matches", Words("What the choices are matched with is missing."))
        return ()
    whole = isinstance(value, list) and len(value) == len(choices)
    if not whole or not all(_is_index(item, len(matches)) for item in value):
        reader.fault("answer", Words("The answer must give for each choice the number of its match, from 0."))
        return ()
    return tuple(value)


_READ: dict[QuestionKind, Callable[[Reader, tuple[Text, ...], tuple[Text, ...]], Answer]] = {
    QuestionKind.SINGLE: _read_single,
    QuestionKind.MULTIPLE: _read_multiple,
    QuestionKind.TRUE_FALSE: _read_truth,
    QuestionKind.TEXT: _read_accepted,
    QuestionKind.NUMBER: _read_number,
    QuestionKind.ORDER: _read_order,
    QuestionKind.MATCH: _read_match,
}


def read_quiz(data: Any, path: str) -> tuple[Quiz, list[Fault]]:
    """Read one quiz gate. `limit_s` null means no limit; left out it is 60 s, as the model says."""
    faults: list[Fault] = []
    reader = Reader(data, path, faults)
    reader.needed("id")
    reader.needed("bank")
    given = data if isinstance(data, Mapping) else {}
    draw = reader.integer("draw", STANDARD.draw, least=1, most=MOST_DRAWN)
    need = reader.integer("need", min(STANDARD.need, draw), least=0, most=MOST_DRAWN)
    if need > draw:
        reader.fault("need", Words("More right answers are needed than questions are drawn."))
    limit = reader.optional_integer("limit_s", least=1, most=DAY_S)
    quiz = Quiz(
        id=reader.string("id", longest=64),
        bank=reader.string("bank", longest=64),
        draw=draw,
        need=need,
        limit_s=limit if "limit_s" in given else STANDARD.limit_s,
        speed=reader.choice("speed", SPEEDS, STANDARD.speed),
        on_fail=_steps(reader) if "on_fail" in reader else DEFAULT_ON_FAIL,
    )
    reader.take("on_fail")
    if quiz.speed != "flat" and quiz.limit_s is None:
        reader.fault("speed", Words("Points by speed need a time limit."))
    reader.close()
    return quiz, faults


def _steps(reader: Reader) -> tuple[Step, ...]:
    return tuple(_step(item, place, reader.faults) for place, item in reader.items("on_fail", most=20))


def _step(data: Any, path: str, faults: list[Fault]) -> Step:
    reader = Reader(data, path, faults)
    names = [kind for kind in StepKind if kind in reader]
    if len(names) != 1:
        kinds = ", ".join(StepKind)
        reader.fault("", Words("This must hold exactly one of: %(words)s.", {"words": kinds}))
    kind = names[0] if names else StepKind.COOL_DOWN_S
    value = Fraction(0)
    if kind in (StepKind.COOL_DOWN_S, StepKind.PENALTY_S):
        value = Fraction(reader.integer(kind, 0, most=DAY_S))
    elif kind is StepKind.POINTS_FACTOR:
        factor = parse_number(reader.take(kind))
        if factor is None or not 0 <= factor <= 1:
            reader.fault(kind, Words("This must be a share from 0 to 1, as 0.5 or 1/2."))
        value = factor or value
    elif reader.take(kind) is not True:
        reader.fault(kind, Words("This must be true."))
    for other in names[1:]:
        reader.take(other)
    reader.close()
    return Step(kind, value)


def bank_to_json(bank: Bank) -> dict[str, Any]:
    """Return the race file's form of a bank."""
    data: dict[str, Any] = {"id": bank.id}
    if bank.name:
        data["name"] = bank.name
    return data | {"questions": [question_to_json(question) for question in bank.questions]}


def question_to_json(question: Question) -> dict[str, Any]:
    """Return the race file's form of a question, without what is empty."""
    data: dict[str, Any] = {"id": question.id, "kind": question.kind.value, "text": question.text}
    if question.choices:
        data["choices"] = list(question.choices)
    if question.matches:
        data["matches"] = list(question.matches)
    data["answer"] = _answer_to_json(question.answer)
    for name in ("explanation", "image", "image_alt", "sound", "source"):
        if value := getattr(question, name):
            data[name] = value
    if question.tags:
        data["tags"] = list(question.tags)
    if question.difficulty is not None:
        data["difficulty"] = question.difficulty
    return data


def _answer_to_json(answer: Answer) -> Any:
    if isinstance(answer, NumberAnswer):
        return {"number": exact_number(answer.number), "tolerance": exact_number(answer.tolerance)}
    return list(answer) if isinstance(answer, tuple) else answer


def exact_number(number: Fraction) -> int | float | str:
    """Return a JSON number that reads back as the same, else the fraction as a text."""
    if number.denominator == 1:
        return number.numerator
    return float(number) if Fraction(repr(float(number))) == number else str(number)


def quiz_to_json(quiz: Quiz) -> dict[str, Any]:
    """Return the race file's form of a quiz."""
    return {
        "id": quiz.id,
        "bank": quiz.bank,
        "draw": quiz.draw,
        "need": quiz.need,
        "limit_s": quiz.limit_s,
        "speed": quiz.speed,
        "on_fail": [{step.kind.value: _step_value(step)} for step in quiz.on_fail],
    }


def _step_value(step: Step) -> Any:
    return True if step.kind is StepKind.LOST else exact_number(step.value)
