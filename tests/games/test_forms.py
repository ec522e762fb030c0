from typing import Any

import pytest

from games.forms import game_to_json, read_game
from games.model import MeasureKind
from games.templates import TEMPLATES

PLAIN: dict[str, Any] = {
    "id": "g1",
    "name": {"zh": "套圈", "en": "Quoits"},
    "measures": [
        {"id": "hits", "kind": "count", "name": "套中", "most": 10},
        {"id": "over", "kind": "foul"},
        {"id": "cells", "kind": "grid3x3"},
        {"id": "done", "kind": "pass"},
    ],
    "score": {
        "bands": {"of": "hits", "points": [[5, 10], [0, 2]]},
        "minus": {"over": 1},
        "need": {"hits": {"least": 1}},
    },
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_needs_only_an_id_and_is_written_in_full(name: str) -> None:
    game, faults = read_game({"id": "g", "template": name}, "games[0]")
    assert faults == []
    assert read_game(game_to_json(game), "") == (game, [])
    assert game_to_json(game)["score"] == TEMPLATES[name]["score"]


def test_what_a_file_says_goes_before_its_template() -> None:
    game, faults = read_game({"id": "g", "template": "balloon_stomp", "name": "气球大战", "credit_cap_s": 300}, "")
    assert faults == []
    assert (game.name, game.credit_cap_s, game.typical_s) == ("气球大战", 300, 240)
    assert game.measures[0].id == "survivors"


def test_a_game_without_a_template_reads_and_writes_back_the_same() -> None:
    game, faults = read_game(PLAIN, "")
    assert faults == []
    assert [measure.kind for measure in game.measures] == [
        MeasureKind.COUNT, MeasureKind.FOUL, MeasureKind.GRID3X3, MeasureKind.PASS,
    ]  # fmt: skip
    assert game_to_json(game) == PLAIN | {"credit_cap_s": 600, "attempts": 1, "keep": "last", "typical_s": 180}


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"template": "sack_race"}, "template"),
        ({"measures": None}, "measures"),
        ({"measures": [{"id": "hits", "kind": "metres"}]}, "measures[0].kind"),
        ({"measures": [{"id": "hits", "kind": "count", "least": 5, "most": 2}]}, "measures[0].most"),
        ({"measures": [{"id": "a", "kind": "count"}, {"id": "a", "kind": "foul"}]}, "measures[1]"),
        ({"score": []}, "score"),
        ({"score": {"magic": 1}}, "score.magic"),
        ({"score": {"bands": {"of": "nothing", "points": [[0, 1]]}}}, "score.bands.of"),
        ({"score": {"bands": {"of": "done", "points": [[0, 1]]}}}, "score.bands.of"),
        ({"score": {"bands": {"of": "hits", "points": [[0]]}}}, "score.bands.points"),
        ({"score": {"bands": {"of": "hits", "points": [[0, -1]]}}}, "score.bands.points"),
        ({"score": {"linear": {"of": "hits", "from": [1, 2], "to": [float("nan"), 1]}}}, "score.linear.to"),
        ({"score": {"cells": {"of": "hits", "points": 1}}}, "score.cells.of"),
        ({"score": {"cells": {"of": "cells"}}}, "score.cells.points"),
        ({"score": {"penalty_s": {"done": 5}}}, "score.penalty_s.done"),
        ({"score": {"penalty_s": {"over": 1.5}}}, "score.penalty_s.over"),
        ({"score": {"minus": 3}}, "score.minus"),
        ({"score": {"need": {"hits": {"exactly": 3}}}}, "score.need.hits.exactly"),
        ({"score": {"need": {"hits": 3}}}, "score.need.hits"),
        ({"score": {"figure": "nothing"}}, "score.figure"),
        ({"attempts": 0}, "attempts"),
        ({"keep": "first"}, "keep"),
        ({"prize": "糖"}, "prize"),
    ],
)
def test_a_fault_is_named_where_it_is(change: dict[str, Any], path: str) -> None:
    _, faults = read_game(PLAIN | change, "games[1]")
    assert f"games[1].{path}" in [fault.path for fault in faults]


@pytest.mark.parametrize("data", [None, [], 3, {}, {"id": "g", "template": ["x"]}])
def test_what_is_no_game_has_faults(data: Any) -> None:
    assert read_game(data, "games[0]")[1]
