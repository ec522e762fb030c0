"""The jury's way in a browser: from a flag to the team's page, a preview, a decision, and back again."""

from tests.browser.house import PHONE, House
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


def test_from_a_flag_to_the_team_to_a_decision_and_back_with_a_phone(racing: House) -> None:
    raced(racing)
    page = racing.window("/", PHONE)
    sign_in(page)
    page.goto(JURY)
    page.wait_for_selector(".is-flag .whom >> text=白鹭")
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
