"""The steps of a score in words, said by the rules that took them."""

from collections.abc import Iterator, Mapping

from base.clock import format_instant
from base.languages import Words
from race.model import Visit


def say_times(
    start: int | None, finish: int | None, elapsed: int | None, credit_s: int, timezone: str
) -> Iterator[Words]:
    """Say from when to when the run counts, and what is credited."""
    if start is not None:
        yield Words("Start %(at)s.", {"at": format_instant(start, timezone)})
    if finish is not None:
        yield Words(
            "Finish %(at)s: %(elapsed)s s elapsed.", {"at": format_instant(finish, timezone), "elapsed": elapsed}
        )
    if credit_s:
        yield Words("Time credit: %(credit)s s off.", {"credit": credit_s})


def say_penalties(visits: Mapping[str, Visit], waived: frozenset[str], on_heads: int, by_jury: int) -> Iterator[Words]:
    """Say which tasks and missing heads cost time, and what the jury added."""
    for code, visit in visits.items():
        if visit.penalty_s and code not in waived:
            yield Words("Tasks at %(code)s: %(cost)s s added.", {"code": code, "cost": visit.penalty_s})
    if on_heads:
        yield Words("Missing members: %(cost)s s added.", {"cost": on_heads})
    if by_jury:
        yield Words("By the jury: %(cost)s s added.", {"cost": by_jury})
