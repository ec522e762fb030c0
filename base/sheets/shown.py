"""Cells as they look on the screen: 0.25 under the format 0% is 25%, a date is written as its format writes it.

Only what people put into sheets by hand is followed: percent, decimals, thousands, dates and times. Any other format
leaves the value as it is.
"""

import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from math import isfinite
from typing import Any

from base.sheets.numbers import date_text, number_text

_NUMBER = re.compile(r"(?P<thousands>#,##)?0(?:\.(?P<decimals>0+))?(?P<percent>%)?(?:_\s*)?")
# Colours, conditions and languages in brackets say nothing about the digits.
_ASIDE = re.compile(r"\[(?!h|m|s)[^\]]*\]", re.IGNORECASE)
_PART = re.compile(r'"([^"]*)"|\\(.)|(y+|m+|d+|h+|s+|AM/PM|上午/下午|.)', re.IGNORECASE)
# What Excel writes for dates in the order of the machine's own language: their codes say only "a date".
_BY_LANGUAGE = {"mm-dd-yy", "m/d/yyyy", "yyyy/m/d", "m/d/yy h:mm"}


def shown_text(value: Any, pattern: str) -> str | None:
    """Return a number or a date as its format shows it, or None where the format says no more than the value."""
    form = _ASIDE.sub("", (pattern or "").split(";")[0]).strip()
    if isinstance(value, bool) or form in ("", "General", "@"):
        return None
    if isinstance(value, datetime | date | time):
        return None if form in _BY_LANGUAGE else _date(value, form)
    if isinstance(value, int | float) and isfinite(value) and (found := _NUMBER.fullmatch(form)):
        exact = Decimal(number_text(value)) * (100 if found["percent"] else 1)
        places = len(found["decimals"] or "")
        rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        # An answer is not to be lost behind a format that shows less of it.
        if rounded != exact:
            rounded = exact.normalize()
        return format(rounded, ",f" if found["thousands"] else "f") + (found["percent"] or "")
    return None


def _date(value: datetime | date | time, form: str) -> str | None:
    parts: list[str] = []
    after_hour = False
    found = list(_PART.finditer(form))
    noon = any(part[3] and part[3].upper() in ("AM/PM", "上午/下午") for part in found)
    for place, part in enumerate(found):
        if part[3] is None:
            parts.append(part[1] if part[1] is not None else part[2])
            continue
        sign = part[3]
        kind = sign[0].lower() if sign.isascii() and sign.isalpha() else ""
        if kind == "m" and (after_hour or _next_is_seconds(found, place)):
            kind = "minute"
        if kind in ("y", "m", "d") and not isinstance(value, date):
            return None
        if kind in ("h", "minute", "s") and not isinstance(value, datetime | time):
            return None
        parts.append(_piece(value, kind, sign, noon=noon))
        after_hour = kind == "h" or (after_hour and kind not in ("h", "minute", "s"))
    text = "".join(parts).strip()
    return text or date_text(value)


def _next_is_seconds(found: list[re.Match[str]], place: int) -> bool:
    following = next((part[3] for part in found[place + 1 :] if part[3] and part[3].isalpha()), "")
    return following.lower().startswith("s")


def _piece(value: Any, kind: str, sign: str, *, noon: bool) -> str:
    wide = len(sign) > 1
    if sign.upper() in ("AM/PM", "上午/下午"):
        return str(sign.split("/")[value.hour >= 12])
    number = {
        "y": lambda: value.year,
        "m": lambda: value.month,
        "d": lambda: value.day,
        "h": lambda: (value.hour - 1) % 12 + 1 if noon else value.hour,
        "minute": lambda: value.minute,
        "s": lambda: value.second,
    }.get(kind)
    if number is None:
        return sign
    if kind == "y" and len(sign) <= 2:
        return f"{number() % 100:02}"
    return f"{number():02}" if wide and kind != "y" else str(number())
