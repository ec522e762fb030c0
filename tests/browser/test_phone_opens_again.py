"""A phone whose page was closed, and what it says when it is opened again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.hands import says
from tests.browser.house import AWAY, House
from tests.browser.park import park_race, picture
from tests.factories import EGRET, SLUG

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
