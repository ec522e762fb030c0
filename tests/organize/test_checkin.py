import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.factories import COMPASS, DRAGONFLY, EGRET, SLUG
from tests.fixtures_app import SmallRace
from tests.organize.pages import fields, send
from tests.phones import Desk, csrf

CHECKIN = f"/organize/{SLUG}/checkin"


@pytest.fixture(autouse=True)
def _race_morning(desk: Desk) -> None:
    desk.stage("race")


def all_here(page: TestResponse, entry: str) -> str:
    """What the button “5 人到齐” of a team sends."""
    found = re.search(rf'name="all" value="({entry} [^"]+)"', page.text)
    assert found
    return found[1]


def press(browser: FlaskClient, what: str) -> TestResponse:
    return browser.post(CHECKIN, data={"csrf_token": csrf(browser, "/organize/"), "all": what})


def count(browser: FlaskClient, page: TestResponse, **typed: Any) -> TestResponse:
    values = heads_form(page)
    typed = {name.replace("__", "-"): value for name, value in typed.items()}
    return browser.post(CHECKIN, data={name: value for name, value in {**values, **typed}.items() if value is not None})


def heads_form(page: TestResponse) -> dict[str, Any]:
    """The fields of the open team's form, the second that goes to the page's own address."""
    part = page.text.split('class="heads"', 1)[1]
    values = dict(re.findall(r'name="((?:entry|count|csrf_token)[^"]*)" value="([^"]*)"', part))
    return {**values, **dict(re.findall(r'name="(here-\d+)" value="(1)" checked', part)), "more": "0"}


def opened(browser: FlaskClient, entry: str = EGRET) -> TestResponse:
    return browser.get(f"{CHECKIN}?open={entry}")


def totals(browser: FlaskClient) -> list[tuple[str, ...]]:
    strip = browser.get(CHECKIN).text.split('class="totals"', 1)[1].split("</dl>", 1)[0]
    return [found.groups() for found in re.finditer(r"<dd>(\d+) <small>队 (\d+) 人", strip)]


def test_a_whole_team_is_counted_at_one_press(organizer: FlaskClient, small: SmallRace) -> None:
    """It is the same fact as a marshal's at the start, and its number goes into the totals."""
    assert totals(organizer) == [("3", "15"), ("0", "0")]
    assert press(organizer, all_here(organizer.get(CHECKIN), EGRET)).status_code == 302
    checkin = small().runs[EGRET].checkin
    assert checkin
    assert (checkin.heads, checkin.members) == (5, (0, 1, 2, 3, 4))
    assert totals(organizer) == [("3", "15"), ("1", "5")]


def test_when_all_are_here_the_page_leads_on_to_the_gun(organizer: FlaskClient, small: SmallRace) -> None:
    onward = "人都到齐了：去发令"
    for entry in small().setup.entries:
        page = organizer.get(CHECKIN)
        assert onward not in page.text
        press(organizer, all_here(page, entry))
    assert onward in organizer.get(CHECKIN).text


def test_who_is_missing_is_named(organizer: FlaskClient, small: SmallRace) -> None:
    assert count(organizer, opened(organizer), here__4=None).status_code == 302
    checkin = small().runs[EGRET].checkin
    assert checkin
    assert (checkin.heads, checkin.members) == (4, (0, 1, 2, 3))
    page = organizer.get(f"{CHECKIN}?show=short")
    assert "没到：白鹭5" in page.text
    assert "4/5" in page.text
    assert "蜻蜓" not in page.text


def test_a_swapped_member_runs_under_the_own_name_and_the_log_holds_no_name(
    organizer: FlaskClient, small: SmallRace
) -> None:
    assert count(organizer, opened(organizer), here__2=None, swap__2="替补张三").status_code == 302
    assert [member.name for member in small().setup.entries[EGRET].members][2] == "替补张三"
    assert small().runs[EGRET].checkin
    assert "换上：替补张三" in organizer.get(CHECKIN).text
    fact = next(fact for fact in small().facts[EGRET] if fact.kind == "checkin")
    assert fact.body["swapped"] == [2]
    assert "张三" not in str(fact.body)


