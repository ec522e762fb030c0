import gzip
import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from base.keys import typed_code
from base.web import part_of
from race.commands.store_race import lay_down
from race.live.races import Live
from tests.factories import SLUG, changed
from tests.phones import Desk, soon

RESULTS = f"/r/{SLUG}/results"


@pytest.mark.parametrize(("typed", "leads"), [("lianxi", "/r/lianxi"), (" LIANXI ", "/r/lianxi")])
def test_a_race_s_name_leads_to_its_page(client: FlaskClient, desk: Desk, typed: str, leads: str) -> None:
    response = client.post("/go", data={"code": typed})
    assert (response.status_code, response.location) == (302, leads)


def test_the_first_page_does_not_tell_which_codes_teams_have(client: FlaskClient, desk: Desk) -> None:
    nobody_s, egret_s = typed_code(b"another", "T"), desk.keys.join("1")
    for code in (nobody_s, egret_s):
        response = client.post("/go", data={"code": code})
        assert (response.status_code, response.location) == (302, f"/play#{code}")


@pytest.mark.parametrize("typed", ["", "nowhere", "2222-2223"])
def test_what_can_be_no_code_is_told_so(client: FlaskClient, desk: Desk, typed: str) -> None:
    response = client.post("/go", data={"code": typed})
    assert response.status_code == 404
    assert 'role="alert"' in response.text


def test_the_result_list_is_sent_once_and_again_only_when_a_team_has_moved(client: FlaskClient, desk: Desk) -> None:
    desk.start()
    first = client.get(RESULTS)
    again = client.get(RESULTS, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    desk.phone("1").punch("31")
    # A list that took long to make may stand a moment longer.
    soon(lambda: client.get(RESULTS, headers={"If-None-Match": first.headers["ETag"]}).status_code, (200).__eq__)


def test_the_result_list_goes_out_packed_to_who_unpacks_it(client: FlaskClient, desk: Desk) -> None:
    desk.start()
    plain, packed = client.get(RESULTS), client.get(RESULTS, headers={"Accept-Encoding": "br, gzip"})
    assert ("Content-Encoding" in plain.headers, packed.headers["Content-Encoding"]) == (False, "gzip")
    assert gzip.decompress(packed.data) == plain.data
    assert "白鹭" in plain.text
    assert packed.headers["ETag"] != plain.headers["ETag"]


def test_each_language_has_its_own_result_list(client: FlaskClient, desk: Desk) -> None:
    desk.start()
    lists = [client.get(f"{RESULTS}?lang={name}") for name in ("zh", "en", "zh")]
    assert ["队 · 单位" in each.text for each in lists] == [True, False, True]
    assert lists[0].headers["ETag"] == lists[2].headers["ETag"] != lists[1].headers["ETag"]


def test_the_board_stands_in_its_page_and_no_team_s_name_ends_the_script(app: Flask, client: FlaskClient) -> None:
    data = changed("entries", 0, team="</script><!--<script>'&")
    lay_down(part_of(app, Engine), SLUG, {"entries": data["entries"]}, None, "operator")
    part_of(app, Live).catch_up()
    page = client.get(f"/r/{SLUG}/live").text
    (script,) = re.findall(r'<script type="application/json" id="board-data">(.*?)</script>', page, re.DOTALL)
    shown = json.loads(script)
    assert shown["standings"] == client.get(f"/api/v1/races/{SLUG}/standings").json
    assert "</script><!--<script>'&" in {row["team"] for row in shown["standings"]["classes"][0]["results"]}
    assert (shown["slug"], shown["timezone"]) == (SLUG, "Asia/Shanghai")
