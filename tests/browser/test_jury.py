"""The jury's way in a browser: from a flag to the team's page, a preview, a decision, and back again."""

import pytest
from playwright.sync_api import Page

from tests.browser.house import LAPTOP, PHONE, House
from tests.browser.test_access import Looker
from tests.factories import DRAGONFLY, EGRET, SLUG
from tests.fixtures_pages import sign_in

JURY = f"/organize/{SLUG}/jury"


def raced(house: House) -> None:
    """Egret answered a sheet, came in first and one member short; Dragonfly is back whole; Compass is still out."""
    finish = house.desk.marshal("F1")
    egret = house.desk.phone(EGRET)
    egret.answer(egret.open_sheet("32"), right=2)
    for entry, heads in ((EGRET, 4), (DRAGONFLY, 5)):
        phone = house.desk.phone(entry)
        phone.punch("31")
        phone.finish()
        finish.tell("heads", entry=entry, heads=heads)
    house.desk.phone("3").punch("31")


def at_the_table(house: House, size: tuple[int, int]) -> Page:
    page = house.window("/", size)
    sign_in(page)
    page.goto(JURY)
    return page


@pytest.mark.parametrize("size", [LAPTOP, PHONE])
def test_from_a_flag_to_the_team_to_a_decision_and_back(racing: House, size: tuple[int, int]) -> None:
    raced(racing)
    page = at_the_table(racing, size)
    page.click(".is-flag .say a")
    page.wait_for_url(f"**{JURY}/{EGRET}")
    page.click("#penalty_s summary")
    page.fill("#penalty_s-seconds", "7200")
    page.fill("#reason-penalty_s", "抄近道")
    page.click("#penalty_s button")
    page.wait_for_selector(".confirm >> text=裁决")
    assert page.locator(".moves tbody tr").count() >= 1
    assert page.locator(".button:not(.plain):visible").count() == 1, "one filled button a page"
    page.click(".confirm button")
    page.wait_for_selector(".steps >> text=抄近道")
    page.click(".decided .undo summary")
    page.fill(".decided .undo input[name=reason]", "看错了")
    page.click(".decided .undo button")
    page.click(".confirm button")
    page.wait_for_selector(".decided s")
    assert page.locator(".steps >> text=抄近道").count() == 0
    page.goto(JURY)
    page.fill(".is-flag .say input[name=reason]", "已向队长核实")
    page.click(".is-flag .say button[value=yes]")
    page.wait_for_selector(".decided >> text=已向队长核实")
    assert page.locator(".is-flag").count() == 0


@pytest.mark.parametrize("language", ["zh", "en"])
def test_axe_finds_nothing_on_the_jury_s_pages(racing: House, language: str) -> None:
    raced(racing)
    page = at_the_table(racing, LAPTOP)
    looker = Looker()
    page.goto(f"{JURY}?lang={language}")
    page.click("#gun summary")
    looker.look(page, "jury")
    page.goto(f"{JURY}/{EGRET}")
    page.click("#finish summary")
    page.locator(".moments .undo summary").first.click()
    looker.look(page, "team")
    page.fill("#finish-at", "0:00:01")
    page.fill("#reason-finish", "录像")
    page.click("#finish button")
    page.wait_for_selector(".confirm")
    looker.look(page, "preview")
    page.goto(f"{JURY}?at=9:51")
    looker.look(page, "past")
    assert looker.found == []
