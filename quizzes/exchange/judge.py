"""From a question as a file spells it to a question that can be marked, or the reason why not. Nothing is invented."""

import re
import unicodedata
from dataclasses import dataclass

from base import canonical
from base.languages import Text, Words
from quizzes.exchange.cells import LABELLED, Cell, take_apart, without_answer
from quizzes.exchange.pairs import matching, pairs_in
from quizzes.exchange.reading import Raw, Refused, label_of
from quizzes.exchange.words import (
    CHOICE,
    FILLED,
    JUDGED,
    MATCHED,
    MULTIPLE,
    NUMERIC,
    ORDERED,
    OTHER,
    SINGLE,
    WRITTEN,
    clean,
    clean_stem,
    difficulty_of,
    kind_of,
    ticked,
    truth_of,
)
from quizzes.model import Answer, NumberAnswer, Question, QuestionKind
from quizzes.rules import fold, parse_number

LONGEST_STEM = 2000
LONGEST_OPTION = 500
# An answer in words can only be marked if a team may write it just so.
LONGEST_ANSWER = 30
MOST_CHOICES = 26

_LETTERS = re.compile(r"[A-Z](?:[\s,，、;；/|&和+.]*[A-Z])*")
# A letter with what stands beside it said once more: `B（太湖）`, `B 太湖`.
_WITH_TEXT = re.compile(r"([A-Z])\s*(?:[(（](.+)[)）]|\s(.+))", re.DOTALL)
# 选B, B项, 选项B
_CHOSEN = re.compile(r"(?:(?:故|应|本题)?选项?\s*[:：]?\s*)?([A-Z](?:[\s,，、]*[A-Z])*)\s*选?项?")
_CIRCLED = re.compile("[①-⑳]")
_NUMBERS = re.compile(r"\d{1,2}(?:\s*[,，、;；|]\s*\d{1,2})*")
_BLANK = re.compile(r"_{2,}|[(（]\s*[)）]|﹍+|＿+")
# Options that say no more than true and false. Yes and no are kept as they are: that is how the question is worded.
TRUTHS = ({"对", "错"}, {"正确", "错误"}, {"√", "×"}, {"true", "false"})
_FIRST_BLANK = re.compile(r"^(?:第?\s*[一1]\s*空|[(（]\s*1\s*[)）])\s*[:：、.]?\s*")
_SECOND_BLANK = re.compile(r"第\s*[二2]\s*空|[(（]\s*2\s*[)）]")


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with what was noticed on the way."""

    question: Question
    notes: tuple[Words, ...]


def judge(raw: Raw) -> Judged:
    """Return the question that a row holds.

    Raises:
        Refused: it is not whole, contradicts itself, or cannot be marked by a machine; with the reason.

    """
    _check_source(raw)
    stem, left_of_stem = clean_stem(raw.stem)
    if not stem:
        raise Refused(Words("The question has no text."))
    if len(stem) > LONGEST_STEM:
        raise Refused(Words("The question is longer than %(longest)s characters.", {"longest": LONGEST_STEM}))
    options = {label: clean(text) for label, text in raw.options.items() if clean(text)}
    options = _without_labels(options)
    _check_options(options)
    cell = take_apart(raw.answer, options)
    if not cell.answer:
        raise Refused(Words("There is no answer."))
    kind, choices, matches, answer = _asked_for(raw, stem, options, cell)
    stem, shown = without_answer(stem, cell.answer)
    notes = []
    if left_of_stem.strip("*"):
        notes.append(Words("Left out after the question: %(text)s", {"text": _short(left_of_stem)}))
    if cell.left_out:
        notes.append(Words("Left out after the answer: %(text)s", {"text": _short(cell.left_out)}))
    if shown:
        notes.append(Words("The answer stood in the question's brackets and was taken out of them."))
    if kind is QuestionKind.MULTIPLE and isinstance(answer, tuple) and len(answer) == 1:
        notes.append(Words("Several may be right here, but only one is."))
    if kind is QuestionKind.SINGLE and len(set(map(fold, choices))) < len(choices):
        notes.append(Words("Two of its options read the same."))
    explanation = clean(raw.explanation) or cell.explanation
    if len(explanation) > LONGEST_STEM:
        explanation = ""
        notes.append(Words("Its explanation is too long and was left out."))
    difficulty = difficulty_of(raw.difficulty)
    if raw.difficulty.strip() and difficulty is None:
        odd = {"text": _short(raw.difficulty)}
        notes.append(Words("Its difficulty “%(text)s” is not understood and was left out.", odd))
    question = Question(
        id=name_of(kind, stem, (*choices, *matches)),
        kind=kind,
        text=stem,
        answer=answer,
        choices=choices,
        matches=matches,
        explanation=explanation,
        image=raw.image,
        tags=tuple(dict.fromkeys(tag for text in raw.tags if (tag := clean(text)[:64]))),
        difficulty=difficulty,
        source=clean(raw.source)[:LONGEST_STEM],
    )
    return Judged(question, tuple(notes))


def _check_source(raw: Raw) -> None:
    if raw.fault:
        raise Refused(raw.fault)
    if raw.lost:
        raise Refused(Words("A formula here has no stored result. Open the file, save it and try again."))


def name_of(kind: QuestionKind, stem: str, choices: tuple[Text, ...]) -> str:
    """Return a question's id: it follows from what is asked, not from the answer, so a corrected key keeps it."""
    return f"q{canonical.sha256(canonical.encode([kind.value, stem, list(choices)]))[:16]}"


