"""A bank as GIFT, which our own reader and Moodle's read. It has no ordering; what it cannot say is named in it."""

from base.languages import Words, say
from base.translate import put
from quizzes.forms import exact_number
from quizzes.model import Bank, NumberAnswer, Question, QuestionKind

MEDIA_TYPE = "text/plain; charset=utf-8"
_ESCAPED = str.maketrans({sign: f"\\{sign}" for sign in "~=#{}:\\"} | {"\n": "\\n", "\r": ""})
_AS_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\n": "<br>"})


def bank_gift(bank: Bank, language: str) -> str:
    """Return a bank as GIFT, in one language. Ordering, and words with an arrow where pairs have one, have no form."""
    told, written = [], []
    for question in bank.questions:
        if _fits(question, language):
            written.append(_question(question, language))
        else:
            told.append(" ".join(say(question.text, language).split()))
    if told:
        words = Words("These questions have no form in GIFT and are not in this file:")
        written.insert(0, "\n".join(f"// {line}" for line in (put(words, language), *told)))
    return "\n\n".join(written) + "\n"


def _fits(question: Question, language: str) -> bool:
    if question.kind is QuestionKind.ORDER:
        return False
    sides = [say(text, language) for text in (*question.choices, *question.matches)]
    if question.kind is QuestionKind.TEXT and isinstance(question.answer, tuple):
        sides = [str(text) for text in question.answer]
    arrows = question.kind in (QuestionKind.TEXT, QuestionKind.MATCH)
    return not (arrows and any("->" in side for side in sides))


def _question(question: Question, language: str) -> str:
    told = [f"[tag:{tag.replace(']', ')')}]" for tag in question.tags]
    if question.difficulty is not None:
        told.append(f"[difficulty:{question.difficulty}]")
    if question.source:
        told.append(f"[source:{' '.join(question.source.split()).replace(']', ')')}]")
    comment = f"// {' '.join(told)}\n" if told else ""
    text = say(question.text, language)
    if question.image:
        html = f'{text.translate(_AS_HTML)}<img src="{question.image}">'
        stem = f"[html]{html.translate(_ESCAPED)}"
    else:
        stem = f"[plain]{text.translate(_ESCAPED)}"
    explanation = say(question.explanation, language)
    after = f"####{_text(explanation)}" if explanation else ""
    return f"{comment}{stem} {{{_answer(question, language)}{after}}}"


def _text(text: str) -> str:
    """Return an answer's or an option's text, said to be plain: the question's own form may be another."""
    return f"[plain]{text.translate(_ESCAPED)}"


def _answer(question: Question, language: str) -> str:
    answer = question.answer
    choices = [_text(say(choice, language)) for choice in question.choices]
    if isinstance(answer, bool):
        return "TRUE" if answer else "FALSE"
    if isinstance(answer, NumberAnswer):
        return f"#{exact_number(answer.number)}:{exact_number(answer.tolerance)}"
    if isinstance(answer, int):
        return " ".join(f"{'=' if place == answer else '~'}{text}" for place, text in enumerate(choices))
    if question.kind is QuestionKind.TEXT:
        # Bare, an asterisk would stand for any words.
        accepted = [str(text).replace("*", r"\*") for text in answer]
        return " ".join(f"={_text(text)}" for text in accepted)
    if question.kind is QuestionKind.MATCH:
        rights = [_text(say(match, language)) for match in question.matches]
        places = [place for place in answer if isinstance(place, int)]
        pairs = [f"={left} -> {rights[place]}" for left, place in zip(choices, places, strict=True)]
        return " ".join([*pairs, *(f"= -> {text}" for place, text in enumerate(rights) if place not in places)])
    share = f"{100 / len(answer):.5f}".rstrip("0").rstrip(".")
    return " ".join(f"~%{share if place in answer else -100}%{text}" for place, text in enumerate(choices))
