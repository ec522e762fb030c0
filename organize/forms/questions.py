"""The page of one question: fields ↔ the race file's question. The kinds that are made here are those it can show."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from base.languages import Text, Words, say
from organize.forms.fields import Fields, in_language
from quizzes.forms import MOST_ACCEPTED, MOST_CHOICES
from quizzes.model import QuestionKind
from quizzes.rules import parse_number

LONGEST_TEXT = 2000
LONGEST_CHOICE = 500
LONGEST_TAG = 64
MOST_TAGS = 50
# Rows for choices that a new question begins with, and how many more than it has an old one shows.
ROWS, SPARE = 4, 2

CHOSEN = (QuestionKind.SINGLE, QuestionKind.MULTIPLE)
EDITED = (*CHOSEN, QuestionKind.TRUE_FALSE, QuestionKind.TEXT, QuestionKind.NUMBER)

Item = dict[str, Any]


def read_question_fields(
    fields: Fields, kind: QuestionKind, before: Mapping[str, Any], media: Mapping[str, str] | None = None
) -> Item:
    """Return the question with the fields of its page laid over `before`. Faults gather in `fields`.

    `media` holds the addresses of what was sent with the form, as `image` and `sound`.
    """
    question = deepcopy(dict(before)) | {"kind": kind.value}
    question["text"] = fields.texts("text", before.get("text", ""), LONGEST_TEXT)
    if not question["text"]:
        fields.fault("text", Words("The question has no text."))
    question |= _READ[kind](fields, before)
    question["explanation"] = fields.texts("explanation", before.get("explanation", ""), LONGEST_TEXT)
    question |= _read_media(fields, before, media)
    question["tags"] = _read_tags(fields)
    question["difficulty"] = fields.number("difficulty", 1, 10)
    question["source"] = fields.text("source", LONGEST_TEXT)
    return {name: value for name, value in question.items() if value not in ("", None, [])}


def _read_media(fields: Fields, before: Mapping[str, Any], media: Mapping[str, str] | None) -> Item:
    """Return picture and sound: what was sent, else what stood there, unless it is to go."""
    read: Item = {}
    for name in ("image", "sound"):
        stood = "" if fields.ticked(f"without_{name}") else before.get(name)
        read[name] = (media or {}).get(name) or stood
    alt = fields.texts("image_alt", before.get("image_alt", ""), LONGEST_CHOICE)
    return {**read, "image_alt": alt if read["image"] else ""}


def _read_choices(fields: Fields, before: Mapping[str, Any]) -> Item:
    stood = before.get("choices", [])
    right = {row for row in range(MOST_CHOICES) if fields.ticked(f"right_{row}")} | {_chosen(fields)}
    choices: list[Text] = []
    answer = []
    for row in range(MOST_CHOICES):
        choice = fields.texts(f"choice_{row}", stood[row] if row < len(stood) else "", LONGEST_CHOICE)
        if choice:
            answer += [len(choices)] if row in right else []
            choices.append(choice)
        elif row in right:
            fields.fault(f"choice_{row}", Words("This is marked right, but it is empty."))
    if len(choices) < 2:
        fields.fault("choice_0", Words("At least %(number)s choices are needed.", {"number": 2}))
    if not answer:
        fields.fault("answer", Words("Mark what is right."))
    return {"choices": choices, "answer": answer}


def _chosen(fields: Fields) -> int | None:
    text = fields.text("right", 3)
    return int(text) if text.isdecimal() else None


def _read_single(fields: Fields, before: Mapping[str, Any]) -> Item:
    read = _read_choices(fields, before)
    return {**read, "answer": next(iter(read["answer"]), 0)}


def _read_truth(fields: Fields, _: Mapping[str, Any]) -> Item:
    said = fields.text("answer", 5)
    if said not in ("true", "false"):
        fields.fault("answer", Words("Mark what is right."))
    return {"answer": said == "true"}


def _read_accepted(fields: Fields, _: Mapping[str, Any]) -> Item:
    accepted = [line.strip() for line in fields.text("answer", 5000).split("\n") if line.strip()]
    if not accepted or len(accepted) > MOST_ACCEPTED or any(len(text) > 200 for text in accepted):
        fields.fault("answer", Words("The answer must list the accepted texts, each of at most 200 characters."))
    return {"answer": accepted}


def _read_number(fields: Fields, _: Mapping[str, Any]) -> Item:
    answer: Item = {}
    for name, empty in (("number", ""), ("tolerance", "0")):
        text = fields.text(name, 40) or empty
        number = parse_number(text)
        if number is None or (name == "tolerance" and number < 0):
            fields.fault(name, Words("This must be a number, as 12, 12.5 or 1/3."))
        answer[name] = text
    return {"answer": answer}


_READ = {
    QuestionKind.SINGLE: _read_single,
    QuestionKind.MULTIPLE: _read_choices,
    QuestionKind.TRUE_FALSE: _read_truth,
    QuestionKind.TEXT: _read_accepted,
    QuestionKind.NUMBER: _read_number,
}


def _read_tags(fields: Fields) -> list[str]:
    text = fields.text("tags", LONGEST_TEXT).replace("，", ",").replace("、", ",")
    tags = list(dict.fromkeys(tag.strip() for tag in text.split(",") if tag.strip()))
    if len(tags) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in tags):
        numbers = {"most": MOST_TAGS, "longest": LONGEST_TAG}
        fields.fault("tags", Words("At most %(most)s, each of at most %(longest)s characters.", numbers))
    return tags


def show_question(question: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the page's fields show of a race file's question of a kind that is edited here."""
    shown: dict[str, Any] = {
        **_both("text", question.get("text", "")),
        **_both("explanation", question.get("explanation", "")),
        **_both("image_alt", question.get("image_alt", "")),
        "tags": ", ".join(question.get("tags", [])),
        "difficulty": question.get("difficulty", ""),
        "source": question.get("source", ""),
    }
    answer = question.get("answer")
    for row, choice in enumerate(question.get("choices", [])):
        shown |= _both(f"choice_{row}", choice)
    match question.get("kind"):
        case QuestionKind.SINGLE:
            shown["right"] = "" if answer is None else str(answer)
        case QuestionKind.MULTIPLE:
            shown |= {f"right_{row}": "1" for row in answer or ()}
        case QuestionKind.TRUE_FALSE:
            shown["answer"] = {True: "true", False: "false"}.get(answer, "") if isinstance(answer, bool) else ""
        case QuestionKind.TEXT:
            shown["answer"] = answer if isinstance(answer, str) else "\n".join(answer or ())
        case QuestionKind.NUMBER:
            given = answer if isinstance(answer, Mapping) else {"number": answer}
            shown |= {"number": _plain(given.get("number")), "tolerance": _plain(given.get("tolerance"))}
    return shown


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _both(name: str, text: Text) -> dict[str, str]:
    return {name: in_language(text, "zh"), f"{name}_en": in_language(text, "en")}


def found(questions: list[Item], wanted: str) -> list[Item]:
    """Return the questions in whose words, choices or tags all of the words looked for stand."""
    parts = wanted.casefold().split()
    return [item for item in questions if all(part in _all_words(item) for part in parts)] if parts else questions


def _all_words(item: Mapping[str, Any]) -> str:
    texts = [item.get("text", ""), *item.get("choices", []), *item.get("matches", []), *item.get("tags", [])]
    return "\n".join(say(text, language) for text in texts for language in ("zh", "en")).casefold()
