"""The steps of a score in words, said by the rules that took them."""

from collections.abc import Iterator, Mapping

from base.clock import time_of_day
from base.languages import Words
from race.model import Visit
from race.rules.lengths import length


def say_times(
    start: int | None, finish: int | None, elapsed: int | None, credit_s: int, timezone: str
) -> Iterator[Words]:
    """Say from when to when the run counts, and what is credited."""
    if start is not None:
        yield Words("Start %(at)s.", {"at": time_of_day(start, timezone)})
    if finish is not None:
        yield Words(
            "Finish %(at)s: %(elapsed)s elapsed.",
            {"at": time_of_day(finish, timezone), "elapsed": length(elapsed) if elapsed is not None else "–"},
        )
    if credit_s:
        yield Words("Time credit: %(credit)s off.", {"credit": length(credit_s)})


def say_penalties(visits: Mapping[str, Visit], waived: frozenset[str], on_heads: int, by_jury: int) -> Iterator[Words]:
    """Say which tasks and missing heads cost time, and what the jury added."""
    for code, visit in visits.items():
        if visit.tasks and visit.penalty_s and code not in waived:
            yield Words("Tasks at %(code)s: %(cost)s added.", {"code": code, "cost": length(visit.penalty_s)})
    if on_heads:
        yield Words("Missing members: %(cost)s added.", {"cost": length(on_heads)})
    if by_jury:
        yield Words("By the jury: %(cost)s added.", {"cost": length(by_jury)})
