"""GIFT, the text format of Moodle: a question with its answers in braces, questions parted by empty lines.

https://docs.moodle.org/en/GIFT_format. Weights decide what is right: what earns nothing or less is wrong, and where
only some answers of a text question earn all, only those are taken. HTML is read as the text that it shows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from html.parser import HTMLParser

from base.languages import Text, Words
from quizzes.exchange.bank import together
from quizzes.exchange.judge import name_of
from quizzes.exchange.reading import Reading, Refused, Remark
from quizzes.exchange.words import clean
from quizzes.model import Answer, NumberAnswer, Question, QuestionKind
from quizzes.rules import parse_number

# Escaped signs are set aside in the private use area while the text is cut, and put back after.
_ESCAPED = {sign: chr(0xE000 + place) for place, sign in enumerate("~=#{}:n\\")}
_RESTORED = {there: "\n" if sign == "n" else sign for sign, there in _ESCAPED.items()}
_ASIDE = re.compile(r"\\([~=#{}:n\\])")
_TITLE = re.compile(r"^\s*::(.*?)::", re.DOTALL)
_FORMAT = re.compile(r"^\s*\[(html|moodle|plain|markdown)\]\s*", re.IGNORECASE)
_CATEGORY = re.compile(r"^\s*\$CATEGORY:\s*(.*)$")
_ITEM = re.compile(r"([=~])\s*(?:%(-?\d+(?:\.\d+)?)%)?([^~=]*)")
_TRUTH = re.compile(r"(T|TRUE|F|FALSE)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Block:
    """A question's text: the line on which it begins, its text, and the category it stands under."""

    line: int
    text: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Item:
    """One answer: right (=) or not (~), what it is worth of 100 if that is said, its text."""

    right: bool
    worth: Fraction | None
    text: str

    @property
    def earns(self) -> bool:
        return self.right if self.worth is None else self.worth > 0


def read_gift(name: str, text: str) -> Reading | None:
    """Return the questions of a GIFT text, or None if it holds no braces with answers or is not called .gift."""
    blocks = list(_blocks(text))
    if not name.lower().endswith(".gift") and not any(
        re.search(r"\{\s*(#|=|~|T\b|TRUE|F\b|FALSE)", block.text) for block in blocks
    ):
        return None
    placed: list[tuple[int, str, Question]] = []
    refused: list[Remark] = []
    notes: list[Remark] = []
    for block in blocks:
        try:
            question, remarks = _question(block)
        except Refused as reason:
            refused.append(Remark(block.line, reason.words))
            continue
        placed.append((block.line, "", question))
        notes += [Remark(block.line, words) for words in remarks]
    return together(placed, refused, notes)


def _blocks(text: str) -> Iterator[_Block]:
    """Yield what stands between empty lines; an empty line within braces ends nothing."""
    tags: tuple[str, ...] = ()
    lines: list[str] = []
    first = 0
    for number, line in enumerate([*text.splitlines(), ""], 1):
        if line.lstrip().startswith("//"):
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
            yield _Block(first, "\n".join(lines), tags)
            lines, first = [], 0


