import pytest
from flask import Flask
from flask.testing import FlaskClient

from organize.views.prints import print_warnings
from results.printing import PRINTS
from tests.fixtures_app import SmallRace
from tests.phones import csrf

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def test_race_control_lists_every_print_of_the_table(app: Flask, organizer: FlaskClient) -> None:
    page = organizer.get("/organize/lianxi/control?lang=zh").text
    assert list(PRINTS) == [
        "posters",
        "cards",
        "marshals",
        "starts",
        "checkin",
        "proof",
        "results",
        "certificates",
        "report",
    ]
    for what in PRINTS:
        assert f"/organize/lianxi/print/{what}.pdf" in page
    assert "检录表" in page
    assert "/organize/lianxi/print/report.docx" in page
    assert "手机扫不出来" in page


@pytest.mark.parametrize("what", ["posters", "starts", "checkin", "results", "report"])
def test_an_organizer_gets_each_print_as_pdf(organizer: FlaskClient, what: str) -> None:
    response = organizer.get(f"/organize/lianxi/print/{what}.pdf?lang=zh+en&by=club&first=10&names=1&version=2")
    assert response.status_code == 200
    assert response.data.startswith(b"%PDF-")
    assert response.headers["Content-Disposition"] == f"inline; filename=lianxi-{what}.pdf"


def test_the_report_comes_for_word_too(organizer: FlaskClient) -> None:
    response = organizer.get("/organize/lianxi/print/report.docx")
    assert (response.status_code, response.content_type) == (200, WORD)
    assert response.data.startswith(b"PK")
    assert organizer.get("/organize/lianxi/print/posters.docx").status_code == 404


def test_what_waits_for_the_race_says_for_what(organizer: FlaskClient) -> None:
    response = organizer.get("/organize/lianxi/print/certificates.pdf?lang=zh")
    assert response.status_code == 409
    assert "还没有要发的奖状" in response.text


def test_odd_choices_are_as_if_nothing_was_chosen(organizer: FlaskClient) -> None:
    odd = "lang=fr&by=moon&first=-1&version=x&names=perhaps"
    assert organizer.get(f"/organize/lianxi/print/results.pdf?{odd}").status_code == 200


@pytest.mark.parametrize("path", ["lianxi/print/poster.pdf", "nowhere/print/posters.pdf", "lianxi/print/poster.docx"])
def test_what_is_not_there_is_not_found(organizer: FlaskClient, path: str) -> None:
    assert organizer.get(f"/organize/{path}").status_code == 404


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_a_visitor_prints_nothing(client: FlaskClient, kind: str) -> None:
    response = client.get(f"/organize/lianxi/print/report.{kind}")
    assert response.status_code == 302
    assert "/organize/signin" in response.location


def test_a_local_address_is_warned_of_in_the_reader_s_language(app: Flask, small: SmallRace) -> None:
    with app.test_request_context("/?lang=zh"):
        (warning,) = print_warnings(small())
        assert "手机扫不出来" in warning
        app.config["PUBLIC_URL"] = "https://race.example.org"
        assert print_warnings(small()) == []


def test_the_page_of_prints_offers_each_with_its_choices_and_is_ticked_off(organizer: FlaskClient) -> None:
    """Every print of the table has its form; a tick is said back, and can be taken back."""
    page = organizer.get("/organize/lianxi/print").text
    for what in PRINTS:
        assert f'action="/organize/lianxi/print/{what}.pdf"' in page
    assert "手机扫不出来" in page
    assert 'name="undo"' not in page
    token = csrf(organizer, "/organize/lianxi/print")
    organizer.post("/organize/lianxi/tick", data={"csrf_token": token, "step": "print"})
    assert 'name="undo"' in organizer.get("/organize/lianxi/print").text
    organizer.post("/organize/lianxi/tick", data={"csrf_token": token, "step": "print", "undo": "1"})
    assert 'name="undo"' not in organizer.get("/organize/lianxi/print").text
