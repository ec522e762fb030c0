"""任务点数优先: whoever passed more checkpoints leads, and among equals the faster.

Always valid. A checkpoint counts when its tasks are passed. The default of a union or company race.
"""

from base.languages import Words
from checkpoints.model import Course
from race.formats.late import check_late, is_over_time, late_seconds
from race.formats.model import Judged, Tally
from race.formats.plain import check_plain_list, counted, say_counted, take_first
from race.formats.points import check_points, points_of
from race.model import Run, Status

take = take_first


def check(course: Course) -> list[Words]:
    """Name what is wrong with the course."""
    return [*check_plain_list(course), *check_late(course, "seconds_per_minute"), *check_points(course)]


def judge(tally: Tally) -> Judged:
    """Judge a run: its points are shown only, lateness costs seconds or the time limit."""
    codes = counted(tally)
    points, by_point = points_of(tally)
    late_s, late = late_seconds(tally.course, tally.late_s)
    return Judged(
        counted=codes,
        points=points,
        penalty_s=late_s,
        status=Status.OVER_TIME if is_over_time(tally.course, tally.late_s) else Status.OK,
        why=(say_counted(codes, tally), *by_point, *late),
    )


def rank_key(run: Run) -> tuple[int, ...]:
    """Rank by checkpoints, most first, then by net time, least first."""
    return (-len(run.passed), run.time_s or 0)
