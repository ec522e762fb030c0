import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from base.clock import now_ms
from base.database import writing
from base.web import part_of
from facts.model import Draft, Stage
from facts.store import append
from organize.forms.fields import Fields
from organize.forms.signup import read_clubs, read_signup
from organize.rules.signup import size_words
from race.live.referee import move_to
from tests.factories import EGRET, SLUG
from tests.fixtures_app import SmallRace
from tests.organize.pages import fields, send
from tests.organize.test_teams import opened, save
from tests.phones import Desk, csrf

SIGNUP = f"/organize/{SLUG}/signup"


def make(organizer: FlaskClient, clubs: str = "晨光工会 2", **typed: str) -> None:
    token = csrf(organizer, "/organize/")
    made = organizer.post(f"{SIGNUP}/clubs", data={"csrf_token": token, "clubs": clubs, "most": "2", **typed})
    assert made.status_code == 302


def links(organizer: FlaskClient) -> dict[str, str]:
    """Each club's address, without the host, as the list to send round has it."""
    text = organizer.get(f"{SIGNUP}/links.txt?lang=zh").text
    return dict(re.findall(r"(\S+?)，最多 \d+ 队：\nhttp://localhost:8000(/S/\S+)", text))


@pytest.fixture
def contact(app: Flask) -> FlaskClient:
    """The phone of a club's contact, who has no account."""
    return app.test_client()


@pytest.fixture
def link(organizer: FlaskClient) -> str:
    """The link of a club that may enter two teams and has none yet."""
    make(organizer)
    return links(organizer)["晨光工会"]


Enter = Callable[..., TestResponse]


@pytest.fixture
def enter(contact: FlaskClient, link: str) -> Enter:
    """Returns what signs the club up, from a page that it opened just now or before."""

    def enter(page: TestResponse | None = None, **typed: Any) -> TestResponse:
        said = {"contact": "周联系", "contact_phone": "13900000001", **typed}
        return send(contact, page or contact.get(link), "signup", link, **said)

    return enter


TEAM = {"team__0__name": "晨光一队", "team__0__members": "赵一\n钱二\n孙三\n李四"}


def entered(small: SmallRace, club: str = "晨光工会") -> list[str]:
    return [entry.team for entry in small().setup.entries.values() if entry.club == club]


def test_a_club_enters_its_teams_by_its_link_alone(
    enter: Enter, contact: FlaskClient, link: str, small: SmallRace
) -> None:
    """It gets numbers, its contact is whom to call, and the log says who entered it."""
    done = enter(**TEAM, team__1__name="晨光二队", team__1__members="周五、吴六", team__1__phone="13900000002")
    assert done.status_code == 302
    one, two = (entry for entry in small().setup.entries.values() if entry.club == "晨光工会")
    assert (one.bib, one.team, [member.name for member in one.members]) == (
        "4",
        "晨光一队",
        ["赵一", "钱二", "孙三", "李四"],
    )
    assert one.contact
    assert two.contact
    assert (one.contact.name, one.contact.phone) == ("周联系", "13900000001")
    assert (two.contact.name, two.contact.phone) == ("周五", "13900000002")
    assert small().edits[-1].by == "signup:晨光工会"
    page = contact.get(link)
    assert fields(page, "signup")["team-1-phone"] == "13900000002"
    assert "还差 1 人" in page.text


def test_a_club_sees_nobody_else_s_teams(contact: FlaskClient, organizer: FlaskClient) -> None:
    make(organizer, "湿地工会 3")
    page = contact.get(links(organizer)["湿地工会"])
    assert "白鹭" in page.text
    assert "蜻蜓" not in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in page.headers


def test_a_swapped_member_leaves_the_others_as_they_were(
    contact: FlaskClient, organizer: FlaskClient, small: SmallRace
) -> None:
    assert save(organizer, opened(organizer), role__0="队长", wave="a", first="33").status_code == 302
    make(organizer, "湿地工会 3")
    address = links(organizer)["湿地工会"]
    said = {"contact": "周", "contact_phone": "139", "team__0__members": "白鹭1\n白鹭2\n白鹭3\n白鹭4\n新来的"}
    assert send(contact, contact.get(address), "signup", address, **said).status_code == 302
    entry = small().setup.entries["1"]
    assert [member.name for member in entry.members][-1] == "新来的"
    assert (entry.members[0].role, entry.wave, entry.first, entry.bib) == ("队长", "a", ("33",), "1")
    assert set(small().setup.entries) == {"1", "2", "3"}


def test_a_team_that_does_not_come_is_taken_off(enter: Enter, small: SmallRace) -> None:
    assert enter(**TEAM).status_code == 302
    assert enter(team__0__gone="1").status_code == 302
    assert entered(small) == []


