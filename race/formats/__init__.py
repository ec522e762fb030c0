"""The formats of races, one file each, behind one table.

A format says which checkpoints count, what a run is worth, and by which key runs are ranked. All of it is pure.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from base.languages import Words
from checkpoints.model import Course
from race.formats import composite, count, free, line, score
from race.formats.model import Judged, Tally
from race.formats.punches import Match
from race.model import Run


@dataclass(frozen=True, slots=True)
class Format:
    """One way to race. `check` names what is wrong with a course's options; `rank_key` sorts the best run first.

    `take` says for each item of the course which of the punches (by code, those of passed checkpoints, the waived ones)
    takes it.
    """

    check: Callable[[Course], list[Words]]
    take: Callable[[Course, Sequence[str], frozenset[str], frozenset[str]], Match]
    judge: Callable[[Tally], Judged]
    rank_key: Callable[[Run], tuple[int, ...]]


FORMATS: Mapping[str, Format] = {
    "count": Format(count.check, count.take, count.judge, count.rank_key),
    "score": Format(score.check, score.take, score.judge, score.rank_key),
    "line": Format(line.check, line.take, line.judge, line.rank_key),
    "free": Format(free.check, free.take, free.judge, free.rank_key),
    "composite": Format(composite.check, composite.take, composite.judge, composite.rank_key),
}
