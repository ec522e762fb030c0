"""Proof-reading at the desk: two people, a lock, and a warning wherever the race is made ready."""

import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from base.web import part_of
from people.model import Role
from race.commands.store_race import lay_down
from race.live.races import Live
from tests.factories import SLUG, race_file
from tests.fixtures_app import SmallRace
from tests.organize.conftest import Colleague
from tests.organize.test_question_pages import BANK, QUESTIONS, texts
from tests.organize.test_task_pages import post
from tests.phones import Desk, csrf

PROOF = f"{QUESTIONS}/proof/wetland"
EDIT = f"{QUESTIONS}/edit/wetland?question=q1"


def change(browser: FlaskClient, text: str) -> Any:
    """Change the first question at its own page."""
    page = browser.get(EDIT).text
    seen = re.search(r'name="seen" value="([^"]*)"', page)
    assert seen
    form = {"seen": seen[1], "text": text, "choice_0": "甲", "choice_1": "乙", "right": "1"}
    return post(browser, EDIT, form)


def approve(browser: FlaskClient, digest: str) -> int:
    return int(post(browser, f"{QUESTIONS}/approve/wetland", {"digest": digest}).status_code)


def test_a_bank_is_approved_by_a_second_person_locked_opened_and_warned_of(
    organizer: FlaskClient, colleague: Colleague, small: SmallRace
) -> None:
    """The whole way of a bank: changed, approved, locked, opened, and missing everywhere until approved again."""
    assert change(organizer, "芦苇的根有什么用？").status_code == 302
    page = organizer.get(f"{BANK}?lang=zh").text
    assert "未审定" in page
    assert "请另一位来审定" in page
    digest = small().digests["wetland"]
    assert approve(organizer, digest) == 403, "nobody approves their own words"
    other = colleague(Role.ORGANIZER)
    assert "审定这 40 题" in other.get(f"{BANK}?lang=zh").text
    assert approve(other, "of another wording") == 409
    assert [approve(other, digest), approve(other, digest)] == [302, 302]
    assert sum(edit.part == "approved" for edit in small().edits) == 1, "pressed twice is approved once"
    locked = organizer.get(BANK).text
    assert "已审定" in locked
    assert "同事organizer" in locked
    for lost in ("questions/edit/", "questions/import/", "questions/drop/", "questions/rename/", "questions/delete/"):
        assert f'href="/organize/{SLUG}/{lost}' not in locked
        assert f'action="/organize/{SLUG}/{lost}' not in locked
    assert "已审定并锁定" in organizer.get(EDIT).text
    for address, form in (
        ("rename", {"name": "新名"}), ("drop", {"question": "q1"}), ("delete", {}), ("import", {}),
        ("back", {"item": "{}", "place": "0"}),
    ):  # fmt: skip
        assert post(organizer, f"{QUESTIONS}/{address}/wetland", form).status_code == 409, address
    assert change(organizer, "改了").status_code == 409
    assert texts(small)[0] == "芦苇的根有什么用？"
    assert "需重新审定" not in locked

    assert post(organizer, f"{QUESTIONS}/open/wetland", {}).status_code == 302
    opened = organizer.get(BANK).text
    assert "需重新审定" in opened
    warned = "审定后又解锁或改动过"
    for path in ("print", "trial", "control"):
        assert warned in organizer.get(f"/organize/{SLUG}/{path}").text, path
    assert "待审定" in organizer.get(f"/organize/{SLUG}/tasks").text
    assert approve(organizer, digest) == 302, "who only opened it changed no word"
    assert warned not in organizer.get(f"/organize/{SLUG}/print").text


def test_a_file_laid_over_an_approved_bank_is_noticed(app: Flask, organizer: FlaskClient, small: SmallRace) -> None:
    """The command line asks nobody; the digest tells."""
    assert approve(organizer, small().digests["wetland"]) == 302
    part = {"banks": [{**race_file()["banks"][0], "name": "别的"}]}
    lay_down(part_of(app, Engine), SLUG, part, None, by="import")
    part_of(app, Live).catch_up()
    assert "需重新审定" in organizer.get(f"{BANK}?lang=zh").text
    assert "待审定" in organizer.get(f"/organize/{SLUG}/tasks").text


def test_who_may_approve_and_who_may_see_the_answers(colleague: Colleague, small: SmallRace) -> None:
    """An author writes and prints the proof; the chief marshal sees no question before the race."""
    author, chief = colleague(Role.AUTHOR), colleague(Role.CHIEF)
    assert approve(author, small().digests["wetland"]) == 403
    printed = author.get(f"{PROOF}?lang=zh+en&part=7")
    assert printed.data.startswith(b"%PDF-")
    assert author.get(f"{QUESTIONS}/proof/none").status_code == 404
    assert post(author, f"{QUESTIONS}/approve/none", {}).status_code == 403
    for page in ("print", "control"):
        assert "print/proof.pdf" not in chief.get(f"/organize/{SLUG}/{page}").text
    assert chief.get(f"/organize/{SLUG}/print/proof.pdf").status_code == 403
    assert chief.get(PROOF).status_code == 403


def test_a_bank_that_teams_have_had_is_neither_approved_nor_opened(
    organizer: FlaskClient, desk: Desk, small: SmallRace
) -> None:
    desk.start()
    desk.phone("1").open_sheet("32")
    assert csrf(organizer, "/organize/")
    assert approve(organizer, small().digests["wetland"]) == 409
    assert post(organizer, f"{QUESTIONS}/open/wetland", {}).status_code == 409
    assert "作废或改答案" in organizer.get(f"{BANK}?lang=zh").text
