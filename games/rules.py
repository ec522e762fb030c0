"""From measures to an outcome.

`score` of a game may hold, each naming measures by id:

    "bands":     {"of": "survivors", "points": [[5, 20], [3, 12], [0, 4]]}   at least so many → so many points
    "linear":    {"of": "seconds", "from": [35, 20], "to": [110, 4]}         35 → 20 points, 110 → 4, between in
                                                                             proportion, beyond clamped, half up
    "cells":     {"of": "cells", "points": 2, "line": 2}                     points a cell, more for each full line
    "ranks":     {"of": "seconds", "best": "least", "points": [10, 8, 6]}    by rank among all who played ("most": the
                                                                             highest leads); beyond the table none
    "penalty_s": {"drops": 5}      seconds for each; they count in the run, and in the seconds the game is scored by
    "minus":     {"spills": 1}     points off for each, never below nothing
    "need":      {"survivors": {"least": 3}, "seconds": {"most": 180}}       what must be reached to pass
    "figure":    "seconds"         the measure that is told (else what the points come from, else the first)

Points of several parts add up. Without `need` whoever plays to the end passes; a measure of the kind `pass` decides.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from base.faults import Fault
from base.languages import Words
from games.model import Game, Measure, MeasureKind, Outcome

CELLS = 9
LINES = ((0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 3, 6), (1, 4, 7), (2, 5, 8), (0, 4, 8), (2, 4, 6))
# Nothing in a game takes longer or counts higher; it keeps a slip of the thumb out of the log.
MOST = 86_400

# What nobody noted did not happen.
_MAY_LACK = (MeasureKind.FOUL, MeasureKind.ATTEMPTS)
_FIGURES = {
    MeasureKind.SECONDS: Words("%(figure)s s"),
    MeasureKind.GRID3X3: Words("hits: %(figure)s"),
}


def check_measures(game: Game, measures: Mapping[str, Any]) -> list[Fault]:
    """Return what is wrong with a marshal's measures: missing, unknown, of the wrong type, out of bounds."""
    faults = []
    for measure in game.measures:
        value = measures.get(measure.id)
        if value is None:
            words = None if measure.kind in _MAY_LACK else Words("This measure is missing.")
        else:
            words = _fault_of(measure, value)
        if words:
            faults.append(Fault(measure.id, words))
    known = {measure.id for measure in game.measures}
    unknown = Words("This game has no such measure.")
    return faults + [Fault(str(name), unknown) for name in measures if name not in known]


def _fault_of(measure: Measure, value: Any) -> Words | None:
    if measure.kind is MeasureKind.PASS:
        return None if isinstance(value, bool) else Words("This must be passed or failed.")
    if measure.kind is MeasureKind.GRID3X3:
        return None if _hits(value) is not None else Words("This must list the cells that were hit, 0 to 8.")
    number = _number(value)
    if number is None:
        return Words("This must be a number.")
    if measure.kind is not MeasureKind.SECONDS and number.denominator != 1:
        return Words("This must be a whole number.")
    most = MOST if measure.most is None else measure.most
    if not measure.least <= number <= most:
        return Words("This must be between %(least)s and %(most)s.", {"least": measure.least, "most": most})
    return None


def _number(value: Any) -> Fraction | None:
    """Return a number exactly as it was written. True is not 1; infinity and NaN are no numbers."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    if isinstance(value, float) and Decimal(value).is_finite():
        return Fraction(repr(value))
    return None


def _cells(value: Any) -> frozenset[int] | None:
    """Return the cells hit: from their numbers 0–8 in reading order, each once."""
    if not isinstance(value, list | tuple) or len(value) > CELLS:
        return None
    if any(isinstance(cell, bool) or not isinstance(cell, int) or not 0 <= cell < CELLS for cell in value):
        return None
    return frozenset(value) if len(set(value)) == len(value) else None


def _hits(value: Any) -> int | None:
    """Return how many cells were hit. A bare number will do where nobody noted which; it completes no line."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value if 0 <= value <= CELLS else None
    cells = _cells(value)
    return None if cells is None else len(cells)


def score_game(game: Game, measures: Mapping[str, Any]) -> Outcome:
    """Return what measures are worth. Unusable ones (`check_measures` names them) are worth nothing and do not pass."""
    if any(fault.path in _decisive(game) for fault in check_measures(game, measures)):
        return Outcome(passed=False, figure=Words("not measured"))
    read = {measure.id: _worth(measure, measures.get(measure.id)) for measure in game.measures}
    kinds = {measure.id: measure.kind for measure in game.measures}
    cells = {
        name: _cells(measures.get(name)) or frozenset() for name, kind in kinds.items() if kind is MeasureKind.GRID3X3
    }
    fouls = [(name, int(each), int(read[name])) for name, each in game.score.get("penalty_s", {}).items()]
    penalty = sum(each * times for _, each, times in fouls)
    scored = {name: value + penalty if kinds[name] is MeasureKind.SECONDS else value for name, value in read.items()}
    points, why = _points(game, scored, cells)
    names = {measure.id: measure.name or measure.id for measure in game.measures}
    for name, each, times in fouls:
        if times:
            words = Words(
                "%(name)s: %(times)s × %(each)s s = %(total)s s",
                {"name": names[name], "times": times, "each": each, "total": each * times},
            )
            why.append(words)
    for name, each in game.score.get("minus", {}).items():
        if lost := int(each) * int(read[name]):
            points -= lost
            why.append(Words("%(name)s: −%(points)s points", {"name": names[name], "points": lost}))
    told = game.score.get("figure") or _scored_by(game) or next(iter(read), None)
    return Outcome(
        passed=_passed(game, measures, scored),
        points=max(0, points),
        penalty_s=penalty,
        figure=_figure(game, told, scored) if told in scored else None,
        why=tuple(why),
        ranked=_ranked(game, scored),
    )


