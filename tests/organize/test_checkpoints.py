"""The third step: each change of a checkpoint at once, by script or by form, and never over somebody else's."""

import io
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from checkpoints.rules import codes_of
from race.live.races import Live
from tests.factories import SLUG
from tests.fixtures_app import SmallRace
from tests.pages import form_fields
from tests.phones import Desk, csrf

POINTS, POINT = f"/organize/{SLUG}/checkpoints", f"/organize/{SLUG}/checkpoint"
FILE = f"{POINTS}/file"
SCRIPT = {"Accept": "application/json"}
KML = """<kml xmlns="http://www.opengis.net/kml/2.2"><Document>
<Placemark><name>31 木桥</name><Point><coordinates>116.401,39.901</coordinates></Point></Placemark>
<Placemark><name>35 凉亭</name><Point><coordinates>116.402,39.902</coordinates></Point></Placemark>
<Placemark><name>小路</name><LineString><coordinates>116,39 117,40</coordinates></LineString></Placemark>
</Document></kml>""".encode()


def send(browser: FlaskClient, path: str, *, script: bool = True, **form: Any) -> TestResponse:
    """Post a form as the page's script does, or as a browser does."""
    data = {**form, "csrf_token": csrf(browser, "/organize/")}
    return browser.post(path, data=data, headers=SCRIPT if script else {"Accept": "text/html"})


def point(answer: TestResponse, code: str) -> dict[str, Any]:
    """One checkpoint of a script's answer."""
    return next(dict(item) for item in answer.json["state"]["points"] if item["code"] == code)  # type: ignore[index]


def seen(browser: FlaskClient, code: str) -> str:
    return str(form_fields(browser.get(f"{POINT}?code={code}").text, f"point-{code}")["seen"])


def change(browser: FlaskClient, was: str, **form: Any) -> TestResponse:
    return send(browser, POINT, was=was, seen=seen(browser, was), **form)


def on_course(small: SmallRace) -> list[str]:
    return [code for item in small().setup.courses["A"].checkpoints for code in codes_of(item)]


def test_a_click_on_the_map_adds_a_checkpoint_to_every_course(organizer: FlaskClient, small: SmallRace) -> None:
    answer = send(organizer, POINTS, code="35", lat="39.9012345678", lon="116.4")
    assert answer.status_code == 200
    assert point(answer, "35")["lat"] == 39.9012346
    assert on_course(small) == ["31", "32", "33", "34", "35"]
    assert small().edits[-1].by.startswith("organizer:")


def test_a_drag_moves_it_and_nothing_else(organizer: FlaskClient, small: SmallRace) -> None:
    before = small().setup.checkpoints["31"]
    answer = change(organizer, "31", lat="39.95", lon="116.45")
    assert point(answer, "31")["name"] == "木桥"
    after = small().setup.checkpoints["31"]
    assert after.position
    assert (after.position.lat, after.name, after.tasks) == (39.95, before.name, before.tasks)


def test_of_two_who_move_the_same_one_the_second_is_told_where_it_is_now(organizer: FlaskClient) -> None:
    old = seen(organizer, "31")
    change(organizer, "31", lat="39.95", lon="116.45")
    answer = send(organizer, POINT, was="31", seen=old, lat="39.96", lon="116.46")
    assert answer.status_code == 409
    assert point(answer, "31")["lat"] == 39.95
    assert change(organizer, "32", name="芦苇").status_code == 200, "another checkpoint is another matter"


def test_one_that_somebody_else_deleted_is_not_brought_back_by_moving_it(
    organizer: FlaskClient, small: SmallRace
) -> None:
    old = seen(organizer, "31")
    change(organizer, "31", act="delete")
    for known in (old, ""):
        assert send(organizer, POINT, was="31", seen=known, lat="39.96", lon="116.46").status_code == 409
    assert "31" not in small().setup.checkpoints


