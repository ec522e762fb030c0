"""Moodle's XML: https://docs.moodle.org/en/Moodle_XML_format. Weights decide what is right, as in GIFT."""

import re
from collections import ChainMap
from collections.abc import Callable, Sequence
from fractions import Fraction

from base.languages import Words
from base.xml import Element
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
    ordered,
    question_of,
    with_notes,
)
from quizzes.exchange.pictures import Files, decoded, picture_of
from quizzes.exchange.reading import Refused
from quizzes.exchange.shown import Shown, shown
from quizzes.exchange.words import clean
from quizzes.model import NumberAnswer, Question, QuestionKind
from quizzes.rules import parse_number

_GAP = re.compile(r"\[\[(\d+)\]\]")


def read_moodle(root: Element, gathered: Gathered, sheet: str = "", files: Files | None = None) -> None:
    """Gather the questions of a `quiz`; a category becomes the tag of those after it."""
    tags: tuple[str, ...] = ()
    for element in root.all("question"):
        kind = element.attributes.get("type", "")
        if kind == "category":
            path = clean(" ".join(element.value("category", "text").split()))
            tags = tuple(part.strip() for part in path.split("/") if part.strip() and not part.strip().startswith("$"))
            tags = tuple(tag for tag in tags[-1:] if tag != "top")
            continue
        gathered.ask(element.line, sheet, _question, kind, element, tags, files or {})


def _question(kind: str, element: Element, tags: Sequence[str], files: Files) -> tuple[Question, list[Words]]:
    asked = _shown(element.child("questiontext"))
    if kind == "description":
        raise Refused(NO_QUESTION)
    read = _READ.get(kind)
    if read is None:
        raise Refused(Words("Questions of the kind “%(kind)s” are not read from Moodle.", {"kind": kind[:60]}))
    if asked.faults:
        raise Refused(fault_of(asked.faults))
    made = read(element, asked.text)
    text = _GAP.sub("_____", asked.text) if kind in _GAPPED else asked.text
    own = _own_files(element)
    sources = asked.pictures
    if not sources and (old := element.value("image")):
        sources = (old,)
        if base := element.child("image_base64"):
            own[old] = decoded(base.text)
    # A chain: a picture of the zip is unpacked when its question is asked, not for every other one.
    beside: Files = ChainMap(own, files)  # type: ignore[arg-type]  # nobody writes into it
    image, notes = picture_of(sources, beside)
    more = [" ".join(tag.value("text").split()) for tag in element.all("tags", "tag")]
    explained = _shown(element.child("generalfeedback"))
    return question_of(text, made, explanation=explained.text, tags=(*tags, *more), image=image, more=notes)


def _own_files(element: Element) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for file in element.all("questiontext", "file"):
        if file.attributes.get("encoding", "base64") == "base64":
            found[file.attributes.get("name", "")] = decoded(file.text)
    return found


def _shown(element: Element | None) -> Shown:
    """Return a text as it is shown: HTML by default, as Moodle takes it."""
    if element is None:
        return Shown("")
    inner = element.child("text")
    text = inner.text if inner else element.text
    if element.attributes.get("format") in ("plain_text", "markdown"):
        return Shown(clean(text))
    return shown(text)


def _option(element: Element) -> Option:
    text = offered(_shown(element))
    worth = parse_number(element.attributes.get("fraction", "0"))
    if worth is None:
        raise Refused(Words("What its answers are worth is no number."))
    return Option(text, worth / 100)


def _options(element: Element) -> list[Option]:
    return [_option(answer) for answer in element.all("answer")]


def _choice(element: Element, _: str) -> Made:
    return chosen(_options(element), several=element.value("single").casefold() in ("false", "0"))


def _truth(element: Element, _: str) -> Made:
    right = [option.text.casefold() for option in _options(element) if option.worth >= 1]
    if right not in (["true"], ["false"]):
        raise Refused(Words("There is no answer."))
    return Made(QuestionKind.TRUE_FALSE, right == ["true"])


def _short(element: Element, _: str) -> Made:
    return accepted(_options(element))


def _number(element: Element, _: str) -> Made:
    full = []
    part = False
    for answer in element.all("answer"):
        option = _option(answer)
        part = part or 0 < option.worth < 1
        if option.worth >= 1:
            full.append((option.text, answer.value("tolerance") or "0"))
    if len(full) > 1:
        raise Refused(SEVERAL_NUMBERS)
    if not full:
        raise Refused(Words("There is no answer."))
    number, tolerance = map(parse_number, full[0])
    if number is None or tolerance is None or tolerance < 0:
        raise Refused(Words("The answer “%(answer)s” is no number.", {"answer": full[0][0][:60]}))
    made = Made(QuestionKind.NUMBER, NumberAnswer(number, tolerance))
    units = [unit.value("unit_name") for unit in element.all("units", "unit")]
    if units:
        said = {"units": ", ".join(units)[:60]}
        made = with_notes(made, Words("Only the number counts; its unit was left out: %(units)s.", said))
    return with_notes(made, PART) if part else made


def _match(element: Element, _: str) -> Made:
    pairs = []
    for part in element.all("subquestion"):
        left = _option(part)
        pairs.append((left.text, shown(part.value("answer", "text")).text))
    return matched(pairs)


def _order(element: Element, _: str) -> Made:
    return ordered([option.text for option in _options(element)])


def _gap(element: Element, stem: str) -> Made:
    """One gap to be filled from a list is a choice; the number in the gap says which is right."""
    gaps = _GAP.findall(stem)
    if len(gaps) != 1:
        raise Refused(SEVERAL_BLANKS)
    boxes = element.all("selectoption") or element.all("dragbox")
    if not 0 < int(gaps[0]) <= len(boxes):
        raise Refused(Words("There is no answer."))
    right = boxes[int(gaps[0]) - 1]
    group = right.value("group")
    options = [Option(_shown(box).text, Fraction(box is right)) for box in boxes if box.value("group") == group]
    return chosen(options, several=False)


def _free(element: Element, stem: str) -> Made:
    del element, stem
    raise Refused(FREE_TEXT)


def _cloze(element: Element, stem: str) -> Made:
    del element, stem
    raise Refused(Words("It is a text with blanks of many kinds (cloze); please make one question of each."))


_GAPPED = ("gapselect", "ddwtos")
_READ: dict[str, Callable[[Element, str], Made]] = {
    "multichoice": _choice,
    "multichoiceset": _choice,
    "truefalse": _truth,
    "shortanswer": _short,
    "numerical": _number,
    "matching": _match,
    "ddmatch": _match,
    "ordering": _order,
    "gapselect": _gap,
    "ddwtos": _gap,
    "essay": _free,
    "cloze": _cloze,
    "multianswer": _cloze,
}
