import io
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from base.web import part_of
from race.commands.store_race import lay_down
from race.rules.cards import card_key
from tests.factories import SLUG, race_file
from tests.fixtures_app import SmallRace
from tests.organize.pages import fields, send
from tests.phones import Desk, csrf

TEAMS = f"/organize/{SLUG}/teams"


def opened(browser: FlaskClient, entry: str = "1") -> TestResponse:
    return browser.get(f"{TEAMS}?open={entry}")


def save(browser: FlaskClient, page: TestResponse, entry: str = "1", **typed: Any) -> TestResponse:
    return send(browser, page, f"team-form-{entry}", f"{TEAMS}/save", **typed)


def shown(page: TestResponse) -> list[str]:
    return re.findall(r'<tr id="team-([^"]+)"', page.text)


def test_a_team_is_edited_where_it_stands(organizer: FlaskClient, small: SmallRace) -> None:
    """Everything the row's form shows is stored; what it does not show stays."""
    done = save(
        organizer,
        opened(organizer),
        team="白鹭一队",
        captain="赵一",
        phone="13900000000",
        wave="a",
        first="33 31",
        member__0="赵一",
        role__0="队长",
    )
    assert done.status_code == 302
    entry = small().setup.entries["1"]
    assert (entry.team, entry.wave, entry.first) == ("白鹭一队", "a", ("33", "31"))
    assert entry.contact
    assert (entry.contact.name, entry.contact.phone) == ("赵一", "13900000000")
    assert [(member.name, member.role) for member in entry.members[:2]] == [("赵一", "队长"), ("白鹭2", "")]


def test_a_new_team_gets_the_next_free_number(organizer: FlaskClient, small: SmallRace) -> None:
    done = save(organizer, opened(organizer, "new"), "new", team="新来队", club="湿地工会", more="甲、乙，丙\n丁")
    assert done.status_code == 302
    entry = next(entry for entry in small().setup.entries.values() if entry.team == "新来队")
    assert (entry.bib, len(entry.members), entry.class_) == ("4", 4, "open")


def test_a_number_that_another_team_wears_is_refused_and_nothing_typed_is_lost(
    organizer: FlaskClient, small: SmallRace
) -> None:
    again = save(organizer, opened(organizer), bib="2", team="改名队")
    assert again.status_code == 400
    assert "这个号码是“蜻蜓”的" in again.text
    assert fields(again, "team-form-1")["team"] == "改名队"
    assert small().setup.entries["1"].team == "白鹭"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"first": "99"}, "本场没有“99”号打卡点。"),
        ({"phone": "请打办公室"}, "电话请写数字。"),
        ({"team": "", "club": ""}, "请写队名或单位。"),
        ({"member__4": "", "phone__4": "138"}, "这是谁的？请写上姓名。"),
        ({"team": "长" * 121}, "120"),
        ({"more": "、".join("甲乙丙丁戊己庚辛壬癸" * 4)}, "一队最多 40 人。"),
    ],
)
def test_what_cannot_be_is_said_in_words(organizer: FlaskClient, typed: dict[str, str], said: str) -> None:
    answer = save(organizer, opened(organizer), **typed)
    assert answer.status_code == 400
    assert said in answer.text


def test_of_two_who_edit_a_team_the_second_sees_what_the_first_saved(organizer: FlaskClient, small: SmallRace) -> None:
    first, second = opened(organizer), opened(organizer)
    assert save(organizer, first, team="甲改").status_code == 302
    late = save(organizer, second, team="乙改")
    assert late.status_code == 409
    assert "甲改" in late.text
    assert fields(late, "team-form-1")["team"] == "乙改"
    assert small().setup.entries["1"].team == "甲改"
    assert save(organizer, late).status_code == 302, "sent again knowingly, it counts"
    assert small().setup.entries["1"].team == "乙改"


def test_two_who_edit_two_teams_do_not_disturb_each_other(organizer: FlaskClient, small: SmallRace) -> None:
    one, other = opened(organizer, "1"), opened(organizer, "2")
    assert save(organizer, one, "1", team="甲改").status_code == 302
    assert save(organizer, other, "2", team="乙改").status_code == 302
    assert [entry.team for entry in small().setup.entries.values()] == ["甲改", "乙改", "指北针"]


def test_a_team_is_found_by_number_name_club_or_member(organizer: FlaskClient) -> None:
    assert shown(organizer.get(f"{TEAMS}?q=2")) == ["2", "1", "3"], "its own number comes first"
    assert shown(organizer.get(f"{TEAMS}?q=蜻蜓3")) == ["2"]
    assert shown(organizer.get(f"{TEAMS}?of=湿地工会")) == ["1", "3"]
    assert shown(organizer.get(f"{TEAMS}?q=没有这人")) == []


def test_four_thousand_teams_come_two_hundred_at_a_time(app: Flask, organizer: FlaskClient, small: SmallRace) -> None:
    entries = [{"id": str(n), "bib": str(n), "team": f"第{n}队", "class": "open"} for n in range(1, 4001)]
    lay_down(part_of(app, Engine), SLUG, race_file(entries=entries), None, "test")
    small.live.catch_up()
    page = organizer.get(f"{TEAMS}?page=20")
    assert shown(page) == [str(n) for n in range(3801, 4001)]
    assert len(page.data) < 400_000
    assert shown(organizer.get(f"{TEAMS}?page=99")) == shown(page), "beyond the last page lies the last"


