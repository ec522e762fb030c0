"""Houses for the browser tests. A page that breaks, complains or asks another host for something fails its test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.house import House
from tests.browser.park import park_race, picture
from tests.factories import SLUG


@pytest.fixture
def empty_house(tmp_path: Path, chromium_browser: Browser) -> Iterator[House]:
    """A house with nothing in it, and no server running yet."""
    house = House(tmp_path, chromium_browser)
    yield house
    house.close()
    assert house.faults == []
    assert "Traceback" not in house.said()


@pytest.fixture
def house(empty_house: House) -> House:
    """The park race in set-up, its server running."""
    empty_house.lay(SLUG, park_race(), picture())
    return empty_house.open()


@pytest.fixture
def racing(house: House) -> House:
    """The park race after the gun."""
    house.desk.start()
    return house
