import pytest
from flask.testing import FlaskClient

from base.keys import typed_code
from tests.phones import Desk


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