def _short(text: str) -> str:
    line = " / ".join(part for part in clean(text).split("\n") if part)
    return line if len(line) <= 60 else line[:59] + "…"


def _without_labels(options: dict[str, str]) -> dict[str, str]:
    """Drop the labels that options carry themselves ("A. 湿地" under 选项A), if all carry their own."""
    found = {label: LABELLED.fullmatch(text) for label, text in options.items()}
    if len(options) > 1 and all(match and match[1] == label for label, match in found.items()):
        return {label: match[2].strip() for label, match in found.items() if match}
    return options


def _check_options(options: dict[str, str]) -> None:
    if len(options) > MOST_CHOICES:
        raise Refused(Words("There are more than %(most)s options.", {"most": MOST_CHOICES}))
    for label, text in options.items():
        if len(text) > LONGEST_OPTION:
            raise Refused(
                Words(
                    "Option %(label)s is longer than %(longest)s characters.",
                    {"label": label, "longest": LONGEST_OPTION},
                )
            )


def _asked_for(
    raw: Raw, stem: str, options: dict[str, str], cell: Cell
) -> tuple[QuestionKind, tuple[str, ...], tuple[str, ...], Answer]:
    """Return kind, choices, what they are matched with, and the answer."""
    if kind_of(raw.kind) != MATCHED:
        kind, choices, said = _understand(raw, stem, options, cell)
        return kind, choices, (), said
    if options:
        raise Refused(Words("Pairs stand in the answer's cell, one a line: left → right. Leave the options empty."))
    lefts, rights, answer = matching(pairs_in(cell.answer))
    return QuestionKind.MATCH, lefts, rights, answer


def _understand(
    raw: Raw, stem: str, options: dict[str, str], cell: Cell
) -> tuple[QuestionKind, tuple[str, ...], Answer]:
    kind = kind_of(raw.kind)
    if kind is None or kind == OTHER:
        raise Refused(
            Words("Questions of the kind “%(kind)s” cannot be read from a table.", {"kind": _short(raw.kind)})
        )
    truths = {label: truth_of(text) for label, text in options.items()}
    judged = {text.casefold() for text in options.values()} in TRUTHS
    if kind == JUDGED or (not kind and judged) or (not kind and not options and truth_of(cell.answer) is not None):
        return QuestionKind.TRUE_FALSE, (), _truth(options, truths, cell.answer)
    if kind == NUMERIC:
        return QuestionKind.NUMBER, (), _number(cell.answer)
    if kind in (FILLED, WRITTEN) or not options:
        if kind in (SINGLE, MULTIPLE, CHOICE, ORDERED):
            raise Refused(Words("A choice is asked for, but there are no options."))
        return QuestionKind.TEXT, (), _texts(stem, cell.answer)
    chosen = _chosen(options, cell.answer)
    if len(options) < 2:
        raise Refused(Words("There is only one option."))
    choices = tuple(options.values())
    if kind == ORDERED:
        if sorted(chosen) != list(range(len(options))):
            raise Refused(
                Words("The answer “%(answer)s” does not put all options in order.", {"answer": _short(cell.answer)})
            )
        return QuestionKind.ORDER, choices, chosen
    _check_chosen(kind, options, chosen, cell.answer)
    if kind == MULTIPLE or len(chosen) > 1:
        return QuestionKind.MULTIPLE, choices, tuple(sorted(chosen))
    return QuestionKind.SINGLE, choices, chosen[0]


