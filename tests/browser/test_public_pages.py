import pytest

from facts.model import Race
from tests.browser.looking import Looker
from tests.factories import DRAGONFLY, EGRET, SLUG
from tests.fixtures_pages import OpenPage
from tests.phones import Desk

RACE = f"/r/{SLUG}"


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


def test_axe_finds_nothing_before_the_gun_and_where_there_is_no_race(open_page: OpenPage, race_row: Race) -> None:
    page = open_page("/", bypass_csp=True)
    looker = Looker()
    looker.look(page, "no race")
    page.goto(f"{RACE}/live")
    page.wait_for_selector("text=等待发令")
    looker.look(page, "before the gun")
    assert looker.found == []


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


def test_a_wrong_code_at_the_door_is_answered_kindly_and_a_right_one_leads_on(open_page: OpenPage, desk: Desk) -> None:
    desk.start()
    page = open_page("/")
    page.fill("#code", "ABCD-EFGH")
    page.click("main button")
    assert page.get_attribute(".error", "role") == "alert"
    page.fill("#code", SLUG)
    page.click("main button")
    page.wait_for_url(f"**{RACE}")
