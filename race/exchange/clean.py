"""What people type, made plain: full-width signs, blanks inside names, telephones in a dozen spellings."""

import re
from dataclasses import dataclass

from base.languages import Words

# Full-width letters, digits and blank; signs keep their width, as （ and ， belong to Chinese text.
_NARROW = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_NARROW |= {0x3000: 0x20, 0xA0: 0x20, 0x2002: 0x20, 0x2003: 0x20, 0x2009: 0x20, 0x09: 0x20}
_NARROW |= dict.fromkeys((0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0xAD))
_ALL_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3002: 0x2E, 0x2010: 0x2D, 0x2013: 0x2D}
_ALL_NARROW |= {0x2014: 0x2D, 0x2212: 0x2D, 0x3010: 0x28, 0x3011: 0x29, 0x3014: 0x28, 0x3015: 0x29}

HAN = r"\u2e80-\u2fdf\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_BETWEEN_HAN = re.compile(rf"(?<=[{HAN}])\s+(?=[{HAN}])")
_BREAK_IN_HAN = re.compile(rf"(?<=[{HAN}])\s*\n\s*(?=[{HAN}])")
# A dot that begins a line is a bullet, not part of a name; one that ends a line is.
_DOT = re.compile(rf"(?<=[{HAN}])[^\S\n]*[·•．.‧・∙⋅●﹒˙]\s*(?=[{HAN}])")
# A Chinese identity number, of today or of before 1999.
ID_NUMBER = re.compile(r"(?<![\dA-Za-z])(?:\d{17}[\dXx]|\d{15})(?![\dA-Za-z])")
# The same in a cell of its own, with blanks or stars in it, or as a number that lost its digits.
_ID_CELL = re.compile(r"\d{17}[\dx]|\d{15}|\d\.\d+e\+?1[47]|\d{3,6}\*{6,}[\dx]{2,4}")
LOST = re.compile(r"[?？�□■]")


def fold(text: str) -> str:
    """Return `text` with half-width letters, digits and blanks, and without what cannot be seen."""
    return text.translate(_NARROW)


def plain(text: str) -> str:
    """Return `text` for comparing: all signs half-width, no white space, lower case."""
    return "".join(fold(text).translate(_ALL_NARROW).split()).lower()


def tidy(text: str) -> str:
    """Return a name of a team or club: one line, single blanks, none at the ends, no identity number in it."""
    return " ".join(without_ids(_BREAK_IN_HAN.sub("", fold(text))).split())


def person_name(text: str) -> str:
    """Return a person's name: no blanks between Chinese characters, and one kind of dot."""
    name = one_dot(fold(text).strip(" \n·•.、，,;；:：*★☆-—–/|"))
    return " ".join(_BETWEEN_HAN.sub("", name).split())


def one_dot(text: str) -> str:
    """Return `text` with one kind of dot, and no blanks around it, between Chinese characters."""
    return _DOT.sub("·", text)


def without_ids(text: str) -> str:
    """Return `text` without identity numbers."""
    return ID_NUMBER.sub("", text)


def is_id(text: str) -> bool:
    """Tell whether a cell holds identity numbers and nothing else."""
    parts = [plain(part).lstrip("'") for part in re.split(r"[\n、,，;；]+", text) if part.strip()]
    return bool(parts) and all(map(_ID_CELL.fullmatch, parts))


def has_han(text: str) -> bool:
    """Tell whether there is a Chinese character in `text`."""
    return re.search(f"[{HAN}]", text) is not None


def quoted(text: str) -> str:
    """Return `text` as a fault may repeat it: short, on one line, without identity numbers."""
    text = tidy(text)
    return text if len(text) <= 40 else text[:39] + "…"


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone as it will be kept, and what is wrong with it."""

    number: str = ""
    fault: Words | None = None


_NOTHING = {"", "无", "没有", "暂无", "空", "-", "--", "/", "\\", "n/a", "na", "none", "null", "同上", "0"}
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
_MOBILE = re.compile(r"(?:\+?86|0086)?(1\d{10})")
_LANDLINE = re.compile(r"\(?0\d{2,3}\)?-?\d{7,8}(?:(?:-|转|ext\.?)\d{1,6})?|[2-9]\d{6,7}|[48]00-?\d{3}-?\d{4}")
_SEVERAL = re.compile(r"[/、,，;；\n|]|或|和")
_LABEL = re.compile(r"^[^\d+(（]{1,6}[:：]")


def read_phone(text: str, *, chinese: bool = True) -> Phone:
    """Return the telephone in a cell. What is no number is kept as written, with its fault.

    `chinese` says whether the sheet is; elsewhere any seven to fifteen digits are a number.
    """
    written = " ".join(fold(without_ids(text)).split())
    shown = _LABEL.sub("", written.translate(_ALL_NARROW)).strip().removesuffix(".0").lstrip("'")
    if plain(shown) in _NOTHING:
        return Phone()
    if _SCIENTIFIC.fullmatch(shown):
        return Phone("", Words("the telephone reads %(phone)s: its digits were lost; left empty", {"phone": shown}))
    number = _one_phone(shown, chinese=chinese)
    if number:
        return Phone(number)
    parts = [_one_phone(part, chinese=chinese) for part in _SEVERAL.split(shown)]
    parts = [part for part in parts if part] or re.findall(r"(?<!\d)1\d{10}(?!\d)", shown)
    if parts and parts[0]:
        if len(set(parts)) == 1:
            return Phone(parts[0])
        return Phone(parts[0], Words("there are several telephones (%(phone)s); the first is kept", {"phone": written}))
    digits = sum(character.isdigit() for character in shown)
    if not digits:
        return Phone("", Words("“%(phone)s” is no telephone; left empty", {"phone": quoted(written)}))
    words = Words(
        "the telephone %(phone)s has %(digits)s digits; kept as written", {"phone": written[:40], "digits": digits}
    )
    return Phone(written[:40], words)


def _one_phone(text: str, *, chinese: bool) -> str | None:
    compact = re.sub(r"[\s.-]", "", text)
    mobile = _MOBILE.fullmatch(re.sub(r"[()]", "", compact))
    if mobile:
        return mobile[1]
    joined = re.sub(r"\s", "", text)
    if _LANDLINE.fullmatch(joined):
        return joined
    foreign = re.fullmatch(r"\+(?!86)\d{7,15}" if chinese else r"\+?\d{7,15}", re.sub(r"[()]", "", compact))
    return foreign[0] if foreign else None
