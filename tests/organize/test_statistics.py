"""How the questions did, and how even the draw will be, as the desk shows both."""

import csv
import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from base.web import part_of
from people.model import Role
from race.commands.store_race import lay_down
from race.live.races import Live
from tests.factories import SLUG, question, race_file
from tests.organize.conftest import Colleague
from tests.organize.test_question_pages import QUESTIONS
from tests.phones import Desk

FIGURES = f"/organize/{SLUG}/jury/questions"
EVEN = f"/organize/{SLUG}/tasks/even/gate"


@pytest.fixture
def answered(organizer: FlaskClient, desk: Desk) -> FlaskClient:
    """Two teams have answered three questions each: one had all right, the other one."""
    desk.start()
    for entry, right in (("1", 3), ("3", 1)):
        phone = desk.phone(entry)
        phone.answer(phone.open_sheet("32"), right=right)
    return organizer


def test_each_question_team_and_club_has_its_figures(answered: FlaskClient) -> None:
    page = answered.get(f"{FIGURES}?lang=zh").text
    assert "答题 6 次，答对 67%" in page
    assert page.count('<li id="item-') == 6
    assert page.count("正确率 0%（0/1）") == 2
    assert "没有抽到" in page
    rows = re.findall(r'<tr><th scope="row">([^<]+)<svg.*?</svg></th><td class="figure"><b>([^<]+)<', page)
    assert [(name.split()[-1], share) for name, share in rows] == [
        ("白鹭", "100%"),
        ("指北针", "33%"),
        ("湿地工会", "67%"),
    ]


def test_the_figures_come_as_csv(answered: FlaskClient) -> None:
    answer = answered.get(f"{FIGURES}.csv?lang=en")
    assert answer.headers["Content-Disposition"] == f"attachment; filename={SLUG}-questions.csv"
    heads, *rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert heads[:5] == ["Bank", "Question", "Asked", "Right", "Share right"]
    assert sorted(row[4] for row in rows) == ["0%", "0%", "100%", "100%", "100%", "100%"]
    assert all(row[10] in ("甲: 0 | 乙: 0 | 丙 ✓: 1 | 丁: 0", "甲: 1 | 乙: 0 | 丙 ✓: 0 | 丁: 0") for row in rows)


def rows_of(client: FlaskClient, address: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(client.get(address).data.decode("utf-8-sig"))))


def test_teams_and_clubs_come_as_csv_too(answered: FlaskClient) -> None:
    heads, *teams = rows_of(answered, f"{FIGURES}-teams.csv?lang=en")
    assert heads == ["No.", "Team", "Class", "Club", "Asked", "Right", "Share right", "s a question"]
    assert [(row[0], row[1], *row[4:7]) for row in teams] == [
        ("1", "白鹭", "3", "3", "100%"), ("3", "指北针", "3", "1", "33%"),
    ]  # fmt: skip
    heads, *clubs = rows_of(answered, f"{FIGURES}-clubs.csv?lang=zh")
    assert heads == ["单位", "答题次数", "答对", "正确率", "每题秒数"]
    assert [row[:4] for row in clubs] == [["湿地工会", "6", "4", "67%"]]
    page = answered.get(FIGURES).text
    assert "questions-teams.csv" in page
    assert "questions-clubs.csv" in page


def test_a_team_that_calls_itself_a_formula_is_no_formula_in_the_csv(
    organizer: FlaskClient, desk: Desk, app: Flask
) -> None:
    entries = race_file()["entries"]
    entries[0] |= {"team": '=HYPERLINK("http://x.example")', "club": "@SUM(1)"}
    lay_down(part_of(app, Engine), SLUG, {"entries": entries}, None, by="import")
    part_of(app, Live).catch_up()
    desk.start()
    phone = desk.phone("1")
    phone.answer(phone.open_sheet("32"), right=3)
    assert rows_of(organizer, f"{FIGURES}-teams.csv")[1][1:4:2] == ['\'=HYPERLINK("http://x.example")', "'@SUM(1)"]
    assert rows_of(organizer, f"{FIGURES}-clubs.csv")[1][0] == "'@SUM(1)"


def test_an_author_sees_how_the_bank_did_and_not_who_answered(answered: FlaskClient, colleague: Colleague) -> None:
    author = colleague(Role.AUTHOR)
    page = author.get(f"{QUESTIONS}/figures/wetland").text
    assert page.count('<li id="item-') == 6
    assert "白鹭" not in page
    assert "/jury/" not in page
    assert author.get(FIGURES).status_code == 403
    assert author.get(f"{QUESTIONS}/figures/none").status_code == 404


def test_before_anybody_answered_the_page_says_what_will_stand_here(organizer: FlaskClient) -> None:
    assert "还没有人答题" in organizer.get(f"{FIGURES}?lang=zh").text


def test_the_draw_is_shown_before_the_race_with_a_plot_and_a_table(organizer: FlaskClient, app: Flask) -> None:
    """Three teams, two checkpoints, three of forty questions: eighteen places on six sheets."""
    page = organizer.get(f"{EVEN}?lang=zh").text
    assert "3 队，6 张卷，每张 3 题" in page
    assert "各处相邻的队都不重题" in page
    assert page.count('role="img"') == 5
    assert re.search(r'<th scope="row">相同 0 题</th><td class="figure">4</td>', page), "pairs of neighbours"
    four = [question(number) for number in range(1, 5)]
    assert organizer.get(f"/organize/{SLUG}/tasks/even/none").status_code == 404
    assert "tasks/even/gate" in organizer.get(f"/organize/{SLUG}/tasks").text
    lay_down(part_of(app, Engine), SLUG, {"banks": [{"id": "wetland", "questions": four}]}, None, by="import")
    part_of(app, Live).catch_up()
    assert "题库偏小：有 4 题；有 6 题" in organizer.get(EVEN).text
