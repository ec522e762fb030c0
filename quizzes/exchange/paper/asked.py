"""A question in the making: what a sheet said of it so far, and how it ends as a `Raw`."""

import re
from dataclasses import dataclass, field, replace

from base.languages import Words
from quizzes.exchange.paper.model import Line, Style
from quizzes.exchange.paper.signs import narrow
from quizzes.exchange.reading import Raw, label_of
from quizzes.exchange.words import FILLED, JUDGED, clean, kind_of, truth_of
from quizzes.rules import fold, parse_number

_SHOWN = 24
_OR = re.compile(r"(.+?)\s*[(]\s*(?:或者?|也可(?:写|填|答)?|亦可|or)\s*[:]?\s*(.+?)\s*[)]", re.IGNORECASE)
_OPTION_LIKE = re.compile(r"(?:^|\s)[A-Ga-g]\s?[.、)](?=\s|[^\s\x00-\x7f])", re.MULTILINE)


@dataclass(slots=True)
class Offered:
    """An option: its text, and how each of its signs is marked."""

    text: str
    styles: list[Style]
    tick: str = ""  # the tick or box before its letter
    letter: Style = frozenset()  # how its letter is marked


@dataclass(slots=True)
class Asked:
    """A question as far as it was read. `part` counts the parts of the sheet; `kind` is the word for its kind."""

    line: int
    number: int | None
    part: int
    kind: str
    stem: str = ""
    styles: list[Style] = field(default_factory=list)
    options: list[Offered] = field(default_factory=list)
    boxed: bool = False  # whether boxes stand for the letters of its options
    signed: bool = True  # whether a sign stands behind the letters of its options
    glued: bool = False  # whether a letter of theirs is glued to a figure before it
    answers: list[str] = field(default_factory=list)
    explanation: str = ""
    difficulty: str = ""
    source: str = ""
    tags: list[str] = field(default_factory=list)
    signs: set[str] = field(default_factory=set)
    fault: Words | None = None
    pictures: list[str] = field(default_factory=list)
    asked_in: Line | None = None  # the last line of its text, and where the text ends in it
    asked_until: int = 0

    def ask(self, line: Line, begin: int = 0, end: int | None = None) -> None:
        """Add a piece of a line to the question's text."""
        text = line.text[begin:end]
        self.asked_in, self.asked_until = line, len(line.text) if end is None else end
        if self.stem:
            glue = "" if line.wraps or not re.search(r"[。？！：:.?!]\s*$", self.stem) else "\n"
            if glue == "" and self.stem[-1:].isascii() and text.lstrip()[:1].isascii():
                glue = " "
            text = glue + text.strip()
            self.styles += [frozenset()] * len(glue)
        else:
            text = text.strip()
        self.stem += text
        self.styles += _styles(line, text.strip(), begin)
        self.styles = self.styles[: len(self.stem)] + [frozenset()] * (len(self.stem) - len(self.styles))

    def offer(self, line: Line, text_begin: int, end: int | None) -> None:
        """Add an option: a piece of a line, from behind its letter."""
        text = line.text[text_begin:end].strip().rstrip(";；").rstrip()
        self.options.append(Offered(text, _styles(line, text, text_begin)))

    def go_on(self, line: Line) -> None:
        """Add a line to the last option, as a wrapped line goes on."""
        last = self.options[-1]
        last.text += ("" if not last.text[-1:].isascii() else " ") + line.text.strip()
        last.styles += _styles(line, line.text.strip(), 0)

    @property
    def complete(self) -> bool:
        """Tell whether something stands after the question's text."""
        return bool(self.options or self.answers or self.explanation)

    def cut(self, begin: int, end: int, put: str) -> None:
        """Put something else for a piece of the question's text."""
        self.stem = self.stem[:begin] + put + self.stem[end:]
        self.styles = self.styles[:begin] + [frozenset()] * len(put) + self.styles[end:]

    def say(self, answer: str) -> None:
        """Take an answer, if no other says the same."""
        if all(same(answer, other) is False for other in self.answers):
            self.answers.append(answer)

    def raw(self, title: str) -> Raw:
        """Return the question as the sheet spells it; where it is not sound, with the reason."""
        options = {label_of(place): option.text for place, option in enumerate(self.options, 1)}
        fault = self.fault
        if "formula" in self.signs:
            fault = fault or Words("It holds a formula, which cannot be taken over as text.")
        if "raised" in self.signs or "sign" in self.signs:
            fault = fault or Words("It holds raised, lowered or special signs that cannot be taken over as text.")
        if empty := [label for label, text in options.items() if not text]:
            fault = fault or Words("Option %(label)s is empty.", {"label": ", ".join(empty)})
        if len(self.answers) > 1:
            answers = {"first": self.answers[0][:60], "second": self.answers[1][:60]}
            fault = fault or Words("Two answers are given: “%(first)s” and “%(second)s”.", answers)
        answer = self.answers[0] if self.answers else ""
        if options and re.fullmatch(r"[A-Z](?:[\s,、;.+&和与及/]*[A-Z])*[.]?", narrow(answer).strip()):
            answer = "".join(re.findall("[A-Z]", narrow(answer)))
        elif not options and kind_of(self.kind) != JUDGED:
            answer = _alternatives(answer)
        letters = re.fullmatch(r"[A-H]{1,8}", narrow(answer).strip())
        if not options and not fault and kind_of(self.kind) != JUDGED:
            within = len(_OPTION_LIKE.findall(narrow(self.stem))) > 1
            if within or (letters and kind_of(self.kind) != FILLED):
                fault = Words("Its options could not be told apart. Begin each with A. B. C. on a line of its own.")
        tags = (*self.tags, title) if title and not kind_of(title) else tuple(self.tags)
        raw = Raw(
            self.line, self.stem, answer, options, self.kind, self.explanation, tags, self.difficulty, self.source,
        )  # fmt: skip
        return replace(raw, fault=fault, pictures=tuple(self.pictures))


def _styles(line: Line, text: str, begin: int) -> list[Style]:
    if not line.styles:
        return [frozenset()] * len(text)
    at = line.text.find(text, begin)
    return list(line.styles[at : at + len(text)])


def short(text: str) -> str:
    """Return the beginning of a question, as it is quoted."""
    line = " ".join(clean(text).split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


def same(one: str, other: str) -> bool:
    """Tell whether two ways of writing give the same answer."""
    truth = truth_of(one)
    if truth is not None and truth == truth_of(other):
        return True
    return fold(clean(one)) == fold(clean(other)) and one.strip() != ""


def _alternatives(answer: str) -> str:
    """Return accepted answers between bars, as `judge` takes them: `6（或六）`, `6/六`."""
    plain = narrow(answer).strip()
    if (found := _OR.fullmatch(plain)) and len(found[1]) <= 30:
        return f"{answer.strip()[: found.end(1)].strip()} | {answer.strip()[found.start(2) : found.end(2)].strip()}"
    for by in ("/", "或"):
        parts = [part.strip() for part in answer.split(by)]
        if len(parts) == 2 and all(parts):
            first, second = map(parse_number, parts)
            equal = first is not None and first == second
            if equal or (by == "/" and first is None and second is None):
                return " | ".join(parts)
    return answer