def test_names_that_stand_twice_in_a_club_are_pointed_out(organizer: FlaskClient) -> None:
    assert save(organizer, opened(organizer, "3"), "3", member__0="白鹭1").status_code == 302
    page = organizer.get(TEAMS)
    assert "白鹭1：在 1 · 3 号队" in page.text


def test_a_lost_card_is_renewed_and_the_old_one_opens_nothing(organizer: FlaskClient, small: SmallRace) -> None:
    live = small()
    old = card_key(live.race.secret, live.setup.entries["1"])
    token = csrf(organizer, "/organize/")
    assert organizer.post(f"{TEAMS}/card", data={"csrf_token": token, "entry": "1"}).status_code == 302
    live = small()
    assert live.setup.entries["1"].card_version == 2
    assert old not in live.keys.cards
    assert card_key(live.race.secret, live.setup.entries["1"]) in live.keys.cards
    assert organizer.post(f"{TEAMS}/card", data={"csrf_token": token, "entry": "77"}).status_code == 404


def test_an_edit_keeps_the_renewed_card(organizer: FlaskClient, small: SmallRace) -> None:
    token = csrf(organizer, "/organize/")
    organizer.post(f"{TEAMS}/card", data={"csrf_token": token, "entry": "1"})
    assert save(organizer, opened(organizer), team="白鹭二队").status_code == 302
    assert small().setup.entries["1"].card_version == 2


def test_a_team_is_deleted_while_nothing_was_recorded_of_it(organizer: FlaskClient, small: SmallRace) -> None:
    page = opened(organizer)
    assert send(organizer, page, "/teams/delete", f"{TEAMS}/delete").status_code == 302
    assert set(small().setup.entries) == {"2", "3"}


def test_the_card_of_a_deleted_team_opens_no_other_one_however_that_came_in(
    organizer: FlaskClient, desk: Desk, small: SmallRace
) -> None:
    cards = {card_key(small().race.secret, small().setup.entries["3"])}
    assert send(organizer, opened(organizer, "3"), "/teams/delete", f"{TEAMS}/delete").status_code == 302
    for name, come in (("表格队", brought), ("新来队", typed), ("迟到队", late)):
        come(organizer, desk, name)
        [entry] = [entry for entry in small().setup.entries.values() if entry.team == name]
        key = card_key(small().race.secret, entry)
        assert key not in cards, name
        assert small().keys.cards.keys() & cards == set(), name
        cards.add(key)
        if name != "迟到队":
            assert send(organizer, opened(organizer, entry.id), "/teams/delete", f"{TEAMS}/delete").status_code == 302


def brought(organizer: FlaskClient, _desk: Desk, name: str) -> None:
    """A team comes in by a sheet that numbers its rows as the deleted team was numbered."""
    sheet = f"号码,队名,单位,队员\n3,{name},湿地工会,张甲、李乙\n".encode()
    sent = {"csrf_token": csrf(organizer, "/organize/"), "files": [(io.BytesIO(sheet), "teams.csv")]}
    where = organizer.post(f"{TEAMS}/bring", data=sent).location
    page = organizer.get(where)
    assert organizer.post(where, data=fields(page, "preview")).status_code == 302


def typed(organizer: FlaskClient, _desk: Desk, name: str) -> None:
    """A team is typed in."""
    assert save(organizer, opened(organizer, "new"), "new", team=name, bib="3").status_code == 302


def late(organizer: FlaskClient, desk: Desk, name: str) -> None:
    """A team comes on race morning, with the number of the one that is gone."""
    desk.start()
    where = f"/organize/{SLUG}/late"
    done = send(organizer, organizer.get(where), where, where, team=name, bib="3", reason="迟到")
    assert done.status_code == 302


def test_a_team_with_records_stays_and_the_page_says_withdraw(
    organizer: FlaskClient, desk: Desk, small: SmallRace
) -> None:
    desk.start()
    desk.phone("1").punch("31")
    page = opened(organizer)
    assert "请在控制台退赛" in page.text
    sent = {**fields(page, "team-form-1"), "reason": "误报"}
    assert organizer.post(f"{TEAMS}/delete", data=sent).status_code == 409
    assert "1" in small().setup.entries
    gone = send(organizer, opened(organizer, "2"), "/teams/delete", f"{TEAMS}/delete", reason="误报")
    assert gone.status_code == 302
    assert "2" not in small().setup.entries


def test_after_the_gun_a_change_wants_its_reason(organizer: FlaskClient, desk: Desk, small: SmallRace) -> None:
    desk.start()
    page = opened(organizer)
    assert save(organizer, page, team="改名").status_code == 400
    assert save(organizer, page, team="改名", reason="写错了").status_code == 302
    assert small().setup.entries["1"].team == "改名"


def test_a_team_that_is_not_there_is_not_found(organizer: FlaskClient) -> None:
    assert opened(organizer, "77").status_code == 404
