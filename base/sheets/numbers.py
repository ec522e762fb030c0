"""How a number or a date in a cell becomes the text that a person reads there."""

from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite


def number_text(value: float) -> str:
    """Return the digits of a number: whole ones without a point, others with at most 15 digits as Excel keeps them."""
    if isinstance(value, int) or (isfinite(value) and value == int(value)):
        return str(int(value))
    return format(Decimal(f"{value:.15g}"), "f") if isfinite(value) else ""


def date_text(value: datetime | date | time) -> str:
    """Return ISO text: a date alone where the time is midnight."""
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
