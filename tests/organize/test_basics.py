"""The first step: hosts, logo, awards, classes, and the race's address."""

import io
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from base.database import reading
from organize.forms.basics import read_basics, show_basics
from organize.forms.fields import Fields
from organize.rules.beginning import new_race
from race.commands.store_race import lay_down
from race.forms.file import read_race_file
from race.live.races import Live
from race.model import Award, Host
from race.store import load_setup
from tests.factories import SLUG, race_file
from tests.fixtures_app import SmallRace
from tests.maps.test_exchange import photo
from tests.pages import form_fields
from tests.phones import Desk, csrf

BASICS = f"/organize/{SLUG}/basics"


def shown(browser: FlaskClient) -> dict[str, Any]:
    """What the page's form holds."""
    return form_fields(browser.get(BASICS).text, "basics")


def save(browser: FlaskClient, path: str = BASICS, **form: Any) -> TestResponse:
    answer = browser.post(path, data={**form, "csrf_token": csrf(browser, "/organize/")})
    answer.request.environ["wsgi.input"].close()  # the test client leaves large uploads open
    return answer


def test_hosts_in_their_roles_are_added_and_taken_out(organizer: FlaskClient, small: SmallRace) -> None:
    roles, names = ["主办", "承办", "协办"], ["区总工会", "体育局", "湿地公园"]
    assert save(organizer, **shown(organizer) | {"host_role": roles, "host_name": names}).status_code == 302
    assert small().setup.about.hosts == tuple(Host(role, name) for role, name in zip(roles, names, strict=True))
    names[1] = " "
    save(organizer, **shown(organizer) | {"host_role": roles, "host_name": names})
    assert [host.role for host in small().setup.about.hosts] == ["主办", "协办"]


def test_awards_by_place_and_by_hand(organizer: FlaskClient, small: SmallRace) -> None:
    rows = {
        "award_was": ["", "", ""],
        "award_name": ["一等奖", "精神文明奖", "二等奖"],
        "award_class": ["open", "-", ""],
        "award_first": ["1", "", "2"],
        "award_last": ["3", "", ""],
    }
    assert save(organizer, **shown(organizer) | rows).status_code == 302
    assert small().setup.about.awards == (
        Award("一等奖", "open", (1, 3)), Award("精神文明奖", by_hand=True), Award("二等奖", None, (2, 2)),
    )  # fmt: skip


def test_one_press_gives_each_class_its_three_prizes_once(organizer: FlaskClient, small: SmallRace) -> None:
    for _ in range(2):
        save(organizer, **shown(organizer) | {"award_name": [], "fill": "prizes"} | no_rows("award"))
        assert [award.places for award in small().setup.about.awards] == [(1, 1), (2, 3), (4, 6)]


def no_rows(kind: str) -> dict[str, Any]:
    return {f"{kind}_{part}": [""] for part in ("was", "name", "class", "first", "last")}


@pytest.mark.parametrize(("first", "last"), [("", ""), ("3", "1"), ("0", "1"), ("一", "三")])
def test_an_award_without_its_places_is_told_by_name_and_stays_as_typed(
    organizer: FlaskClient, small: SmallRace, first: str, last: str
) -> None:
    before = small().revision
    row = {"award_was": "", "award_name": "最美奖", "award_class": "open", "award_first": first, "award_last": last}
    answer = save(organizer, **shown(organizer) | row)
    assert answer.status_code == 400
    assert "“最美奖”要填从第几名到第几名" in answer.text
    assert form_fields(answer.text, "basics")["award_first"] == first
    assert small().revision == before


def test_what_an_award_holds_beside_the_page_s_fields_is_kept() -> None:
    data = new_race("r", "赛", "zh", "Asia/Shanghai")
    data["race"]["awards"] = [{"name": "组织奖", "by_hand": True, "class": "open", "to": ["甲"]}]
    fields = show_basics(data)
    row = fields.pop("awards")[0]
    rows = {name: [str(value)] for name, value in row.items()}
    texts = {name: str(value) for name, value in fields.items() if not isinstance(value, list)}
    given = Fields(texts | {name: value[0] for name, value in rows.items()}, lambda name: rows.get(name, []))
    assert read_basics(given, data)["race"]["awards"] == data["race"]["awards"]


CLASSES = {
    "class_id": ["open", ""],
    "class_name": ["公开组", "女子组"],
    "class_name_en": ["Open", "Women"],
    "class_course": ["A", "A"],
    "class_start": ["mass", "interval"],
}


def test_a_second_class_is_added_renamed_and_taken_out_again(organizer: FlaskClient, small: SmallRace) -> None:
    save(organizer, **shown(organizer) | CLASSES)
    added = small().setup.classes["c2"]
    assert (added.name, added.start, added.team_size) == ({"zh": "女子组", "en": "Women"}, "interval", 5)
    form = shown(organizer)
    assert (form["team_size"], form["team_size-c2"]) == ("5", "5")
    save(organizer, **form | {"team_size-c2": "3", "limit_min-c2": "45", "class_name": ["公开组", "巾帼组"]})
    women = small().setup.classes["c2"]
    assert (women.team_size, women.time_limit_s) == (3, 2700)
    assert small().setup.classes["open"].team_size == 5
    save(organizer, **shown(organizer) | {"class_name": ["公开组", ""]})
    assert list(small().setup.classes) == ["open"]


