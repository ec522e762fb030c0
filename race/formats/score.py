"""积分赛, 罗盖因 (IRF rules B28-29): points of the checkpoints passed less a penalty for lateness, then time.

R = max(0, Σ points + adjustments − late). Always valid; past the cut-off the run is OverTime, below the minimum it did
not finish.
"""

from base.languages import Words
from checkpoints.model import Course
from race.formats.late import check_late, is_over_time, late_points
from race.formats.model import Judged, Tally
from race.formats.plain import check_plain_list, counted, say_counted, take_first
from race.formats.points import check_points, points_of
from race.model import Run, Status

take = take_first


def check(course: Course) -> list[Words]:
    """Name what is wrong with the course."""
    words = [*check_plain_list(course), *check_late(course, "points_per_minute"), *check_points(course)]
    minimum = course.options.get("minimum_points", 0)
    if isinstance(minimum, bool) or not isinstance(minimum, int) or minimum < 0:
        words.append(Words("“minimum_points” is a whole number."))
    return words


def judge(tally: Tally) -> Judged:
    """Judge a run by its points."""
    codes = counted(tally)
    gained, by_point = points_of(tally)
    lost, late = late_points(tally.course, tally.late_s)
    points = max(0, gained - lost)
    why = [say_counted(codes, tally), *by_point, *late, Words("Result: %(points)s points.", {"points": points})]
    status, least = Status.OK, tally.course.options.get("minimum_points", 0)
    if points < least:
        status = Status.DID_NOT_FINISH
        why.append(Words("That is below the least that counts, %(least)s.", {"least": least}))
    if is_over_time(tally.course, tally.late_s):
        status = Status.OVER_TIME
    return Judged(codes, points, 0, status, tuple(why))


def rank_key(run: Run) -> tuple[int, ...]:
    """Rank by points, most first, then by net time, least first."""
    return (-run.points, run.time_s or 0)
