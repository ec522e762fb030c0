"""Questions of formats that say themselves what is right: checked by one measure, whatever the format."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ParamSpec

from base.languages import Text, Words
from quizzes.exchange.bank import together
from quizzes.exchange.judge import LONGEST_OPTION, LONGEST_STEM, MOST_CHOICES, TRUTHS, name_of
from quizzes.exchange.pairs import matching
from quizzes.exchange.reading import Reading, Refused, Remark
from quizzes.exchange.shown import Shown
from quizzes.exchange.words import truth_of
from quizzes.model import Answer, Question, QuestionKind

_Given = ParamSpec("_Given")
LONGEST_ACCEPTED = 200
MOST_ACCEPTED = 100
MOST_TAGS = 50
PART = Words("Answers that earn only a part do not count as right.")
FREE_TEXT = Words("It asks for free text, which no machine can mark.")
NO_QUESTION = Words("This is a text without a question.")
PICTURED = Words("One of its options is a picture, which is not taken over.")
SEVERAL_NUMBERS = Words("It accepts several numbers; please give one with its tolerance.")
SEVERAL_BLANKS = Words("It has several blanks; please make one question of each.")


def fault_of(faults: frozenset[str]) -> Words:
    """Return why what no text can say keeps a question from being taken."""
    if "sound" in faults:
        return Words("It needs a sound or a film, which is not taken over.")
    if "formula" in faults:
        return Words("It holds a formula, which cannot be taken over as text.")
    return Words("It holds raised, lowered or special signs that cannot be taken over as text.")


def offered(found: Shown) -> str:
    """Return the text of an option.

    Raises:
        Refused: a picture stands in it, or what no text can say.

    """
    if found.pictures:
        raise Refused(PICTURED)
    if found.faults:
        raise Refused(fault_of(found.faults))
    return found.text


def labelled(found: Iterable[tuple[str, Shown]]) -> dict[str, str]:
    """Return the texts of options by the names that their file gives them.

    Raises:
        Refused: two have the same name, or one is no text.

    """
    labels: dict[str, str] = {}
    for name, option in found:
        text = offered(option)
        if name in labels:
            raise Refused(Words("Two of its options have the same name."))
        labels[name] = text
    return labels


@dataclass(frozen=True, slots=True)
class Option:
    """An option or an accepted answer, and what it is worth of 1."""

    text: str
    worth: Fraction


@dataclass(frozen=True, slots=True)
class Made:
    """What a question asks for: its kind, choices, what they are matched with, the answer, and what is to be said."""

    kind: QuestionKind
    answer: Answer
    choices: tuple[Text, ...] = ()
    matches: tuple[Text, ...] = ()
    notes: tuple[Words, ...] = ()


class Gathered:
    """The questions of a file as they are read, each with its place; `reading` puts them together."""

    def __init__(self) -> None:
        self._placed: list[tuple[int, str, Question]] = []
        self._refused: list[Remark] = []
        self._notes: list[Remark] = []

    def take(self, line: int, sheet: str, question: Question, notes: Sequence[Words] = ()) -> None:
        """Take a question."""
        self._placed.append((line, sheet, question))
        self._notes += [Remark(line, words, sheet) for words in notes]

    def refuse(self, line: int, sheet: str, why: Words) -> None:
        """Name one that cannot be taken."""
        self._refused.append(Remark(line, why, sheet))

    def ask(
        self,
        line: int,
        sheet: str,
        read: Callable[_Given, tuple[Question, list[Words]]],
        *given: _Given.args,
        **named: _Given.kwargs,
    ) -> None:
        """Take the question that `read` makes of what is given, or name why it cannot be taken."""
        try:
            question, notes = read(*given, **named)
        except Refused as reason:
            self.refuse(line, sheet, reason.words)
        else:
            self.take(line, sheet, question, notes)

    def reading(self) -> Reading:
        """Return all of them, copies found."""
        return together(self._placed, self._refused, self._notes)


def question_of(
    stem: str,
    made: Made,
    *,
    explanation: str = "",
    tags: Sequence[str] = (),
    image: str | None = None,
    more: Sequence[Words] = (),
) -> tuple[Question, list[Words]]:
    """Return a question with what is to be said of it, `more` at the end.

    Raises:
        Refused: it has no text, an option is empty, or something is longer than a phone shows.

    """
    notes = list(made.notes)
    if not stem:
        raise Refused(Words("The question has no text."))
    if len(stem) > LONGEST_STEM:
        raise Refused(Words("The question is longer than %(longest)s characters.", {"longest": LONGEST_STEM}))
    if len(made.choices) > MOST_CHOICES or len(made.matches) > MOST_CHOICES:
        raise Refused(Words("There are more than %(most)s options.", {"most": MOST_CHOICES}))
    if "" in made.choices or "" in made.matches:
        raise Refused(Words("One of its options is empty."))
    if any(len(text) > LONGEST_OPTION for text in (*made.choices, *made.matches)):
        raise Refused(Words("One of its options is longer than %(longest)s characters.", {"longest": LONGEST_OPTION}))
    if len(explanation) > LONGEST_STEM:
        explanation = ""
        notes.append(Words("Its explanation is too long and was left out."))
    question = Question(
        id=name_of(made.kind, stem, (*made.choices, *made.matches)),
        kind=made.kind,
        text=stem,
        answer=made.answer,
        choices=made.choices,
        matches=made.matches,
        explanation=explanation,
        image=image,
        tags=tuple(dict.fromkeys(tag[:64] for tag in tags if tag))[:MOST_TAGS],
    )
    return question, [*notes, *more]


def chosen(options: Sequence[Option], *, several: bool | None) -> Made:
    """Return a choice. `several`: whether more than one is to be chosen, None if only what they are worth tells it.

    Where one is to be chosen, only what is worth all is right; where several are, all that are worth anything.
    """
    if len(options) < 2:
        raise Refused(Words("There is only one option."))
    texts = tuple(option.text for option in options)
    full = tuple(place for place, option in enumerate(options) if option.worth >= 1)
    earning = tuple(place for place, option in enumerate(options) if option.worth > 0)
    right = earning if several else full if several is False else full or earning
    if not right:
        raise Refused(Words("There is no answer."))
    if several is False and len(right) > 1:
        raise Refused(Words("One option is asked for, but several are each wholly right."))
    notes = (PART,) if len(right) < len(earning) else ()
    if len(right) > 1 or several:
        return Made(QuestionKind.MULTIPLE, right, texts, notes=notes)
    if {text.casefold() for text in texts} in TRUTHS:
        return Made(QuestionKind.TRUE_FALSE, bool(truth_of(texts[right[0]])))
    return Made(QuestionKind.SINGLE, right[0], texts, notes=notes)


def accepted(answers: Sequence[Option]) -> Made:
    """Return a question in words: what is worth all is accepted. An asterisk would stand for any words: not taken."""
    full = [answer.text for answer in answers if answer.worth >= 1]
    plain = [text.replace("\\*", "*") for text in full if "*" not in text.replace("\\*", "")]
    if full and not plain:
        raise Refused(Words("Its answer holds an asterisk for any words. Please write out what is accepted."))
    notes = [PART] if any(0 < answer.worth < 1 for answer in answers) else []
    if len(plain) < len(full):
        notes.append(Words("Answers with an asterisk for any words were left out."))
    texts = tuple(dict.fromkeys(plain))
    if not texts or "" in texts:
        raise Refused(Words("There is no answer."))
    if len(texts) > MOST_ACCEPTED:
        raise Refused(Words("It accepts more than %(most)s answers.", {"most": MOST_ACCEPTED}))
    if any(len(text) > LONGEST_ACCEPTED for text in texts):
        raise Refused(Words("The answer is longer than %(longest)s characters.", {"longest": LONGEST_ACCEPTED}))
    return Made(QuestionKind.TEXT, texts, notes=tuple(notes))


def matched(pairs: Sequence[tuple[str, str]]) -> Made:
    """Return a matching of pairs."""
    lefts, rights, answer = matching(pairs)
    return Made(QuestionKind.MATCH, answer, lefts, rights)


def ordered(texts: Sequence[str]) -> Made:
    """Return an ordering of what is given in its right order."""
    if len(texts) < 2:
        raise Refused(Words("There is only one option."))
    return Made(QuestionKind.ORDER, tuple(range(len(texts))), tuple(texts))


def with_notes(made: Made, *notes: Words) -> Made:
    """Return the same with more to be said."""
    return replace(made, notes=(*made.notes, *notes))
