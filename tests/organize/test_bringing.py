import io
import json
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from werkzeug.test import TestResponse

from base.clock import now_ms
from base.database import reading, writing
from base.web import part_of
from organize.live import forget_old
from organize.store import proposal_table
from organize.store.proposals import LASTS_MS, add_proposal
from race.commands.store_race import lay_down
from race.live.races import Live
from tests.factories import SLUG, race_file
from tests.fixtures_app import SmallRace
from tests.organize.pages import fields, send
from tests.organize.test_teams import TEAMS, opened, save
from tests.phones import Desk, csrf
from tests.tables import xlsx

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "entries-zh"
HEAD = ("单位", "队名", "姓名", "身份证号", "电话")
NUMBERS = "甲乙丙丁戊"
# 蜻蜓 swaps a member, 雁阵 is new, and nobody names 指北针.
SHEET = xlsx(
    [
        HEAD,
        *[("湿地工会", "白鹭", f"赵{one}", "", "") for one in NUMBERS],
        *[("河道工会", "蜻蜓", f"钱{one}", "110101199001010011", "") for one in "甲乙丙丁"],
        ("河道工会", "蜻蜓", "秦换来", "", ""),
        *[("堤防工会", "雁阵", f"孙{one}", "", "") for one in "甲乙丙丁"],
    ]
)
SURNAMES = {"1": "赵", "2": "钱", "3": "李"}


@pytest.fixture(autouse=True)
def _people(app: Flask, live: Live) -> None:
    """The small race with names as people have them."""
    entries = [
        {**entry, "members": [f"{SURNAMES[entry['id']]}{one}" for one in NUMBERS]} for entry in race_file()["entries"]
    ]
    lay_down(part_of(app, Engine), SLUG, {"entries": entries}, None, "test")
    live.catch_up()


def bring(browser: FlaskClient, *sheets: tuple[str, bytes]) -> TestResponse:
    files = [(io.BytesIO(data), name) for name, data in sheets]
    sent = {"csrf_token": csrf(browser, "/organize/"), "files": files}
    return browser.post(f"{TEAMS}/bring", data=sent, content_type="multipart/form-data")


def preview(browser: FlaskClient, *sheets: tuple[str, bytes]) -> tuple[str, TestResponse]:
    led = bring(browser, *(sheets or (("报名表.xlsx", SHEET),)))
    assert led.status_code == 302
    return str(led.location), browser.get(led.location)


def take(browser: FlaskClient, address: str, page: TestResponse, gone: list[str] | None = None) -> TestResponse:
    return browser.post(address, data={**fields(page, "preview"), "gone": gone or []})


def headings(page: TestResponse) -> list[str]:
    return re.findall(r"<(?:h2[^>]*|summary)>(?:<svg.*?</svg>)?([^<]+)</(?:h2|summary)>", page.text)


def test_sheets_are_looked_at_before_anything_is_stored(organizer: FlaskClient, small: SmallRace) -> None:
    """New, changed, gone, unchanged and faulty stand apart, and the race is as it was."""
    before = small().revision
    _, page = preview(organizer)
    said = headings(page)
    for part in ("有改动：1 队", "新增：1 队", "表里没有：1 队", "没变：1 队", "没有读的，不用管"):
        assert part in said
    assert "进：秦换来" in page.text
    assert "出：钱戊" in page.text
    assert "110101199001010011" not in page.text
    assert small().revision == before


def test_a_preview_survives_a_second_look_and_is_taken_over_once(organizer: FlaskClient, small: SmallRace) -> None:
    address, _ = preview(organizer)
    page = organizer.get(address)
    assert take(organizer, address, page).status_code == 302
    entries = small().setup.entries
    assert [(entry.bib, entry.team) for entry in entries.values()] == [
        ("1", "白鹭"), ("2", "蜻蜓"), ("3", "指北针"), ("4", "雁阵"),
    ]  # fmt: skip
    assert [member.name for member in entries["2"].members][-1] == "秦换来"
    assert organizer.get(address).status_code == 410, "what was taken over is not kept"
    _, again = preview(organizer)
    assert "没变：3 队" in headings(again), "a sheet that comes again doubles nobody"


def test_who_is_in_no_sheet_leaves_only_where_ticked(organizer: FlaskClient, small: SmallRace) -> None:
    address, page = preview(organizer)
    assert take(organizer, address, page, gone=["3", "1"]).status_code == 302
    assert set(small().setup.entries) == {"1", "2", "4"}, "a team that a sheet names cannot leave"


def test_a_team_with_records_cannot_leave_by_a_sheet(organizer: FlaskClient, desk: Desk, small: SmallRace) -> None:
    desk.start()
    desk.phone("3").punch("31")
    address, page = preview(organizer)
    assert "已有比赛记录" in page.text
    sent = {**fields(page, "preview"), "gone": ["3"], "reason": "补报"}
    assert organizer.post(address, data=sent).status_code == 302
    assert "3" in small().setup.entries


