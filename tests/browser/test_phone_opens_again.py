"""A phone whose page was closed, and what it says when it is opened again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.hands import press, says
from tests.browser.house import AWAY, LAPTOP, House
from tests.browser.park import park_race, picture
from tests.factories import EGRET, SLUG
from tests.fixtures_pages import sign_in

NO_SIGNAL = (*AWAY, "ERR_INTERNET_DISCONNECTED", "Failed to fetch")
READY = ".head-chips >> text=Ready offline"
SEALED_MS = 60_000


@pytest.fixture
def english(tmp_path: Path, chromium_browser: Browser) -> Iterator[House]:
    """The park race after the gun, held in English."""
    house = House(tmp_path, chromium_browser)
    file = park_race()
    house.lay(SLUG, file | {"race": file["race"] | {"language": "en"}}, picture())
    house.open().desk.start()
    yield house
    house.close()
    assert house.faults == []


def test_a_phone_opened_again_without_signal_speaks_the_language_of_its_race(english: House) -> None:
    """Nobody chose: the phone itself is set to Chinese, and so was the page that it keeps for a dead spot."""
    page = english.phone(EGRET, forgive=NO_SIGNAL)
    page.wait_for_selector(READY, timeout=SEALED_MS)
    page.context.set_offline(True)
    page.reload()
    page.wait_for_selector(".head-team")
    says(page, "Scan the sign")
    assert page.get_attribute("html", "lang") == "en"
    assert page.locator(".tab >> text=地图").count() == 0

    page.click(".tab >> text=Help")
    page.click("text=中文")
    page.reload()
    says(page, "扫码打卡")
    assert page.get_attribute("html", "lang") == "zh-Hans", "what somebody chose goes before the race's"


def test_a_marshals_phone_opened_again_without_signal_speaks_the_language_of_its_race(english: House) -> None:
    page = english.marshal("33", forgive=NO_SIGNAL)
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    page.wait_for_function("() => document.documentElement.lang === 'en'")
    page.wait_for_function("() => localStorage.getItem('waypost.marshal.list') !== null")
    page.context.set_offline(True)
    page.reload()
    page.wait_for_selector(".m-head-sent")
    assert page.get_attribute("html", "lang") == "en"


def test_a_phone_taken_off_its_team_says_why_however_often_it_is_loaded_until_it_joins_again(racing: House) -> None:
    page = racing.phone(EGRET, forgive=("401",))
    desk = racing.window("/", LAPTOP)
    sign_in(desk)
    desk.on("dialog", lambda asked: asked.accept())
    desk.goto(f"/organize/{SLUG}/control/{EGRET}")
    desk.click("form:has([name=device]) button")
    why = "组织者已把这部手机移出本队。请找裁判员，或重新扫参赛队卡。"
    says(page, why)
    for _ in range(2):
        page.reload()
        page.wait_for_selector("h1 >> text=需要重新加入")
        says(page, why)
    page.fill("#typed-code", racing.desk.keys.join(EGRET))
    press(page)
    page.wait_for_selector(".head-team >> text=白鹭")
    page.click(".tab >> text=求助")
    page.click("text=这部手机退出本队")
    page.locator(".action >> text=退出").click()
    page.reload()
    page.wait_for_selector("h1 >> text=加入你们队")
    assert page.get_by_text(why).count() == 0, "a team that left by itself was taken off by nobody"
