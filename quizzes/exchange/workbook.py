"""A bank as an Excel workbook that our own reader reads back, and a filled-in form to start from."""

import io
from collections.abc import Sequence
from typing import Any

from base.languages import Words, say
from base.translate import put
from quizzes.exchange.pairs import ARROW
from quizzes.exchange.reading import label_of
from quizzes.model import Bank, NumberAnswer, Question, QuestionKind
from quizzes.rules import answer_words

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Between several accepted answers, as `judge` reads them back.
BETWEEN = " | "
_LEAST_OPTIONS = 4
KINDS = {
    QuestionKind.SINGLE: Words("Single choice"),
    QuestionKind.MULTIPLE: Words("Multiple choice"),
    QuestionKind.TRUE_FALSE: Words("True or false"),
    QuestionKind.TEXT: Words("Fill in"),
    QuestionKind.NUMBER: Words("Number"),
    QuestionKind.ORDER: Words("Ordering"),
    QuestionKind.MATCH: Words("Matching"),
}
# What a cell of the heading says is what `words.column_of` knows, in both languages.
_BEFORE = (Words("Type"), Words("Question"))
_AFTER = (Words("Answer"), Words("Explanation"), Words("Difficulty"), Words("Source"))
_WIDTHS = {"stem": 48, "option": 18, "other": 14}

_EXAMPLES = (
    Question(
        "1",
        QuestionKind.SINGLE,
        {"zh": "示例：湿地常被称为地球的什么？", "en": "Example: what are wetlands often called?"},
        1,
        (
            {"zh": "肺", "en": "The lungs of the earth"},
            {"zh": "肾", "en": "The kidneys of the earth"},
            {"zh": "心脏", "en": "The heart of the earth"},
            {"zh": "胃", "en": "The stomach of the earth"},
        ),
        explanation={"zh": "湿地能净化水质。", "en": "They clean water."},
        tags=("湿地",),
        difficulty=1,
    ),
    Question(
        "2",
        QuestionKind.MULTIPLE,
        {"zh": "示例：下列哪些是候鸟？", "en": "Example: which of these migrate?"},
        (0, 2),
        (
            {"zh": "家燕", "en": "Barn swallow"},
            {"zh": "麻雀", "en": "Tree sparrow"},
            {"zh": "豆雁", "en": "Bean goose"},
            {"zh": "家鸡", "en": "Chicken"},
        ),
        difficulty=2,
    ),
    Question(
        "3",
        QuestionKind.TRUE_FALSE,
        {"zh": "示例：芦苇能净化水质。", "en": "Example: reeds clean water."},
        True,
    ),
    Question(
        "4",
        QuestionKind.TEXT,
        {"zh": "示例：世界湿地日是 2 月几日？", "en": "Example: World Wetlands Day is on which day of February?"},
        ("2", "二"),
    ),
)


def form_workbook(language: str) -> bytes:
    """Return the form to start from: headings, and an example of each kind to write over."""
    return bank_workbook(Bank("form", _EXAMPLES), language)


def bank_workbook(bank: Bank, language: str) -> bytes:
    """Return a bank as .xlsx, a question a row, in one language; pairs stand in the answer's cell, one a line."""
    most = max([_LEAST_OPTIONS, *(len(question.choices) for question in bank.questions)])
    options = [f"{put(Words('Option'), language)} {label_of(number)}" for number in range(1, most + 1)]
    tags = max([1, *(len(question.tags) for question in bank.questions)])
    after = [*_AFTER, *[Words("Category")] * tags]
    heading = [*(put(words, language) for words in _BEFORE), *options, *(put(words, language) for words in after)]
    rows = [_row(question, most, language) for question in bank.questions]
    widths = [_WIDTHS["other"], _WIDTHS["stem"], *[_WIDTHS["option"]] * (most + len(after))]
    return _written(put(Words("Questions"), language), heading, rows, widths)


def _row(question: Question, most: int, language: str) -> list[str]:
    paired = question.kind is QuestionKind.MATCH
    options = [say(choice, language) for choice in question.choices] if not paired else []
    return [
        put(KINDS[question.kind], language),
        say(question.text, language),
        *options,
        *[""] * (most - len(options)),
        _answer(question, language),
        say(question.explanation, language),
        "" if question.difficulty is None else str(question.difficulty),
        question.source,
        *question.tags,
    ]


def _answer(question: Question, language: str) -> str:
    answer = question.answer
    if question.kind is QuestionKind.TRUE_FALSE:
        return put(Words("True") if answer else Words("False"), language)
    if isinstance(answer, int):
        return label_of(answer + 1)
    if isinstance(answer, NumberAnswer):
        return say(answer_words(question, answer), language)
    if question.kind is QuestionKind.MATCH:
        return "\n".join(f"{left}{ARROW}{right}" for left, right in _pairs(question, language))
    if question.kind is QuestionKind.TEXT:
        return BETWEEN.join(map(str, answer))
    return "".join(label_of(int(index) + 1) for index in answer)


def _pairs(question: Question, language: str) -> list[tuple[str, str]]:
    """Return the pairs of a matching, and at the end what only misleads, without a left side."""
    lefts, rights = ([say(text, language) for text in side] for side in (question.choices, question.matches))
    answer = question.answer if isinstance(question.answer, tuple) else ()
    places = [int(place) for place in answer]
    pairs = list(zip(lefts, (rights[place] for place in places), strict=True))
    return [*pairs, *(("", text) for place, text in enumerate(rights) if place not in places)]


def _written(title: str, heading: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    page: Any = book.active
    page.title = title
    page.freeze_panes = "A2"
    for row in (heading, *rows):
        page.append([ILLEGAL_CHARACTERS_RE.sub("", cell) for cell in row])
    for line in page.iter_rows():
        for cell in line:
            if cell.value is not None:
                cell.data_type = "s"  # a text that begins with = is no formula
                cell.number_format = "@"  # and 1/2 no date, when somebody edits it
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in page[1]:
        cell.font = Font(bold=True)
    for number, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(number)].width = width
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
