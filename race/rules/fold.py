"""From set-up and facts to a run.

A run is folded from scratch whenever one of its facts arrives, from facts sorted by what happened when, so late,
repeated and shuffled facts give the same run. Each step notes in words what it came to: that is "why this score".
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from base.clock import whole_seconds
from checkpoints.model import Course
from facts.model import Fact
from facts.rules import by_kind, order
from race.formats import FORMATS
from race.formats.late import read_late
from race.formats.legs import route_of, voided_legs
from race.formats.model import Tally
from race.model import (
    Checkin,
    Class,
    Entry,
    GameTask,
    Punched,
    Ruling,
    Run,
    Verdict,
    Visit,
    Whole,
)
from race.rules.marks import flags_of
from race.rules.receipts import doubts_of
from race.rules.station import covered_s
from race.rules.status import status_of
from race.rules.visits import PUNCHED, Before, Ground, ground_of, judge_punches, visits_of
from race.rules.whole import start_of
from race.rules.why import say_penalties, say_times

__all__ = ["Before", "Ground", "fold", "ground_of"]

Kinds = Mapping[str, Sequence[Fact]]
NO_RANKS: Mapping[str, int] = {}
NO_RULING = Ruling()


def fold(
    ground: Ground,
    whole: Whole,
    entry: Entry,
    facts: Iterable[Fact],
    ranks: Mapping[str, int] = NO_RANKS,
    before: Before | None = None,
) -> Run:
    """Fold an entry's own facts into its run. `ranks` say where it came in as which, where points depend on it.

    The run `before` saves work and changes nothing.
    """
    told = {fact.id: fact for fact in facts}
    own = sorted((fact for fact in told.values() if fact.id not in whole.undone), key=order)
    kinds = by_kind(own)
    ruling = whole.rulings.get(entry.id, NO_RULING)
    class_ = ground.setup.classes[ruling.class_ or entry.class_]
    start = start_of(whole, class_, entry, kinds, ground.starts)
    finish = ruling.finish if ruling.finish is not None else _finish(kinds, start, whole.closed_at)
    verdicts, arrivals = judge_punches(ground, class_, own, start, finish, whole.closed_at)
    visits = visits_of(ground, whole, own, arrivals, finish, ranks, before)
    run = _run(ground, whole, entry, class_, ruling, kinds, start, finish, visits, verdicts, ranks)
    doubts = doubts_of(told.values(), ground.setup.about.offline_s * 1000)
    return replace(run, doubts=doubts) if doubts else run


def _finish(kinds: Kinds, start: int | None, closed_at: int | None) -> int | None:
    """Return F: the last finish that is not undone, after the start and not after closing."""
    if start is None:
        return None
    finishes = (fact.at for fact in reversed(kinds.get("finish", ())) if closed_at is None or fact.at <= closed_at)
    last = next(finishes, None)
    return last if last is not None and last >= start else None


def _run(  # noqa: PLR0913  the parts of one run, put together in one place
    ground: Ground,
    whole: Whole,
    entry: Entry,
    class_: Class,
    ruling: Ruling,
    kinds: Kinds,
    start: int | None,
    finish: int | None,
    visits: dict[str, Visit],
    verdicts: dict[str, Verdict],
    ranks: Mapping[str, int],
) -> Run:
    course = ground.setup.courses[class_.course]
    waived = whole.waived if start is not None else frozenset()
    passed = tuple(sorted([visit for visit in visits.values() if visit.passed_at is not None], key=_passing))
    # A finish without a start is to be checked: its punches are shown for that, and count for nothing.
    unstarted = start is None and "finish" in kinds
    shown = (*PUNCHED, Verdict.NOT_STARTED) if unstarted else PUNCHED
    punches = tuple(
        [
            Punched(fact.checkpoint, fact.at)
            for fact in kinds.get("punch", ())
            if fact.checkpoint and fact.checkpoint not in ground.ends and verdicts[fact.id] in shown
        ]
    )
    done = frozenset([visit.checkpoint for visit in passed])
    codes = [punch.checkpoint for punch in punches]
    matched = FORMATS[course.format].take(course, codes, frozenset(codes) if unstarted else done, waived)
    taken = matched.taken if start is not None else (None,) * len(course.checkpoints)
    # A leg stays neutral where the checkpoint at its end was waived later.
    whole_way = FORMATS[course.format].take(course, codes, done, frozenset()).taken if waived else taken
    last_at = passed[-1].passed_at if passed else start
    end = finish if finish is not None else last_at
    elapsed = late = None
    spared = [
        *_waits(visits),
        *_stops(whole, end or 0),
        *_neutral(ground, whole, class_, start, finish, punches, whole_way),
    ]
    credit_s = 0
    limit = class_.time_limit_s or course.options.get("time_limit_s")
    if start is not None and end is not None:
        elapsed = whole_seconds(end) - whole_seconds(start)
        credit_s = covered_s(spared, start, end) + ruling.credit_s
        late = max(0, elapsed - credit_s - limit) if limit and finish is not None else 0
        passed = _in_time(course, passed, limit, start, spared)
    heads = _last(kinds, "heads")
    missing = max(0, (class_.team_size or 0) - int(heads.body["heads"])) if heads else None
    on_tasks = sum([visit.penalty_s for visit in visits.values() if visit.tasks and visit.checkpoint not in waived])
    on_heads = (missing or 0) * class_.incomplete.penalty_s
    penalty_s = on_tasks + on_heads + ruling.penalty_s
    net_s = elapsed - credit_s + penalty_s if elapsed is not None and finish is not None else None
    tally = Tally(
        course, class_, ground.setup.checkpoints, passed, punches, taken, late or 0, net_s, limit, waived,
        ruling.points, ranks, matched.sure,
    )  # fmt: skip
    judged = FORMATS[course.format].judge(tally)
    status, decided = status_of(class_, whole, ruling, kinds, start, finish, missing, judged)
    timezone = ground.setup.about.timezone
    return Run(
        entry=entry.id,
        class_=class_.id,
        status=status,
        start=start,
        finish=finish,
        checkin=_checkin(kinds),
        heads=int(heads.body["heads"]) if heads else None,
        visits=visits,
        passed=judged.counted,
        points=judged.points,
        elapsed_s=elapsed,
        credit_s=credit_s,
        penalty_s=penalty_s + judged.penalty_s,
        late_s=late or 0,
        time_s=elapsed - credit_s + penalty_s + judged.penalty_s if elapsed is not None else None,
        last_at=max([kinds[kind][-1].at for kind in ("punch", "finish") if kind in kinds], default=None),
        withdrawn=_withdrawn(kinds),
        flags=flags_of(entry, class_, course, visits, waived, short=bool(missing), sure=matched.sure),
        verdicts=verdicts,
        punches=punches,
        taken=matched.taken,
        waived=waived,
        why=(
            *ruling.why,
            *say_times(start, finish, elapsed, credit_s, timezone),
            *say_penalties(visits, waived, on_heads, ruling.penalty_s),
            *judged.why,
            *decided,
        ),
    )


def _passing(visit: Visit) -> tuple[int, str]:
    return (visit.passed_at or 0, visit.checkpoint)


def _in_time(
    course: Course, passed: tuple[Visit, ...], limit: int | None, start: int, spared: Sequence[tuple[int, int]]
) -> tuple[Visit, ...]:
    """Leave out what was passed after the limit, where the course says that scores nothing."""
    late = read_late(course)
    if late is None or late.after_counts or not limit:
        return passed
    return tuple(visit for visit in passed if _net_s(start, visit.passed_at or 0, spared) <= limit)


def _net_s(start: int, at: int, spared: Sequence[tuple[int, int]]) -> int:
    return whole_seconds(at) - whole_seconds(start) - covered_s(spared, start, at)


def _waits(visits: Mapping[str, Visit]) -> list[tuple[int, int]]:
    tasks = [task for visit in visits.values() for task in visit.tasks]
    return [task.credit for task in tasks if isinstance(task, GameTask) and task.credit]


def _stops(whole: Whole, end: int) -> list[tuple[int, int]]:
    return [(begin, until if until is not None else end) for begin, until in whole.stops]


def _neutral(
    ground: Ground,
    whole: Whole,
    class_: Class,
    start: int | None,
    finish: int | None,
    punches: Sequence[Punched],
    taken: Sequence[int | None],
) -> list[tuple[int, int]]:
    """Return the spans of neutral legs: those of the course and those the jury named, run from end to end in a go.

    A leg's ends are codes; "S" is the start and "F" the finish, and so are the codes of starts and finishes.
    """
    course = ground.setup.courses[class_.course]
    legs = voided_legs(course) | {(one, two) for one, two, of in whole.neutral if of in (None, class_.id)}
    if not legs:
        return []
    legs = {(ground.ends.get(one, one), ground.ends.get(two, two)) for one, two in legs}
    route = route_of(punches, taken, start, finish)
    return [
        (left, reached)
        for (one, left), (two, reached) in pairwise(route)
        if (one, two) in legs and left is not None and reached is not None
    ]


def _last(kinds: Kinds, kind: str) -> Fact | None:
    return kinds[kind][-1] if kind in kinds else None


def _checkin(kinds: Kinds) -> Checkin | None:
    fact = _last(kinds, "checkin")
    return Checkin(int(fact.body["heads"]), tuple(fact.body.get("members", ())), fact.at) if fact else None


def _withdrawn(kinds: Kinds) -> tuple[int, ...]:
    return tuple(sorted({index for fact in kinds.get("withdraw", ()) for index in fact.body.get("members") or ()}))