class _Shown(HTMLParser):
    """Collects the text that HTML shows; scripts and styles show nothing."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in ("script", "style"):
            self._unseen = 1
        if tag in ("br", "p", "li", "div") and self.parts:
            self.parts.append("\n")


def _said(text: str, *, html: bool) -> str:
    """Return a text as it is shown: escapes undone, HTML read, lines stripped. An answer may name its own format."""
    if found := _FORMAT.match(text):
        html, text = found[1].lower() == "html", text[found.end() :]
    text = "".join(_RESTORED.get(symbol, symbol) for symbol in text)
    if html:
        shown = _Shown()
        shown.feed(text)
        shown.close()
        text = "".join(shown.parts)
    return clean(text)


def _question(block: _Block) -> tuple[Question, list[Words]]:
    text = _ASIDE.sub(lambda found: _ESCAPED[found[1]], block.text)
    text = _TITLE.sub("", text)
    html = False
    if found := _FORMAT.match(text):
        html, text = found[1].lower() == "html", text[found.end() :]
    before, brace, rest = text.partition("{")
    inside, closing, after = rest.rpartition("}")
    if not brace:
        raise Refused(Words("This is a text without a question."))
    if not closing:
        raise Refused(Words("The brace of its answers is not closed."))
    inside, _, general = inside.partition("####")
    # A blank within the sentence is shown as one; what only closes the sentence is no blank.
    gap = " _____ " if re.search(r"\w", after) else ""
    stem = _said(f"{before.rstrip()}{gap}{after.strip() if gap else ''}", html=html)
    if not stem:
        raise Refused(Words("The question has no text."))
    kind, choices, matches, answer, notes = _answers(inside.strip(), html=html)
    question = Question(
        id=name_of(kind, stem, (*choices, *matches)),
        kind=kind,
        text=stem,
        answer=answer,
        choices=choices,
        matches=matches,
        explanation=_said(general, html=html),
        tags=tuple(clean(tag)[:64] for tag in block.tags),
    )
    return question, notes


_Found = tuple[QuestionKind, tuple[Text, ...], tuple[Text, ...], Answer, list[Words]]


def _answers(inside: str, *, html: bool) -> _Found:
    if not inside:
        raise Refused(Words("It asks for free text, which no machine can mark."))
    first = inside.partition("#")[0].strip()
    if _TRUTH.fullmatch(first):
        return QuestionKind.TRUE_FALSE, (), (), first.upper().startswith("T"), []
    if inside.startswith("#"):
        return _numeric(inside[1:])
    if not inside.startswith(("=", "~")):
        return QuestionKind.TEXT, (), (), (_short(_said(first, html=html)),), []
    items = [
        _Item(found[1] == "=", Fraction(found[2]) if found[2] else None, found[3].partition("#")[0].strip())
        for found in _ITEM.finditer(inside)
    ]
    if all(item.right and "->" in item.text for item in items):
        return _match(items, html=html)
    if all(item.right for item in items):
        full = [item for item in items if item.worth is None or item.worth == 100]
        if not full:
            raise Refused(Words("There is no answer."))
        notes = [Words("Answers that earn only a part do not count as right.")] if len(full) < len(items) else []
        return QuestionKind.TEXT, (), (), tuple(_short(_said(item.text, html=html)) for item in full), notes
    return _choice(items, html=html)


def _short(text: str) -> str:
    if not text:
        raise Refused(Words("There is no answer."))
    if len(text) > 200:
        raise Refused(Words("The answer is longer than %(longest)s characters.", {"longest": 200}))
    return text


def _choice(items: list[_Item], *, html: bool) -> _Found:
    choices = tuple(_said(item.text, html=html) for item in items)
    # One that is wholly right goes before those that earn a part; where there is none, those together are right.
    full = tuple(place for place, item in enumerate(items) if item.right and item.worth in (None, 100))
    right = full or tuple(place for place, item in enumerate(items) if item.earns)
    if "" in choices or len(choices) < 2:
        raise Refused(Words("There is only one option.") if len(choices) < 2 else Words("One of its options is empty."))
    if not right:
        raise Refused(Words("There is no answer."))
    part = any(item.worth is not None and 0 < item.worth < 100 for item in items)
    notes = [Words("Answers that earn only a part do not count as right.")] if full and part else []
    if len(right) == 1:
        return QuestionKind.SINGLE, choices, (), right[0], notes
    return QuestionKind.MULTIPLE, choices, (), right, notes


def _match(items: list[_Item], *, html: bool) -> _Found:
    pairs = [[_said(part, html=html) for part in item.text.split("->", 1)] for item in items]
    # A right side without a left one is only there to mislead.
    matches = tuple(dict.fromkeys(right for _, right in pairs))
    asked = [(left, right) for left, right in pairs if left]
    if len(asked) < 2 or "" in matches:
        raise Refused(Words("A pair of its matches is not whole."))
    answer = tuple(matches.index(right) for _, right in asked)
    return QuestionKind.MATCH, tuple(left for left, _ in asked), matches, answer, []


def _numeric(inside: str) -> _Found:
    items = [found for found in _ITEM.finditer(inside) if found[1] == "="]
    texts = [found[3] for found in items if not found[2] or Fraction(found[2]) == 100] if items else [inside]
    if len(texts) != 1:
        raise Refused(Words("It accepts several numbers; please give one with its tolerance."))
    text = texts[0].partition("#")[0].strip()
    low, dots, high = text.partition("..")
    number, _, tolerance = text.partition(":")
    a, b = (parse_number(low), parse_number(high)) if dots else (parse_number(number), parse_number(tolerance or 0))
    if a is None or b is None or (not dots and b < 0) or (dots and b < a):
        raise Refused(Words("The answer “%(answer)s” is no number.", {"answer": text[:60]}))
    answer = NumberAnswer((a + b) / 2, (b - a) / 2) if dots else NumberAnswer(a, b)
    notes = [Words("Answers that earn only a part do not count as right.")] if len(items) > 1 else []
    return QuestionKind.NUMBER, (), (), answer, notes
