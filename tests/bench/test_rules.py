import json
from pathlib import Path

import pytest

from bench import figures
from bench.figures import beside, keep, table
from bench.rules import deciding, matching, scoring


def test_every_figure_of_scoring_stands_beside_its_limit() -> None:
    """The same code as `make bench`, in small: its names are what others compare by."""
    found = {figure.name: figure for figure in scoring((20, 70))}
    assert {"score_20_ms", "score_70_ms", "rescore_one_ms", "rescore_worst_70_ms", "score_growth"} <= found.keys()
    assert all(figure.value > 0 and figure.limit and figure.ratio is not None for figure in found.values())
    assert found["score_growth"].limit == 3.5


def test_previews_of_decisions_are_measured() -> None:
    assert [figure.name for figure in deciding(20)] == ["preview_penalty_20_ms", "preview_gun_20_ms"]


def test_lines_of_every_kind_are_measured() -> None:
    assert len(list(matching(1))) == 8


def test_the_figures_are_kept_as_a_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "LAST", tmp_path / "last.json")
    measured = [beside("one", 3.0, "ms", 2.0)]
    keep(measured)
    kept = json.loads((tmp_path / "last.json").read_text(encoding="utf-8"))
    assert kept == [{"name": "one", "value": 3.0, "unit": "ms", "limit": 2.0, "ratio": 1.5}]
    assert "| one | 3 | ms | 2 | 1.5 |" in table(measured)
