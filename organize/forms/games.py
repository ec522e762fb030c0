"""The page of one game: fields ↔ the race file's game. Measures go by their place, as their ids may be anything."""

from collections.abc import Mapping
from typing import Any

from base.languages import Text, Words, say
from games.forms import KEEP, STANDARD
from games.model import MeasureKind
from games.rules import MOST
from games.templates import TEMPLATES
from organize.forms.fields import Fields, in_language
from quizzes.rules import parse_number

LONGEST_NAME = 80
MINUTE_S = 60
MOST_BANDS = 20
MOST_RANKS = 50
# What is neither counted nor timed has no figure to add up or to reach.
_UNCOUNTED = (MeasureKind.PASS, MeasureKind.GRID3X3)

Game = dict[str, Any]


def whole_game(game: Mapping[str, Any]) -> Game:
    """Return a race file's game with what its template fills in."""
    given = {key: value for key, value in game.items() if value is not None}
    return {**TEMPLATES.get(str(game.get("template")), {}), **given}


def read_game_fields(fields: Fields, before: Mapping[str, Any]) -> Game:
    """Return the game with the fields of its page laid over `before`. Faults gather in `fields`."""
    game = whole_game(before)
    name = fields.texts("name", game["name"], LONGEST_NAME)
    if not name:
        fields.fault("name", Words("This is missing."))
    game["name"] = name
    game["instructions"] = fields.texts("instructions", game.get("instructions", ""))
    cap = fields.number("cap_min", 0, MOST // MINUTE_S)
    if cap is not None and cap != _cap(game) // MINUTE_S:  # a cap of 90 s stays one, shown as a minute
        game["credit_cap_s"] = cap * MINUTE_S
    game["attempts"] = fields.number("attempts", 1, 20) or STANDARD.attempts
    keep = fields.text("keep", 10)
    game["keep"] = keep if keep in KEEP else STANDARD.keep
    game["typical_s"] = fields.number("typical_s", 1, MOST) or STANDARD.typical_s
    game["measures"] = [_read_measure(fields, item, place) for place, item in enumerate(game["measures"])]
    game["score"] = _read_score(fields, game["score"], game["measures"])
    return {key: value for key, value in game.items() if value != ""}


def _cap(game: Mapping[str, Any]) -> int:
    return int(game.get("credit_cap_s", STANDARD.credit_cap_s))


def _read_measure(fields: Fields, before: Mapping[str, Any], place: int) -> dict[str, Any]:
    measure = {**before, "name": fields.texts(f"measure_{place}", before.get("name", ""), LONGEST_NAME)}
    if before["kind"] not in _UNCOUNTED:
        measure["least"] = fields.number(f"floor_{place}", 0, MOST)
        measure["most"] = fields.number(f"ceiling_{place}", 0, MOST)
    return {key: value for key, value in measure.items() if value not in (None, "")}


def _read_score(fields: Fields, before: Mapping[str, Any], measures: list[dict[str, Any]]) -> dict[str, Any]:
    score = dict(before)
    if "bands" in score:
        score["bands"] = {**score["bands"], "points": _read_bands(fields, score["bands"]["points"])}
    if "linear" in score:
        ends = {
            end: [_figure(fields, f"{end}_value", pair[0]), _figure(fields, f"{end}_points", pair[1])]
            for end, pair in ((end, score["linear"][end]) for end in ("from", "to"))
        }
        score["linear"] = {**score["linear"], **ends}
    if "cells" in score:
        figures = {"points": fields.number("cell_points", 0, 1000), "line": fields.number("cell_line", 0, 1000)}
        score["cells"] = {**score["cells"], **{name: value or 0 for name, value in figures.items()}}
    if "ranks" in score:
        score["ranks"] = {**score["ranks"], "points": _read_ranks(fields)}
    each: dict[str, dict[str, Any]] = {"penalty_s": {}, "minus": {}, "need": {}}
    for place, measure in enumerate(measures):
        name, kind = measure["id"], measure["kind"]
        if kind not in _UNCOUNTED:
            for part in ("penalty_s", "minus"):
                if cost := fields.number(f"{part}_{place}", 0, MOST):
                    each[part][name] = cost
        if kind != MeasureKind.PASS:
            bounds = {end: _bound(fields, f"{end}_{place}", score, name, end) for end in ("least", "most")}
            each["need"] |= {name: found} if (found := {k: v for k, v in bounds.items() if v is not None}) else {}
    return {
        **{part: value for part, value in score.items() if part not in each},
        **{k: v for k, v in each.items() if v},
    }


def _bound(fields: Fields, field: str, score: Mapping[str, Any], name: str, end: str) -> Any:
    return _figure(fields, field, score.get("need", {}).get(name, {}).get(end), least=0)


def _figure(fields: Fields, name: str, before: Any, least: int = -MOST) -> Any:
    """Return a whole number, or what stood there if the field still shows just that: a file may say 35.5."""
    if before is not None and fields.text(name, 20) == str(before):
        return before
    return fields.number(name, least, MOST)


def _read_bands(fields: Fields, before: list[Any]) -> list[list[Any]]:
    bands: list[list[Any]] = []
    for row in range(MOST_BANDS):
        stood = before[row] if row < len(before) else [None, None]
        least = _figure(fields, f"band_{row}_least", stood[0])
        points = fields.number(f"band_{row}_points", 0, 1000)
        if (least is None) != (points is None):
            fields.fault(f"band_{row}_points", Words("Give both: at least so many, and the points for it."))
        elif least is not None:
            bands.append([least, points])
    if not bands:
        fields.fault("band_0_points", Words("Give both: at least so many, and the points for it."))
    return sorted(bands, key=lambda band: parse_number(band[0]) or 0, reverse=True)


def _read_ranks(fields: Fields) -> list[int]:
    words = fields.text("ranks", 400).replace(",", " ").replace("，", " ").replace("、", " ").split()
    if not words or len(words) > MOST_RANKS or not all(word.isdecimal() and len(word) < 5 for word in words):
        fields.fault("ranks", Words("List the points from the first place on, as 10 8 6."))
        return [0]
    return [int(word) for word in words]


def show_game(game: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the page's fields show of a race file's game."""
    whole = whole_game(game)
    score: Mapping[str, Any] = whole["score"]
    shown: dict[str, Any] = {
        **_both("name", whole["name"]),
        **_both("instructions", whole.get("instructions", "")),
        "cap_min": _cap(whole) // MINUTE_S,
        **{name: whole.get(name, getattr(STANDARD, name)) for name in ("attempts", "keep", "typical_s")},
    }
    for row, (least, points) in enumerate(score.get("bands", {}).get("points", [])):
        shown |= {f"band_{row}_least": least, f"band_{row}_points": points}
    for end in ("from", "to") if "linear" in score else ():
        shown |= {f"{end}_value": score["linear"][end][0], f"{end}_points": score["linear"][end][1]}
    if "cells" in score:
        shown |= {"cell_points": score["cells"]["points"], "cell_line": score["cells"].get("line", 0)}
    if "ranks" in score:
        shown["ranks"] = " ".join(map(str, score["ranks"]["points"]))
    for place, measure in enumerate(whole["measures"]):
        name = measure["id"]
        need = score.get("need", {}).get(name, {})
        shown |= {
            **_both(f"measure_{place}", measure.get("name", "")),
            f"floor_{place}": measure.get("least", ""),
            f"ceiling_{place}": measure.get("most", ""),
            f"penalty_s_{place}": score.get("penalty_s", {}).get(name, ""),
            f"minus_{place}": score.get("minus", {}).get(name, ""),
            f"least_{place}": need.get("least", ""),
            f"most_{place}": need.get("most", ""),
        }
    return shown


def _both(name: str, text: Text) -> dict[str, str]:
    return {name: in_language(text, "zh"), f"{name}_en": in_language(text, "en")}


def measures_of(game: Mapping[str, Any], language: str) -> list[dict[str, Any]]:
    """Return the measures of a game for its page: name in the reader's language, kind, whether it is a figure."""
    return [
        {
            "place": place,
            "id": measure["id"],
            "name": say(measure.get("name", ""), language) or measure["id"],
            "kind": measure["kind"],
            "counted": measure["kind"] not in _UNCOUNTED,
            "reached": measure["kind"] != MeasureKind.PASS,
        }
        for place, measure in enumerate(whole_game(game)["measures"])
    ]
