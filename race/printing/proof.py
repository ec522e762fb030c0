"""The proof of question banks, to be read with a pen: every word as it is stored, answers and sources, signatures.

Nothing here words anything anew: a text is set as it stands, in each language that it has.
"""

import base64
import io
from collections.abc import Mapping, Sequence
from typing import Any

from PIL import Image

from base import fonts, pdf
from base.languages import DEFAULT, LANGUAGES, Text, Words
from base.pdf import NothingToPrint
from base.rich import Piece, bare, pieces
from base.translate import put
from checkpoints.printing import PRODUCT, in_each
from quizzes.model import Bank, Question, QuestionKind
from quizzes.rules import answer_words
from race.model import Setup

# A text in a language, as the runs of it that its marks make.
Line = tuple[str, list[Piece]]

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# So many questions take some seconds to set and fill a thick folder; the rest is printed part by part.
A_PART = 1000
# What a file of a race may hold as a picture is judged by its length alone; paper draws none larger than an upload.
MOST_PIXELS = 25_000_000
# Choices no longer than this stand two abreast.
SHORT = 22
# So much of a digest tells two wordings apart for people who hold paper beside a page.
SHOWN_OF_DIGEST = 8


def short(digest: str) -> str:
    """Return a bank's digest as pages and paper show it."""
    return digest[:SHOWN_OF_DIGEST].upper()


