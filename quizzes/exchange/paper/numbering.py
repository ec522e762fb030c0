"""Word's automatic numbers, rendered as Word shows them: they stand in no text."""

import re
from dataclasses import dataclass, field

from base.xml import Element

_DIGITS = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
# A longer number is no question's; a start of a billion would be a very long Roman one.
_MOST = 9999


@dataclass(slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, _Level]
    overrides: dict[int, int]
    begun: set[int] = field(default_factory=set)


class Numbering:
    """The lists of a document. Lists made from one pattern count on together, unless one says where it starts."""

    def __init__(self, root: Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._counts: dict[tuple[str, int], int] = {}
        if root is None:
            return
        patterns = {
            element.attributes.get("abstractNumId", ""): {
                number(level.attributes.get("ilvl")): _level(level) for level in element.all("lvl")
            }
            for element in root.all("abstractNum")
        }
        for element in root.all("num"):
            abstract = value(element, "abstractNumId")
            levels = dict(patterns.get(abstract, {}))
            starts: dict[int, int] = {}
            for override in element.all("lvlOverride"):
                depth = number(override.attributes.get("ilvl"))
                for level in override.all("lvl"):
                    levels[depth] = _level(level)
                if override.child("startOverride"):
                    starts[depth] = number(value(override, "startOverride"))
            self._lists[element.attributes.get("numId", "")] = _List(abstract, levels, starts)

    def label(self, list_id: str, depth: int) -> str:
        """Count one paragraph of a list, and return what Word shows before it; "" for bullets and for no list."""
        found = self._lists.get(list_id)
        level = found.levels.get(depth) if found else None
        if found is None or level is None:
            return ""
        key = (found.abstract, depth)
        if depth in found.overrides and depth not in found.begun:
            self._counts[key] = found.overrides[depth]
        else:
            self._counts[key] = self._counts[key] + 1 if key in self._counts else level.start
        found.begun.add(depth)
        for other, below in found.levels.items():
            if other > depth and below.restart != 0:
                self._counts.pop((found.abstract, other), None)
        if level.form in ("bullet", "none"):
            return ""

        def shown(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            above = found.levels.get(at, _Level())
            return rendered(self._counts.get((found.abstract, at), above.start), above.form)

        return re.sub(r"%([1-9])", shown, level.text).strip()


def _level(element: Element) -> _Level:
    restart = element.child("lvlRestart")
    return _Level(
        start=number(value(element, "start") or "1"),
        form=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText"),
        restart=number(restart.attributes.get("val")) if restart else None,
    )


def value(element: Element | None, name: str) -> str:
    """Return the `val` of a child, or ""."""
    child = element.child(name) if element else None
    return child.attributes.get("val", "") if child else ""


def number(text: str | None) -> int:
    """Return a number as Word writes it, 0 for anything else."""
    return min(int(text), _MOST) if text and text.isascii() and text.isdigit() else 0


def rendered(count: int, form: str) -> str:
    """Return a number in one of Word's forms. A form that is not known is shown in digits."""
    if form in ("upperLetter", "lowerLetter") and count > 0:
        letter = chr(65 + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter if form == "upperLetter" else letter.lower()
    if form in ("upperRoman", "lowerRoman"):
        roman = ""
        for size, sign in _ROMAN:
            roman += sign * (count // size)
            count %= size
        return roman.upper() if form == "upperRoman" else roman
    if form == "decimalZero":
        return f"{count:02d}"
    if form.startswith("decimalEnclosedCircle") and 1 <= count <= 20:
        return chr(0x2460 + count - 1)
    if form.startswith(("chinese", "ideograph", "japaneseCounting", "taiwanese")) and "Zodiac" not in form:
        return _chinese(count, _LEGAL if "Legal" in form else _DIGITS)
    return str(count)


def _chinese(count: int, digits: str) -> str:
    if count >= 100:
        return "".join(digits[int(sign)] for sign in str(count))
    tens, ones = divmod(count, 10)
    ten = "拾" if digits is _LEGAL else "十"
    return ("" if not tens else ten if tens == 1 else digits[tens] + ten) + (digits[ones] if ones or not tens else "")