def test_a_class_with_teams_in_it_is_not_taken_out(organizer: FlaskClient, small: SmallRace) -> None:
    save(organizer, **shown(organizer) | CLASSES)
    answer = save(organizer, **shown(organizer) | {"class_name": ["", "女子组"]})
    assert answer.status_code == 400
    assert "公开组里还有 3 支队" in answer.text
    assert list(small().setup.classes) == ["open", "c2"]


def test_a_race_keeps_at_least_one_class(organizer: FlaskClient) -> None:
    answer = save(organizer, **shown(organizer) | {"class_name": ""})
    assert answer.status_code == 400
    assert "至少要有一个组别" in answer.text


def test_a_limit_that_stands_on_the_course_is_shown_and_moves_to_its_class() -> None:
    data = race_file()
    data["courses"][0]["time_limit_s"] = 3600
    assert show_basics(data)["limit_min"] == 60
    fields = {name: str(value) for name, value in show_basics(data).items() if not isinstance(value, list)}
    after = read_basics(Fields(fields), data)
    read_race_file(after)
    assert after["classes"][0]["time_limit_s"] == 3600


def test_a_closing_that_a_file_fixed_stays() -> None:
    data = race_file()
    data["race"]["closing"] = {"at": "2026-05-01T11:30:00+08:00"}
    fields = {name: str(value) for name, value in show_basics(data).items() if not isinstance(value, list)}
    assert read_basics(Fields(fields), data)["race"]["closing"] == data["race"]["closing"]


def test_the_race_takes_another_address_and_its_signs_stay_good(
    organizer: FlaskClient, client: FlaskClient, live: Live, small: SmallRace
) -> None:
    keys = small().keys
    answer = save(organizer, **shown(organizer) | {"slug": "Chunji"})
    assert answer.location == "/organize/chunji/basics?saved=basics"
    assert organizer.get("/organize/chunji/basics").status_code == 200
    assert organizer.get(BASICS).status_code == 404
    assert client.get("/r/chunji").status_code == 200
    assert client.get(f"/r/{SLUG}").status_code == 404
    renamed = live.by_slug("chunji")
    assert renamed
    assert renamed.keys == keys


@pytest.mark.parametrize("slug", ["", "two words", "signin", "赛"])
def test_an_address_that_is_none_is_refused(organizer: FlaskClient, small: SmallRace, slug: str) -> None:
    assert save(organizer, **shown(organizer) | {"slug": slug}).status_code == 400
    assert small().race.slug == SLUG


def test_an_address_of_another_race_or_after_the_start_is_refused(
    organizer: FlaskClient, app: Flask, engine: Engine, live: Live, desk: Desk, small: SmallRace
) -> None:
    other = race_file()
    other["race"]["slug"] = "other"
    lay_down(engine, "other", other, None, "t")
    live.catch_up()
    answer = save(organizer, **shown(organizer) | {"slug": "other"})
    assert answer.status_code == 400
    assert "别的比赛用了这个网址" in answer.text
    assert small().race.slug == SLUG
    desk.start()
    form = shown(organizer)
    assert "slug" not in form
    assert save(organizer, **form | {"slug": "late", "reason": "换个名字"}).status_code == 400


def logo(data: bytes, **more: str) -> dict[str, Any]:
    return {"logo": (io.BytesIO(data), "标志.png"), **more}


def test_a_logo_is_shown_on_the_race_s_page_and_can_be_taken_away(organizer: FlaskClient, client: FlaskClient) -> None:
    path = f"{BASICS}/logo"
    assert save(organizer, path, **logo(photo())).status_code == 302
    assert f'src="/r/{SLUG}/logo' in client.get(f"/r/{SLUG}").text
    picture = client.get(f"/r/{SLUG}/logo")
    assert picture.content_type == "image/png"
    assert picture.data.startswith(b"\x89PNG")
    save(organizer, path, remove="1")
    assert client.get(f"/r/{SLUG}/logo").status_code == 404
    assert "/logo" not in client.get(f"/r/{SLUG}").text


@pytest.mark.parametrize("data", [b"", b"no picture", b"<svg viewBox='0 0 1 1'/>", b"\x89PNG" + b"0" * (6 << 20)])
def test_what_is_no_small_picture_is_no_logo(organizer: FlaskClient, small: SmallRace, data: bytes) -> None:
    before = small().revision
    answer = save(organizer, f"{BASICS}/logo", **logo(data))
    assert answer.status_code == 400
    assert 'id="logo-about"' in answer.text
    assert small().revision == before


def test_the_second_of_two_keeps_the_rows_and_sees_those_of_the_first(organizer: FlaskClient, engine: Engine) -> None:
    mine, theirs = shown(organizer), shown(organizer)
    save(organizer, **theirs | {"host_name": "市总工会"})
    answer = save(organizer, **mine | {"host_name": ["街道工会", "公园"], "host_role": ["主办", "协办"]})
    assert answer.status_code == 409
    assert form_fields(answer.text, "basics")["host_name"] == ["街道工会", "公园"]
    assert "主办 市总工会" in answer.text
    with reading(engine) as connection:
        assert load_setup(connection, 1)["race"]["hosts"][0]["name"] == "市总工会"