def parts_of(bank: Bank) -> int:
    """Return in how many parts a bank's proof is printed."""
    return max(1, -(-len(bank.questions) // A_PART))


def proof_pdf(
    setup: Setup, bank: str, digests: Mapping[str, str], languages: Sequence[str], part: int | None = None
) -> bytes:
    """Return the proof of a bank, or of all that quizzes draw from, as a PDF; of a large one `part` (from 1)."""
    drawn = dict.fromkeys(quiz.bank for quiz in setup.quizzes.values())
    banks = [setup.banks[name] for name in ([bank] if bank else drawn) if name in setup.banks]
    banks = [one for one in banks if one.questions]
    if not banks:
        raise NothingToPrint(Words("There are no questions to proof-read yet."))
    return pdf.compile(pdf.TEMPLATES / "proof.typ", proof_data(setup, banks, digests, languages, part or 1))


def proof_data(
    setup: Setup, banks: Sequence[Bank], digests: Mapping[str, str], languages: Sequence[str], part: int
) -> dict[str, Any]:
    """Return proofs as the template takes them; labels stand in the first of `languages`."""
    main = languages[0]
    labels = {
        "answer": Words("Answer:"),
        "explanation": Words("Explanation:"),
        "source": Words("Source:"),
        "no_source": Words("no source given"),
        "picture": Words("Picture:"),
        "shows": Words("What it shows:"),
        "sound": Words("Sound:"),
        "written": Words("Written by"),
        "read": Words("Proof-read by"),
        "approved": Words("Approved by"),
        "date": Words("Date"),
    }
    return {
        "title": put(Words("Proof of the questions"), main),
        "languages": list(languages),
        "product": PRODUCT,
        "race": in_each(setup.about.name, languages),
        "heading": in_each(Words("Proof of the questions"), languages),
        "secret": put(Words("Secret until the race"), main),
        "page_of": put(Words("Page %(page)s of %(pages)s", {"page": "#", "pages": "##"}), main),
        "how": put(
            Words(
                "Compare each word with its source. Mark what is wrong; sign when all is right. Nothing is reworded."
            ),
            main,
        ),
        "labels": {name: put(words, main) for name, words in labels.items()},
        "banks": [_bank(one, digests.get(one.id, ""), main, part) for one in banks],
    }


def _bank(bank: Bank, digest: str, main: str, part: int) -> dict[str, Any]:
    parts = parts_of(bank)
    since = (min(part, parts) - 1) * A_PART
    shown = bank.questions[since : since + A_PART]
    notes = [
        put(Words("%(count)s questions", {"count": len(bank.questions)}), main),
        put(Words("Wording %(code)s", {"code": short(digest)}), main) if digest else "",
        put(Words("Questions %(first)s to %(last)s", {"first": since + 1, "last": since + len(shown)}), main)
        if parts > 1
        else "",
    ]
    lacking = fonts.missing(text for question in shown for text in _all_texts(question))
    boxes = Words("No font has these characters, so paper shows empty boxes: %(list)s", {"list": " ".join(lacking)})
    return {
        "name": put(bank.name, main) or bank.id,
        "notes": [note for note in notes if note],
        "warning": put(boxes, main) if lacking else "",
        "questions": [_question(number, question, main) for number, question in enumerate(shown, start=since + 1)],
    }


def _question(number: int, question: Question, main: str) -> dict[str, Any]:
    right = _right_choices(question)
    level = Words("difficulty %(level)s", {"level": question.difficulty})
    return {
        "number": str(number),
        "tags": [*question.tags, *([put(level, main)] if question.difficulty is not None else [])],
        "text": _set(question.text),
        "choices": [
            {"letter": LETTERS[index], "words": _set(choice), "right": index in right}
            for index, choice in enumerate(question.choices)
        ],
        "abreast": 2
        if all(len(bare(said)) <= SHORT for text in question.choices for _, said in _verbatim(text))
        else 1,
        "answer": _answer(question, right),
        "explanation": _set(question.explanation),
        "source": question.source,
        "picture": _drawn(question.image),
        "shows": _set(question.image_alt),
        "elsewhere": question.image if question.image and not question.image.startswith("data:") else "",
        "sound": put(_named(question.sound), main) if question.sound else "",
    }


def _drawn(address: str | None) -> str:
    """Return a picture kept within its question as an SVG for the template; "" for any other."""
    head, _, held = (address or "").partition(";base64,")
    if not held or not head.startswith("data:image/"):
        return ""
    try:
        data = base64.b64decode(held)
        with Image.open(io.BytesIO(data), formats=["PNG", "JPEG", "GIF", "WEBP"]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return ""
            if picture.format in ("PNG", "JPEG"):
                return pdf.drawable(head.removeprefix("data:"), data, picture.width, picture.height)
            written = io.BytesIO()  # paper draws PNG and JPEG
            picture.convert("RGBA").save(written, "PNG")
            return pdf.drawable("image/png", written.getvalue(), picture.width, picture.height)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return ""


def _named(address: str) -> Words:
    """Return what a sound is, as paper cannot play it: its kind and size."""
    head, _, held = address.partition(";base64,")
    kind = {"mpeg": "MP3", "mp4": "M4A", "wav": "WAV", "ogg": "OGG"}.get(head.removeprefix("data:audio/"), head)
    size = -(-len(held) * 3 // 4 // 1000)
    return Words("%(kind)s, %(size)s KB: listen to it on the question's page", {"kind": kind, "size": size})


def _right_choices(question: Question) -> tuple[int, ...]:
    right = question.answer
    if question.kind is QuestionKind.SINGLE and isinstance(right, int):
        return (right,)
    if question.kind is QuestionKind.MULTIPLE and isinstance(right, tuple):
        return tuple(int(index) for index in right)
    return ()


def _answer(question: Question, right: Sequence[int]) -> list[Line]:
    """Return the right answer: letters beside the choices they stand at, all accepted texts, else in words."""
    if right:
        return _set(" ".join(LETTERS[index] for index in sorted(right)))
    if question.kind is QuestionKind.TEXT and isinstance(question.answer, tuple):
        return _set(" / ".join(map(str, question.answer)))
    return _set(answer_words(question, question.answer))


def _set(text: Text) -> list[Line]:
    """Return a text as it is set, in each language that it has."""
    return [(language, pieces(said)) for language, said in _verbatim(text)]


def _verbatim(text: Text) -> list[tuple[str, str]]:
    """Return a text in each language that it has, as (language, text); one that names none is Chinese."""
    if isinstance(text, str):
        return [(DEFAULT, text)] if text else []
    return [(language, text[language]) for language in LANGUAGES if text.get(language)]


def _all_texts(question: Question) -> list[str]:
    texts = [question.text, *question.choices, *question.matches, question.explanation, question.source]
    answers = question.answer if question.kind is QuestionKind.TEXT and isinstance(question.answer, tuple) else ()
    return [said for text in (*texts, *map(str, answers)) for _, said in _verbatim(text)]
