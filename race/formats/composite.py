"""任务积分+用时: points of tasks, more for time left, less for lateness; then time.

R = Σ task points + A·max(0, 1 − T/L) − late, where A is the course's `weight` and L its time limit. The share for time
is reckoned exactly and rounded once, half up; it is earned at the finish, so who is out has none yet. Always valid.
"""

from fractions import Fraction

from base.languages import Words
from checkpoints.model import Course
from race.formats.late import check_late, is_over_time, late_points
from race.formats.model import Judged, Tally
from race.formats.plain import check_plain_list, counted, say_counted, take_first
from race.formats.points import check_points, points_of
from race.formats.score import rank_key as by_points
from race.model import Status

take = take_first
rank_key = by_points


def check(course: Course) -> list[Words]:
    """Name what is wrong with the course."""
    words = [*check_plain_list(course), *check_late(course, "points_per_minute"), *check_points(course)]
    weight = course.options.get("weight", 0)
    if isinstance(weight, bool) or not isinstance(weight, int) or weight < 0:
        words.append(Words("“weight” is a whole number: the points for arriving in no time."))
    return words


def judge(tally: Tally) -> Judged:
    """Judge a run by its tasks and its time."""
    codes = counted(tally)
    gained, by_point = points_of(tally, with_games=True)
    for_time = time_points(int(tally.course.options.get("weight", 0)), tally.time_s, tally.limit_s)
    lost, late = late_points(tally.course, tally.late_s)
    points = gained + for_time - lost
    why = [
        say_counted(codes, tally),
        *by_point,
        Words("For time left: %(points)s points.", {"points": for_time}),
        *late,
        Words("Result: %(points)s points.", {"points": points}),
    ]
    status = Status.OVER_TIME if is_over_time(tally.course, tally.late_s) else Status.OK
    return Judged(codes, points, 0, status, tuple(why))


def time_points(weight: int, time_s: int | None, limit_s: int | None) -> int:
    """Return A·max(0, 1 − T/L), half rounded up; nothing without a limit or while out."""
    if time_s is None or not limit_s:
        return 0
    return (weight * max(Fraction(0), 1 - Fraction(time_s, limit_s)) + Fraction(1, 2)).__floor__()
