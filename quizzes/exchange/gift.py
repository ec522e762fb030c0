"""GIFT, the text format of Moodle: a question with its answers in braces, questions parted by empty lines.

https://docs.moodle.org/en/GIFT_format. Weights decide what is right: what earns nothing or less is wrong, and where
only some answers of a text question earn all, only those are taken. HTML is read as the text that it shows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from base.languages import Words
from quizzes.exchange.made import (
    FREE_TEXT,
    NO_QUESTION,
    PART,
    SEVERAL_BLANKS,
    SEVERAL_NUMBERS,
    Gathered,
    Made,
    Option,
    accepted,
    chosen,
    fault_of,
    matched,
    offered,
    question_of,
)
from quizzes.exchange.pictures import picture_of
from quizzes.exchange.reading import Reading, Refused
from quizzes.exchange.shown import Shown, shown
from quizzes.exchange.words import clean, difficulty_of
from quizzes.model import NumberAnswer, Question, QuestionKind
from quizzes.rules import parse_number

# Escaped signs are set aside in the private use area while the text is cut, and put back after.
_ESCAPED = {sign: chr(0xE000 + place) for place, sign in enumerate("~=#{}:n\\")}
_RESTORED = {there: "\n" if sign == "n" else sign for sign, there in _ESCAPED.items()}
_ASIDE = re.compile(r"\\([~=#{}:n\\])")
_TITLE = re.compile(r"^\s*::(.*?)::", re.DOTALL)
_FORMAT = re.compile(r"^\s*\[(html|moodle|plain|markdown)\]\s*", re.IGNORECASE)
_CATEGORY = re.compile(r"^\s*\$CATEGORY:\s*(.*)$")
# Moodle writes tags into the comment above a question; what else we know of it stands beside them.
_TOLD = re.compile(r"\[(tag|difficulty|source):([^\]]+)\]")
_ITEM = re.compile(r"([=~])\s*(?:%(-?\d+(?:\.\d+)?)%)?([^~=]*)")
_TRUTH = re.compile(r"(T|TRUE|F|FALSE)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Block:
    """A question's text: the line on which it begins, its text, its tags, what its comment tells."""

    line: int
    text: str
    tags: tuple[str, ...]
    told: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Item:
    """One answer: right (=) or not (~), what it is worth of 100 if that is said, its text."""

    right: bool
    worth: Fraction | None
    text: str

    @property
    def earns(self) -> Fraction:
        return Fraction(self.right) if self.worth is None else self.worth / 100


def read_gift(name: str, text: str) -> Reading | None:
    """Return the questions of a GIFT text, or None if it holds no braces with answers or is not called .gift."""
    blocks = list(_blocks(text))
    if not name.lower().endswith(".gift") and not any(
        re.search(r"\{\s*(#|=|~|T\b|TRUE|F\b|FALSE)", block.text) for block in blocks
    ):
        return None
    gathered = Gathered()
    for block in blocks:
        gathered.ask(block.line, "", _question, block)
    return gathered.reading()


def _blocks(text: str) -> Iterator[_Block]:
    """Yield what stands between empty lines; an empty line within braces ends nothing."""
    tags: tuple[str, ...] = ()
    told: list[tuple[str, str]] = []
    lines: list[str] = []
    first = 0
    for number, line in enumerate([*text.splitlines(), ""], 1):
        if line.lstrip().startswith("//"):
            told += [(name, value.strip()) for name, value in _TOLD.findall(line)]
            continue
        if found := _CATEGORY.match(line):
            tags = tuple(part for part in found[1].split("/") if part.strip() and not part.startswith("$"))[-1:]
            continue
        if line.strip():
            first = first or number
            lines.append(line)
            continue
        whole = _ASIDE.sub("", "\n".join(lines))
        if lines and (whole.count("{") <= whole.count("}") or number > len(text.splitlines())):
            own = [value for name, value in told if name == "tag"]
            yield _Block(first, "\n".join(lines), (*tags, *own), dict(told))
            lines, first, told = [], 0, []