def test_deleting_answers_with_what_brings_it_back(organizer: FlaskClient, small: SmallRace) -> None:
    before = small().setup
    answer = change(organizer, "32", act="delete")
    assert on_course(small) == ["31", "33", "34"]
    back = organizer.application.json.dumps(answer.json["back"])  # type: ignore[index]
    assert send(organizer, POINTS, back=back).status_code == 200
    assert on_course(small) == ["31", "32", "33", "34"]
    assert small().setup.checkpoints["32"] == before.checkpoints["32"]
    assert small().setup.entries == before.entries
    assert send(organizer, POINTS, back=back).status_code == 400, "once is enough"


def test_the_only_finish_stays(organizer: FlaskClient, small: SmallRace) -> None:
    for form in ({"act": "delete"}, {"kind": "control"}):
        assert change(organizer, "F1", **form).status_code == 400
    assert "F1" in small().setup.checkpoints


def test_a_quiz_without_questions_is_counted_as_missing_on_the_checklist(organizer: FlaskClient, live: Live) -> None:
    begun = organizer.post("/organize/new", data={"name": "新赛", "csrf_token": csrf(organizer, "/organize/")})
    slug = begun.location.split("/")[2]
    added = send(organizer, f"/organize/{slug}/checkpoints", code="31", quiz="own", game="")
    assert point(added, "31")["lacking"]
    assert "还没选题：31" in organizer.get(f"/organize/{slug}/checkpoints").text
    dropped = send(organizer, f"/organize/{slug}/checkpoint", was="31", seen=point(added, "31")["seen"], quiz="")
    assert not point(dropped, "31")["lacking"]
    race = live.by_slug(slug)
    assert race
    assert race.setup.quizzes == {}


def test_a_game_from_the_templates_is_set_up_by_choosing_it(organizer: FlaskClient, desk: Desk) -> None:
    answer = change(organizer, "31", game="template:frisbee_nine_grid")
    assert point(answer, "31")["game"] == "frisbee_nine_grid"
    desk.start()
    checkpoint = next(item for item in desk.phone("1").play()["course"]["checkpoints"] if item["code"] == "31")
    assert checkpoint["tasks"][0]["name"] == "飞盘九宫格"


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"code": "31"}, "code"),
        ({"code": ""}, "code"),
        ({"code": "35", "lat": "91", "lon": "0"}, "lat"),
        ({"code": "35", "name": "长" * 61}, "name"),
        ({"code": "35", "kind": "tower"}, "kind"),
        ({"code": "35", "points": "-1"}, "points"),
        ({"code": "35", "quiz": "nothing"}, "quiz"),
        ({"code": "35", "game": "template:nothing"}, "game"),
        ({"back": "{}"}, "code"),
    ],
)
def test_a_fault_names_its_field_and_nothing_is_stored(
    organizer: FlaskClient, small: SmallRace, form: dict[str, Any], field: str
) -> None:
    before = small().revision
    answer = send(organizer, POINTS, **form)
    assert answer.status_code == 400
    assert field in answer.json["faults"]  # type: ignore[index]
    assert small().revision == before


def test_after_the_gun_a_change_wants_a_reason_and_nothing_is_deleted(
    organizer: FlaskClient, desk: Desk, small: SmallRace
) -> None:
    desk.start()
    answer = change(organizer, "31", description="移到桥西")
    assert answer.status_code == 400
    assert "请写明为什么改" in answer.json["faults"][""]  # type: ignore[index]
    assert change(organizer, "31", description="移到桥西", reason="桥东积水").status_code == 200
    assert small().setup.checkpoints["31"].description == "移到桥西"
    answer = change(organizer, "31", act="delete", reason="牌子丢了")
    assert "取消这个点" in answer.json["faults"]["code"]  # type: ignore[index]
    answer = change(organizer, "31", code="51", reason="换号")
    assert "编号不能再改" in answer.json["faults"]["code"]  # type: ignore[index]


def test_a_script_whose_sign_in_ran_out_is_told_so_and_a_browser_is_led_to_the_door(client: FlaskClient) -> None:
    assert client.post(POINTS, data={"code": "35"}, headers=SCRIPT).status_code == 401
    assert "/signin" in client.post(POINTS, data={"code": "35"}, headers={"Accept": "text/html"}).location


# By a browser's own form


