"""Whatever is sent into any form of the desk, the answer is a page that says what is wrong, and never a crash."""

import logging
import random
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from base.web import part_of
from race.live.races import Live
from tests.factories import EGRET, SLUG
from tests.fixtures_app import SmallRace
from tests.organize.pages import forms_of
from tests.organize.test_signup import make
from tests.phones import Desk, csrf

RUBBISH = (
    "", "x" * 100_000, "a\x00b", "\u202e右\u202c", "\x01\x0b", "😀" * 50, "\n\n\n", "{{7*7}}",
    "<script>alert(1)</script>", "../../etc", "%2f", "a/b", "Etc/../x",
    "=HYPERLINK(\"http://x\")", "[]", '{"a":NaN}', '"\\ud800"', "null", "?",
    "1e9999", "-1", "--5", "１２", "NaN", "Infinity", "-inf", "9" * 30, "0", "1", "10000", "0.5", "1,1", "²",
    "0001-01-01", "9999-12-31", "24:00", "25:99", "90,180", "-90.0, -180", "1:2:3:4:5", "a,b;c\t3", "delete",
)  # fmt: skip
# What would end the test: signing out, other accounts, another stage, no more race.
LEFT_ALONE = re.compile(r"signout|account|colleagues|/stage|/trial/teams|/erase|/close")
ROUNDS = 2


class Vandal:
    """A signed-in browser that sends rubbish, by dice that fall the same each time."""

    def __init__(self, app: Flask, browser: FlaskClient, log: pytest.LogCaptureFixture) -> None:
        self.app = app
        self.browser = browser
        self.log = log
        self.dice = random.Random(7)
        self.token = csrf(browser, "/organize/")

    def addresses(self, method: str) -> Iterator[str]:
        """The desk's addresses for this method, filled in."""
        filled = {"slug": SLUG, "entry": EGRET, "path:bank": "wetland", "path:quiz": "gate", "path:game": "throw"}
        for rule in self.app.url_map.iter_rules():
            address = re.sub(r"<([^>]+)>", lambda found: filled.get(found[1], "1"), str(rule))
            if method in (rule.methods or ()) and address.startswith("/organize/") and not LEFT_ALONE.search(address):
                yield address

    def go(self, method: str, address: str, form: dict[str, str] | None = None) -> TestResponse:
        """Go there; neither the answer nor the log may tell of a crash."""
        self.log.clear()
        answer = self.browser.open(address, method=method, data=form, headers={"Accept": "text/html"})
        wrong = [record.getMessage() for record in self.log.records if record.levelno >= logging.ERROR]
        assert answer.status_code < 500, (address, form)
        assert wrong == [], (address, form)
        return answer

    def forms(self) -> Iterator[tuple[str, dict[str, str]]]:
        """Every form of every page, and every address that takes one with no field at all."""
        for address in self.addresses("GET"):
            page = self.go("GET", address)
            if "html" in (page.content_type or ""):
                yield from ((action or address, fields) for _, action, fields in forms_of(page))
            page.close()
        yield from ((address, {}) for address in self.addresses("POST"))

    def spoil(self, fields: dict[str, str]) -> dict[str, str]:
        """A form as the page shows it, with rubbish in some of its fields."""
        names = [name for name in fields if name != "csrf_token"]
        spoilt = self.dice.sample(names, min(len(names), self.dice.choice((1, 2, 5))))
        return {
            **fields,
            "reason": "手误",
            **{name: self.dice.choice(RUBBISH) for name in spoilt},
            "csrf_token": self.token,
        }


@pytest.mark.parametrize("running", [False, True])
def test_rubbish_in_any_form_is_refused_or_stored_and_breaks_nothing(
    running: bool,
    app: Flask,
    organizer: FlaskClient,
    desk: Desk,
    small: SmallRace,
    caplog: pytest.LogCaptureFixture,
) -> None:
    if running:
        desk.start()
        desk.phone(EGRET).punch("31")
    else:
        make(organizer)
    vandal = Vandal(app, organizer, caplog)
    for action, fields in list(vandal.forms()):
        for _ in range(ROUNDS):
            if not LEFT_ALONE.search(action):
                vandal.go("POST", action, vandal.spoil(fields)).close()
    for address in vandal.addresses("GET"):
        vandal.go("GET", address.replace(SLUG, small.live.races[1].race.slug)).close()
    assert Live(part_of(app, Engine)).races.keys() == part_of(app, Live).races.keys(), "all can be read after a restart"
