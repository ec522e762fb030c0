"""QTI 1.2, as Canvas, Blackboard and others export it: https://www.imsglobal.org/question/qtiv1p2/imsqti_asi_bindv1p2.html.

Which answers are right follows from the conditions under which points are given: those that earn most.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from html import escape

from base.languages import Words
from base.xml import Element
from quizzes.exchange.made import (
    FREE_TEXT,
    NO_QUESTION,
    SEVERAL_BLANKS,
    SEVERAL_NUMBERS,
    Gathered,
    Made,
    Option,
    accepted,
    chosen,
    fault_of,
    labelled,
    matched,
    ordered,
    question_of,
)
from quizzes.exchange.pictures import Files, picture_of
from quizzes.exchange.reading import Refused
from quizzes.exchange.shown import Shown, html_of, shown
from quizzes.model import NumberAnswer, Question, QuestionKind
from quizzes.rules import parse_number

_RESPONSES = ("response_lid", "response_str", "response_num", "response_xy", "response_grp")
_FREE = ("essay", "essay_question", "file_upload_question")
_SOUNDS = ("mataudio", "matvideo", "matapplet")


@dataclass(frozen=True, slots=True)
class _Condition:
    """A condition under which points are given: (response, value) that hold, those that do not, and bounds."""

    points: Fraction
    holds: tuple[tuple[str, str], ...]
    not_holds: tuple[tuple[str, str], ...]
    least: str
    most: str
    either: bool


def read_old(root: Element, gathered: Gathered, sheet: str = "", files: Files | None = None) -> None:
    """Gather the items of a `questestinterop`; the section they stand in is their tag."""
    for item, tags in _items(root, ()):
        gathered.ask(item.line, sheet, _question, item, tags, files or {}, sheet)


def _items(node: Element, tags: tuple[str, ...]) -> Iterator[tuple[Element, tuple[str, ...]]]:
    for child in node.children:
        if child.name == "item":
            yield child, tags
        elif child.name in ("assessment", "section", "objectbank"):
            title = " ".join(child.attributes.get("title", "").split())
            own = (title,) if child.name == "section" and title not in ("", "root_section") else tags
            yield from _items(child, own)


def _question(item: Element, tags: tuple[str, ...], files: Files, sheet: str) -> tuple[Question, list[Words]]:
    kind = _kind(item)
    presentation = item.child("presentation")
    if presentation is None or kind == "text_only_question":
        raise Refused(NO_QUESTION)
    if kind in _FREE:
        raise Refused(FREE_TEXT)
    responses = [element for element in presentation.descend() if element.name in _RESPONSES]
    asked = shown("".join(_material(presentation, several=len(responses) > 1)))
    if asked.faults:
        raise Refused(fault_of(asked.faults))
    if not responses:
        raise Refused(NO_QUESTION)
    conditions = _conditions(item)
    if len(responses) > 1:
        made = _matching(responses, conditions)
    elif responses[0].name == "response_lid":
        made = _choice(responses[0], conditions)
    elif responses[0].name in ("response_str", "response_num"):
        made = _typed(responses[0], conditions, kind)
    else:
        raise Refused(Words("Questions of the kind “%(kind)s” are not read from QTI.", {"kind": responses[0].name}))
    image, notes = picture_of(asked.pictures, files, sheet.rpartition("/")[0])
    explained = _explanation(item)
    return question_of(asked.text, made, explanation=explained, tags=tags, image=image, more=notes)


def _kind(item: Element) -> str:
    for field in item.descend():
        if field.name == "qtimetadatafield" and field.value("fieldlabel") == "question_type":
            return field.value("fieldentry")
        if field.name in ("qmd_itemtype", "bbmd_questiontype"):
            return " ".join(field.text.split()).casefold()
    return ""


def _shown(element: Element) -> Shown:
    return shown("".join(_material(element)))


def _material(element: Element, *, several: bool = False) -> Iterator[str]:
    """Yield the HTML of what an element shows. What stands within one of `several` responses is a left side."""
    for child in element.children:
        if child.name in _RESPONSES:
            yield from () if several else _asked_within(child)
        elif child.name in ("mattext", "mat_formattedtext"):
            html = child.attributes.get("texttype", child.attributes.get("type", "")).casefold() in (
                "text/html",
                "html",
            )
            text = child.text if html else _lines(child.text)
            yield f"<div>{html_of(child, {}) if html and child.children else text}</div>"
        elif child.name == "matimage":
            source = child.attributes.get("uri", "")
            if child.text.strip():
                source = f"data:;base64,{''.join(child.text.split())}"
            yield f'<img src="{escape(source)}">'
        elif child.name in _SOUNDS:
            yield "<audio></audio>"
        else:
            yield from _material(child, several=several)


def _asked_within(response: Element) -> Iterator[str]:
    """Yield what stands within a response before its labels."""
    for part in (response, *(child for child in response.children if child.name.startswith("render_"))):
        for child in part.children:
            if child.name in ("material", "flow_mat"):
                yield from _material(child)


def _lines(text: str) -> str:
    return "<br>".join(escape(line) for line in text.strip().split("\n"))


def _conditions(item: Element) -> list[_Condition]:
    found = []
    for condition in item.all("resprocessing", "respcondition"):
        var = condition.child("conditionvar")
        points = Fraction(0)
        for setting in condition.all("setvar"):
            earned = parse_number(" ".join(setting.text.split()))
            if earned is not None and setting.attributes.get("action", "Set").casefold() in ("set", "add"):
                points = max(points, earned)
        if var is None:
            continue
        holds: list[tuple[str, str]] = []
        not_holds: list[tuple[str, str]] = []
        least, most = "", ""
        negated = {id(inner) for element in var.descend() if element.name == "not" for inner in element.descend()}
        for element in var.descend():
            value = " ".join(element.text.split())
            if element.name in ("varequal", "varsubset"):
                (not_holds if id(element) in negated else holds).append(
                    (element.attributes.get("respident", ""), value)
                )
            elif element.name in ("vargte", "vargt"):
                least = value
            elif element.name in ("varlte", "varlt"):
                most = value
        either = any(element.name == "or" for element in var.descend())
        found.append(_Condition(points, tuple(holds), tuple(not_holds), least, most, either))
    best = max((condition.points for condition in found), default=Fraction(0))
    return [condition for condition in found if condition.points > 0 and best > 0]


def _best(conditions: list[_Condition]) -> Fraction:
    return max((condition.points for condition in conditions), default=Fraction(1))


def _labels(response: Element) -> dict[str, str]:
    labels = (label for label in response.descend() if label.name == "response_label")
    return labelled((label.attributes.get("ident", ""), _shown(label)) for label in labels)


def _choice(response: Element, conditions: list[_Condition]) -> Made:
    labels = _labels(response)
    cardinality = response.attributes.get("rcardinality", "Single").casefold()
    if not conditions:
        raise Refused(Words("There is no answer."))
    best = _best(conditions)
    if cardinality == "ordered":
        order = next((tuple(v for _, v in each.holds) for each in conditions if each.points == best), ())
        if sorted(order) != sorted(labels):
            raise Refused(Words("Its answer does not put all options in order."))
        texts = ordered(list(labels.values()))
        return Made(QuestionKind.ORDER, tuple(list(labels).index(name) for name in order), texts.choices)
    several = cardinality == "multiple"
    if several:
        whole = [each for each in conditions if each.points == best and (len(each.holds) > 1 or each.not_holds)]
        right = {value for _, value in whole[0].holds} if whole else {v for each in conditions for _, v in each.holds}
        worth = {name: Fraction(name in right) for name in labels}
    else:
        worth = dict.fromkeys(labels, Fraction(0))
        right = set()
        for each in conditions:
            for _, value in each.holds:
                right.add(value)
                worth[value] = max(worth.get(value, Fraction(0)), each.points / best)
    if not right <= set(labels):
        name = ", ".join(sorted(right - set(labels)))[:60]
        raise Refused(Words("The answer names option %(label)s, which is not there.", {"label": name}))
    return chosen([Option(text, worth[name]) for name, text in labels.items()], several=several)


def _typed(response: Element, conditions: list[_Condition], kind: str) -> Made:
    if not conditions:
        raise Refused(FREE_TEXT)
    best = _best(conditions)
    blanks = [element for element in response.descend() if element.name == "response_label"]
    if len(blanks) > 1:
        raise Refused(SEVERAL_BLANKS)
    full = [each for each in conditions if each.points == best]
    fibtype = next((e.attributes.get("fibtype", "") for e in response.descend() if e.name == "render_fib"), "")
    numeric = "numerical" in kind or response.name == "response_num" or fibtype.casefold() in ("integer", "decimal")
    if numeric or any(each.least and each.most for each in full):
        return _number(full)
    answers = [Option(value, each.points / best) for each in conditions for _, value in each.holds]
    return accepted(answers)


def _number(full: list[_Condition]) -> Made:
    if len(full) != 1:
        raise Refused(SEVERAL_NUMBERS)
    only = full[0]
    if only.least and only.most:
        least, most = parse_number(only.least), parse_number(only.most)
        if least is None or most is None or most < least:
            raise Refused(Words("The answer “%(answer)s” is no number.", {"answer": f"{only.least}–{only.most}"[:60]}))
        return Made(QuestionKind.NUMBER, NumberAnswer((least + most) / 2, (most - least) / 2))
    values = {parse_number(value) for _, value in only.holds}
    if len(values) != 1 or None in values:
        raise Refused(SEVERAL_NUMBERS)
    return Made(QuestionKind.NUMBER, NumberAnswer(next(value for value in values if value is not None)))


def _matching(responses: list[Element], conditions: list[_Condition]) -> Made:
    """Return what Canvas makes of a matching: a response a left side, all with the same right sides."""
    sides = [_labels(response) for response in responses]
    lids = all(response.name == "response_lid" for response in responses)
    if not lids or any(side != sides[0] for side in sides) or not sides[0]:
        raise Refused(SEVERAL_BLANKS)
    right = {name: value for each in conditions for name, value in each.holds}
    pairs = []
    for response in responses:
        left = shown("".join(_asked_within(response))).text
        value = right.get(response.attributes.get("ident", ""), "")
        if not left or value not in sides[0]:
            raise Refused(Words("A pair of its matches is not whole."))
        pairs.append((left, sides[0][value]))
    taken = {text for _, text in pairs}
    return matched([*pairs, *(("", text) for text in sides[0].values() if text not in taken)])


def _explanation(item: Element) -> str:
    for feedback in item.all("itemfeedback"):
        if feedback.attributes.get("ident", "").casefold() in ("general_fb", "general", "solution"):
            return _shown(feedback).text
        if solution := feedback.child("solution"):
            return _shown(solution).text
    return ""
