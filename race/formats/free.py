"""自由赛: the checkpoints in any order. With `compulsory` and `free`, those and so many of the rest; without, all."""

from base.languages import Words
from checkpoints.model import Course
from race.formats.late import check_late, is_over_time, read_late
from race.formats.missed import check_missed, judge_missing
from race.formats.model import Judged, Tally
from race.formats.plain import check_plain_list
from race.formats.points import points_of
from race.model import Run, Status


def check(course: Course) -> list[Words]:
    """Name what is wrong with the course."""
    words = [*check_plain_list(course), *check_late(course, "seconds_per_minute"), *check_missed(course)]
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
    """Count the compulsory ones that are missing, and how many of the rest."""
    course = tally.course
    done = tuple(visit.checkpoint for visit in tally.passed)
    late = read_late(course)
    missing_s, status = judge_missing(course, _missing(course, frozenset(done)))
    return Judged(
        counted=done,
        points=points_of(tally),
        penalty_s=(late.cost(tally.late_s) if late else 0) + missing_s,
        status=Status.OVER_TIME if is_over_time(course, tally.late_s) else status,
    )


def _missing(course: Course, done: frozenset[str]) -> int:
    if "free" not in course.options and "compulsory" not in course.options:
        return len(set(course.checkpoints) - done)
    compulsory = set(course.options.get("compulsory", []))
    others = len(done & set(course.checkpoints) - compulsory)
    return len(compulsory - done) + max(0, int(course.options.get("free", 0)) - others)


def rank_key(run: Run) -> tuple[int, ...]:
    """Rank by net time. While runs are out, who has more checkpoints stands before."""
    return (-len(run.passed), run.time_s or 0)