def test_teams_that_changed_meanwhile_are_compared_anew_first(organizer: FlaskClient, small: SmallRace) -> None:
    address, page = preview(organizer)
    assert save(organizer, opened(organizer, "3"), "3", team="指南针").status_code == 302
    late = take(organizer, address, page, gone=["3"])
    assert late.status_code == 409
    assert "这期间队伍有改动。" in late.text
    assert "雁阵" not in {entry.team for entry in small().setup.entries.values()}
    assert fields(late, "preview")["gone"] == "3", "what was ticked stays ticked"
    assert take(organizer, address, late).status_code == 302
    assert {entry.team for entry in small().setup.entries.values()} == {"白鹭", "蜻蜓", "指南针", "雁阵"}


def test_of_several_sheets_the_one_that_cannot_be_read_is_named(organizer: FlaskClient) -> None:
    _, page = preview(organizer, ("一.xlsx", SHEET), ("二.xlsx", b"PK\x03\x04broken"), ("三.csv", "天气,晴\n".encode()))
    assert "新增：1 队" in headings(page)
    assert "二.xlsx" in page.text
    assert "没有找到" in page.text


def test_a_faulty_line_is_named_by_file_and_line(organizer: FlaskClient) -> None:
    sheet = xlsx([("单位", "队名", "姓名", "电话"), ("堤防工会", "雁阵", "赵一", "12345")])
    _, page = preview(organizer, ("补报.xlsx", sheet))
    assert re.search(r"<h3>补报.xlsx</h3>\s*<ul><li>第 2 行：[^<]*12345", page.text)


def test_a_preview_of_another_race_or_of_nobody_is_not_shown(organizer: FlaskClient) -> None:
    assert organizer.get(f"{TEAMS}/preview/{'0' * 32}").status_code == 410


@pytest.mark.parametrize("many", [0, 21])
def test_no_sheet_or_too_many_are_refused_in_words(organizer: FlaskClient, many: int) -> None:
    answer = bring(organizer, *[(f"{number}.csv", b"x") for number in range(many)])
    assert answer.status_code == 400
    assert "一次最多 20 份" in answer.text


def test_a_preview_thrown_away_leaves_the_race_as_it_was(organizer: FlaskClient, small: SmallRace) -> None:
    address, page = preview(organizer)
    before = small().revision
    assert send(organizer, page, "preview", f"{address}/drop").status_code == 302
    assert organizer.get(address).status_code == 410
    assert small().revision == before


def test_a_proposal_is_kept_for_a_day_and_then_forgotten_by_itself(app: Flask, organizer: FlaskClient) -> None:
    """It holds people's names: nobody need come by for it to go."""
    address, _ = preview(organizer)
    engine = part_of(app, Engine)
    forget_old(engine, now_ms())
    assert organizer.get(address).status_code == 200
    forget_old(engine, now_ms() + LASTS_MS)
    with reading(engine) as connection:
        assert connection.execute(select(proposal_table.c.key)).all() == []
    with writing(engine) as connection:
        add_proposal(connection, 1, "entries", "old", [], now_ms() - LASTS_MS)
    assert organizer.get(f"{TEAMS}/preview/old").status_code == 410


def test_the_teams_leave_as_a_workbook_that_changes_nothing_when_it_comes_back(
    organizer: FlaskClient, small: SmallRace
) -> None:
    before = small().setup.entries
    exported = organizer.get(f"{TEAMS}/export.xlsx").data
    address, page = preview(organizer, ("导出.xlsx", exported))
    assert "没变：3 队" in headings(page)
    assert take(organizer, address, page).status_code in (302, 400)
    assert small().setup.entries == before


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_template_for_clubs_is_a_workbook(organizer: FlaskClient, language: str) -> None:
    answer = organizer.get(f"{TEAMS}/template.xlsx?lang={language}")
    assert answer.data.startswith(b"PK")
    _, page = preview(organizer, ("空表.xlsx", answer.data))
    assert "新增：" not in page.text, "its example row is nobody"


SHEETS = [path for path in sorted(SHARED.glob("*")) if path.suffix in {".xlsx", ".xls", ".csv"}]


@pytest.mark.skipif(not SHEETS, reason="../shared/data/entries-zh is not here")
@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_the_awkward_sheets_come_in_through_the_page(path: Path, organizer: FlaskClient, small: SmallRace) -> None:
    expected = json.loads(Path(f"{path}.EXPECTED.json").read_text(encoding="utf-8"))["teams"]
    address, page = preview(organizer, (path.name, path.read_bytes()))
    assert take(organizer, address, page, gone=["1", "2", "3"]).status_code == 302
    found = {(entry.club, entry.team, len(entry.members)) for entry in small().setup.entries.values()}
    wanted = {(entry.get("club") or "", entry.get("team") or "", len(entry["members"])) for entry in expected}
    assert wanted <= found
    assert SLUG in address
