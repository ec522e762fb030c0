"""自由赛: the checkpoints in any order. With `compulsory` and `free`, those and so many of the rest; without, all."""

from base.languages import Words
from checkpoints.model import Course
from race.formats.late import check_late, is_over_time, late_seconds
from race.formats.missed import by_time, check_missed, judge_missing
from race.formats.model import Judged, Tally
from race.formats.plain import check_plain_list, say_counted, take_first
from race.formats.points import check_points, points_of
from race.model import Status

take = take_first
rank_key = by_time


def check(course: Course) -> list[Words]:
    """Name what is wrong with the course."""
    words = [
        *check_plain_list(course),
        *check_late(course, "seconds_per_minute"),
        *check_missed(course),
        *check_points(course),
    ]
    compulsory, free = course.options.get("compulsory", []), course.options.get("free", 0)
    if not isinstance(compulsory, list) or any(code not in course.checkpoints for code in compulsory):
        words.append(Words("“compulsory” lists checkpoints of this course."))
    elif (
        isinstance(free, bool)
        or not isinstance(free, int)
        or not 0 <= free <= len(course.checkpoints) - len(compulsory)
    ):
        words.append(Words("“free” is how many of the other checkpoints are needed."))
    return words


def judge(tally: Tally) -> Judged:
    """Count the compulsory ones that are missing, and how many of the rest. A waived one is missing to nobody."""
    course = tally.course
    codes = tuple(visit.checkpoint for visit in tally.passed if visit.checkpoint not in tally.waived)
    points, by_point = points_of(tally)
    late_s, late = late_seconds(course, tally.late_s)
    missing_s, status, missing = judge_missing(course, _missing(course, tally.waived.union(codes)))
    return Judged(
        counted=codes,
        points=points,
        penalty_s=late_s + missing_s,
        status=Status.OVER_TIME if is_over_time(course, tally.late_s) else status,
        why=(say_counted(codes, tally), *missing, *by_point, *late),
    )


def _missing(course: Course, done: frozenset[str]) -> int:
    if "free" not in course.options and "compulsory" not in course.options:
        return len(set(course.checkpoints) - done)
    compulsory = set(course.options.get("compulsory", []))
    others = len(done & set(course.checkpoints) - compulsory)
    return len(compulsory - done) + max(0, int(course.options.get("free", 0)) - others)