def test_a_club_enters_no_more_teams_than_it_may(enter: Enter, small: SmallRace) -> None:
    more = {f"team__{number}__name": f"晨光{number}队" for number in range(4)}
    assert enter(**more).status_code == 302
    assert entered(small) == ["晨光0队", "晨光1队"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"contact": ""}, "请写联系人姓名"),
        ({"contact_phone": ""}, "请留电话"),
        ({"team__0__members": "赵一\n赵一"}, "“赵一”在这队里写了两次。"),
        ({"team__0__members": "\n".join(f"队员{number}" for number in range(41))}, "一队最多 40 人。"),
        ({"team__0__phone": "问办公室"}, "电话请写数字。"),
        ({"team__0__name": "长" * 121}, "120"),
        ({"team__0__members": "长" * 2001}, "2000"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(
    enter: Enter, small: SmallRace, typed: dict[str, str], said: str
) -> None:
    answer = enter(**{"team__0__name": "晨光一队", **typed})
    assert answer.status_code == 400
    assert said in answer.text
    assert fields(answer, "signup")["team-0-name"] == typed.get("team__0__name", "晨光一队")
    assert entered(small) == []


def test_of_two_people_of_a_club_the_second_sees_what_the_first_saved(
    enter: Enter, contact: FlaskClient, link: str, small: SmallRace
) -> None:
    first, second = contact.get(link), contact.get(link)
    assert enter(first, **TEAM).status_code == 302
    late = enter(second, team__0__name="另一队", team__0__members="甲乙")
    assert late.status_code == 409
    assert "晨光一队" in late.text
    assert fields(late, "signup")["team-0-name"] == "另一队"
    assert entered(small) == ["晨光一队"]


def test_another_club_s_save_does_not_get_in_the_way(
    enter: Enter, contact: FlaskClient, organizer: FlaskClient, link: str, small: SmallRace
) -> None:
    page = contact.get(link)
    assert save(organizer, opened(organizer), team="白鹭改").status_code == 302
    assert enter(page, **TEAM).status_code == 302
    assert entered(small) == ["晨光一队"]


def deadline(organizer: FlaskClient, day: str, time: str = "") -> TestResponse:
    sent = {"csrf_token": csrf(organizer, "/organize/"), "day": day, "time": time}
    return organizer.post(f"{SIGNUP}/deadline", data=sent)


def test_after_the_deadline_the_page_is_read_only_and_says_whom_to_call(
    enter: Enter, contact: FlaskClient, organizer: FlaskClient, link: str, small: SmallRace
) -> None:
    assert enter(**TEAM).status_code == 302
    before = contact.get(link)
    assert deadline(organizer, "2020-01-01").status_code == 302
    page = contact.get(link)
    assert "报名已截止。" in page.text
    assert 'href="tel:110"' in page.text
    assert "晨光一队" in page.text
    late = enter(before, team__0__name="迟改")
    assert late.status_code == 409
    assert "迟改" in late.text, "what was typed is still there to be read out on the telephone"
    assert entered(small) == ["晨光一队"]
    assert deadline(organizer, "2090-01-01", "12:00").status_code == 302
    assert enter(team__0__name="改了").status_code == 302


def test_a_day_alone_lasts_until_its_end_and_no_day_ends_it(organizer: FlaskClient) -> None:
    deadline(organizer, "2090-01-01")
    shown = fields(organizer.get(SIGNUP), "deadline")
    assert (shown["day"], shown["time"]) == ("2090-01-01", "23:59")
    deadline(organizer, "")
    assert fields(organizer.get(SIGNUP), "deadline")["day"] == ""
    assert deadline(organizer, "morgen").status_code == 400
    assert deadline(organizer, "9999-12-31").status_code == 400


def test_clubs_change_their_teams_until_the_gun(enter: Enter, desk: Desk, small: SmallRace) -> None:
    desk.stage("trial")
    assert enter(**TEAM).status_code == 302
    desk.stage("race")
    assert enter(team__0__name="最后一改").status_code == 302
    desk.act("gun")
    late = enter(team__0__name="迟改")
    assert late.status_code == 409
    assert "比赛已经开始。" in late.text
    assert entered(small) == ["最后一改"]


def press(organizer: FlaskClient, what: str, **more: str) -> TestResponse:
    sent = {"csrf_token": csrf(organizer, "/organize/"), "number": "1", "what": what, **more}
    return organizer.post(f"{SIGNUP}/link", data=sent)


def test_a_link_is_closed_opened_and_replaced(
    enter: Enter, organizer: FlaskClient, contact: FlaskClient, link: str, small: SmallRace
) -> None:
    assert press(organizer, "close").status_code == 302
    assert enter(**TEAM).status_code == 409
    assert "组织者已关闭这个链接。" in contact.get(link).text
    assert press(organizer, "open").status_code == 302
    assert press(organizer, "most", most="1").status_code == 302
    assert enter(**TEAM, team__1__name="二队").status_code == 302
    assert entered(small) == ["晨光一队"]
    assert press(organizer, "renew").status_code == 302
    assert contact.get(link).status_code == 404
    new = links(organizer)["晨光工会"]
    assert new != link
    assert "周联系" in contact.get(new).text, "the new link knows what the old one was told"
    assert press(organizer, "drop").status_code == 302
    assert contact.get(new).status_code == 404
    assert entered(small) == ["晨光一队"], "the club's teams stay"
    assert press(organizer, "open").status_code == 404


def test_the_organizer_sees_who_has_signed_up_and_who_has_not(enter: Enter, organizer: FlaskClient) -> None:
    make(organizer, "河道工会")
    make(organizer, "没来工会 3")
    enter(**TEAM)
    page = organizer.get(SIGNUP)
    assert "3 个单位，已报 2 个" in page.text
    assert re.search(r"晨光工会</th>.*?已报.*?1/2", page.text, re.DOTALL)
    assert re.search(r"没来工会</th>.*?还没报.*?0/3", page.text, re.DOTALL)
    assert organizer.get(f"{SIGNUP}/links.xlsx").data.startswith(b"PK")
    assert organizer.get(f"{SIGNUP}/1.svg").text.startswith("<svg")
    assert organizer.get(f"{SIGNUP}/77.svg").status_code == 404


def test_clubs_that_have_teams_already_get_links_with_room_for_them(organizer: FlaskClient) -> None:
    make(organizer, "", known="1", most="1")
    text = organizer.get(f"{SIGNUP}/links.txt?lang=en").text
    assert "湿地工会, up to 2 teams:" in text
    assert "河道工会, up to 1 teams:" in text


def test_a_club_named_again_keeps_its_link(organizer: FlaskClient, link: str) -> None:
    make(organizer, "晨光工会 5")
    assert links(organizer)["晨光工会"] == link
    assert "0/5" in organizer.get(SIGNUP).text


def test_clubs_are_read_a_line_each_with_their_number() -> None:
    named, faults = read_clubs("湿地工会\t3\n河道 工会，2队\n\n堤防工会\n三中 2023 校友会 1\n", 2)
    assert named == {"湿地工会": 3, "河道 工会": 2, "堤防工会": 2, "三中 2023 校友会": 1}
    assert faults == []


def test_of_too_many_teams_or_too_long_a_name_the_line_is_named() -> None:
    named, faults = read_clubs(f"湿地工会 51\n{'长' * 201}\n河道工会 0", 2)
    assert named == {}
    assert [fault.path for fault in faults] == ["line 1", "line 2", "line 3"]


def test_a_link_that_was_not_given_is_refused_and_guessing_is_slowed(contact: FlaskClient) -> None:
    statuses = [contact.get("/s/QQQQQQQQQQQQQQQQQQQQQQQQQQ").status_code for _ in range(31)]
    assert statuses == [404] * 30 + [429]


def test_one_club_saves_only_so_often(enter: Enter) -> None:
    statuses = {enter(contact="").status_code for _ in range(30)}
    assert statuses == {400}
    assert enter(**TEAM).status_code == 429


@pytest.mark.parametrize(
    ("people", "size", "said"), [(5, 5, "5 people"), (4, 5, "4 people, 1 to go"), (7, 5, "7 people, 2 too many")]
)
def test_a_team_is_told_how_many_are_missing(people: int, size: int, said: str) -> None:
    assert str(size_words(people, size)) == said


def test_a_team_that_the_page_did_not_know_of_stays() -> None:
    own = [{"id": "7", "team": "补报队", "club": "晨光工会"}]
    read = read_signup(Fields({"contact": "周", "contact_phone": "139"}), "晨光工会", 2, own, own, ())
    assert [team["id"] for team in read.teams] == ["7"]


def test_the_key_of_a_club_taken_off_the_list_opens_no_other_club(
    organizer: FlaskClient, contact: FlaskClient, link: str
) -> None:
    token = csrf(organizer, "/organize/")
    gone = organizer.post(f"{SIGNUP}/link", data={"csrf_token": token, "number": "1", "what": "drop"})
    assert gone.status_code == 302
    assert contact.get(link).status_code == 404
    make(organizer, "湖滨工会 1")
    assert contact.get(link).status_code == 404


def test_another_club_s_number_is_not_shown_for_its_team_s_id(
    enter: Enter, organizer: FlaskClient, small: SmallRace
) -> None:
    save(organizer, opened(organizer, EGRET), EGRET, bib="9731")
    assert small().setup.entries[EGRET].bib == "9731"
    answer = enter(team__0__id=EGRET, team__0__name="我们", contact="")
    assert answer.status_code == 400
    assert "9731" not in answer.text


def test_a_club_s_name_that_no_workbook_can_hold_is_still_sent_round(organizer: FlaskClient) -> None:
    make(organizer, "=晨光\x01工会 2")
    assert organizer.get(f"{SIGNUP}/links.xlsx").status_code == 200


def test_a_club_that_saves_while_the_gun_is_fired_changes_nothing(app: Flask, enter: Enter, small: SmallRace) -> None:
    with writing(part_of(app, Engine)) as connection:
        move_to(connection, small(), Stage.RACE, "test", now_ms())
        append(connection, small().race.id, [Draft("gun", "gun", now_ms(), now_ms(), "test")])
    assert small().race.stage is Stage.SETUP, "this process has not heard of it yet"
    late = enter(**TEAM)
    assert late.status_code == 409
    assert "比赛已经开始。" in late.text
    assert entered(small) == []
