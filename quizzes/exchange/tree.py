"""JSON of questions: our own form, or chapters, sections and questions in whatever nesting other systems use."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from base.faults import Fault
from base.languages import Words
from quizzes.exchange.reading import Raw, Remark, label_of
from quizzes.exchange.words import column_of
from quizzes.forms import read_question
from quizzes.model import Question, QuestionKind

MOST_DEPTH = 20


class Lines:
    """Finds on which line of a JSON text the next question begins, by its own words."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._place = 0
        self._line = 1

    def of(self, words: str) -> int:
        """Return the line of the next place that holds `words`; where it is not found, the line reached so far."""
        for spelled in (json.dumps(words, ensure_ascii=False), json.dumps(words)):
            place = self._text.find(spelled, self._place)
            if place >= 0:
                self._line += self._text.count("\n", self._place, place)
                self._place = place
                break
        return self._line


def own_questions(data: Any, lines: Lines) -> tuple[list[tuple[int, Question]], list[Remark]] | None:
    """Return the questions of a bank in the race file's form, by line, and the refused ones; None if it is none."""
    items = data.get("questions") if isinstance(data, Mapping) else data
    if not isinstance(items, list) or not items or not all(_is_own(item) for item in items):
        return None
    questions: list[tuple[int, Question]] = []
    refused: list[Remark] = []
    for number, item in enumerate(items, 1):
        faults: list[Fault] = []
        text = item.get("text")
        line = lines.of(str(next(iter(text.values()), "")) if isinstance(text, Mapping) else str(text))
        question = read_question(item, "", faults, number)
        refused += [Remark(line, _at(fault)) for fault in faults]
        if not faults:
            questions.append((line, question))
    return questions, refused


def _at(fault: Fault) -> Words:
    if not fault.path:
        return fault.words
    return Words("%(name)s: %(fault)s", {"name": fault.path, "fault": fault.words})


def _is_own(item: Any) -> bool:
    return isinstance(item, Mapping) and item.get("kind") in tuple(QuestionKind) and "text" in item


def raw_questions(data: Any, lines: Lines) -> list[Raw]:
    """Return every object of a tree that holds a question and an answer or options; what is above it are its tags."""
    return list(_walk(data, (), lines, 0))


def _walk(node: Any, tags: tuple[str, ...], lines: Lines, depth: int) -> Iterator[Raw]:
    if depth > MOST_DEPTH:
        return
    if isinstance(node, list):
        for item in node:
            yield from _walk(item, tags, lines, depth + 1)
        return
    if not isinstance(node, Mapping):
        return
    columns = {column: node[key] for key in reversed(list(node)) if (column := column_of(str(key)))}
    if isinstance(columns.get("stem"), str) and ("answer" in columns or "options" in columns):
        yield _raw(columns, tags, lines)
        return
    here = [value for key, value in node.items() if isinstance(value, str) and column_of(str(key)) in ("tag", "kind")]
    for value in node.values():
        yield from _walk(value, (*tags, *here), lines, depth + 1)


def _raw(columns: Mapping[str, Any], tags: tuple[str, ...], lines: Lines) -> Raw:
    options = {
        name.removeprefix("option "): _text(value) for name, value in columns.items() if name.startswith("option ")
    }
    own = columns.get("tag")
    return Raw(
        line=lines.of(columns["stem"]),
        stem=columns["stem"],
        answer=_answer(columns.get("answer")),
        options=options or _options(columns.get("options")),
        kind=_text(columns.get("kind")),
        explanation=_text(columns.get("explanation")),
        tags=(*tags, *(own if isinstance(own, list) else [own] if own else [])),
        difficulty=_text(columns.get("difficulty")),
        source=_text(columns.get("source")),
    )


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "T" if value else "F"
    return str(value) if isinstance(value, str | int | float) else ""


def _answer(value: Any) -> str:
    if isinstance(value, list):
        texts = [_text(item) for item in value]
        return "".join(texts) if all(len(text) == 1 and text.isalpha() for text in texts) else "|".join(texts)
    return _text(value)


def _options(value: Any) -> dict[str, str]:
    """Options as a list of texts, a list of {label, text}, or an object by label."""
    if isinstance(value, Mapping):
        return {str(label).strip().upper(): _text(text) for label, text in value.items()}
    options: dict[str, str] = {}
    for number, item in enumerate(value if isinstance(value, list) else [], 1):
        label, text = label_of(number), item
        if isinstance(item, Mapping):
            words = {str(key).casefold(): part for key, part in item.items()}
            text = next((words[key] for key in ("text", "content", "value", "内容", "name") if key in words), "")
            label = _text(words.get("label", words.get("key", words.get("选项", label)))).strip().upper() or label
        options[label] = _text(text)
    return options
