"""The organizer hears before the race that phones without signal will not show all pictures, and what to do."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from base.clock import now_ms
from base.database import writing
from base.web import part_of
from race.live.races import Live
from race.store import save_setup
from tests.factories import SLUG
from tests.fixtures_app import SmallRace
from tests.phones import Desk
from tests.race.test_media import pictured

TOLD = {
    "zh": ("没信号时看不到全部图片和声音", "1.5 MB", "3 队中有 3 队", "1.8 MB", "640 像素"),
    "en": ("Without signal not every picture", "1.5 MB", "3 of 3 teams", "1.8 MB", "640 pixels"),
}


@pytest.fixture
def many_pictures(app: Flask, small: SmallRace) -> None:
    """A picture and a sound beside every question of the small race."""
    with writing(part_of(app, Engine)) as connection:
        save_setup(connection, small().race.id, pictured(), by="test", now=now_ms(), nonce="pictures")
    part_of(app, Live).catch_up()


@pytest.mark.parametrize("page", ["questions", "tasks"])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.usefixtures("many_pictures")
def test_too_many_pictures_are_told_with_figures_and_what_to_do(
    organizer: FlaskClient, page: str, language: str
) -> None:
    shown = organizer.get(f"/organize/{SLUG}/{page}?lang={language}").text
    for words in TOLD[language]:
        assert words in shown


@pytest.mark.parametrize("page", ["questions", "tasks"])
def test_a_race_that_phones_can_carry_whole_is_told_nothing(organizer: FlaskClient, page: str) -> None:
    assert "too-much" not in organizer.get(f"/organize/{SLUG}/{page}").text


@pytest.mark.usefixtures("many_pictures")
def test_once_the_race_counts_nothing_can_be_done_and_nothing_is_told(organizer: FlaskClient, desk: Desk) -> None:
    desk.start()
    assert "too-much" not in organizer.get(f"/organize/{SLUG}/questions").text
