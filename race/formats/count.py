"""任务点数优先: whoever passed more checkpoints leads, and among equals the faster.

Always valid. A checkpoint counts when its tasks are passed. The default of a union or company race.
"""

from base.languages import Words
from checkpoints.model import Course
from race.formats.late import check_late, is_over_time, read_late
from race.formats.model import Judged, Tally
from race.formats.plain import check_plain_list
from race.formats.points import points_of
from race.model import Run, Status


def check(course: Course) -> list[Words]:
    """Name what is wrong with the course."""
    return [*check_plain_list(course), *check_late(course, "seconds_per_minute")]


def judge(tally: Tally) -> Judged:
    """Judge a run: its points are shown only, lateness costs seconds or the time limit."""
    late = read_late(tally.course)
    return Judged(
        counted=tuple(visit.checkpoint for visit in tally.passed),
        points=points_of(tally),
        penalty_s=late.cost(tally.late_s) if late else 0,
        status=Status.OVER_TIME if is_over_time(tally.course, tally.late_s) else Status.OK,
    )


def rank_key(run: Run) -> tuple[int, ...]:
    """Rank by checkpoints, most first, then by net time, least first."""
    return (-len(run.passed), run.time_s or 0)
