"""Signs for the posts: what each says, and all of them as one PDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date

from base import pdf, qr
from base.keys import show_typed
from base.languages import Text, Words
from base.translate import Said, put

PRODUCT = "点标 Waypost"
SEPARATORS = {"zh": "、", "en": ", "}
DATES = {"zh": "y年M月d日", "en": "d MMMM y"}


@dataclass(frozen=True, slots=True)
class SignPage:
    """One sign. `code` is its big number, `url` what its QR holds, `typed_code` the eight symbols without a dash.

    What has a default may be absent; its place on the sign then stays empty.
    """

    race_name: Text
    code: str
    url: str
    typed_code: str
    hosts_line: Said = ""
    name: Said = ""
    tasks: tuple[Said, ...] = ()
    rules_lines: tuple[Said, ...] = ()
    venue: Text = ""
    day: date | None = None
    emergency_phone: str = ""


def signs_pdf(pages: Sequence[SignPage], lang: str) -> bytes:
    """Return the signs, one A4 page each. `lang` is `zh`, `en`, or both with the first larger: `zh+en`, `en+zh`."""
    languages = lang.split("+")
    data = {
        "title": put(Words("Signs"), languages[0]),
        "languages": languages,
        "product": PRODUCT,
        "pages": [_sign(page, languages) for page in pages],
    }
    return pdf.compile(pdf.TEMPLATES / "signs.typ", data)


def _sign(page: SignPage, languages: Sequence[str]) -> dict[str, Any]:
    where = [put(page.venue, languages[0]), show_day(page.day, languages[0])]
    return {
        "number": page.code,
        "race": in_each(page.race_name, languages),
        "hosts": in_each(page.hosts_line, languages),
        "qr": draw(page.url),
        "scan": in_each(Words("Scan to punch"), languages),
        "how": in_each(
            Words("WeChat or the camera will do. No signal? Scan or type the code on the race page; keep it open."),
            languages,
        ),
        "typed_label": in_each(Words("Will not scan? Type this code"), languages),
        "typed": show_typed(page.typed_code),
        "name": in_each(page.name, languages),
        "task": listed(page.tasks, languages),
        "rules": [[put(line, language) for line in page.rules_lines] for language in languages],
        "keep": in_each(Words("Please leave this sign where it is"), languages),
        "emergency": emergency(page.emergency_phone, languages),
        "phone": page.emergency_phone,
        "place": "\u3000".join(filter(None, where)),
    }


def emergency(phone: str, languages: Sequence[str]) -> list[str]:
    """Return the line that says whom to call; nothing where no number is known."""
    return in_each(Words("In an emergency call %(phone)s", {"phone": phone}), languages) if phone else []


def in_each(said: Said, languages: Sequence[str]) -> list[str]:
    """Return `said` in each language in turn, without repeating what is the same in both."""
    return list(dict.fromkeys(filter(None, (put(said, language) for language in languages))))


def listed(things: Sequence[Said], languages: Sequence[str]) -> list[str]:
    """Return a short list in each language: "Quiz, Frisbee"."""
    return [SEPARATORS[language].join(put(thing, language) for thing in things) for language in languages]


def draw(url: str) -> dict[str, Any]:
    """Return an address's symbol for the templates, in capitals: they make it smaller, and our addresses allow it."""
    drawn = qr.symbol(url.upper())
    return {"size": drawn.size, "path": drawn.path}


def show_day(day: date | None, language: str) -> str:
    """Return a day as people write it; nothing where there is none."""
    return format_date(day, DATES[language], locale=language) if day else ""
