from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine

from base.web import part_of
from race.commands.store_race import lay_down
from race.live.races import Live
from tests.factories import COMPASS, DRAGONFLY, EGRET, SLUG, race_file
from tests.fixtures_pages import OpenPage
from tests.phones import Desk

BOARD = f"/r/{SLUG}/live"
MANY = 2000


@pytest.fixture
def crowd(app: Flask, engine: Engine, desk: Desk) -> Desk:
    """Two thousand teams."""
    first = race_file()["entries"][0]
    entries: list[dict[str, Any]] = [
        {**first, "id": str(n), "bib": f"{n:04}", "team": f"队伍{n}", "club": f"单位{n}", "members": ["队长"]}
        for n in range(1, MANY + 1)
    ]
    lay_down(engine, SLUG, {"entries": entries}, None, "test")
    part_of(app, Live).catch_up()
    desk.start()
    return desk


def test_the_board_moves_when_a_team_passes_a_checkpoint(open_page: OpenPage, desk: Desk) -> None:
    desk.start()
    desk.phone(EGRET).punch("31")
    page = open_page(BOARD, 1920, 1080)
    page.wait_for_selector(".leaders .row:nth-child(1) >> text=白鹭")
    compass = desk.phone(COMPASS)
    compass.punch("31")
    compass.answer(compass.open_sheet("32"))
    page.wait_for_selector(".leaders .row:nth-child(1) >> text=指北针")
    page.wait_for_selector(".row.lit >> text=指北针")
    assert "2" in page.inner_text(".leaders .row:nth-child(1) .figure")
    assert "指北针" in page.inner_text(".news li:nth-child(1)")
    page.wait_for_selector(".row.lit", state="detached", timeout=6_000)


def test_the_board_waits_for_the_gun_and_then_starts_by_itself(open_page: OpenPage, desk: Desk) -> None:
    desk.stage("race")
    page = open_page(BOARD, 1920, 1080)
    page.wait_for_selector(".before >> text=蜻蜓")
    assert "等待发令" in page.inner_text(".clocks")
    desk.act("gun")
    page.wait_for_selector(".clock >> text=比赛用时")
    page.wait_for_selector(".leaders >> text=蜻蜓")


def test_a_team_at_the_finish_is_marked_until_its_heads_are_counted(open_page: OpenPage, desk: Desk) -> None:
    desk.start()
    egret = desk.phone(EGRET)
    egret.punch("31")
    egret.finish()
    page = open_page(BOARD, 1920, 1080)
    page.wait_for_selector(".row >> text=待核对人数")
    desk.marshal("F1").tell("heads", entry=EGRET, heads=5)
    page.wait_for_selector(".row >> text=已到终点")
    assert "暂列名次" in page.inner_text(".ticker"), "others are still out"


def test_a_trial_says_that_it_does_not_count(open_page: OpenPage, desk: Desk) -> None:
    desk.stage("trial")
    assert open_page(BOARD, 1920, 1080).wait_for_selector("text=试跑，不计成绩")


def test_a_lost_connection_is_said_and_what_was_missed_is_caught_up(open_page: OpenPage, desk: Desk) -> None:
    desk.start()
    page = open_page(BOARD, 1920, 1080)
    page.wait_for_selector(".leaders >> text=白鹭")
    page.context.set_offline(True)
    page.wait_for_selector(".lost >> text=连接断了")
    desk.phone(DRAGONFLY).punch("31")
    page.context.set_offline(False)
    page.wait_for_selector(".leaders .row:nth-child(1) >> text=蜻蜓")
    page.wait_for_selector(".lost", state="detached")


def test_two_thousand_teams_turn_by_thirties_and_only_what_is_shown_is_drawn(open_page: OpenPage, crowd: Desk) -> None:
    page = open_page(BOARD, 1920, 1080)
    page.wait_for_selector(".page >> text=1 / 67")
    assert len(page.query_selector_all(".row")) == 38
    page.click("text=停住")
    page.click("[aria-label=上一页]")
    page.wait_for_selector(".page >> text=67 / 67")
    assert len(page.query_selector_all(".rest .row")) == MANY - 8 - 66 * 30
    assert page.is_visible("text=轮播"), "it holds until told to turn again"


def test_with_reduced_motion_nothing_turns_by_itself(open_page: OpenPage, crowd: Desk) -> None:
    page = open_page(BOARD, 1920, 1080, reduced_motion="reduce")
    page.wait_for_selector(".page >> text=1 / 67")
    assert page.is_visible("text=轮播")


def test_a_phone_finds_its_team_among_two_thousand_by_its_number(open_page: OpenPage, crowd: Desk) -> None:
    page = open_page(BOARD, 360, 740)
    page.wait_for_selector(".list .row")
    assert len(page.query_selector_all(".list .row")) < 60
    page.fill("input[type=search]", "1234")
    page.wait_for_selector(".list .row:first-child >> text=队伍1234")
    page.fill("input[type=search]", "没有这个队")
    page.wait_for_selector("text=换个名字或号码试试")


def test_the_board_is_dark_until_it_is_switched_to_light_for_the_sun(open_page: OpenPage, desk: Desk) -> None:
    page = open_page(BOARD, 1920, 1080, color_scheme="light")
    page.wait_for_selector("text=亮色")
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(12, 23, 19)"
    page.click("text=亮色")
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    page.reload()
    page.wait_for_selector("text=暗色")
    assert page.evaluate(ground) == "rgb(255, 255, 255)", "the choice is kept"


def test_a_phone_follows_its_own_light_or_dark(open_page: OpenPage, desk: Desk) -> None:
    page = open_page(BOARD, 360, 740, color_scheme="light")
    page.wait_for_selector(".list .row")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_clubs_stand_in_an_order_of_their_own(open_page: OpenPage, desk: Desk) -> None:
    desk.start()
    dragonfly = desk.phone(DRAGONFLY)
    dragonfly.punch("31")
    dragonfly.answer(dragonfly.open_sheet("32"))
    for entry in (EGRET, COMPASS):
        desk.phone(entry).punch("31")
    page = open_page(BOARD, 1920, 1080)
    page.click(".segments >> text=单位")
    page.wait_for_selector(".leaders .row:nth-child(1) >> text=河道工会")
    assert "2 队" in page.inner_text(".leaders .row:nth-child(2)")
