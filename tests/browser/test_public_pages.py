from pathlib import Path

import pytest
from playwright.sync_api import Page

from facts.model import Race
from people.model import Account
from tests.factories import DRAGONFLY, EGRET, SLUG
from tests.fixtures_pages import OpenPage, sign_in
from tests.phones import Desk

AXE = (Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
RACE = f"/r/{SLUG}"
PUBLIC = ("/", RACE, f"{RACE}/live", f"{RACE}/results", "/nowhere", "/organize/signin")
DESK = ("/organize/", f"/organize/{SLUG}/control")


def findings(page: Page) -> list[str]:
    """What axe-core finds on the page, opened out."""
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    page.evaluate(AXE)
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    where = page.url.split("/", 3)[3]
    found = [
        f"{where} {page.viewport_size}: {item['id']} at {item['nodes'][0]['target']}" for item in result["violations"]
    ]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append(f"{where} {page.viewport_size}: scrolls sideways")
    return found


@pytest.fixture
def played(desk: Desk) -> Desk:
    """A race under way: one team home and counted, one out with a task not passed, one not yet anywhere."""
    desk.start()
    egret, dragonfly = desk.phone(EGRET), desk.phone(DRAGONFLY)
    egret.punch("31")
    egret.answer(egret.open_sheet("32"))
    egret.finish()
    desk.marshal("F1").tell("heads", entry=EGRET, heads=5)
    dragonfly.punch("31")
    dragonfly.answer(dragonfly.open_sheet("32"), right=0)
    dragonfly.punch("33")
    return desk


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 800), (360, 740)], ids=["desk", "phone"])
def test_axe_finds_nothing_on_the_pages_of_a_race_under_way(
    open_page: OpenPage, played: Desk, account: Account, size: tuple[int, int], scheme: str
) -> None:
    # axe is put into the page by the test, past the page's own policy; the policy itself has tests of its own.
    page = open_page("/", *size, color_scheme=scheme, bypass_csp=True)
    found = []
    for path in PUBLIC:
        for language in ("zh", "en"):
            page.goto(f"{path}?lang={language}")
            if path.endswith("/live"):
                page.wait_for_selector("[role=row]")
            found += findings(page)
    sign_in(page)
    for path in DESK:
        page.goto(path)
        found += findings(page)
    assert found == []


def test_axe_finds_nothing_before_the_gun_and_where_there_is_no_race(open_page: OpenPage, race_row: Race) -> None:
    page = open_page("/", bypass_csp=True)
    found = findings(page)
    page.goto(f"{RACE}/live")
    page.wait_for_selector("text=等待发令")
    assert found + findings(page) == []


def test_pages_speak_the_races_language_and_the_one_asked_for(open_page: OpenPage, played: Desk) -> None:
    page = open_page(f"{RACE}/results")
    assert page.get_attribute("html", "lang") == "zh-CN"
    assert "成绩表" in page.inner_text("h1")
    page.click(".languages a")
    assert page.get_attribute("html", "lang") == "en"
    assert "Result list" in page.inner_text("h1")
    page.goto(RACE)
    assert "Practice race" in page.inner_text("h1"), "the choice is kept"


def test_hosts_stand_above_the_race_and_the_product_is_not_above_them(open_page: OpenPage, played: Desk) -> None:
    page = open_page(RACE)
    assert "Waypost" not in page.inner_text("header.head")
    heights = page.evaluate("['.hosts', 'h1', '.race-under'].map(part => document.querySelector(part).offsetTop)")
    assert heights == sorted(heights)
    for words in ("区总工会", "走进湿地", "东湖湿地"):
        assert words in page.inner_text(".race-head")


def test_the_result_list_shows_what_became_of_each_team_and_its_splits(open_page: OpenPage, played: Desk) -> None:
    page = open_page(f"{RACE}/results")
    first, second, third = page.query_selector_all("table.list >> nth=0 >> tbody tr")
    assert "白鹭" in first.inner_text()
    assert "2/4" in first.inner_text()
    assert "在途" in second.inner_text()
    assert "等待出发" in third.inner_text(), "neither checked in nor seen anywhere"
    page.click("summary >> nth=1")
    lost = page.query_selector(".splits .lost")
    assert lost
    assert "32" in lost.inner_text()
    assert "任务没过" in lost.inner_text()


def test_race_control_takes_the_race_through_its_stages_and_refreshes_itself(
    open_page: OpenPage, desk: Desk, account: Account
) -> None:
    page = open_page("/")
    sign_in(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"/organize/{SLUG}/control")
    page.click("button:has-text('开始正式比赛')")
    page.click("summary.button")
    page.click("text=确认发令")
    page.wait_for_selector("[data-since]")
    desk.phone(EGRET).punch("33")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_selector(".bibs li:has-text('1')")
    page.wait_for_selector(".out >> text=白鹭")
    page.click(".head-acts >> text=发消息")
    page.fill("#text", "41 号点排队多，晚点再去。")
    page.click("button:has-text('发出')")
    page.wait_for_selector(".lines >> text=晚点再去")
    assert [item["text"] for item in desk.phone(EGRET).play()["messages"]] == ["41 号点排队多，晚点再去。"]


def test_a_wrong_code_at_the_door_is_answered_kindly_and_a_right_one_leads_on(open_page: OpenPage, desk: Desk) -> None:
    desk.start()
    page = open_page("/")
    page.fill("#code", "ABCD-EFGH")
    page.click("main button")
    assert page.get_attribute(".error", "role") == "alert"
    page.fill("#code", SLUG)
    page.click("main button")
    page.wait_for_url(f"**{RACE}")
