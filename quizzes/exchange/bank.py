"""Puts a file's questions together: copies found, contradictions refused, what was cleaned told."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from base.languages import DEFAULT, Words, say
from quizzes.exchange.judge import judge, name_of
from quizzes.exchange.reading import Raw, Reading, Refused, Remark, Told, to_nobody
from quizzes.model import Answer, Bank, Question
from quizzes.rules import fold

TOLD_EACH = 500
_Placed = tuple[int, str, Question]


def judged(raws: Sequence[Raw], notes: Sequence[Remark] = (), told: Told = to_nobody) -> Reading:
    """Judge each question by itself, then all together. `told` hears how far it is."""
    placed: list[_Placed] = []
    refused: list[Remark] = []
    remarks = list(notes)
    starred = []
    for number, raw in enumerate(raws):
        if number % TOLD_EACH == 0:
            told(number, len(raws))
        try:
            found = judge(raw)
        except Refused as reason:
            refused.append(Remark(raw.line, reason.words, raw.sheet))
            continue
        placed.append((raw.line, raw.sheet, found.question))
        remarks += [Remark(raw.line, words, raw.sheet) for words in found.notes]
        if raw.stem.lstrip().startswith("*"):
            starred.append(raw)
    if starred:
        words = Words("Stars before %(count)s questions were left out.", {"count": len(starred)})
        remarks.append(Remark(starred[0].line, words, starred[0].sheet))
    return together(placed, refused, remarks)


def together(placed: Sequence[_Placed], refused: Sequence[Remark], notes: Sequence[Remark]) -> Reading:
    """Leave out copies, refuse questions that contradict each other, and say where the same text stands twice.

    A copy asks the same, offers the same and has the same right answer, whatever the order of its options. Two that
    ask and offer the same but differ in what is right cannot both be true, and nobody here knows which is: both go.
    """
    groups: dict[tuple[str, frozenset[str]], list[_Placed]] = defaultdict(list)
    asked: dict[int, tuple[str, frozenset[str]]] = {}
    for item in placed:
        asked[id(item)] = _asked(item[2])
        groups[asked[id(item)]].append(item)
    out: set[int] = set()
    refusals, remarks = list(refused), list(notes)
    for group in groups.values():
        if len(group) == 1:
            continue
        if len({_right(item[2]) for item in group}) > 1:
            for item in group:
                others = ", ".join(str(other[0]) for other in group if other is not item)
                words = Words("The same question has another answer in line %(lines)s.", {"lines": others})
                refusals.append(Remark(item[0], words, item[1]))
                out.add(id(item))
            continue
        for item in group[1:]:
            words = Words("A copy of line %(line)s; left out.", {"line": group[0][0]})
            refusals.append(Remark(item[0], words, item[1]))
            out.add(id(item))
    left = [item for item in placed if id(item) not in out]
    remarks += _same_text([(item, asked[id(item)][0]) for item in left])
    kept = _named_apart(left)
    return Reading(
        tuple(item[2] for item in kept),
        tuple(sorted(refusals, key=lambda remark: (remark.sheet, remark.line))),
        tuple(sorted(remarks, key=lambda remark: (remark.sheet, remark.line))),
        tuple((item[1], item[0]) for item in kept),
        tuple(asked[id(item)] for item in left),
    )


def _named_apart(kept: Sequence[_Placed]) -> list[_Placed]:
    """Give each a name of its own: two may ask the same words beside different pictures."""
    taken: set[str] = set()
    apart = []
    for line, sheet, question in kept:
        name = question.id
        while name in taken:
            name += "x"
        taken.add(name)
        apart.append((line, sheet, question if name == question.id else replace(question, id=name)))
    return apart


def beside(reading: Reading, bank: Bank) -> Reading:
    """Leave out of a reading what the bank has already, and refuse what it answers otherwise.

    A question whose id the bank uses for another gets one that follows from what it asks.
    """
    known = {_asked(item): item for item in bank.questions}
    taken = {item.id for item in bank.questions}
    kept: list[Question] = []
    refusals = list(reading.refused)
    for (sheet, line), question, asked in zip(reading.places, reading.questions, reading.asked, strict=True):
        here = known.get(asked)
        if here is not None:
            words = (
                Words("It is in the bank already; left out.")
                if _right(here) == _right(question)
                else Words("The bank has the same question with another answer.")
            )
            refusals.append(Remark(line, words, sheet))
            continue
        name = question.id
        if name in taken:
            name = name_of(question.kind, say(question.text, DEFAULT), question.choices)
            while name in taken:  # the same words with another picture
                name += "x"
        taken.add(name)
        kept.append(replace(question, id=name))
    refusals.sort(key=lambda remark: (remark.sheet, remark.line))
    return Reading(tuple(kept), tuple(refusals), reading.notes)


def _same_text(kept: Sequence[tuple[_Placed, str]]) -> Iterable[Remark]:
    first: dict[str, int] = {}
    for (line, sheet, _), text in kept:
        if text in first:
            words = Words("Asks the same as line %(line)s, with other options.", {"line": first[text]})
            yield Remark(line, words, sheet)
        else:
            first[text] = line


def _said(text: object) -> str:
    """Return the words of a text in all its languages, folded."""
    return "\n".join(fold(part) for part in ([text] if isinstance(text, str) else list(text.values())))  # type: ignore[attr-defined]


def _asked(question: Question) -> tuple[str, frozenset[str]]:
    """Return what is asked and offered. A picture makes it another question, even with the same words."""
    offered = {_said(choice) for choice in (*question.choices, *question.matches)}
    return f"{_said(question.text)}\n{question.image or ''}", frozenset(offered)


def _right(question: Question) -> object:
    """Return what is right in words, so that the order of options does not matter."""
    answer: Answer = question.answer
    if isinstance(answer, bool) or not question.choices:
        return (question.kind, answer)
    if isinstance(answer, int):
        return frozenset({_said(question.choices[answer])})
    if isinstance(answer, tuple) and question.kind == "multiple":
        return frozenset(_said(question.choices[int(index)]) for index in answer)
    return (question.kind, answer)
