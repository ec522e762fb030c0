import csv
import io
from functools import partial

import pytest

from base.translate import put
from base.web import duration
from results.exchange import COLUMNS, results_csv, results_sheet
from results.rules import row_of
from tests.factories import Log, race


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_a_result_list_is_a_table_with_a_row_a_team() -> None:
    log = Log()
    log.gun(0)
    log.punch("1", "31", 100)
    standings = [row_of(race(), standing) for standing in log.standings()]
    header, first, *others = rows(results_csv([{"results": standings}]))
    assert tuple(header) == COLUMNS
    assert dict(zip(header, first, strict=True)) | {"team": "白鹭", "place": "1", "status": "Active"} == dict(
        zip(header, first, strict=True)
    )
    assert len(others) == 2


def test_lines_end_as_rfc_4180_has_them() -> None:
    assert results_csv([]).endswith("\r\n")


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1"])
def test_a_team_name_is_never_run_as_a_formula(name: str) -> None:
    [_, row] = rows(results_csv([{"results": [{"team": name}]}]))
    assert row[COLUMNS.index("team")].startswith("'")


@pytest.mark.parametrize("name", ['"白鹭", 一队', "line\nbreak", "；", ""])
def test_any_name_comes_back_as_it_was(name: str) -> None:
    [_, row] = rows(results_csv([{"results": [{"team": name}]}]))
    assert row[COLUMNS.index("team")] == name


def test_the_sheet_for_people_has_words_and_clock_times() -> None:
    row = {"place": 1, "bib": "17", "team": "=白鹭队", "club": "甲", "status": "OK", "checkpoints": 8, "time_s": 2898}
    chinese = partial(put, language="zh")
    heading, first = rows(results_sheet([{"id": "open", "name": "公开组", "results": [row]}], chinese, duration))
    assert heading[:6] == ["组别", "名次", "号码", "参赛队", "单位", "状态"]
    assert first[:6] == ["公开组", "1", "17", "'=白鹭队", "甲", "完赛"]
    assert first[8:10] == ["48:18", ""]