def _check_chosen(kind: str, options: dict[str, str], chosen: tuple[int, ...], answer: str) -> None:
    if len(set(chosen)) < len(chosen):
        raise Refused(Words("The answer “%(answer)s” names an option twice.", {"answer": _short(answer)}))
    if kind == SINGLE and len(chosen) > 1:
        raise Refused(
            Words(
                "It is called a single choice, but the answer “%(answer)s” names several options.",
                {"answer": _short(answer)},
            )
        )
    if not kind and 2 < len(chosen) == len(options) and list(chosen) != sorted(chosen):
        raise Refused(
            Words(
                "The answer “%(answer)s” may be an order or several options. Name the kind: 排序题 or 多选题.",
                {"answer": _short(answer)},
            )
        )


def _truth(options: dict[str, str], truths: dict[str, bool | None], answer: str) -> bool:
    said = ticked(answer)
    label = unicodedata.normalize("NFKC", answer).strip().upper()
    if options and label in options and said is None:
        said = truths[label]
    if options and None in truths.values():
        raise Refused(Words("It is called true-or-false, but its options are neither."))
    if said is None:
        raise Refused(Words("The answer “%(answer)s” says neither true nor false.", {"answer": _short(answer)}))
    return said


def _number(answer: str) -> NumberAnswer:
    """Return a number, or one with what it may be off by: 12 ± 0.5."""
    figure, _, off = answer.partition("±")
    number, tolerance = parse_number(figure), parse_number(off or "0")
    if number is None or tolerance is None or tolerance < 0:
        raise Refused(Words("The answer “%(answer)s” is no number.", {"answer": _short(answer)}))
    return NumberAnswer(number, tolerance)


def _texts(stem: str, answer: str) -> tuple[str, ...]:
    """Return the accepted answers: several stand between bars with room around them."""
    return tuple(_text(stem, part) for part in answer.split(" | "))


def _text(stem: str, answer: str) -> str:
    if len(_BLANK.findall(stem)) > 1 or _SECOND_BLANK.search(answer):
        raise Refused(Words("It has several blanks; please make one question of each."))
    answer = _FIRST_BLANK.sub("", answer).strip()
    if not fold(answer):
        raise Refused(Words("There is no answer."))
    if len(answer) > LONGEST_ANSWER or "\n" in answer:
        raise Refused(
            Words(
                "The answer is free text of more than %(longest)s characters, which no machine can mark.",
                {"longest": LONGEST_ANSWER},
            )
        )
    return answer


def _chosen(options: dict[str, str], answer: str) -> tuple[int, ...]:
    """Return the places of the options that an answer names: by letter, by number from 1, or by their own text."""
    labels = list(options)
    # ①③ is 1 and 3, not 13
    plain = _CIRCLED.sub(lambda found: f"{ord(found[0]) - 0x245F},", answer)
    plain = unicodedata.normalize("NFKC", plain).strip().strip("。.,、()[]【】").upper()
    texts, meant = [fold(text) for text in options.values()], fold(answer)
    if (chosen := _CHOSEN.fullmatch(plain)) and not LABELLED.fullmatch(answer):
        plain = chosen[1]
    by_text = [place for place, text in enumerate(texts) if meant and text == meant]
    named: tuple[str, ...] = ()
    if _LETTERS.fullmatch(plain):
        named = tuple(symbol for symbol in plain if symbol.isascii() and symbol.isalpha())
    elif _NUMBERS.fullmatch(plain):
        named = tuple(label_of(int(number)) for number in re.findall(r"\d+", plain))
    elif (found := LABELLED.fullmatch(answer)) and fold(options.get(found[1], "")) == fold(found[2]):
        named = (found[1],)
    elif (beside := _WITH_TEXT.fullmatch(answer.strip())) and fold(options.get(beside[1], "")) == fold(
        beside[2] or beside[3]
    ):
        named = (beside[1],)
    by_label = [labels.index(name) for name in named if name in options]
    if len(by_text) == 1 and (not named or len(by_label) < len(named) or by_label == by_text):
        return (by_text[0],)
    if len(by_text) == 1:
        raise Refused(
            Words("The answer “%(answer)s” may be an option's place or its text.", {"answer": _short(answer)})
        )
    if named and len(by_label) == len(named):
        return tuple(by_label)
    if named and not by_text:
        missing = ", ".join(name for name in named if name not in options)
        raise Refused(Words("The answer names option %(label)s, which is not there.", {"label": missing}))
    parts = [fold(part) for part in re.split(r"[;；|\n]|[,，、](?!\d)", answer) if fold(part)]
    if len(parts) > 1 and all(texts.count(part) == 1 for part in parts):
        return tuple(texts.index(part) for part in parts)
    raise Refused(Words("The answer “%(answer)s” is none of the options.", {"answer": _short(answer)}))
