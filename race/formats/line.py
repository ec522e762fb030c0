"""顺序赛: the course's checkpoints in its order; extra punches are ignored (IOF rules 20.7 for missing punches).

Valid when the whole list is a subsequence of the punches whose tasks are passed. What counts otherwise is the longest
part of the list that is one.
"""

from collections.abc import Sequence

from base.languages import Words
from checkpoints.model import Course
from race.formats.late import check_late, is_over_time, read_late
from race.formats.missed import check_missed, judge_missing
from race.formats.model import Judged, Tally
from race.formats.points import points_of
from race.model import Run, Status


def check(course: Course) -> list[Words]:
    """Name what is wrong with the course."""
    words = [*check_late(course, "seconds_per_minute"), *check_missed(course)]
    if any(not isinstance(item, str) for item in course.checkpoints):
        words.append(Words("Each checkpoint of a course is a code."))
    return words


def judge(tally: Tally) -> Judged:
    """Match the course against the punches in order; what is missing is a missing punch, or costs its seconds."""
    done = {visit.checkpoint for visit in tally.passed}
    counted = longest_common([code for code in tally.punches if code in done], tally.course.checkpoints)
    late = read_late(tally.course)
    missing_s, status = judge_missing(tally.course, len(tally.course.checkpoints) - len(counted))
    return Judged(
        counted=counted,
        points=points_of(tally),
        penalty_s=(late.cost(tally.late_s) if late else 0) + missing_s,
        status=Status.OVER_TIME if is_over_time(tally.course, tally.late_s) else status,
    )


def longest_common(punches: Sequence[str], line: Sequence[str]) -> tuple[str, ...]:
    """Return the longest sequence that is part of both in order; of several the one that is punched first.

    `best[p][i]` is its length for the punches from p and the items from i: a table of punches × items, 18,000 steps for
    the largest courses there are.
    """
    best = [[0] * (len(line) + 1) for _ in range(len(punches) + 1)]
    for p in range(len(punches) - 1, -1, -1):
        for i in range(len(line) - 1, -1, -1):
            taken = best[p + 1][i + 1] + 1 if punches[p] == line[i] else 0
            best[p][i] = max(taken, best[p + 1][i], best[p][i + 1])
    found: list[str] = []
    p = i = 0
    while p < len(punches) and i < len(line):
        if punches[p] == line[i] and best[p][i] == best[p + 1][i + 1] + 1:
            found.append(line[i])
            p, i = p + 1, i + 1
        elif best[p][i] == best[p + 1][i]:
            p += 1
        else:
            i += 1
    return tuple(found)


def rank_key(run: Run) -> tuple[int, ...]:
    """Rank by net time. While runs are out, who is further along the line stands before."""
    return (-len(run.passed), run.time_s or 0)
