"""How a typed answer is read: which differences of writing do not count, and which number is meant."""

import re
import unicodedata
from fractions import Fraction
from typing import Any

# Nobody types a longer number; a longer text is not looked at, so that garbage costs nothing.
LONGEST_NUMBER = 60
LONGEST_TEXT = 4000

_NUMBER = re.compile(r"([+-]?)((?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?)(?:e([+-]?\d{1,3}))?(%?)")
_FRACTION = re.compile(r"([+-]?)(?:(\d+)\s+)?(\d+)\s*/\s*(\d+)")
# All signs that are taken apart as fractions.
_FRACTIONS = re.compile("[\u00bc-\u00be\u2150-\u215f\u2189]")
_DASHES = str.maketrans(dict.fromkeys("−–—‐‑‒﹣－", "-") | {"⁄": "/", "∕": "/", "÷": "/"})
_TRAILING = "。.．，,、；;！!？? \t\r\n"
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_APART = re.compile(r"(?<=\d)\s+(?=\d)")
_SIGN = re.compile(r"[\W_]")
_MEANT = "#%‰&@+"  # C and C# are two things, and so are 5 and 5 %


def _plain(text: str) -> str:
    """Fold width and other compatibility forms; ½ keeps apart from the digits before it."""
    spaced = _FRACTIONS.sub(r" \g<0>", text) if not text.isascii() and _FRACTIONS.search(text) else text
    return unicodedata.normalize("NFKC", spaced).translate(_DASHES)


def fold(text: str) -> str:
    """Return a text without what does not count: case, width, spaces, punctuation.

    Between two digits a sign means something: 1.5 is not 15, 8:30 not 830; there only a thousands comma goes.
    """
    plain = unicodedata.normalize("NFKC", _plain(text[:LONGEST_TEXT]).casefold())
    if plain.isalnum():
        return plain
    plain = _THOUSANDS.sub("", plain)
    plain = _APART.sub("", plain)
    # A sign that went may have parted a letter from its accent.
    return unicodedata.normalize("NFKC", _SIGN.sub(_kept, plain))


def _kept(found: re.Match[str]) -> str:
    """Return what is left of a sign that is no letter and no digit."""
    symbol, plain, place = found[0], found.string, found.start()
    if unicodedata.category(symbol)[0] not in "PZC" or symbol in _MEANT:
        return symbol
    if 0 < place < len(plain) - 1 and plain[place - 1].isdigit() and plain[place + 1].isdigit():
        return symbol if symbol in ".:/-" else ","
    return ""


def parse_number(value: Any) -> Fraction | None:
    """Return the exact number that somebody typed, or None.

    Takes int, float (as it is written, so 0.1 is a tenth) and text: full-width digits, thousands commas, `1/2`,
    `1 1/2`, `12.5%`, `1e3`, Chinese numerals (三百二十五, 二〇二六, 一点五). True and false are no numbers.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str | Fraction):
        return None
    if isinstance(value, int | Fraction):
        return Fraction(value)
    text = repr(value) if isinstance(value, float) else value
    if len(text) > LONGEST_NUMBER:
        return None
    text = _plain(text).casefold().strip().rstrip(_TRAILING).strip()
    found = _NUMBER.fullmatch(text)
    if found and any(symbol.isdigit() for symbol in found[2]):
        number = Fraction(found[2].replace(",", "").rstrip(".") or "0")
        number *= Fraction(10) ** int(found[3] or 0) / (100 if found[4] else 1)
        return -number if found[1] == "-" else number
    found = _FRACTION.fullmatch(text)
    if found and int(found[4]):
        number = int(found[2] or 0) + Fraction(int(found[3]), int(found[4]))
        return -number if found[1] == "-" else number
    return _chinese(text)


_WRITTEN = ("零〇", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
_DIGITS = {symbol: value for value, symbols in enumerate(_WRITTEN) for symbol in symbols}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}


def _chinese(text: str) -> Fraction | None:
    """Read a Chinese numeral: by places, digit by digit, with a point (一点五), below zero (负三)."""
    sign, text = (-1, text[1:]) if text[:1] == "负" else (1, text)
    whole, point, decimals = text.partition("点")
    number = _chinese_whole(whole)
    if number is None or (point and (not decimals or any(symbol not in _DIGITS for symbol in decimals))):
        return None
    digits = "".join(str(_DIGITS[symbol]) for symbol in decimals)
    return sign * (number + (Fraction(int(digits), 10 ** len(digits)) if digits else 0))


def _chinese_whole(text: str) -> Fraction | None:
    if not text or (text[0] not in _DIGITS and text[0] not in "十拾"):
        return None
    if all(symbol in _DIGITS for symbol in text):
        return Fraction(int("".join(str(_DIGITS[symbol]) for symbol in text)))
    total = section = 0
    digit: int | None = None
    place = 10**4
    for symbol in text:
        if symbol in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[symbol]
            # After a nought the next unit may be any smaller one: 一千零五.
        elif symbol in _TENS:
            if _TENS[symbol] >= place:
                return None
            place = _TENS[symbol]
            section += (1 if digit is None else digit) * place
            digit = None
        elif symbol in _MYRIADS:
            total = (total + section + (digit or 0)) * _MYRIADS[symbol]
            section, digit, place = 0, None, 10**4
        else:
            return None
    return Fraction(total + section + (digit or 0))
