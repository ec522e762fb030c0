"""QTI 2.1 (and 2.0, 2.2, 3.0 where they are alike): one `assessmentItem` a question.

https://www.imsglobal.org/question/qtiv2p1/imsqti_implv2p1.html. An item of one interaction is read: a choice, an
ordering, a matching, a blank. What it declares as the correct response is right.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from base.languages import Words
from base.xml import Element
from quizzes.exchange.made import (
    FREE_TEXT,
    NO_QUESTION,
    SEVERAL_BLANKS,
    Gathered,
    Made,
    Option,
    accepted,
    chosen,
    fault_of,
    labelled,
    matched,
    question_of,
)
from quizzes.exchange.pictures import Files, picture_of
from quizzes.exchange.reading import Refused
from quizzes.exchange.shown import Shown, html_of, shown
from quizzes.model import NumberAnswer, Question, QuestionKind
from quizzes.rules import parse_number

_INLINE = ("textEntryInteraction", "inlineChoiceInteraction")
_LEFT_OUT = frozenset(
    {"rubricBlock", "feedbackBlock", "feedbackInline", "templateBlock", "templateInline", "modalFeedback"}
)


@dataclass(frozen=True, slots=True)
class _Declared:
    """What an item declares of its response: how many values, of what type, the right ones, and what each is worth."""

    several: bool
    type: str
    right: tuple[str, ...]
    worth: dict[str, Fraction]


def read_new(root: Element, gathered: Gathered, sheet: str = "", files: Files | None = None) -> None:
    """Gather the `assessmentItem` that a file is, or all that it holds."""
    for item in root.descend():
        if item.name not in ("assessmentItem", "qti-assessment-item"):
            continue
        gathered.ask(item.line, sheet, _question, item, files or {}, sheet)


def _question(item: Element, files: Files, sheet: str) -> tuple[Question, list[Words]]:
    _named_as_in_2(item)
    body = item.child("itemBody")
    if body is None:
        raise Refused(NO_QUESTION)
    found = [element for element in body.descend() if element.name.endswith("Interaction")]
    if not found:
        raise Refused(NO_QUESTION)
    if len(found) > 1:
        raise Refused(SEVERAL_BLANKS)
    interaction = found[0]
    read = _READ.get(interaction.name)
    if read is None:
        words = Words("Questions of the kind “%(kind)s” are not read from QTI.", {"kind": interaction.name[:60]})
        raise Refused(words)
    prompt = interaction.child("prompt")
    blank = " _____ " if interaction.name in _INLINE else "\n"
    around = shown(html_of(body, {interaction.name: blank}, _LEFT_OUT))
    within = shown(html_of(prompt, {})) if prompt else Shown("")
    if faults := around.faults | within.faults:
        raise Refused(fault_of(faults))
    text = "\n".join(part for part in (around.text, within.text) if part)
    # A blank that only closes the question is no part of it.
    text = re.sub(r"\s*_____\s*$", "", text) if text.strip("_ \n") else ""
    made = read(interaction, _declared(item, interaction), item)
    image, notes = picture_of((*around.pictures, *within.pictures), files, sheet.rpartition("/")[0])
    feedback = [shown(html_of(element, {})).text for element in item.all("modalFeedback")]
    explanation = feedback[0] if len(feedback) == 1 else ""
    return question_of(text, made, explanation=explanation, image=image, more=notes)


def _named_as_in_2(item: Element) -> None:
    """Version 3 writes `qti-simple-choice` for `simpleChoice`, of its attributes too."""
    if item.name == "assessmentItem":
        return
    for element in item.descend():
        element.name = _camel(element.name.removeprefix("qti-")) if element.name.startswith("qti-") else element.name
        element.attributes = {_camel(name): value for name, value in element.attributes.items()}


def _camel(name: str) -> str:
    first, *rest = name.split("-")
    return first + "".join(part[:1].upper() + part[1:] for part in rest)


def _declared(item: Element, interaction: Element) -> _Declared:
    name = interaction.attributes.get("responseIdentifier", "RESPONSE")
    for declaration in item.all("responseDeclaration"):
        if declaration.attributes.get("identifier") != name:
            continue
        right = tuple(" ".join(value.text.split()) for value in declaration.all("correctResponse", "value"))
        worth: dict[str, Fraction] = {}
        for entry in declaration.all("mapping", "mapEntry"):
            key = " ".join(entry.attributes.get("mapKey", "").split())
            worth[key] = parse_number(entry.attributes.get("mappedValue", "0")) or Fraction(0)
        cardinality = declaration.attributes.get("cardinality", "single")
        return _Declared(
            cardinality in ("multiple", "ordered"), declaration.attributes.get("baseType", ""), right, worth
        )
    raise Refused(Words("There is no answer."))


def _labels(elements: list[Element]) -> dict[str, str]:
    return labelled(
        (element.attributes.get("identifier", ""), shown(html_of(element, {}, _LEFT_OUT))) for element in elements
    )


def _right(declared: _Declared, labels: dict[str, str]) -> tuple[str, ...]:
    """Return the identifiers of what is right, each of which must be there."""
    right = declared.right
    if not right and declared.worth:
        best = max(declared.worth.values())
        earning = tuple(name for name, worth in declared.worth.items() if worth > 0)
        right = earning if declared.several else tuple(name for name in earning if declared.worth[name] == best)
    if not right:
        raise Refused(Words("There is no answer."))
    missing = [name for name in right if name not in labels]
    if missing:
        raise Refused(
            Words("The answer names option %(label)s, which is not there.", {"label": ", ".join(missing)[:60]})
        )
    return right


def _choice(interaction: Element, declared: _Declared, item: Element) -> Made:
    del item
    labels = _labels([element for element in interaction.descend() if element.name in ("simpleChoice", "inlineChoice")])
    right = _right(declared, labels)
    several = declared.several and interaction.attributes.get("maxChoices", "0") != "1"
    options = [Option(text, Fraction(name in right)) for name, text in labels.items()]
    return chosen(options, several=several)


def _order(interaction: Element, declared: _Declared, item: Element) -> Made:
    del item
    labels = _labels(interaction.all("simpleChoice"))
    right = _right(declared, labels)
    if sorted(right) != sorted(labels):
        raise Refused(Words("Its answer does not put all options in order."))
    places = list(labels)
    return Made(QuestionKind.ORDER, tuple(places.index(name) for name in right), tuple(labels.values()))


def _match(interaction: Element, declared: _Declared, item: Element) -> Made:
    del item
    sets = interaction.all("simpleMatchSet")
    if len(sets) != 2:
        raise Refused(Words("A pair of its matches is not whole."))
    left, right = (_labels(one.all("simpleAssociableChoice")) for one in sets)
    answers = [tuple(pair.split()) for pair in declared.right or declared.worth]
    if len(answers) != len(left) or any(len(pair) != 2 for pair in answers):
        raise Refused(Words("A pair of its matches is not whole."))
    paired = {pair[0]: pair[1] for pair in answers}
    if set(paired) != set(left) or not set(paired.values()) <= set(right):
        raise Refused(Words("A pair of its matches is not whole."))
    pairs = [(text, right[paired[name]]) for name, text in left.items()]
    return matched([*pairs, *(("", text) for name, text in right.items() if name not in paired.values())])


def _typed(interaction: Element, declared: _Declared, item: Element) -> Made:
    del interaction
    if not declared.right and not declared.worth:
        raise Refused(FREE_TEXT)
    if declared.type in ("integer", "float"):
        return _number(declared, item)
    best = max([*declared.worth.values(), Fraction(0)])
    answers = [Option(text, worth / best) for text, worth in declared.worth.items() if best > 0]
    known = {option.text for option in answers if option.worth >= 1}
    return accepted([*(Option(text, Fraction(1)) for text in declared.right if text not in known), *answers])


def _number(declared: _Declared, item: Element) -> Made:
    value = declared.right[0] if declared.right else max(declared.worth, key=lambda key: declared.worth[key])
    number = parse_number(value)
    tolerance: Fraction | None = Fraction(0)
    for element in item.descend():
        if element.name == "equal" and element.attributes.get("toleranceMode", "exact") != "exact":
            given = (element.attributes.get("tolerance") or "0").split()
            offs = [parse_number(part) for part in given]
            if element.attributes["toleranceMode"] != "absolute" or len(set(offs)) != 1:
                raise Refused(Words("Its tolerance is not the same above and below."))
            tolerance = offs[0]
    if number is None or tolerance is None or tolerance < 0:
        raise Refused(Words("The answer “%(answer)s” is no number.", {"answer": value[:60]}))
    return Made(QuestionKind.NUMBER, NumberAnswer(number, tolerance))


def _free(interaction: Element, declared: _Declared, item: Element) -> Made:
    del interaction, declared, item
    raise Refused(FREE_TEXT)


_READ: dict[str, Callable[[Element, _Declared, Element], Made]] = {
    "choiceInteraction": _choice,
    "inlineChoiceInteraction": _choice,
    "orderInteraction": _order,
    "matchInteraction": _match,
    "textEntryInteraction": _typed,
    "extendedTextInteraction": _free,
}
