"""The organizer's desk in a browser: what is typed is never lost, and two at once see each other."""

import pytest
from playwright.sync_api import Page

from tests.browser.house import LAPTOP, PHONE, House
from tests.factories import SLUG
from tests.fixtures_pages import sign_in

BASICS = f"/organize/{SLUG}/basics"


def desk(house: House, size: tuple[int, int] = LAPTOP) -> Page:
    """An organizer's window on the basics."""
    page = house.window("/", size, forgive=("409",))
    sign_in(page)
    page.goto(BASICS)
    page.wait_for_selector("#venue")
    return page


def test_what_was_typed_and_not_saved_survives_a_closed_laptop(house: House) -> None:
    page = desk(house)
    page.fill("#venue", "南湖湿地公园")
    page.goto(f"/organize/{SLUG}/control")
    page.goto(BASICS)
    page.wait_for_selector("[data-restored]:visible")
    assert page.input_value("#venue") == "南湖湿地公园"
    page.click("[data-forget]")
    assert page.input_value("#venue") != "南湖湿地公园", "thrown away, what is stored stands there again"
    page.reload()
    page.wait_for_selector("#venue")
    assert page.locator("[data-restored]:visible").count() == 0


def test_a_sign_in_that_expired_loses_nothing(house: House) -> None:
    page, elsewhere = desk(house), desk(house)
    page.fill("#venue", "南湖湿地公园")
    elsewhere.goto("/organize/account")
    elsewhere.click("form[action$='/account/signout'] button")
    page.click(".save .button")
    page.wait_for_selector("#password")
    sign_in(page)
    page.goto(BASICS)
    page.wait_for_selector("[data-restored]:visible")
    assert page.input_value("#venue") == "南湖湿地公园"
    page.click(".save .button")
    page.wait_for_selector("[data-kept] .icon")
    page.reload()
    assert page.input_value("#venue") == "南湖湿地公园"
    assert page.locator("[data-restored]:visible").count() == 0, "what is saved is no draft any more"


def test_of_two_windows_the_slower_one_is_told_and_may_take_either(house: House) -> None:
    mine, theirs = desk(house), desk(house)
    theirs.fill("#venue", "西湖")
    theirs.click(".save .button")
    theirs.wait_for_selector("[data-kept] .icon")
    mine.fill("#venue", "南湖")
    mine.click(".save .button")
    mine.wait_for_selector(".overtaken >> text=西湖")
    assert mine.inner_text(".overtaken dt") == mine.inner_text("label[for=venue]"), "in the words of the form"
    assert mine.input_value("#venue") == "南湖"
    mine.click("[data-take-theirs]")
    mine.wait_for_selector(".overtaken", state="detached")
    assert mine.input_value("#venue") == "西湖"


@pytest.mark.parametrize("size", [LAPTOP, PHONE])
def test_the_checklist_leads_from_any_page_to_any_other(house: House, size: tuple[int, int]) -> None:
    page = desk(house, size)
    if size == PHONE:
        page.click(".way-fold summary")
    page.click("nav >> a:visible:has-text('发令')")
    page.wait_for_url("**/control")
