"""Reading the fields of a page's form. What comes out is race-file JSON; the race file's own forms judge it."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from base import canonical
from base.faults import Fault
from base.languages import LANGUAGES, Text, Words, say

LONGEST = 2000
LONGEST_NUMBER = 20


class Overtaken(Exception):  # noqa: N818  it is no error: somebody else was quicker
    """What a form was filled in upon has changed meanwhile. `theirs` is what stands there now, None if it is gone."""

    def __init__(self, theirs: Any) -> None:
        super().__init__("changed meanwhile")
        self.theirs = theirs


def seen_of(item: Any) -> str:
    """Return a short digest of what a form shows, to tell later whether somebody changed it meanwhile."""
    return canonical.sha256(canonical.encode(item))[:16]


def check_seen(item: Any, seen: str) -> None:
    """Check that `item` is what the form was filled in upon.

    Raises:
        Overtaken: it is not.

    """
    if seen_of(item) != seen:
        raise Overtaken(item)


class Fields:
    """The fields of one form, as texts. Faults gather by field name. `many` gives all fields of a name, for rows."""

    def __init__(self, data: Mapping[str, str], many: Callable[[str], list[str]] | None = None) -> None:
        self._data = data
        self._many = many or (lambda name: [data[name]] if name in data else [])
        self.faults: list[Fault] = []

    def fault(self, name: str, words: Words) -> None:
        """Note a fault of a field."""
        self.faults.append(Fault(name, words))

    def __contains__(self, name: str) -> bool:
        return name in self._data

    def rows(self, *names: str, most: int = 200) -> list[dict[str, str]]:
        """Return the rows of a list whose fields bear the same names; one with nothing but blanks was taken out.

        A longest text is cut to `LONGEST`: the forms of the race file say what is too long.
        """
        columns = [self._many(name)[:most] for name in names]
        rows = [
            {name: text.strip()[:LONGEST] for name, text in zip(names, texts, strict=True)}
            for texts in zip(*columns, strict=False)
        ]
        return [row for row in rows if any(row.values())]

    def text(self, name: str, longest: int = LONGEST) -> str:
        """Return what stands in a field, without blanks around it."""
        value = self._data.get(name, "").replace("\r\n", "\n").strip()
        if len(value) > longest:
            self.fault(name, Words("This is longer than %(longest)s characters.", {"longest": longest}))
            return value[:longest]
        return value

    def texts(self, name: str, before: Text = "", longest: int = LONGEST) -> Text:
        """Return a text by language: field `name` is Chinese, `name_en` English. One language alone is a plain text.

        `before` is what stood there: languages the form does not show are kept.
        """
        given = {"zh": self.text(name, longest), "en": self.text(f"{name}_en", longest)}
        kept = (
            {key: value for key, value in before.items() if key not in LANGUAGES} if not isinstance(before, str) else {}
        )
        found = {key: value for key, value in {**kept, **given}.items() if value}
        return found if len(found) > 1 or "en" in found else found.get("zh", "")

    def number(self, name: str, least: int = 0, most: int = 10**6) -> int | None:
        """Return a whole number within bounds, or None where the field is empty."""
        text = self._data.get(name, "").strip()
        if not text:
            return None
        if not (len(text) < LONGEST_NUMBER and text.removeprefix("-").isdecimal() and least <= int(text) <= most):
            self.fault(
                name, Words("This must be a whole number from %(least)s to %(most)s.", {"least": least, "most": most})
            )
            return None
        return int(text)

    def ticked(self, name: str) -> bool:
        """Tell whether a box is ticked."""
        return bool(self._data.get(name))

    def day_and_time(self, day: str, time: str, timezone: str) -> str | None:
        """Return the instant (with its offset) of two fields, a day and a time of day there; None where empty."""
        on, at = self.text(day, 10), self.text(time, 8)
        if not on and not at:
            return None
        try:
            moment = datetime.combine(
                date.fromisoformat(on), datetime.fromisoformat(f"2000-01-01T{at or '09:00'}").time()
            )
        except ValueError:
            self.fault(day, Words("Give a day and a time of day."))
            return None
        return moment.replace(tzinfo=ZoneInfo(timezone)).isoformat()

    def day(self, name: str) -> str:
        """Return a day, as 2026-05-01, or the empty text."""
        text = self.text(name, 10)
        try:
            return date.fromisoformat(text).isoformat() if text else ""
        except ValueError:
            self.fault(name, Words("This must be a day, as 2026-05-01."))
            return ""


def in_language(text: Text | None, language: str) -> str:
    """Return the text for a field of one language: a plain text stands in the Chinese field."""
    if text is None or isinstance(text, str):
        return (text or "") if language == "zh" else ""
    return say({language: text.get(language, "")}, language)
