"""The formats of races, one file each, behind one table.

A format says which checkpoints count, what a run is worth, and by which key runs are ranked. All of it is pure.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from base.languages import Words
from checkpoints.model import Course
from race.formats import count, free, line, score
from race.formats.model import Judged, Tally
from race.model import Run


@dataclass(frozen=True, slots=True)
class Format:
    """One way to race. `check` names what is wrong with a course's options; `rank_key` sorts the best run first."""

    check: Callable[[Course], list[Words]]
    judge: Callable[[Tally], Judged]
    rank_key: Callable[[Run], tuple[int, ...]]


FORMATS: Mapping[str, Format] = {
    "count": Format(count.check, count.judge, count.rank_key),
    "score": Format(score.check, score.judge, score.rank_key),
    "line": Format(line.check, line.judge, line.rank_key),
    "free": Format(free.check, free.judge, free.rank_key),
}