def test_further_people_are_counted_beside_the_list(organizer: FlaskClient, small: SmallRace) -> None:
    assert count(organizer, opened(organizer), more="2").status_code == 302
    checkin = small().runs[EGRET].checkin
    assert checkin
    assert checkin.heads == 7
    assert count(organizer, opened(organizer), more="很多").status_code == 400


def test_a_check_in_is_taken_back_and_can_be_made_again(organizer: FlaskClient, small: SmallRace) -> None:
    press(organizer, all_here(organizer.get(CHECKIN), EGRET))
    page = opened(organizer)
    assert send(organizer, page, "/checkin/undo", f"{CHECKIN}/undo").status_code == 302
    assert small().runs[EGRET].checkin is None
    assert send(organizer, page, "/checkin/undo", f"{CHECKIN}/undo").status_code == 409
    assert count(organizer, opened(organizer), here__0=None).status_code == 302
    checkin = small().runs[EGRET].checkin
    assert checkin
    assert checkin.heads == 4


def test_two_who_count_two_teams_do_not_disturb_each_other(organizer: FlaskClient, small: SmallRace) -> None:
    page = organizer.get(CHECKIN)
    for entry in (EGRET, DRAGONFLY, COMPASS):
        assert press(organizer, all_here(page, entry)).status_code == 302
    assert all(small().runs[entry].checkin for entry in (EGRET, DRAGONFLY, COMPASS))


def test_of_two_who_count_a_team_differently_the_second_is_told(organizer: FlaskClient, small: SmallRace) -> None:
    page = opened(organizer)
    assert count(organizer, page, here__0=None).status_code == 302
    late = count(organizer, page, here__0=None, here__1=None)
    assert late.status_code == 409
    assert "刚才有人清点了这支队" in late.text
    checkin = small().runs[EGRET].checkin
    assert checkin
    assert checkin.heads == 4


def test_two_who_find_a_team_whole_at_once_are_both_right_and_one_fact(
    organizer: FlaskClient, small: SmallRace
) -> None:
    button = all_here(organizer.get(CHECKIN), EGRET)
    assert [press(organizer, button).status_code for _ in range(2)] == [302, 302]
    assert sum(fact.kind == "checkin" for fact in small().facts[EGRET]) == 1


def test_a_count_at_the_desk_after_one_at_the_start_corrects_it(
    organizer: FlaskClient, desk: Desk, small: SmallRace
) -> None:
    early = opened(organizer)
    told = desk.marshal("S1").tell("checkin", entry=EGRET, heads=3, members=[0, 1, 2])
    assert told["verdict"] == "accepted"
    assert count(organizer, early).status_code == 409, "the page did not know of the marshal's count"
    page = opened(organizer)
    assert "here-3" not in heads_form(page)
    assert count(organizer, page, here__3="1").status_code == 302
    checkin = small().runs[EGRET].checkin
    assert checkin
    assert checkin.heads == 4


def test_teams_are_found_by_number_and_by_who_waits(organizer: FlaskClient) -> None:
    press(organizer, all_here(organizer.get(CHECKIN), EGRET))
    waiting = organizer.get(f"{CHECKIN}?show=waiting").text
    assert "蜻蜓" in waiting
    assert 'id="team-1"' not in waiting
    assert re.findall(r'id="team-(\d+)"', organizer.get(f"{CHECKIN}?q=3").text)[0] == "3"


def test_a_team_that_is_not_there_is_refused(organizer: FlaskClient) -> None:
    assert press(organizer, "77 x").status_code == 400


def test_before_the_race_is_open_nobody_is_counted(organizer: FlaskClient) -> None:
    token = csrf(organizer, "/organize/")
    begun = organizer.post("/organize/new", data={"csrf_token": token, "name": "另一场"})
    slug = begun.location.split("/")[-2]
    assert "检录在比赛当天早上做" in organizer.get(f"/organize/{slug}/checkin").text
    sent = {"csrf_token": token, "all": "1 x"}
    assert organizer.post(f"/organize/{slug}/checkin", data=sent).status_code == 409


def test_the_form_shows_what_was_counted(organizer: FlaskClient) -> None:
    count(organizer, opened(organizer), here__1=None)
    assert fields(opened(organizer), "whole")["page"] == ""
    assert set(heads_form(opened(organizer))) >= {"here-0", "here-2", "here-3", "here-4"}
    assert "here-1" not in heads_form(opened(organizer))
