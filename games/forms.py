"""Games: race-file JSON to model and back. A template fills whatever a file leaves out."""

from collections.abc import Mapping
from typing import Any

from base.faults import Fault
from base.forms import Reader, unique
from base.languages import Words
from games.model import Game, Measure, MeasureKind
from games.rules import MOST
from games.templates import TEMPLATES

KEEP = ("last", "best")
PARTS = ("bands", "linear", "cells", "ranks", "penalty_s", "minus", "need", "figure")
STANDARD = Game("", "", (), {})


def read_game(data: Any, path: str) -> tuple[Game, list[Fault]]:
    """Read one game. With `"template"` the file need only say what differs; a part it gives replaces the template's."""
    faults: list[Fault] = []
    template = data.get("template") if isinstance(data, Mapping) else None
    base = TEMPLATES.get(template, {}) if isinstance(template, str) else {}
    given = {key: value for key, value in data.items() if value is not None} if isinstance(data, Mapping) else data
    reader = Reader({**base, **given} if isinstance(given, Mapping) else given, path, faults)
    reader.needed("id")
    reader.needed("name")
    reader.needed("measures")
    measures = [(place, _measure(item, place, faults)) for place, item in reader.items("measures", most=20)]
    unique([(place, measure.id) for place, measure in measures], faults)
    game = Game(
        id=reader.string("id", longest=64),
        name=reader.text("name"),
        measures=tuple(measure for _, measure in measures),
        score=_score(reader, {measure.id: measure.kind for _, measure in measures}),
        instructions=reader.text("instructions"),
        template=reader.choice("template", tuple(TEMPLATES), "") or None,
        credit_cap_s=reader.integer("credit_cap_s", STANDARD.credit_cap_s, most=MOST),
        attempts=reader.integer("attempts", STANDARD.attempts, least=1, most=20),
        keep=reader.choice("keep", KEEP, STANDARD.keep),
        typical_s=reader.integer("typical_s", STANDARD.typical_s, least=1, most=MOST),
    )
    reader.close()
    return game, faults


def _measure(data: Any, path: str, faults: list[Fault]) -> Measure:
    reader = Reader(data, path, faults)
    reader.needed("id")
    reader.needed("kind")
    measure = Measure(
        id=reader.string("id", longest=64),
        kind=MeasureKind(reader.choice("kind", MeasureKind, MeasureKind.COUNT)),
        name=reader.text("name"),
        least=reader.integer("least", 0, most=MOST),
        most=reader.optional_integer("most", most=MOST),
    )
    if measure.most is not None and measure.most < measure.least:
        reader.fault("most", Words("This is below the least."))
    reader.close()
    return measure


def _score(reader: Reader, kinds: Mapping[str, MeasureKind]) -> dict[str, Any]:
    if "score" not in reader:
        reader.take("score")
        return {}
    score = reader.child("score")
    rule = {name: score.take(name) for name in PARTS if name in score}
    score.close()
    numbers = {name for name, kind in kinds.items() if kind not in (MeasureKind.GRID3X3, MeasureKind.PASS)}
    grids = {name for name, kind in kinds.items() if kind is MeasureKind.GRID3X3}
    if "bands" in rule:
        _check_bands(score.child("bands"), numbers | grids)
    if "linear" in rule:
        _check_linear(score.child("linear"), numbers | grids)
    if "ranks" in rule:
        _check_ranks(score.child("ranks"), numbers | grids)
    if "cells" in rule:
        _check_cells(score.child("cells"), grids)
    for part in ("penalty_s", "minus"):
        if part in rule:
            _check_each(score.child(part), rule[part], numbers)
    if "need" in rule:
        _check_need(score.child("need"), rule["need"], numbers | grids)
    if "figure" in rule:
        _known(score, "figure", set(kinds))
    return rule


def _known(reader: Reader, key: str, names: set[str]) -> None:
    if reader.needed(key) and reader.take(key) not in tuple(names):
        reader.fault(key, Words("This must be one of: %(words)s.", {"words": ", ".join(sorted(names)) or "–"}))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and -MOST <= value <= MOST


def _is_pair(value: Any) -> bool:
    return isinstance(value, list | tuple) and len(value) == 2 and all(map(_is_number, value))


def _check_bands(reader: Reader, names: set[str]) -> None:
    _known(reader, "of", names)
    bands = reader.take("points")
    if not isinstance(bands, list | tuple) or not bands or not all(map(_is_pair, bands)):
        reader.fault("points", Words("This must list pairs: at least so many, so many points."))
    elif not all(isinstance(points, int) and points >= 0 for _, points in bands):
        reader.fault("points", Words("Points must be whole numbers, 0 or more."))
    reader.close()


def _check_linear(reader: Reader, names: set[str]) -> None:
    _known(reader, "of", names)
    for key in ("from", "to"):
        if not _is_pair(reader.take(key)):
            reader.fault(key, Words("This must be a pair: a value and its points."))
    reader.close()


def _check_ranks(reader: Reader, names: set[str]) -> None:
    _known(reader, "of", names)
    reader.choice("best", ("least", "most"), "least")
    points = reader.take("points")
    whole = isinstance(points, list | tuple) and bool(points)
    if not whole or not all(isinstance(item, int) and not isinstance(item, bool) and item >= 0 for item in points):
        reader.fault("points", Words("Points must be whole numbers, 0 or more."))
    reader.close()


def _check_cells(reader: Reader, names: set[str]) -> None:
    _known(reader, "of", names)
    reader.needed("points")
    reader.integer("points", 0, most=1000)
    reader.integer("line", 0, most=1000)
    reader.close()


def _check_each(reader: Reader, rule: Any, names: set[str]) -> None:
    for name in rule if isinstance(rule, Mapping) else ():
        if name in names:
            reader.integer(str(name), 0, most=MOST)
    reader.close()


def _check_need(reader: Reader, rule: Any, names: set[str]) -> None:
    for name in rule if isinstance(rule, Mapping) else ():
        if name in names:
            bound = reader.child(str(name))
            bound.number("least", least=0, most=MOST)
            bound.number("most", least=0, most=MOST)
            bound.close()
    reader.close()


def game_to_json(game: Game) -> dict[str, Any]:
    """Return the race file's form of a game, in full, so that a later change of its template changes no race."""
    data: dict[str, Any] = {"id": game.id, "name": game.name}
    if game.template:
        data["template"] = game.template
    if game.instructions:
        data["instructions"] = game.instructions
    return data | {
        "measures": [_measure_to_json(measure) for measure in game.measures],
        "score": dict(game.score),
        "credit_cap_s": game.credit_cap_s,
        "attempts": game.attempts,
        "keep": game.keep,
        "typical_s": game.typical_s,
    }


def _measure_to_json(measure: Measure) -> dict[str, Any]:
    data: dict[str, Any] = {"id": measure.id, "kind": measure.kind.value}
    if measure.name:
        data["name"] = measure.name
    if measure.least:
        data["least"] = measure.least
    if measure.most is not None:
        data["most"] = measure.most
    return data