def _ranked(game: Game, scored: Mapping[str, Fraction]) -> Fraction | None:
    table = game.score.get("ranks")
    if not table:
        return None
    return -scored[table["of"]] if table.get("best") == "most" else scored[table["of"]]


def with_rank(game: Game, outcome: Outcome, rank: int) -> Outcome:
    """Return the outcome with the points of its rank (from 1) among all who played; beyond the table there are none."""
    table = game.score["ranks"]["points"]
    points = int(table[rank - 1]) if rank <= len(table) else 0
    step = Words("Rank %(rank)s → %(points)s points", {"rank": rank, "points": points})
    return replace(outcome, points=outcome.points + points, why=(*outcome.why, step))


def _worth(measure: Measure, value: Any) -> Fraction:
    if measure.kind is MeasureKind.PASS:
        return Fraction(value is True)
    if measure.kind is MeasureKind.GRID3X3:
        return Fraction(_hits(value) or 0)
    return _number(value) or Fraction(0)


def _decisive(game: Game) -> set[str]:
    """Return the measures without which nothing can be said."""
    return {measure.id for measure in game.measures if measure.kind not in _MAY_LACK}


def _points(game: Game, scored: Mapping[str, Fraction], cells: Mapping[str, frozenset[int]]) -> tuple[int, list[Words]]:
    points, why = 0, []
    if bands := game.score.get("bands"):
        value = scored[bands["of"]]
        got = max((int(worth) for least, worth in bands["points"] if value >= least), default=0)
        points += got
        why.append(Words("%(figure)s → %(points)s points", {"figure": _digits(value), "points": got}))
    if linear := game.score.get("linear"):
        value = scored[linear["of"]]
        got = clamped(value, linear["from"], linear["to"])
        points += got
        why.append(Words("%(figure)s → %(points)s points", {"figure": _digits(value), "points": got}))
    if grid := game.score.get("cells"):
        hit = cells.get(grid["of"], frozenset())
        lines = sum(1 for line in LINES if hit.issuperset(line))
        points += int(scored[grid["of"]]) * int(grid["points"]) + lines * int(grid.get("line", 0))
        why.append(Words("%(cells)s cells, %(lines)s lines", {"cells": int(scored[grid["of"]]), "lines": lines}))
    return points, why


def clamped(value: Fraction, start: Sequence[Any], end: Sequence[Any]) -> int:
    """Return the points at `value` on the straight line between two (value, points); beyond, the nearer end's.

    Exact; half rounds up. Either end may be the better one.
    """
    (x0, y0), (x1, y1) = [tuple(Fraction(repr(number)) for number in pair) for pair in (start, end)]
    if x0 == x1:
        return _half_up(y0 if value <= x0 else y1)
    share = min(Fraction(1), max(Fraction(0), (value - x0) / (x1 - x0)))
    return _half_up(y0 + share * (y1 - y0))


def _half_up(number: Fraction) -> int:
    return (number + Fraction(1, 2)).__floor__()


def _scored_by(game: Game) -> str | None:
    return next((str(game.score[part]["of"]) for part in ("linear", "bands", "cells") if part in game.score), None)


def _passed(game: Game, measures: Mapping[str, Any], scored: Mapping[str, Fraction]) -> bool:
    if any(measure.kind is MeasureKind.PASS and measures.get(measure.id) is not True for measure in game.measures):
        return False
    return all(
        bound.get("least", scored[name]) <= scored[name] <= bound.get("most", scored[name])
        for name, bound in game.score.get("need", {}).items()
    )


def _figure(game: Game, name: str, scored: Mapping[str, Fraction]) -> Words:
    measure = next(measure for measure in game.measures if measure.id == name)
    if measure.kind is MeasureKind.PASS:
        return Words("passed") if scored[name] else Words("failed")
    if measure.kind in _FIGURES:
        return replace(_FIGURES[measure.kind], arguments={"figure": _digits(scored[name])})
    return Words("%(name)s %(figure)s", {"name": measure.name or measure.id, "figure": _digits(scored[name])})


def _digits(value: Fraction) -> str:
    """Return a number as people write it: whole, or with one decimal (half up)."""
    if value.denominator == 1:
        return str(value.numerator)
    tenths = _half_up(value * 10)
    return f"{tenths // 10}.{tenths % 10}"


def combine(game: Game, outcomes: Iterable[Outcome]) -> Outcome:
    """Return the outcome that counts of several attempts: the last, or the best if the game keeps the best.

    Best: passed before failed, then more points, then less penalty; the earlier of equals.

    Raises:
        ValueError: there are none.

    """
    played = list(outcomes)
    if not played:
        raise ValueError("a game that was not played has no outcome")
    if game.keep == "best":
        return max(played, key=lambda outcome: (outcome.passed, outcome.points, -outcome.penalty_s))
    return replace(played[-1])
