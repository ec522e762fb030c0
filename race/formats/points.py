"""Points of checkpoints: the course's, else the checkpoint's own, and a share of them after a failed sheet."""

from fractions import Fraction

from base.languages import Words
from checkpoints.model import Course
from race.formats.model import Tally


def points_of(tally: Tally) -> int:
    """Return the points of all that was passed; a half rounds up at each checkpoint."""
    own = tally.course.options.get("points", {})
    total = 0
    for visit in tally.passed:
        checkpoint = tally.checkpoints[visit.checkpoint]
        points = own.get(checkpoint.code, checkpoint.points) * visit.points_factor
        total += (points + Fraction(1, 2)).__floor__()
    return total


def check_points(course: Course) -> list[Words]:
    """Name what is wrong with a course's `points`."""
    points = course.options.get("points", {})
    if not isinstance(points, dict):
        return [Words('“points” gives points by checkpoint, as {"31": 10}.')]
    words = [
        Words("“points” names %(code)s, which is not on the course.", {"code": code})
        for code in points
        if code not in course.checkpoints
    ]
    words.extend(
        Words("The points of %(code)s must be a whole number from 0.", {"code": code})
        for code, value in points.items()
        if isinstance(value, bool) or not isinstance(value, int) or value < 0
    )
    return words