def test_without_script_one_is_added_with_a_pasted_position(organizer: FlaskClient, small: SmallRace) -> None:
    form = form_fields(organizer.get(POINT).text, "point-new")
    assert form["code"] == "35", "the next number that is free"
    form |= {"name": "凉亭", "place": "116.4, 39.9", "datum": "gcj02", "quiz": "gate"}
    assert send(organizer, POINTS, script=False, **form).location == f"{POINTS}?saved=point-new"
    added = small().setup.checkpoints["35"]
    assert added.position
    assert 0.001 < 39.9 - added.position.lat < 0.003
    assert [task.id for task in added.tasks] == ["gate"]


def test_without_script_one_is_changed_and_what_is_wrong_is_said_beside_it(
    organizer: FlaskClient, small: SmallRace
) -> None:
    form = form_fields(organizer.get(f"{POINT}?code=34").text, "point-34")
    before = small().setup
    send(organizer, POINT, script=False, **form)
    assert small().setup == before, "what is shown is what is stored"
    answer = send(organizer, POINT, script=False, **form | {"name": "塔", "place": "那边", "datum": "wgs84"})
    assert answer.status_code == 400
    assert 'id="place-about"' in answer.text
    assert form_fields(answer.text, "point-34")["name"] == "塔"
    send(organizer, POINT, script=False, **form | {"code": "44"})
    assert on_course(small) == ["31", "32", "33", "44"]


def test_without_script_the_second_of_two_sees_both_versions(organizer: FlaskClient, small: SmallRace) -> None:
    mine = form_fields(organizer.get(f"{POINT}?code=31").text, "point-31")
    change(organizer, "31", name="石桥", name_en="")
    answer = send(organizer, POINT, script=False, **mine | {"name": "铁桥"})
    assert answer.status_code == 409
    assert "石桥" in answer.text
    again = form_fields(answer.text, "point-31")
    assert again["name"] == "铁桥"
    send(organizer, POINT, script=False, **again)
    assert small().setup.checkpoints["31"].name == "铁桥"


def test_a_checkpoint_that_is_not_there_has_no_form(organizer: FlaskClient) -> None:
    assert organizer.get(f"{POINT}?code=99").status_code == 404


# From a file


def read(browser: FlaskClient, data: bytes, name: str = "points.kml", datum: str = "wgs84") -> TestResponse:
    return send(browser, FILE, script=False, file=(io.BytesIO(data), name), datum=datum)


def test_a_file_is_shown_first_and_stored_when_it_was_looked_at(organizer: FlaskClient, small: SmallRace) -> None:
    before = small().revision
    page = read(organizer, KML).text
    assert small().revision == before
    assert "新增：1" in page
    assert "有变化：1" in page
    assert "移动 140 米" in page
    assert "小路" in page, "what is left out is named"
    waiting = page.split('name="items" value="')[1].split('"')[0].replace("&#34;", '"')
    assert send(organizer, FILE, script=False, items=waiting).location == f"{POINTS}?saved=file"
    assert on_course(small)[-1] == "35"
    assert "没有要存的" in read(organizer, KML).text


@pytest.mark.parametrize("data", [b"", b"<kml/>", "队名,队员\n白鹭,张三".encode(), b"\x00\x01"])
def test_a_file_without_checkpoints_is_refused_with_a_word(
    organizer: FlaskClient, small: SmallRace, data: bytes
) -> None:
    before = small().revision
    answer = read(organizer, data)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert small().revision == before


@pytest.mark.parametrize("items", ["nonsense", "{}", '[{"name": "x"}]', '[{"code": "35", "colour": "red"}]', "[1]"])
def test_what_comes_back_from_the_page_is_judged_again(organizer: FlaskClient, small: SmallRace, items: str) -> None:
    before = small().revision
    assert send(organizer, FILE, script=False, items=items).status_code == 400
    assert small().revision == before


def test_on_the_spot_a_phone_is_shown_the_points_and_a_laptop_the_way_to_the_phone(organizer: FlaskClient) -> None:
    page = organizer.get(f"{POINTS}/here?code=32").text
    assert 'data-code="32"' in page
    assert "http://localhost:8000/organize/lianxi/checkpoints/here" in page
