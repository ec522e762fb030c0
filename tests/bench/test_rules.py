import json
from pathlib import Path

import pytest

from bench import figures
from bench.figures import beside, keep, table
from bench.questions import importing
from bench.quizzes import drawing, marking
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


def test_draws_and_marking_are_measured_beside_what_they_are_held_against() -> None:
    """In small; the bench itself fails where voiding a question marks no sheet again."""
    found = {figure.name: figure for figure in (*drawing(300), *marking(40))}
    assert list(found) == ["lay_out_300_ms", "draw_100_of_300_ms", "void_on_40_sheets_ms"]
    assert all(figure.value > 0 and figure.limit for figure in found.values())


def test_taking_in_a_bank_is_measured_beside_reading_the_same_file() -> None:
    """Both kinds of file, and the memory."""
    found = [figure.name for figure in importing(50)]
    assert found == ["import_50_csv_s", "import_50_xlsx_s", "import_memory_mb"]


def test_the_figures_are_kept_as_a_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "LAST", tmp_path / "last.json")
    measured = [beside("one", 3.0, "ms", 2.0)]
    keep(measured)
    kept = json.loads((tmp_path / "last.json").read_text(encoding="utf-8"))
    assert kept == [{"name": "one", "value": 3.0, "unit": "ms", "limit": 2.0, "ratio": 1.5}]
    assert "| one | 3 | ms | 2 | 1.5 |" in table(measured)
