"""顺序赛: the course's items in its order; extra punches are ignored (IOF rules 20.7 for missing punches).

Valid when the whole list is a subsequence of the punches whose tasks are passed. What counts otherwise is the longest
part of the list that is one. An item is a code, {"any_of": […]} or {"any": true}, the last two with "distinct": true if
no two such are to be taken by the same code; the course's own "distinct" says so of all of them.
"""

from collections.abc import Sequence
from typing import Any

from base.languages import Words
from checkpoints.model import Course
from checkpoints.rules import codes_of
from race.formats.late import check_late, is_over_time, late_seconds
from race.formats.matching import Item, Match, match
from race.formats.missed import by_time, check_missed, judge_missing
from race.formats.model import Judged, Tally
from race.formats.plain import say_counted
from race.formats.points import check_points, points_of
from race.model import Status

rank_key = by_time


def check(course: Course) -> list[Words]:
    """Name what is wrong with the course."""
    words = [*check_late(course, "seconds_per_minute"), *check_missed(course)]
    if not all(_is_item(item) for item in course.checkpoints):
        words.append(Words('Each item of a line is a code, {"any_of": ["41", "51"]} or {"any": true}.'))
    else:
        listed = {code for item in course.checkpoints for code in codes_of(item)}
        words.extend(check_points(Course(course.id, course.format, tuple(listed), course.options)))
    if not isinstance(course.options.get("distinct", False), bool):
        words.append(Words("“distinct” is true or false."))
    return words


def _is_item(item: Any) -> bool:
    if isinstance(item, str):
        return bool(item)
    if not isinstance(item, dict) or not isinstance(item.get("distinct", False), bool):
        return False
    codes = item.get("any_of")
    if set(item) - {"distinct"} == {"any_of"}:
        return isinstance(codes, list) and bool(codes) and all(isinstance(code, str) and code for code in codes)
    return set(item) - {"distinct"} == {"any"} and item["any"] is True


def item_of(course: Course, item: Any) -> Item:
    """Return an item of the course, which `check` has found sound, as the matching reads it."""
    if isinstance(item, str):
        return Item(frozenset({item}))
    distinct = item.get("distinct", course.options.get("distinct", False))
    return Item(frozenset(codes_of(item)) if "any_of" in item else None, distinct)


def take(course: Course, codes: Sequence[str], done: frozenset[str], waived: frozenset[str]) -> Match:
    """Match the course against the punches whose tasks are passed. Items that name a waived checkpoint are dropped."""
    usable = [number for number, code in enumerate(codes) if code in done]
    kept = [number for number, item in enumerate(course.checkpoints) if waived.isdisjoint(codes_of(item))]
    found = match([item_of(course, course.checkpoints[number]) for number in kept], [codes[n] for n in usable])
    taken: list[int | None] = [None] * len(course.checkpoints)
    for number, place in zip(kept, found.taken, strict=True):
        taken[number] = None if place is None else usable[place]
    return Match(tuple(taken), found.sure)


def judge(tally: Tally) -> Judged:
    """Judge by what is missing: a missing punch, or what it costs."""
    counted = tuple(tally.punches[place].checkpoint for place in sorted(n for n in tally.taken if n is not None))
    dropped = sum(not tally.waived.isdisjoint(codes_of(item)) for item in tally.course.checkpoints)
    missing_s, status, missing = judge_missing(tally.course, len(tally.course.checkpoints) - dropped - len(counted))
    unsure = [] if tally.sure else [Words("Perhaps more items can be taken than was found: the jury must look.")]
    points, by_point = points_of(tally)
    late_s, late = late_seconds(tally.course, tally.late_s)
    return Judged(
        counted=counted,
        points=points,
        penalty_s=late_s + missing_s,
        status=Status.OVER_TIME if is_over_time(tally.course, tally.late_s) else status,
        why=(say_counted(counted, tally), *missing, *unsure, *by_point, *late),
    )
