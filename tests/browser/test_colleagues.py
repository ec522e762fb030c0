"""Colleagues, in two windows: the organizer invites, the colleague opens the link and sees only what is theirs."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.house import LAPTOP, PHONE, House
from tests.fixtures_app import NAME
from tests.fixtures_pages import sign_in

PASSWORD = "晚风拂柳笛声残夕阳山外山"


@pytest.fixture
def organizer(racing: House) -> Page:
    """The organizer's window, on the page of colleagues."""
    page = racing.window("/organize/signin", LAPTOP)
    sign_in(page)
    page.click("a[href='/organize/colleagues']")
    page.wait_for_selector("form[action$=invite]")
    return page


@pytest.fixture
def invites(racing: House, organizer: Page) -> Callable[[str, str], Page]:
    """Returns the window of a colleague who opened the link that the organizer made for them."""

    def invite(role: str, name: str) -> Page:
        organizer.goto("/organize/colleagues")
        organizer.check(f"[name=role][value={role}]")
        organizer.fill("#note", name)
        organizer.click("form[action$=invite] button")
        link = organizer.input_value("#secret")
        page = racing.window(link[link.index("/organize/") :], PHONE, forgive=("403", "404"))
        assert page.input_value("#name") == name, "the link knows whom it is for"
        page.fill("#password", PASSWORD)
        page.fill("#again", PASSWORD)
        page.click("main button")
        page.wait_for_url("**/organize/")
        return page

    return invite


def test_a_marshal_comes_in_by_the_link_and_finds_the_station_and_nothing_else(
    racing: House, organizer: Page, invites: Callable[[str, str], Page]
) -> None:
    """One tap from the start page to the station; race control says whom to ask."""
    marshal = invites("marshal", "钱裁判")
    slug = racing.desk.keys.race.slug
    marshal.goto(f"/organize/{slug}/control")
    assert NAME in marshal.inner_text(".error"), "it says whom to ask"
    marshal.goto("/organize/")
    marshal.click(".stations a >> text=草坪")
    marshal.wait_for_url("**/station")
    organizer.goto("/organize/colleagues")
    assert "钱裁判" in organizer.inner_text("main")


def test_a_chief_marshal_who_is_made_an_organizer_and_removed_meets_the_door(
    organizer: Page, invites: Callable[[str, str], Page]
) -> None:
    """Each change holds from the next page on, and removing asks once more before it is done."""
    chief = invites("chief", "赵裁判长")
    assert chief.locator("a[href='/organize/colleagues']").count() == 0
    organizer.goto("/organize/colleagues")
    organizer.click("summary:has-text('修改'):has-text('赵裁判长')")
    organizer.select_option(".change >> visible=true >> select", "organizer")
    organizer.click(".change >> visible=true >> button")
    organizer.wait_for_selector(".done")
    chief.reload()
    chief.click("a[href='/organize/colleagues']")
    chief.wait_for_selector("form[action$=invite]")
    organizer.click("summary:has-text('修改'):has-text('赵裁判长')")
    organizer.click("summary:has-text('移除'):has-text('赵裁判长')")
    organizer.click("button >> text=移除赵裁判长")
    organizer.wait_for_selector(".done")
    chief.reload()
    chief.wait_for_selector("form [name=next][value='/organize/colleagues']", state="attached")


def test_the_link_is_copied_by_a_button(racing: House, organizer: Page) -> None:
    """The button puts the whole address where it can be pasted from, and says so."""
    organizer.context.grant_permissions(["clipboard-read", "clipboard-write"])
    organizer.click("form[action$=invite] button")
    organizer.click("[data-copy]")
    organizer.wait_for_selector("[data-copy] >> text=已复制")
    assert organizer.evaluate("navigator.clipboard.readText()") == organizer.input_value("#secret")
    organizer.reload()
    assert organizer.locator("#secret").count() == 0, "it is shown only once"