def _said(text: str, *, html: bool) -> Shown:
    """Return a text as it is shown: escapes undone, HTML read, lines stripped. An answer may name its own format."""
    if found := _FORMAT.match(text):
        html, text = found[1].lower() == "html", text[found.end() :]
    text = "".join(_RESTORED.get(symbol, symbol) for symbol in text)
    return shown(text) if html else Shown(clean(text))


def _question(block: _Block) -> tuple[Question, list[Words]]:
    text = _ASIDE.sub(lambda found: _ESCAPED[found[1]], block.text)
    text = _TITLE.sub("", text)
    html = False
    if found := _FORMAT.match(text):
        html, text = found[1].lower() == "html", text[found.end() :]
    before, brace, rest = text.partition("{")
    inside, closing, after = rest.rpartition("}")
    if not brace:
        raise Refused(NO_QUESTION)
    if not closing:
        raise Refused(Words("The brace of its answers is not closed."))
    inside, _, general = inside.partition("####")
    # A blank within the sentence is shown as one; what only closes the sentence is no blank.
    gap = " _____ " if re.search(r"\w", after) else ""
    asked = _said(f"{before.rstrip()}{gap}{after.strip() if gap else ''}", html=html)
    if asked.faults:
        raise Refused(fault_of(asked.faults))
    if "{" in inside or "}" in inside:
        raise Refused(SEVERAL_BLANKS)
    made = _answers(inside.strip(), html=html)
    image, notes = picture_of(asked.pictures, {})
    explained = _said(general, html=html).text
    question, said = question_of(asked.text, made, explanation=explained, tags=block.tags, image=image)
    difficulty = difficulty_of(block.told.get("difficulty", ""))
    question = replace(question, difficulty=difficulty, source=block.told.get("source", ""))
    return question, [*said, *notes]


def _answers(inside: str, *, html: bool) -> Made:
    if not inside:
        raise Refused(FREE_TEXT)
    first = inside.partition("#")[0].strip()
    if _TRUTH.fullmatch(first):
        return Made(QuestionKind.TRUE_FALSE, first.upper().startswith("T"))
    if inside.startswith("#"):
        return _numeric(inside[1:])
    if not inside.startswith(("=", "~")):
        if "~" in inside or "=" in inside:
            raise Refused(Words("Each of its answers must begin with = or ~."))
        return accepted([Option(_plain(first, html=html), Fraction(1))])
    items = [
        _Item(found[1] == "=", Fraction(found[2]) if found[2] else None, found[3].partition("#")[0].strip())
        for found in _ITEM.finditer(inside)
    ]
    if all(item.right and "->" in item.text for item in items):
        pairs = [[_plain(part, html=html) for part in item.text.split("->", 1)] for item in items]
        return matched([(left, right) for left, right in pairs])
    options = [Option(_plain(item.text, html=html), item.earns) for item in items]
    if all(item.right for item in items):
        return accepted(options)
    # Where none is marked as the right one, several are to be chosen.
    return chosen(options, several=None if any(item.right for item in items) else True)


def _plain(text: str, *, html: bool) -> str:
    return offered(_said(text, html=html))


def _numeric(inside: str) -> Made:
    items = [found for found in _ITEM.finditer(inside) if found[1] == "="]
    texts = [found[3] for found in items if not found[2] or Fraction(found[2]) == 100] if items else [inside]
    if len(texts) != 1:
        raise Refused(SEVERAL_NUMBERS)
    text = texts[0].partition("#")[0].strip()
    low, dots, high = text.partition("..")
    number, _, tolerance = text.replace(_ESCAPED[":"], ":").partition(":")
    a, b = (parse_number(low), parse_number(high)) if dots else (parse_number(number), parse_number(tolerance or 0))
    if a is None or b is None or (not dots and b < 0) or (dots and b < a):
        raise Refused(Words("The answer “%(answer)s” is no number.", {"answer": text[:60]}))
    answer = NumberAnswer((a + b) / 2, (b - a) / 2) if dots else NumberAnswer(a, b)
    part = any(found[2] and 0 < Fraction(found[2]) < 100 for found in items)
    return Made(QuestionKind.NUMBER, answer, notes=(PART,) if part else ())
